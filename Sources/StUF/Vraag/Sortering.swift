internal import Model
package import Record

/// The orders that an asker can choose by number, as each sectormodel has them (bg0310: Keuzen verStUFfing RSGB).
package struct Sortering: Sendable {
    /// By these, in this order.
    package let paths: [String]

    /// - Returns: nil for a number that the entity does not have. 0 is any order.
    package init?(_ number: Int, of form: EntityForm) {
        guard let paths = number == 0 ? [] : Self.all[form.entity.name]?[number] else { return nil }
        self.paths = paths
    }

    private static let all: [String: [Int: [String]]] = [
        "NPS": [
            1: ["geslachtsnaam", "voorletters", "voorvoegselGeslachtsnaam"],
            2: ["verblijfsadres/aoa.identificatie"],
            3: [
                "verblijfsadres/aoa.postcode", "verblijfsadres/aoa.huisnummer",
                "verblijfsadres/aoa.huisletter",
            ],
            4: ["verblijfsadres/gor.straatnaam", "verblijfsadres/aoa.huisnummer"],
            7: ["geboortedatum", "geslachtsnaam", "voorletters", "voorvoegselGeslachtsnaam"],
            8: ["inp.bsn"],
            9: ["inp.a-nummer"],
            11: ["sub.telefoonnummer"],
            12: ["sub.emailadres"],
        ]
    ]

    /// Whether the first comes before the second; what has no value comes last.
    package func precedes(_ left: borrowing Record, _ right: borrowing Record) -> Bool {
        for path in paths {
            let (one, other) = (Elements.first(path, of: left), Elements.first(path, of: right))
            if one == other { continue }
            guard let one else { return false }
            guard let other else { return true }
            return Self.precedes(one, other)
        }
        return false
    }

    /// Numbers by their size, other text by its bytes.
    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        if left.allSatisfy(Spelling.isDigit), right.allSatisfy(Spelling.isDigit) {
            let (one, other) = (left.drop { $0 == 0x30 }, right.drop { $0 == 0x30 })
            if one.count != other.count { return one.count < other.count }
            return one.lexicographicallyPrecedes(other)
        }
        return left.lexicographicallyPrecedes(right)
    }
}

internal import Model
package import Record

/// The orders that an asker can choose by number, as each sectormodel has them (`StUF:sorteringObject` in
/// zkn0310_msg_stuf_vraagAntwoord.xsd and bg0310_msg_stuf_vraagAntwoord.xsd).
package struct Sortering: Sendable {
    private struct Step: Sendable {
        let path: String
        let isDescending: Bool
    }

    private let steps: [Step]

    /// What it is ordered by, the first first; none is any order.
    package var paths: [String] { steps.map(\.path) }

    /// - Returns: nil for a number that the entity does not have. 0 is any order.
    package init?(_ number: Int, of form: EntityForm) {
        guard let words = number == 0 ? "" : Self.all[form.entity.name]?[number] else { return nil }
        steps = words.split(separator: " ").map { word in
            Step(path: String(word.drop { $0 == "-" }), isDescending: word.first == "-")
        }
    }

    /// By entiteittype and number: paths, with a minus sign before one that descends.
    private static let all: [String: [Int: String]] = [
        "NPS": [
            1: "geslachtsnaam voorletters voorvoegselGeslachtsnaam",
            2: "verblijfsadres/aoa.identificatie",
            3: "verblijfsadres/aoa.postcode verblijfsadres/aoa.huisnummer verblijfsadres/aoa.huisletter",
            4: "verblijfsadres/gor.straatnaam verblijfsadres/aoa.huisnummer verblijfsadres/aoa.huisletter",
            5: "sub.verblijfBuitenland/lnd.landcode \(abroad)",
            6: "sub.verblijfBuitenland/lnd.landnaam \(abroad)",
            7: "geboortedatum geslachtsnaam voorletters voorvoegselGeslachtsnaam",
            8: "inp.bsn", 9: "inp.a-nummer", 10: "sub.rekeningnummerBankGiro", 11: "sub.telefoonnummer",
            12: "sub.emailadres", 13: "rps.isEigenaarVan/gerelateerde/kvkNummer", 14: "anp.identificatie",
        ],
        "ZAK": [
            1: "identificatie",
            2: "isVan/gerelateerde/zaakCategorie isVan/gerelateerde/omschrijvingGeneriek",
            3: "isVan/gerelateerde/omschrijving", 4: "omschrijving", 5: "-startdatum omschrijving",
            6: "heeftBetrekkingOp/gerelateerde/identificatie",
            7: "heeftAlsBelanghebbende/gerelateerde/identificatie",
            8: "heeftAlsGemachtigde/gerelateerde/identificatie",
            9: "heeftAlsInitiator/gerelateerde/identificatie",
            10: "heeftAlsUitvoerende/gerelateerde/identificatie",
            11: "heeftAlsVerantwoordelijke/gerelateerde/identificatie",
            12: "isDeelzaakVan/gerelateerde/identificatie",
            13: "heeftBetrekkingOp/gerelateerde/identificatie",
        ],
        "EDC": [
            1: "identificatie", 2: "dct.categorie dct.omschrijvingGeneriek", 3: "dct.omschrijving",
            4: "titel versie", 5: "auteur versie", 6: "-creatiedatum dct.omschrijving",
            7: "-ontvangstdatum dct.omschrijving", 8: "isRelevantVoor/gerelateerde/identificatie",
            9: "kanVastleggingZijnVan/gerelateerde/identificatie",
        ],
        "BSL": [
            1: "identificatie", 2: "bst.categorie bst.omschrijvingGeneriek", 3: "bst.omschrijving",
            4: "-datumBeslissing bst.omschrijving", 5: "-ingangsdatumWerking bst.omschrijving",
            6: "-einddatumWerking bst.omschrijving", 7: "-datumPublicatie bst.omschrijving",
            8: "isUitkomstVan/gerelateerde/identificatie", 9: "isVastgelegdIn/gerelateerde/identificatie",
        ],
    ]

    private static let abroad = (1...3).reversed()
        .map { "sub.verblijfBuitenland/sub.adresBuitenland\($0)" }.joined(separator: " ")

    /// Whether the first comes before the second; what has no value comes last, whatever the direction.
    package func precedes(_ left: borrowing Record, _ right: borrowing Record) -> Bool {
        for step in steps {
            let (one, other) = (Elements.first(step.path, of: left), Elements.first(step.path, of: right))
            if one == other { continue }
            guard let one else { return false }
            guard let other else { return true }
            return step.isDescending ? Self.precedes(other, one) : Self.precedes(one, other)
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

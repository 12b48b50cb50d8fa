import Record

/// Names of persons, as the Haal Centraal BRP API composes them.
extension Derivation {
    static let names: [Derivation] = [
        Derivation(
            "voorletters", [("voornamen", .text)], .text,
            "the first letter of each voornaam with a full stop; IJ counts as one letter, a voornaam of one letter "
                + "stays as it is",
            examples: [
                (["Anna Cornelia"], "A.C."), (["Theo IJsbrand"], "T.IJ."), (["Jan-Willem"], "J."),
                (["J P"], "J P"), ([nil], nil),
            ]
        ) { values in known(values[0]).flatMap(initials) },
        Derivation(
            "volledigeNaam",
            [("voornamen", .text), ("voorvoegsel", .text), ("geslachtsnaam", .text)], .text,
            "the parts with a value, one blank between them; a geslachtsnaam `.` is left out",
            examples: [
                (["Anna Maria", "van", "Doorn"], "Anna Maria van Doorn"), (["Anna", nil, "."], "Anna"),
            ]
        ) { values in joined(known(values[0]), known(values[1]), known(values[2])) },
        Derivation(
            "aanschrijfnaam",
            [
                ("aanduidingNaamgebruik", .text), ("voorvoegsel", .text), ("geslachtsnaam", .text),
                ("voorvoegselPartner", .text), ("geslachtsnaamPartner", .text),
            ], .text,
            "the name by naamgebruik: E own, P partner's, V partner's-own, N own-partner's, each with its voorvoegsel; "
                + "without a partner's name the own one; no own name and not P: none",
            examples: [
                (["E", "van", "Doorn", "de", "Vries"], "van Doorn"),
                (["V", "van", "Doorn", "de", "Vries"], "de Vries-van Doorn"),
                (["N", "van", "Doorn", "de", "Vries"], "van Doorn-de Vries"),
                (["P", "van", "Doorn", nil, "Vries"], "Vries"), (["V", nil, "Doorn", nil, "."], "Doorn"),
                (["E", nil, ".", nil, nil], nil),
            ]
        ) { values in addressed(values) },
    ]

    private static func initials(_ names: String) -> String? {
        var text = ""
        var wasBare = false
        for name in names.split(separator: " ") {
            if wasBare { text += " " }
            wasBare = name.count == 1
            guard !wasBare else {
                text += name
                continue
            }
            text += (name.hasPrefix("IJ") ? "IJ" : String(name.prefix(1))) + "."
        }
        return text.isEmpty ? nil : text
    }

    private static func addressed(_ values: [Value?]) -> String? {
        let own = known(values[2]).flatMap { joined(known(values[1]), $0) }
        let partner = known(values[4]).flatMap { joined(known(values[3]), $0) }
        let use = values[0]?.text ?? "E"
        guard let partner else { return own }
        if use == "P" { return partner }
        guard let own else { return nil }
        switch use {
        case "V": return "\(partner)-\(own)"
        case "N": return "\(own)-\(partner)"
        default: return own
        }
    }
}

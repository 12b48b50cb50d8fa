import Record

/// Lines of an address, and what follows from dates and numbers.
extension Derivation {
    static let addresses: [Derivation] = [
        Derivation(
            "adresregel1",
            [
                ("straat", .text), ("huisnummer", .text), ("huisletter", .text),
                ("huisnummertoevoeging", .text),
                ("aanduidingBijHuisnummer", .text),
            ], .text,
            "street and number: a huisletter behind a blank with the toevoeging glued to it; a toevoeging alone behind "
                + "a blank, or `-` when it begins with a digit; `bij` and `t/o` before the number",
            examples: [
                (["Spui", "70", nil, nil, nil], "Spui 70"), (["Spui", "70", "a", nil, nil], "Spui 70 a"),
                (["Spui", "70", nil, "2", nil], "Spui 70-2"),
                (["Spui", "70", nil, "bis", nil], "Spui 70 bis"),
                (["Spui", "70", "a", "2", nil], "Spui 70 a2"),
                (["Spui", "70", nil, nil, "to"], "Spui t/o 70"),
                (["Spui", "0", nil, nil, nil], nil), ([nil, "70", nil, nil, nil], nil),
            ]
        ) { values in streetLine(values) },
        Derivation(
            "adresregel2", [("postcode", .text), ("woonplaats", .text)], .text,
            "`1234 AB` and, two blanks on, the woonplaats in capitals",
            examples: [
                (["2511BT", "Den Haag"], "2511 BT  DEN HAAG"), ([nil, "Delft"], "DELFT"), ([nil, nil], nil),
            ]
        ) { values in
            let code = known(values[0]).map { text in
                text.count == 6 ? "\(text.prefix(4)) \(text.suffix(2))" : text
            }
            return joined(code, known(values[1])?.uppercased(), by: "  ")
        },
    ]

    private static func streetLine(_ values: [Value?]) -> String? {
        guard let street = known(values[0]), let number = known(values[1]),
            number.contains(where: { $0 != "0" })
        else { return nil }
        let side = ["by": "bij", "bij": "bij", "to": "t/o", "t/o": "t/o"][known(values[4]) ?? ""]
        let start = side.map { "\(street) \($0) \(number)" } ?? "\(street) \(number)"
        let letter = known(values[2])
        guard let addition = known(values[3]) else { return letter.map { "\(start) \($0)" } ?? start }
        if let letter { return "\(start) \(letter)\(addition)" }
        return addition.first?.isNumber == true ? "\(start)-\(addition)" : "\(start) \(addition)"
    }

    static let others: [Derivation] = [
        Derivation(
            "leeftijd", [("geboortedatum", .datum), ("peilmoment", .tijdstip)], .integer,
            "years between them; none for a date of which only the year is known, or whose month is the present one "
                + "and whose day is unknown",
            examples: [
                (["1985-03-15", "2024-03-14T12:00:00Z"], "38"),
                (["1985-03-15", "2024-03-15T12:00:00Z"], "39"),
                ([nil, "2024-03-15T12:00:00Z"], nil),
            ]
        ) { values in age(values[0], values[1]) },
        Derivation(
            "gemeentecode", [("identificatie", .text)], .text,
            "the first four characters of an identificatie by RGBZ, when they are digits",
            examples: [(["0392ABC1"], "0392"), (["ZAAK-1"], nil)]
        ) { values in
            guard let text = known(values[0]), text.count >= 4 else { return nil }
            let code = text.prefix(4)
            return code.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(code) : nil
        },
        Derivation(
            "gezag",
            [
                ("burgerservicenummer", .text), ("minderjarige", .text), ("type", .text), ("ouder", .text),
                ("ouder1", .text), ("ouder2", .text),
            ], .text,
            "whose gezag over this person it is, as StUF-BG says it (`1`, `2`, `12`, `D`, `1D`, `2D`): a parent is known "
                + "by number; none for gezag over another, or of a parent who is neither of the two",
            examples: [
                (["7", "7", "GezamenlijkOuderlijkGezag", nil, "1", "2"], "12"),
                (["7", "7", "EenhoofdigOuderlijkGezag", "2", "1", "2"], "2"),
                (["7", "7", "GezamenlijkGezag", "1", "1", nil], "1D"),
                (["7", "7", "Voogdij", nil, nil, nil], "D"),
                (["7", "7", "EenhoofdigOuderlijkGezag", "3", "1", "2"], nil),
                (["1", "7", "EenhoofdigOuderlijkGezag", "1", nil, nil], nil),
                (["7", "7", "TijdelijkGeenGezag", nil, "1", "2"], nil),
            ]
        ) { values in custody(values.map(known)) },
        Derivation(
            "overleden", [("overlijdensdatum", .datum), ("redenOpschorting", .text)], .boolean,
            "`true` when there is a date of death, or the reason of opschorting is O; else none",
            examples: [(["1985-03-15", nil], "true"), ([nil, "O"], "true"), ([nil, "E"], nil)]
        ) { values in values[0] != nil || values[1]?.text == "O" ? "true" : nil },
    ]

    private static func custody(_ values: [String?]) -> String? {
        guard let own = values[0], own == values[1] else { return nil }
        let parent = values[3].flatMap { parent in
            parent == values[4] ? "1" : parent == values[5] ? "2" : nil
        }
        return switch values[2] {
        case "GezamenlijkOuderlijkGezag": "12"
        case "EenhoofdigOuderlijkGezag": parent
        case "GezamenlijkGezag": parent.map { "\($0)D" }
        case "Voogdij": "D"
        default: nil
        }
    }

    private static func age(_ birth: Value?, _ moment: Value?) -> String? {
        guard let birth, let moment, birth.precision == .full || birth.precision == .month,
            let born = Machine.date(birth.bytes), let utc = Machine.moment(moment.bytes)
        else { return nil }
        let now = LocalTime.local(of: utc)
        var years = now.year - born.year
        if birth.precision == .month {
            if now.month == born.month { return nil }
            if now.month < born.month { years -= 1 }
        } else if (now.month, now.day) < (born.month, born.day) {
            years -= 1
        }
        return years >= 0 ? String(years) : nil
    }
}

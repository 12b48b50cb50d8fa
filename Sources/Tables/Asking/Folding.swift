import Postgres
import Record

/// Texts compared without capitals and without the marks on letters, as ``FoldedText`` folds them: SQL of the same
/// meaning for the letters that the BRP API can be asked with.
enum Folding {
    /// Letters that fold to one other, with what each becomes; behind them the marks that stand behind their letter,
    /// which become nothing.
    private static let single: (from: String, to: String) = {
        var (from, to) = ("", "")
        for scalar in letters {
            let folded = FoldedText.of(String(scalar).utf8)
            guard folded.count == 1, let letter = folded.first else { continue }
            from.unicodeScalars.append(scalar)
            to.unicodeScalars.append(Unicode.Scalar(letter))
        }
        for mark in (0x300...0x36F).compactMap(Unicode.Scalar.init) { from.unicodeScalars.append(mark) }
        return (from, to)
    }()

    /// Letters that become two.
    private static let double: [(from: String, to: String)] = letters.compactMap { scalar in
        let folded = FoldedText.of(String(scalar).utf8)
        guard folded.count == 2, folded.allSatisfy({ $0 < 0x80 }) else { return nil }
        return (String(scalar), String(decoding: folded, as: UTF8.self))
    }

    private static var letters: [Unicode.Scalar] {
        (Array(0x41...0x5A) + Array(0xC0...0x17F)).compactMap(Unicode.Scalar.init)
    }

    /// A text of the database, folded. The letters stand in the statement: they are ours.
    static func folded(_ text: SQL) -> SQL {
        let translated: SQL = "translate(\(text), \(literal(single.from)), \(literal(single.to)))"
        return double.reduce(translated) { sql, pair in
            "replace(\(sql), \(literal(pair.from)), \(literal(pair.to)))"
        }
    }

    private static func literal(_ letters: String) -> SQL { SQL(stringLiteral: "'\(letters)'") }

    /// What a criterion on folded text asks of a text; nil where SQL does not say it.
    static func condition(_ criterion: Question.Criterion, _ text: SQL, _ conditions: inout Conditions)
        -> SQL?
    {
        switch criterion.comparison {
        case .equals, .oneOf:
            guard !criterion.values.isEmpty else { return "false" }
            return "\(folded(text)) IN (\(list(criterion.values.map { conditions.text($0) })))"
        case .below where criterion.value.last == 0xFF:
            // What lies before a text followed by 0xFF, and not before the text, begins with it.
            let beginning = Array(criterion.value.dropLast())
            return "left(\(folded(text)), \(length(of: beginning))) = \(conditions.text(beginning))"
        case .ends:
            return
                "right(\(folded(text)), \(length(of: criterion.value))) = \(conditions.text(criterion.value))"
        default: return nil
        }
    }

    private static func length(of text: [UInt8]) -> SQL {
        SQL(stringLiteral: String(String(decoding: text, as: UTF8.self).unicodeScalars.count))
    }
}

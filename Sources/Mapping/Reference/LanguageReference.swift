import Record

/// The reference of the mapping language, made from the lists that the reader and the checker use.
package enum LanguageReference {
    /// As `mappings/REFERENCE.md` holds it and `sluis help language` prints it.
    package static var markdown: String {
        var lines = [
            "# Reference of the mapping language", "",
            "Made by `sluis help language` from the lists that `sluis check` uses; do not edit it by hand. How to begin "
                + "is in [README.md](README.md).", "",
        ]
        for kind in Construct.Kind.allCases {
            lines += ["## \(kind.rawValue)", ""]
            lines += table(
                ["you write", "it means", "checked before it runs", "law"],
                Construct.all.filter { $0.kind == kind }.map {
                    [code($0.form), $0.meaning, $0.checks, $0.law]
                })
            lines.append("")
        }
        lines += [
            "## Converters", "",
            "A closed list. *Exact*: up and down gives the value back. *Stable*: up, down, up is the same as up.",
            "",
        ]
        lines += table(
            ["you write", "between", "up", "down", "law", "refuses", "example"],
            ConverterFact.all.map { fact in
                [
                    code("as \(fact.form)"), fact.between, fact.up, fact.down,
                    fact.law?.rawValue ?? "one way", fact.refuses, code(fact.example),
                ]
            })
        lines += ["", "## Functions for `derive`", ""]
        lines += table(
            ["function", "gives", "what it makes", "example"],
            Derivation.all.map { function in
                let example = function.examples[0]
                let values = example.values.map { $0.map { "\"\($0)\"" } ?? "–" }.joined(separator: ", ")
                return [
                    code(function.signature), "\(function.result)", function.meaning,
                    "\(values) → \(example.result.map { "\"\($0)\"" } ?? "–")",
                ]
            })
        lines += ["", "## Types and how they are held", ""]
        lines += table(["type", "on its way between the sides"], types.map { [code("\($0.0)"), $0.1] })
        return lines.joined(separator: "\n") + "\n"
    }

    private static let types: [(ValueType, String)] = [
        (.text, "as said; zeros and blanks in front survive"),
        (.datum, "`2020-03-09`, with how much of it is known"),
        (.tijdstip, "UTC, `2020-03-09T07:01:04Z`; of a day without time its local date"),
        (.boolean, "`true`, `false`"), (.integer, "digits without zeros in front"),
        (.decimal, "digits and a point, never rounded"), (.duur, "`P5D`"),
        (
            .geometrie,
            "a point, line or polygon in degrees of ETRS89; RD within 0.25 m, back to the millimetre"
        ),
        (.content, "a file, kept outside"), (.group, "members"),
    ]

    private static func code(_ text: String) -> String { "`\(text.replacing("|", with: "\\|"))`" }

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let all = [head, head.map { _ in "---" }] + rows
        return all.map { "| " + $0.joined(separator: " | ") + " |" }
    }
}

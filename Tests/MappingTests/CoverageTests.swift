import Foundation
import Testing

/// The pages that say which element has which rule.
@Suite("The list of what is mapped") struct CoverageTests {
    private static let mappings =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/mappings"

    private static func text(_ file: String) throws -> String {
        let url = URL(fileURLWithPath: "\(mappings)/\(file)")
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    /// Without what the formatter lines up.
    private static func words(_ text: some StringProtocol) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The cells of a table's line.
    private static func cells(_ line: Substring) -> [String] {
        line.replacing("\\|", with: "\u{1F}").split(separator: "|")
            .map { $0.trimmingCharacters(in: .whitespaces).replacing("\u{1F}", with: "|") }
    }

    private static func quoted(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    @Test("names rules that are there, as they are written", arguments: ["zds-zgw", "bg-brp"])
    func rules(_ folder: String) throws {
        var mapping: String?
        var count = 0
        for line in try Self.text("\(folder)/README.md").split(separator: "\n") {
            if let match = line.firstMatch(of: /\(([a-z]+\.map)\)/) {
                mapping = Self.words(try Self.text("\(folder)/\(match.output.1)"))
            }
            guard line.hasPrefix("|"), !line.hasPrefix("| ---"), !line.hasPrefix("| what") else { continue }
            let cells = Self.cells(line)
            let rules = try #require(mapping)
            #expect(cells.count >= 2, "\(line)")
            for rule in Self.quoted(cells[1]) where rule.contains("-") || rule.contains("ignore") {
                count += 1
                #expect(rules.contains(Self.words(rule)), "no such rule: \(rule)")
            }
        }
        #expect(count > 40)
    }
}

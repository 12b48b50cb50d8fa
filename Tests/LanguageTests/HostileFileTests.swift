import Diagnostics
import Language
import TestSupport
import Testing

private func codes(_ bytes: [UInt8]) -> [String] {
    Parser.parse(file: "a.map", bytes: bytes).findings.map {
        "\($0.location.line):\($0.location.column) \($0.code.number)"
    }
}

struct Mistakes: Sendable {
    /// One character for each byte.
    var bytes: String
    var findings: [String]

    init(_ bytes: String, _ findings: [String]) {
        self.bytes = bytes
        self.findings = findings
    }
}

private let mistakes: [Mistakes] = [
    // Latin-1: one finding a line.
    Mistakes("a \"caf\u{E9}\"\nb \u{E9}\u{E8} c", ["1:7 M101", "2:3 M101"]),
    Mistakes("a # caf\u{E9}\n", ["1:8 M101"]),
    // UTF-16, and what is no UTF-8: overlong, a surrogate, beyond Unicode, cut off.
    Mistakes("\u{FF}\u{FE}a\u{0}", ["1:1 M101"]),
    Mistakes("\u{C0}\u{AF}", ["1:1 M101"]),
    Mistakes("\u{ED}\u{A0}\u{80}", ["1:1 M101"]),
    Mistakes("\u{F5}\u{80}\u{80}\u{80}", ["1:1 M101"]),
    Mistakes("a \u{E2}\u{82}", ["1:3 M101"]),
    Mistakes("a\u{0}\u{0}\u{0}b", ["1:2 M102"]),
    Mistakes("\"a\u{7F}\" #\u{1}", ["1:3 M102", "1:7 M102"]),
    Mistakes("a ;;; b", ["1:3 M103"]),
    Mistakes("a 'b' \u{E2}\u{80}\u{9E}c\u{E2}\u{80}\u{9D} d", ["1:3 M103", "1:7 M103"]),
    Mistakes("\"", ["1:1 M104"]),
    Mistakes("\"\\", ["1:1 M104", "1:2 M105"]),
    Mistakes("{", ["1:1 M106", "1:1 M113"]),
    Mistakes("a {\n b {\n", ["1:3 M106", "2:4 M106"]),
    Mistakes("}\n}", ["1:1 M107", "2:1 M107"]),
    Mistakes("(", ["1:1 M108"]),
    Mistakes("a [ {", ["1:3 M108", "1:5 M106"]),
    Mistakes("a ( b }", ["1:3 M108", "1:7 M107"]),
]

@Suite("A file that is no good text") struct HostileFileTests {
    @Test("is reported where it stops being text", arguments: mistakes)
    func places(_ row: Mistakes) {
        #expect(codes(row.bytes.unicodeScalars.map { UInt8($0.value) }) == row.findings)
    }

    @Test(
        "is read all the same with a byte order mark, carriage returns and tabs, which are warned of once each"
    )
    func otherEditors() {
        let (document, findings) = Parser.parse(
            file: "a.map", bytes: [0xEF, 0xBB, 0xBF] + Array("a\tb\r\nc\rd\te\r\n".utf8))
        #expect(findings.map(\.severity) == [.warning, .warning, .warning])
        #expect(findings.map(\.code.number) == ["M114", "M114", "M114"])
        #expect(document.statements.map(\.location.line) == [1, 2, 3])
        #expect(document.statements.map(\.location.column) == [1, 1, 1])
        #expect(Formatter.format(document) == "a  b\nc\nd  e\n")
    }

    @Test(
        "stops after a hundred problems, and says so",
        arguments: [";\n", "(\n", "[ -> ", "a {", "\u{0}x", "\"x\n"])
    func many(_ piece: String) {
        let bytes = Array(String(repeating: piece, count: 20_000).utf8)
        let findings = Parser.parse(file: "a.map", bytes: bytes).findings
        #expect((1...101).contains(findings.count))
    }

    @Test(
        "nested without end gives a finding, not a crash",
        arguments: [
            ("a {\n", "M110"), ("a (\n", "M110"), ("[", "M110"), ("{", "M110"), ("a { b } {", "M110"),
        ])
    func deep(_ row: (String, String)) {
        let bytes = Array(String(repeating: row.0, count: 100_000).utf8)
        #expect(Parser.parse(file: "a.map", bytes: bytes).findings.contains { $0.code.number == row.1 })
    }

    @Test(
        "of ten megabytes is read to its end",
        arguments: [
            ("naam <-> omschrijving  # één\n", statements: 322_580), ("a", 1), ("# een lange regel\n", 0),
            (" ", 0),
        ])
    func large(_ row: (piece: String, statements: Int)) {
        let bytes = Array(String(repeating: row.piece, count: 10_000_000 / row.piece.utf8.count).utf8)
        let (document, findings) = Parser.parse(file: "a.map", bytes: bytes)
        #expect(findings.isEmpty)
        #expect(document.statements.count == row.statements)
    }

    @Test("larger than any mapping is refused unread")
    func tooLarge() {
        #expect(codes([UInt8](repeating: 0x61, count: Parser.byteLimit + 1)) == ["1:1 M112"])
    }

    @Test("with more words than any mapping is read as far as there is room")
    func tooManyWords() {
        let bytes = [UInt8](repeating: UInt8(ascii: "|"), count: Parser.wordLimit + 10)
        #expect(codes(bytes) == ["1:\(Parser.wordLimit + 1) M112"])
    }

    @Test("of random bytes never crashes the reader or the formatter", arguments: Seed.series(300))
    func random(_ seed: Seed) {
        var random = seed.generator
        let alphabet = Array("ab{}()[]|,=<->\"\\# \n\r\t#é".utf8) + [0, 0xFF, 0xE9]
        let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        let (document, findings) = Parser.parse(file: "a.map", bytes: bytes)
        #expect(findings == findings.sortedForReading())
        _ = Formatter.format(document)
    }

    @Test(
        "cut off anywhere, or with any one byte changed, never crashes the reader", arguments: Seed.series(12)
    )
    func damaged(_ seed: Seed) {
        let whole = Array(FileGenerator.file(seed: seed).utf8)
        for place in stride(from: Int(seed.value % 3), to: whole.count, by: 3) {
            _ = Formatter.format(Parser.parse(file: "a.map", bytes: Array(whole[..<place])).document)
            var damaged = whole
            damaged[place] ^= 0x10
            _ = Formatter.format(Parser.parse(file: "a.map", bytes: damaged).document)
        }
    }
}

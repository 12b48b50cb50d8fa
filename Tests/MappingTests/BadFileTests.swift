import Diagnostics
import Language
import Mapping
import Model
import Testing

private let head = "mapping t oud:ZAK <-> nieuw:Zaak\nkey nummer <-> nummer\n"

/// A mapping file as bytes, and the findings it must give, as `line:column CODE`.
private struct BadFile: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var expected: [String]

    init(_ name: String, _ bytes: [UInt8], _ expected: [String]) {
        self.name = name
        self.bytes = bytes
        self.expected = expected
    }

    init(_ name: String, _ text: String, _ expected: [String]) {
        self.init(name, Array((head + text).utf8), expected)
    }

    var testDescription: String { name }
}

private let latin = Array((head + "\"caf").utf8) + [0xE9] + Array("\" -> naam\nnaam <-> naan\n".utf8)
private let long =
    head + String(repeating: "# " + String(repeating: "x", count: 98) + "\n", count: 100_000)
    + "naam <-> naan\n"

@Suite("A bad mapping file") struct BadFileTests {
    @Test(
        "is reported where it is bad, and never ends the process",
        arguments: [
            BadFile("Latin-1", latin, ["3:5 M101", "4:10 M152"]),
            BadFile("tabs", "\tnaam\t<->\tnaan", ["3:1 M114", "3:11 M152"]),
            BadFile(
                "CRLF", Array((head + "naam <-> naan\n").replacing("\n", with: "\r\n").utf8),
                ["1:33 M114", "3:10 M152"]),
            BadFile("a BOM", Array("\u{FEFF}\(head)naam <-> naan".utf8), ["1:1 M114", "3:10 M152"]),
            BadFile("ten megabytes", Array(long.utf8), ["100003:10 M152"]),
            BadFile("a block without its end", "adres <-> adres {\nmust straat <-> straat\n", ["3:17 M106"]),
            BadFile(
                "a fragment that uses itself",
                "adres <-> adres use a\nfragment a { must straat <-> straat\nuse a }", ["5:5 M162"]),
            BadFile("two rules for one target", "naam <-> naam\nkort -> naam", ["4:1 M159"]),
            BadFile("an overlay that touches nothing", "overlay x of t { drop naan }", ["3:23 M177"]),
            BadFile("an overlay without rules", "overlay x of t { }", ["3:9 M177"]),
            BadFile(
                "a code twice", "kort <-> kort as codes k else omit\ncodes k from \"twice.csv\"", ["3:1 M165"]
            ),
            BadFile("nothing", [UInt8](), ["1:1 M150"]),
        ])
    fileprivate func reported(_ file: BadFile) {
        let parsed = Parser.parse(file: "test.map", bytes: file.bytes)
        let read = MappingLibrary.read([parsed.document], models: SmallModels.models, broken: parsed.findings)
        {
            name in name == "twice.csv" ? Array("oud;nieuw\nA;a\nA;b\n".utf8) : nil
        }
        let found = (parsed.findings + read.findings).sortedForReading()
        #expect(found.map { "\($0.location.line):\($0.location.column) \($0.code.number)" } == file.expected)
        #expect(read.library.mappings.isEmpty)
    }

    @Test("that is older than the model is told which name the model has now")
    func newerModel() throws {
        let newer = SmallModels.api.replacing(
            "    titel         text(80)", with: "    opschrift     text(80)")
        let documents = [("oud.model", SmallModels.legacy), ("nieuw.model", newer)].map { name, text in
            Parser.parse(file: name, bytes: Array(text.utf8)).document
        }
        let models = Models.read(documents).models
        let read = Shipped.read(head + "naam <-> titel as text(80, truncate)", models: models)
        #expect(read.findings.map(\.description) == ["test.map:3:10 M152 `titel` is not in nieuw:Zaak"])
        #expect(read.mapping == nil)
    }
}

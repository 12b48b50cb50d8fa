import Diagnostics
import FoundationEssentials
import Language
import Mapping
import Model
import Testing

@Suite("The reference of the language") struct ReferenceTests {
    @Test("is the one that is made from the lists of the checker")
    func upToDate() throws {
        let bytes = try #require(SourceFiles.bytes(of: "/\(Shipped.root)/mappings/REFERENCE.md"))
        #expect(
            String(decoding: bytes, as: UTF8.self) == LanguageReference.markdown,
            "write it anew: sluis help language > mappings/REFERENCE.md")
    }

    @Test("names every converter with an example that uses it", arguments: ConverterFact.all.map(\.form))
    func examples(_ form: String) throws {
        let fact = try #require(ConverterFact.all.first { $0.form == form })
        #expect(fact.example.contains("as \(fact.name)"))
        #expect(!fact.up.isEmpty && !fact.down.isEmpty)
        #expect((fact.law == nil) == (fact.down == "none"))
    }
}

@Suite("A code of model, mapping and route files") struct CodeCoverageTests {
    /// Those of the text of a file have no words to test: their place is.
    private static let withoutText: Set<String> = ["M102", "M110", "M111", "M112", "M114"]

    @Test("is shown by a failing example, its text with it")
    func shown() throws {
        var tests = ""
        for room in ["MappingTests", "ModelTests", "LanguageTests", "CommandsTests"] {
            for file in SourceFiles.find(".swift", in: ["/\(Shipped.root)/Tests/\(room)"]).files {
                tests += String(decoding: SourceFiles.bytes(of: file) ?? [], as: UTF8.self)
            }
        }
        // M138 to M149 are of `sluis model import`: they are about other people's files.
        let codes = Catalogue.all.map(\.number)
            .filter { $0.hasPrefix("M1") && !("M138"..."M149").contains($0) }
        #expect(codes.count >= 60)
        for code in codes {
            let isShown =
                tests.contains("\(code) ") || Self.withoutText.contains(code) && tests.contains(code)
            #expect(isShown, "\(code) is in no test")
        }
    }

    @Test("stops a model that doubles itself, a mapping of nothing, and overlays without end")
    func rest() {
        let mapping = Shipped.read("mapping t  oud:ZAAK <-> nieuw:Zaak\n", models: SmallModels.models)
        #expect(
            mapping.findings.map(\.description).first?.hasPrefix(
                "test.map:1:12 M151 `oud:ZAAK` is not an entity or resource of any model") == true)
        var model = "model a stuf \"urn:a\" as A\nentity ZAK { x like g15 }\ngroup g0 { a text }\n"
        for level in 1...15 { model += "group g\(level) { a like g\(level - 1)\nb like g\(level - 1) }\n" }
        let document = Parser.parse(file: "a.model", bytes: Array(model.utf8)).document
        let found = Models.read([document]).findings.map(\.description)
        #expect(found.contains { $0.contains("M137 ") && $0.contains("has more than 20000 elements") })
        let overlays = (0..<9).map {
            "overlay o\($0) of t when @zender/applicatie in (\"A\", \"\($0)\") { \"x\($0)\" -> naam }"
        }
        let many = SmallModels.mapping(overlays.joined(separator: "\n"))
        #expect(
            many.findings.contains {
                $0.description.contains("M190 ") && $0.text.contains("in more than 256 ways")
            })
    }
}

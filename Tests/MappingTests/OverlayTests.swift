import Diagnostics
import Language
import Mapping
import Model
import Record
import Testing

private let base = """
    mapping t  oud:ZAK <-> nieuw:Zaak
    key nummer <-> nummer
    soort <-> soort as codes s
    naam <-> naam
    vrij -> titel as text(80, truncate)
    kort <- kort
    adres <-> adres else omit {
        must straat <-> straat
        nummer <-> nummer else omit
    }
    choice c {
        when vlag <-> vlag
        else omit
    }
    codes s { "A" <-> "a"   "B" <-> "b"   "C" <-> "c" }

    """

private func library(_ overlays: String, file: String = "overlay.map") -> (
    mapping: CompiledMapping?, findings: String
) {
    let documents = [("test.map", base), (file, overlays)].map { name, text in
        Parser.parse(file: name, bytes: Array(text.utf8)).document
    }
    let read = MappingLibrary.read(documents, models: SmallModels.models) { _ in nil }
    return (read.library.mapping("t"), read.findings.map(\.description).joined(separator: "\n"))
}

private func up(_ mapping: CompiledMapping, _ lines: String, zender: String? = nil) throws -> String {
    let context = Context(
        zender: .init(applicatie: zender), ontvangen: "2020-03-09T07:01:04Z", isNew: true)
    let record = try RecordText.record(mapping.legacy, lines)
    return RecordText.text(try mapping.lift(record, context: context).record, mapping.api)
}

@Suite("An overlay") struct OverlayTests {
    static let parkeren = """
        overlay parkeren of t when soort = "B" {
            naam <-> titel as text(80, truncate)
            "web" -> kort
            drop vrij, c
            adres <-> adres else omit {
                drop nummer
                plaats <-> plaats
            }
        }
        """

    @Test("replaces, adds and drops rules by their left place, also inside a block")
    func changes() throws {
        let mapping = try #require(library(Self.parkeren).mapping, "\(library(Self.parkeren).findings)")
        let lines = """
            nummer = 1
            soort = B
            naam = Jansen
            vrij = weg
            adres/straat = Dam
            adres/nummer = 5
            adres/plaats = Delft
            """
        #expect(
            try up(mapping, lines) == """
                nummer = 1
                titel = Jansen
                kort = web
                soort = b
                adres.straat = Dam
                adres.plaats = Delft
                """)
        #expect(
            try up(mapping, lines.replacing("soort = B", with: "soort = A")) == """
                nummer = 1
                naam = Jansen
                titel = weg
                soort = a
                adres.straat = Dam
                adres.nummer = 5
                """)
    }

    @Test("is chosen downward by what the exact rule of its condition gives")
    func downward() throws {
        let mapping = try #require(library(Self.parkeren).mapping)
        let context = Context(zender: .init(), ontvangen: "2020-03-09T07:01:04Z", isNew: true)
        let record = try RecordText.record(
            mapping.api,
            """
            nummer = 1
            soort = b
            naam = nee
            titel = Jansen
            adres.straat = Dam
            adres.plaats = Delft
            """)
        let lowered = try mapping.lower(record, context: context).record
        #expect(
            RecordText.text(lowered, mapping.legacy) == """
                nummer = 1
                naam = Jansen
                soort = B
                adres/straat = Dam
                adres/plaats = Delft
                """)
    }

    @Test("is chosen by what the API holds now when a change does not say it")
    func changed() throws {
        let mapping = try #require(library(Self.parkeren).mapping)
        let context = Context(zender: .init(), ontvangen: "2020-03-09T07:01:04Z", isNew: false)
        let stored = try RecordText.record(mapping.api, "nummer = 1\nsoort = b\ntitel = Jansen")
        let change = try RecordText.record(mapping.legacy, "nummer = 1\nnaam = Pietersen")
        let lifted = try mapping.lift(change, over: stored, context: context).record
        #expect(RecordText.text(lifted, mapping.api).contains("titel = Pietersen"))
    }

    @Test("of a sender is chosen by the context")
    func sender() throws {
        let text = """
            overlay van of t when @zender/applicatie = "OUDESUITE" {
                naam -> titel as text(80, truncate)
                drop vrij
            }
            """
        let mapping = try #require(library(text).mapping, "\(library(text).findings)")
        #expect(try up(mapping, "nummer = 1\nnaam = x", zender: "OUDESUITE") == "nummer = 1\ntitel = x")
        #expect(try up(mapping, "nummer = 1\nnaam = x", zender: "ANDERE") == "nummer = 1\nnaam = x")
    }

    @Test("without a condition holds for every bericht, and brings its own tables")
    func always() throws {
        let text = """
            overlay gemeente of t { drop vrij }
            codes s { "A" <-> "c"   "B" <-> "b"   "C" <-> "a" }
            """
        let mapping = try #require(library(text).mapping, "\(library(text).findings)")
        #expect(try up(mapping, "nummer = 1\nsoort = A\nvrij = x") == "nummer = 1\nsoort = c")
    }

    @Test(
        "is refused when it touches nothing, or cannot be chosen, or meets another",
        arguments: [
            Case(
                "overlay x of vergunning { drop naam }",
                """
                overlay.map:1:14 M176 `vergunning` is not a mapping: use `t`
                """),
            Case(
                "overlay x of t { drop naan }",
                """
                overlay.map:1:23 M177 `naan` is not the left place of a rule here, or the name of a choice: did you mean `naam`?
                    write: drop naam
                """),
            Case("overlay x of t { }", "overlay.map:1:9 M177 overlay `x` changes nothing"),
            Case(
                "overlay x of t when naam { drop vrij }",
                "overlay.map:1:21 M178 an overlay compares one place of the object with a text: `when place = \"x\"`"
            ),
            Case(
                "overlay x of t when vrij = \"a\" { drop naam }",
                """
                overlay.map:1:21 M178 no exact `<->` rule maps `vrij`, so that the other side cannot tell whether it holds
                """),
            Case(
                "overlay x of t when soort = \"Q\" { drop naam }",
                "overlay.map:1:21 M170 `soort` cannot hold \"Q\""),
            Case(
                """
                overlay x of t when soort = "A" { drop naam }
                overlay y of t when @zender/applicatie = "S" { naam -> naam }
                """,
                """
                overlay.map:2:9 M179 `y` and `x` (overlay.map:1:9) can hold for one bericht, and both change `naam`
                """),
            Case(
                "overlay x of t { kort -> naam }",
                """
                overlay.map:1:18 M159 `naam` is written by the rule of line 4 already: keep one, or make them branches of a `choice`
                """),
            Case(
                "overlay x of t { drop nummer }",
                "overlay.map:1:9 M157 with overlay `x`: nieuw:Zaak needs `nummer`, and no rule fills it"),
            Case(
                "overlay x of t { drop naam }\noverlay x of t { drop vrij }",
                "overlay.map:2:9 M174 overlay `x` stands in overlay.map already"),
        ])
    func refused(_ example: Case) {
        #expect(library(example.rules).findings == example.findings)
    }

    @Test("leaves one rule's other direction as it was")
    func oneWay() throws {
        let mapping = try #require(library("overlay x of t { naam -> krap as text(20, truncate) }").mapping)
        #expect(try up(mapping, "nummer = 1\nnaam = a") == "nummer = 1\nkrap = a")
        let context = Context(zender: .init(), ontvangen: "2020-03-09T07:01:04Z", isNew: true)
        let record = try RecordText.record(mapping.api, "nummer = 1\nnaam = b")
        #expect(
            RecordText.text(try mapping.lower(record, context: context).record, mapping.legacy)
                == "nummer = 1\nnaam = b")
    }
}

@Suite("`drop`") struct DropTests {
    @Test("takes a rule out of a fragment where it is used")
    func fragment() throws {
        let read = SmallModels.mapping(
            """
            adres <-> adres else omit use a { drop nummer }
            fragment a { must straat <-> straat
            nummer <-> nummer else omit }
            """)
        #expect(read.findings.map(\.description) == [])
        let mapping = try #require(read.mapping)
        #expect(
            try up(mapping, "nummer = 1\nadres/straat = Dam\nadres/nummer = 5")
                == "nummer = 1\nadres.straat = Dam")
    }

    @Test("elsewhere is refused")
    func misplaced() {
        #expect(
            SmallModels.mapping("drop naam").findings.map(\.description) == [
                "test.map:3:1 M191 `drop` stands in an overlay, or in the block behind a `use`; here the rule itself can go"
            ])
    }
}

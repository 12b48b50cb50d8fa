import Diagnostics
import Mapping
import Model
import Record
import Testing

@Suite("What a mapping keeps") struct KeepTests {
    private static let rules = """
        naam <-> naam
        keep vrij, adres/plaats "no place in the API"
        adres <-> adres else omit { must straat <-> straat }
        """

    private func mapping(_ rules: String) throws -> CompiledMapping {
        let read = SmallModels.mapping(rules)
        return try #require(read.mapping, "\(read.findings.map(\.description))")
    }

    @Test(
        "comes back in the same form, and stands nowhere on the API's side",
        arguments: [
            "nummer = 1\nnaam = a\nvrij = b", "nummer = 1\nadres/straat = Weg\nadres/plaats = Delft",
            "nummer = 1\nadres/plaats = Delft", "nummer = 1\nvrij: waardeOnbekend", "nummer = 1\nnaam = a",
        ])
    func law(_ said: String) throws {
        let mapping = try mapping(Self.rules)
        let record = try RecordText.record(mapping.legacy, said)
        let kept = mapping.kept(of: record, context: gemeente)
        let lifted = try mapping.lift(record, context: gemeente).record
        #expect(!RecordText.text(lifted, mapping.api).contains("Delft"))
        let lowered = try mapping.lower(lifted, with: kept, context: gemeente).record
        #expect(
            RecordText.text(lowered, mapping.legacy).split(separator: "\n").filter { $0 != "adres" }
                == said.split(separator: "\n"))
        #expect(try mapping.lower(lifted, context: gemeente).record.text(2) == nil)
    }

    @Test("stays as long as no change says it, and goes when one takes it away")
    func changes() throws {
        let mapping = try mapping(Self.rules)
        func kept(_ said: String) throws -> Kept {
            mapping.kept(of: try RecordText.record(mapping.legacy, said), context: gemeente)
        }
        var stored = try kept("vrij = a\nadres/plaats = Delft")
        #expect(try stored.take(kept("naam = b")) == false)
        #expect(try stored.take(kept("vrij = a")) == false)
        #expect(try stored.take(kept("vrij = b")) == true)
        #expect(stored.forms["oud:ZAK"]?["vrij"]?.bytes == Array("b".utf8))
        #expect(try stored.take(kept("vrij: geenWaarde\nadres/plaats: geenWaarde")) == true)
        #expect(stored.isEmpty)
    }

    @Test("is counted apart from what is lost")
    func loss() throws {
        let mapping = try mapping(Self.rules)
        let record = try RecordText.record(mapping.legacy, "nummer = 1\nvrij = b\nkort = c")
        let loss = try mapping.traced(record, .up, context: gemeente).loss(unmapped: [])
        #expect(loss.kept.map(\.path) == ["vrij"])
        #expect(loss.kept.map(\.reason) == ["no place in the API"])
        #expect(loss.lost == ["kort"])
    }

    @Test("is not ignored any more where an overlay keeps it")
    func overlay() throws {
        let mapping = try mapping(
            """
            ignore vrij, kort "no place in the API"
            overlay o of t when @zender/applicatie = "OUD" { keep vrij "another application asks for it" }
            """)
        let record = try RecordText.record(mapping.legacy, "nummer = 1\nvrij = b\nkort = c")
        func loss(_ applicatie: String) throws -> Loss {
            let context = Context(
                zender: .init(applicatie: applicatie), ontvangen: "2026-01-05T10:00:00Z", isNew: true)
            return try mapping.traced(record, .up, context: context).loss(unmapped: [])
        }
        #expect(try loss("OUD").kept.map(\.path) == ["vrij"])
        #expect(try loss("OUD").ignored.map(\.path) == ["kort"])
        #expect(try loss("NIEUW").ignored.map(\.path) == ["vrij", "kort"])
        #expect(mapping.keptPaths == ["vrij"])
    }

    @Test("survives being stored, and takes no room where there is none")
    func stored() throws {
        let mapping = try mapping(Self.rules)
        let kept = mapping.kept(
            of: try RecordText.record(mapping.legacy, "vrij = a\nadres/plaats: waardeOnbekend"),
            context: gemeente)
        var writer = ByteWriter()
        kept.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        #expect(try Kept(reading: &reader) == kept)
        var none = ByteWriter()
        Kept().write(to: &none)
        #expect(none.bytes.isEmpty)
        var empty = ByteReader([])
        #expect(try Kept(reading: &empty).isEmpty)
        for length in 0..<writer.bytes.count where length > 0 {
            var cut = ByteReader(Array(writer.bytes.prefix(length)))
            #expect(throws: RecordFailure.self) { try Kept(reading: &cut) }
        }
    }

    @Test(
        "is a single value of the object itself, with no other use",
        arguments: [
            (
                "keep regel \"x\"", "3:6 M",
                "`keep` is for single values of the object itself, and `regel` is none"
            ),
            (
                "keep adres \"x\"", "3:6 M",
                "`keep` is for single values of the object itself, and `adres` is none"
            ),
            (
                "keep inhoud \"x\"", "3:6 M",
                "`keep` is for single values of the object itself, and `inhoud` is none"
            ),
            (
                "regel* <-> regels* {\nmust tekst <-> tekst\nkeep soort \"x\" }", "5:6 M",
                "of the object itself"
            ),
            ("keep vrei \"x\"", "3:6 M", "`vrei` is not in oud:ZAK"),
            ("naam <-> naam\nkeep naam \"x\"", "4:6 M", "`naam` is kept here and mapped as well"),
            ("naam <- naam\nkeep naam \"x\"", "4:6 M", "`naam` is kept here and mapped as well"),
            ("ignore vrij \"y\"\nkeep vrij \"x\"", "4:6 M", "`vrij` is kept here and ignored on line 3"),
            ("keep vrij", "3:10 M", "the reason, between quotes"),
        ])
    func mistake(_ rules: String, _ place: String, _ text: String) throws {
        let findings = SmallModels.mapping(rules).findings.map(\.description)
        #expect(findings.count == 1 && findings[0].hasPrefix("test.map:\(place)"), "\(findings)")
        #expect(findings.first?.contains(text) == true, "\(findings)")
    }
}

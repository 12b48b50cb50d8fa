import Diagnostics
import Mapping
import Model
import Record
import Testing

@Suite("A change") struct ChangeTests {
    /// - Returns: what is to be written on the API's side.
    private func lift(_ rules: String, _ said: String, over stored: String) throws -> String {
        let read = SmallModels.mapping(rules)
        let mapping = try #require(read.mapping, "\(read.findings.map(\.description))")
        let change = try RecordText.record(mapping.legacy, "nummer = 12345\n" + said)
        let present = try RecordText.record(mapping.api, "nummer = 12345\n" + stored)
        let converted = try mapping.lift(change, over: present, context: gemeente)
        return RecordText.text(converted.record, mapping.api).split(separator: "\n").dropFirst()
            .joined(separator: "\n")
    }

    @Test("leaves alone what it does not say, and clears what it says has no value")
    func notSaid() throws {
        let rules = "naam <-> naam\nkort <-> kort\ndag <-> dag"
        #expect(try lift(rules, "kort: geenWaarde", over: "naam = a\nkort = b") == "kort: geenWaarde")
        #expect(try lift(rules, "kort = c", over: "naam = a\nkort = b") == "kort = c")
    }

    @Test("does not write a value that equals what is there, once it is converted")
    func noChange() throws {
        let rules = "naam <-> titel as text(80, truncate)"
        let long = String(repeating: "x", count: 60)
        let cut = String(repeating: "x", count: 40)
        #expect(try lift(rules, "naam = \(cut)", over: "titel = \(long)") == "")
        #expect(try lift(rules, "naam = ander", over: "titel = \(long)") == "titel = ander")
        #expect(try lift(rules, "naam: geenWaarde", over: "titel: null") == "")
    }

    @Test("takes what else a target depends on from what is there")
    func others() throws {
        let rules = """
            (naam, kort) -> titel as join(" ")
            naam <-> naam
            kort <-> kort
            """
        #expect(
            try lift(rules, "kort = b", over: "naam = Wit\nkort = a\ntitel = Wit a")
                == "titel = Wit b\nkort = b")
        #expect(try lift(rules, "", over: "naam = Wit\nkort = a\ntitel = Wit a") == "")
    }

    @Test("clears a target whose condition it makes false, and leaves it where it says nothing about that")
    func conditions() throws {
        let rules = """
            naam -> naam when not kort = "n.v."
            naam <- naam
            kort <-> kort
            """
        #expect(
            try lift(rules, "kort = n.v.", over: "naam = a\nkort = ja") == "naam: geenWaarde\nkort = n.v.")
        #expect(try lift(rules, "kort = ja", over: "naam = a\nkort = nee") == "naam = a\nkort = ja")
        #expect(try lift(rules, "", over: "naam = a\nkort = n.v.") == "")
    }

    @Test("does not set what belongs to a new object only")
    func new() throws {
        #expect(try lift("\"nieuw\" -> naam when @nieuw", "", over: "naam = a") == "")
    }

    @Test("asks for a must only where it takes the value away")
    func must() throws {
        #expect(try lift("must naam <-> naam", "", over: "naam = a") == "")
        #expect(throws: MappingFailure.self) {
            try lift("must naam <-> naam", "naam: geenWaarde", over: "naam = a")
        }
    }

    @Test("of items writes each whole, with what is to be done with it")
    func items() throws {
        let rules = "regel* <-> regels* { must tekst <-> tekst }"
        #expect(
            try lift(
                rules, "regel[1] * toevoegen\nregel[1]/tekst = b\nregel[2] * verwijderen\nregel[2]/tekst = a",
                over: "regels[1].tekst = a")
                == "regels[1] * toevoegen\nregels[1].tekst = b\nregels[2] * verwijderen\nregels[2].tekst = a")
    }

    @Test("travels down the same way: only what the API's change says, over what the legacy side holds")
    func down() throws {
        let mapping = try #require(
            SmallModels.mapping("naam <-> titel as text(80, truncate)\nkort <-> kort").mapping)
        let long = String(repeating: "x", count: 60)
        let api = try RecordText.record(mapping.api, "nummer = 1\ntitel = \(long)\nkort = b")
        let present = try RecordText.record(
            mapping.legacy, "nummer = 1\nnaam = \(String(repeating: "x", count: 40))\nkort = a")
        let lowered = try mapping.lower(api, over: present, context: change)
        #expect(
            RecordText.text(lowered.record, mapping.legacy)
                == "nummer = 1\nnaam = \(String(repeating: "x", count: 40))\nkort = b")
    }
}

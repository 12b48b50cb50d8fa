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
        #expect(try lift(rules, "kort = ja", over: "naam = a\nkort = nee") == "kort = ja")
        #expect(try lift(rules, "", over: "naam = a\nkort = n.v.") == "")
    }

    @Test("of a code that has no name clears the name that stood beside it")
    func elseNone() throws {
        let rules = """
            kort <-> kort
            kort -> titel as codes n else none
            codes n { "A" -> "een"   "B" -> "twee" }
            """
        #expect(try lift(rules, "kort = B", over: "kort = A\ntitel = een") == "titel = twee\nkort = B")
        #expect(try lift(rules, "kort = Z", over: "kort = A\ntitel = een") == "titel: geenWaarde\nkort = Z")
        let made = try Conversion(rules, "kort = Z", "", omitted: ["M204 kort"]).run(.up)
        #expect(made == "kort = Z")
        #expect(
            SmallModels.mapping("adres <-> adres else none { must straat <-> straat }").findings.map(
                \.description) == [
                    "test.map:3:22 M172 `else none` clears one value that need not be there; write `else omit` for a "
                        + "block, a choice or a `must`"
                ])
    }

    @Test("of a repeat that is said to be empty clears what its first item filled")
    func firstOfNone() throws {
        let rules = "first bezoek*/tekst -> titel"
        #expect(try lift(rules, "bezoek: geenWaarde", over: "titel = a") == "titel: geenWaarde")
        #expect(try lift(rules, "bezoek[1]/tekst = b", over: "titel = a") == "titel = b")
        #expect(try lift(rules, "", over: "titel = a") == "")
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
                == "nummer = 1\nkort = b")
    }

    @Test(
        "of the API writes nothing down that the legacy side holds already, once it is converted",
        arguments: [
            // Cut, one of several that share a code, an alternative that is not the first, the day of a moment.
            ("naam <-> titel as text(80, truncate)", "naam = KORT", "titel = LANG", ""),
            ("naam <-> titel as text(80, truncate)", "naam = KORT", "titel = ander", "naam = ander"),
            ("naam <-> titel as text(80, truncate)", "naam: geenWaarde", "titel: null", ""),
            (
                "naam <-> kort as codes k\ncodes k { \"A\" <-> \"a\"   \"A\" <- \"b\"   \"C\" <-> \"c\" }",
                "naam = A", "kort = b", ""
            ),
            (
                "naam <-> kort as codes k\ncodes k { \"A\" <-> \"a\"   \"A\" <- \"b\"   \"C\" <-> \"c\" }",
                "naam = A", "kort = c", "naam = C"
            ),
            (
                "naam <-> kort as codes k\ncodes k { \"A\" <-> \"a\"   \"B\" -> \"a\"   \"C\" <-> \"c\" }",
                "naam = B", "kort = a", ""
            ),
            ("kort | naam <-> titel as text(80, truncate)", "naam = w", "titel = w", ""),
            ("kort | naam <-> titel as text(80, truncate)", "naam = w", "titel = v", "kort = v"),
            ("dag <-> heel as tijdstip(fill)", "dag = 2020-03-09", "heel = 2020-03-09T10:00:00Z", ""),
            // A group in which nothing is left is not said either.
            (
                "adres <-> adres { must straat <-> straat\nnummer <-> nummer }",
                "adres/straat = Weg\nadres/nummer = 1", "adres.straat = Weg\nadres.nummer = 1", ""
            ),
            (
                "adres <-> adres { must straat <-> straat\nnummer <-> nummer }",
                "adres/straat = Weg\nadres/nummer = 1", "adres.straat = Weg\nadres.nummer = 2",
                "adres/nummer = 2"
            ),
        ])
    func downUnchanged(_ rules: String, _ present: String, _ said: String, _ written: String) throws {
        let read = SmallModels.mapping(rules)
        let mapping = try #require(read.mapping, "\(read.findings.map(\.description))")
        let (long, short) = (String(repeating: "x", count: 60), String(repeating: "x", count: 40))
        func text(_ lines: String) -> String {
            "nummer = 12345\n" + lines.replacing("LANG", with: long).replacing("KORT", with: short)
        }
        let lowered = try mapping.lower(
            RecordText.record(mapping.api, text(said)),
            over: RecordText.record(mapping.legacy, text(present)), context: change)
        let lines = RecordText.text(lowered.record, mapping.legacy).split(separator: "\n").dropFirst()
        #expect(lines.joined(separator: "\n") == written)
    }

    private static let shared = """
        choice c {
            when soort = "A" <-> soort = "a" {
                naam <-> naam
                dag <-> dag
            }
            when soort = "B" <-> soort = "b" {
                vrij <-> krap as text(20)
                dag <-> dag
            }
            else omit
        }
        """

    /// One target that two branches make, one of them of two values.
    private static let branches = """
        choice c {
            when soort = "A" <-> soort = "a" {
                naam <-> naam
                kort <-> kort
                (naam, kort) -> titel as join(" ")
            }
            when soort = "B" <-> soort = "b" {
                vrij <-> krap as text(20)
                vrij -> titel as text(80, truncate)
            }
            else omit
        }
        """

    @Test(
        "that only repeats what the stored value becomes on its way down writes nothing",
        arguments: [
            ("naam <-> titel as text(80, truncate)", "titel = LANG", "titel = KORT", ""),
            ("naam <-> titel as text(80, truncate)", "titel = LANG", "titel = ander", "titel = ander"),
            ("naam <-> titel as text(80, truncate)", "titel: null", "titel = KORT", "titel = KORT"),
            (
                "naam <-> kort as codes k\ncodes k { \"A\" <-> \"a\"   \"A\" <- \"b\"   \"C\" <-> \"c\" }",
                "kort = b", "kort = a", ""
            ),
            (
                "naam <-> kort as codes k\ncodes k { \"A\" <-> \"a\"   \"A\" <- \"b\"   \"C\" <-> \"c\" }",
                "kort = b", "kort = c", "kort = c"
            ),
            (
                "dag <-> heel as tijdstip(fill)", "heel = 2020-03-09T10:00:00Z",
                "heel = 2020-03-08T23:00:00Z", ""
            ),
            (
                "naam <-> kort as codes k\ncodes k { \"A\" <-> \"a\"   \"B\" -> \"a\"   \"C\" <-> \"c\" }",
                "kort = c", "kort = a", "kort = a"
            ),
            ("naam <-> naam", "naam = a", "naam = b", "naam = b"),
            // What is made of several is made of what is stored as well.
            (
                "(naam, kort) -> titel as join(\" \")\nnaam <-> naam\nkort <-> kort",
                "naam = Wit\nkort = a\ntitel = Wit a", "kort = b\ntitel = b", "titel = Wit b\nkort = b"
            ),
            (
                "(naam, kort) -> titel as join(\" \")\nnaam <-> naam\nkort <-> kort",
                "naam = Wit\nkort = a\ntitel = Wit a", "kort = a\ntitel = a", "kort = a"
            ),
            (
                "(naam, kort) -> titel as join(\" \")\nnaam <-> naam\nkort <-> kort",
                "naam = Wit\nkort = a\ntitel = Wit a", "naam: waardeOnbekend\nkort = b\ntitel = b",
                "naam: waardeOnbekend\ntitel = Wit b\nkort = b"
            ),
            // Also where what is said alone makes none.
            (
                "(kort, vrij, naam) -> titel as derive volledigeNaam\nnaam <-> naam\nkort <-> kort\n"
                    + "vrij <-> krap as text(20, truncate)",
                "naam = Wit\nkort = A\ntitel = A Wit", "kort = B", "titel = B Wit\nkort = B"
            ),
            // Of which a part has no way down, nothing more can be known.
            (
                "(naam, kort) -> titel as join(\" \")\nnaam <-> naam",
                "naam = Wit\ntitel = Wit a", "titel = b", "titel = b"
            ),
            (
                "naam -> naam when not kort = \"n.v.\"\nnaam <- naam\nkort <-> kort",
                "kort = n.v.", "naam = a", ""
            ),
            // What two branches share and the new one does not say is not that of the old one.
            (
                ChangeTests.shared, "soort = a\nnaam = x\ndag = 2020-01-01",
                "naam: geenWaarde\nkrap = y\nsoort = b",
                "naam: geenWaarde\nkrap = y\nsoort = b\ndag: geenWaarde"
            ),
            (
                ChangeTests.shared, "soort = a\nnaam = x\ndag = 2020-01-01",
                "krap = y\nsoort = b\ndag = 2020-02-02",
                "krap = y\nsoort = b\ndag = 2020-02-02"
            ),
            (
                ChangeTests.shared, "soort = a\nnaam = x\ndag = 2020-01-01", "soort = a\nnaam = z",
                "naam = z\nsoort = a"
            ),
            // Also where each way has a rule of its own.
            (
                "naam -> naam\nnaam <- naam as text(4, truncate)", "naam = Witteman", "naam = Witt", ""
            ),
            (
                "naam -> naam\nnaam <- naam as text(4, truncate)", "naam = Witteman", "naam = Zwart",
                "naam = Zwart"
            ),
            // Within a branch of a choice, also where the change does not tell which: what is stored does.
            (
                ChangeTests.branches, "soort = a\nnaam = Wit\nkort = a\ntitel = Wit a", "kort = b\ntitel = b",
                "titel = Wit b\nkort = b"
            ),
            (
                ChangeTests.branches, "soort = a\nnaam = Wit\nkort = a\ntitel = Wit a",
                "soort = a\nkort = b\ntitel = b",
                "titel = Wit b\nkort = b\nsoort = a"
            ),
            (
                ChangeTests.branches, "soort = a\nnaam = Wit\nkort = a\ntitel = Wit a",
                "soort = b\nkrap = c\ntitel = c", "titel = c\nkrap = c\nsoort = b"
            ),
            (
                ChangeTests.branches, "soort = b\nkrap = c\ntitel = c", "soort = a\nnaam = Wit\ntitel = Wit",
                "naam = Wit\ntitel = Wit\nsoort = a"
            ),
        ])
    func settled(_ rules: String, _ stored: String, _ change: String, _ written: String) throws {
        let read = SmallModels.mapping(rules)
        let mapping = try #require(read.mapping, "\(read.findings.map(\.description))")
        let (long, short) = (String(repeating: "x", count: 60), String(repeating: "x", count: 40))
        func record(_ lines: String) throws -> Record {
            let lines = lines.replacing("LANG", with: long).replacing("KORT", with: short)
            return try RecordText.record(mapping.api, "nummer = 12345\n" + lines)
        }
        let settled = mapping.settled(try record(change), over: try record(stored))
        let lines = RecordText.text(settled, mapping.api).split(separator: "\n").dropFirst()
        #expect(lines.joined(separator: "\n") == written.replacing("KORT", with: short))
    }
}

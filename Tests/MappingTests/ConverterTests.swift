import Diagnostics
import Mapping
import Model
import Record
import Testing

private let moment = Context(
    zender: .init(organisatie: "1900", applicatie: "SUITE"),
    ontvanger: .init(applicatie: "SLUIS"), ontvangen: "2020-03-09T07:01:04Z", isNew: true)

/// What a rule makes of lines, or the code of why it refuses.
private func convert(
    _ rules: String, _ direction: Direction, _ lines: String, context: Context = moment
) throws -> String {
    let read = SmallModels.mapping(rules)
    let mapping = try #require(read.mapping, "\(read.findings.map(\.description))")
    let whole = "nummer = 1\n" + lines
    let isUp = direction == .up
    let record = try RecordText.record(isUp ? mapping.legacy : mapping.api, whole)
    do throws(MappingFailure) {
        let made = try isUp ? mapping.lift(record, context: context) : mapping.lower(record, context: context)
        let text = RecordText.text(made.record, isUp ? mapping.api : mapping.legacy)
        return text.replacing("nummer = 1\n", with: "")
    } catch {
        return error.code.number
    }
}

@Suite("A converter") struct ConverterTests {
    @Test(
        "turns a value upward, or refuses it",
        arguments: [
            ("kaal <-> krap as prefix(\"11\")", "kaal = 1112", "krap = 12"),
            ("kaal <-> krap as prefix(\"11\")", "kaal = 12", "M209"),
            ("kaal <-> krap as prefix(\"11\")", "kaal = 11", "M209"),
            ("naam -> kort as take(4)", "naam = 0392ABC", "kort = 0392"),
            ("naam -> kort as take(4)", "naam = 039", "M210"),
            ("vrij <-> bedrag as decimal(2)", "vrij = 0012,50", "bedrag = 12.5"),
            ("vrij <-> bedrag as decimal(2)", "vrij = 12,505", "M211"),
            ("vrij <-> bedrag as decimal(2)", "vrij = 12,500", "bedrag = 12.5"),
            ("vrij <-> bedrag as decimal(2)", "vrij = -0,0", "bedrag = 0"),
            ("vrij <-> bedrag as decimal(2)", "vrij = twaalf", "M211"),
            ("vrij <-> bedrag as decimal(2)", "vrij = 1,2,3", "M211"),
            ("aantal <-> termijn as duur(days)", "aantal = 5", "termijn = P5D"),
            (
                "(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal = 1965",
                "deeldag (year) = 1965-01-01"
            ),
            (
                "(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal = 1965\nkort = 7",
                "deeldag (month) = 1965-07-01"
            ),
            (
                "(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal = 1965\nkort = 07\nkaal = 09",
                "deeldag = 1965-07-09"
            ),
            ("(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal = 1965\nkort = 13", "M208"),
            ("(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal = 1965\nkaal = 3", "M208"),
            (
                "(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal = 1965\nkort = 00",
                "deeldag (year) = 1965-01-01"
            ),
            ("(aantal, kort, kaal) <-> deeldag as datum(parts)", "aantal: null", "deeldag: null"),
            ("naam -> titel as derive voorletters", "naam = Anna Cornelia", "titel = A.C."),
            ("naam -> titel as derive voorletters", "naam: geenWaarde", "titel: geenWaarde"),
            (
                "(naam, kaal, vrij) -> titel as derive volledigeNaam", "naam = Anna\nvrij = Doorn",
                "titel = Anna Doorn"
            ),
            ("(dag, @ontvangen) -> aantal as derive leeftijd", "dag = 1985-03-10", "aantal = 34"),
            ("@ontvanger/applicatie -> titel", "kort = x", "titel = SLUIS"),
            (
                "naam -> titel as text(80, truncate) when @zender/applicatie = \"SUITE\"", "naam = a",
                "titel = a"
            ),
            (
                "naam -> titel as text(80, truncate) when not @zender/applicatie in (\"X\", \"SUITE\")",
                "naam = a", ""
            ),
            ("naam -> titel as text(80, truncate) when @vraag", "naam = a", ""),
        ])
    func up(_ rule: String, _ lines: String, _ expected: String) throws {
        let made = try convert(rule, .up, lines)
        #expect((made == "nummer = 1" ? "" : made) == expected)
    }

    @Test(
        "turns it back",
        arguments: [
            ("kaal <-> krap as prefix(\"11\") else omit", "krap = 12", "kaal = 1112"),
            ("vrij <-> bedrag as decimal(2)", "bedrag = 12.5", "vrij = 12.5"),
            ("aantal <-> termijn as duur(days)", "termijn = P2W1D", "aantal = 15"),
            ("aantal <-> termijn as duur(days)", "termijn = P1M", "M212"),
            ("aantal <-> termijn as duur(days)", "termijn = PT1H", "M212"),
            (
                "(aantal, kort, kaal) <-> deeldag as datum(parts)", "deeldag (month) = 1965-07-01",
                "kort = 07\naantal = 1965\nkaal: geenWaarde"
            ),
            (
                "(aantal, kort, kaal) <-> deeldag as datum(parts)", "deeldag: null",
                "kort: null\naantal: null\nkaal: null"
            ),
            ("(aantal, kort, kaal) <-> deeldag as datum(parts)", "deeldag (nothing) = 0001-01-01", "M202"),
        ])
    func down(_ rule: String, _ lines: String, _ expected: String) throws {
        #expect(try convert(rule, .down, lines) == expected)
    }

    @Test(
        "is refused where it makes no sense",
        arguments: [
            Case(
                "naam -> titel as derive voorleters",
                """
                test.map:3:25 M192 `voorleters` is not a function: did you mean `voorletters`?
                    write: naam -> titel as derive voorletters
                """),
            Case(
                "(naam, kort) -> titel as derive voorletters",
                "test.map:3:1 M193 `voorletters(voornamen)` takes 1, not 2"),
            Case(
                "dag -> titel as derive voorletters",
                "test.map:3:1 M193 `dag` is a datum, and `voornamen` of voorletters a text"),
            Case(
                "naam -> vlag as derive voorletters",
                "test.map:3:1 M154 `voorletters` makes a text, `vlag` is a boolean"),
            Case(
                "naam <-> titel as derive voorletters",
                """
                test.map:3:1 M168 `as derive voorletters` has no way back: write `->` or `<-`
                """),
            Case(
                "(aantal, kort) <-> deeldag as datum(parts)",
                "test.map:3:1 M193 `as datum(parts)` takes three places, `(year, month, day)`: integers or texts"
            ),
            Case(
                "(aantal, kort, kaal) <-> dag as datum(parts)",
                "test.map:3:1 M156 `dag` cannot hold a date known in part: write `else omit` or `else fail`"),
            Case(
                "aantal -> dag as duur(days)",
                "test.map:3:1 M167 `as duur` cannot make a datum (`dag`) of a integer (`aantal`)"),
            Case(
                "naam <-> kort as take(4)",
                "test.map:3:1 M168 `as take(4)` has no way back: write `->` or `<-`"),
        ])
    func refused(_ example: Case) {
        let found = SmallModels.mapping(example.rules).findings.map(\.description).joined(separator: "\n")
        #expect(found == example.findings)
    }
}

@Suite("A named function") struct DerivationTests {
    @Test("makes of its examples what the reference says", arguments: Derivation.all.map(\.name))
    func examples(_ name: String) throws {
        let function = try #require(Derivation.all.first { $0.name == name })
        #expect(function.examples.count > 1)
        for example in function.examples {
            #expect(example.values.count == function.parameters.count)
            #expect(function(example.values) == example.result, "\(example.values)")
        }
    }
}

@Suite("A test of items") struct ItemTestTests {
    static let rules = """
        choice staat {
            when soort = "A" <- not regels
            when soort = "B" <- regels*[soort = "x" and tekst]
            when soort = "C" <- regels*[soort = "y"]
            else omit
        }
        """

    @Test(
        "asks whether the repeat has such an item",
        arguments: [
            ("regels: geenWaarde", "soort = A"), ("regels[1].soort = x\nregels[1].tekst = a", "soort = B"),
            ("regels[1].soort = x\nregels[2].soort = y", "soort = C"),
        ])
    func down(_ lines: String, _ expected: String) throws {
        #expect(try convert(Self.rules, .down, lines) == expected)
    }

    @Test("makes such an item on the side that is made")
    func made() throws {
        let rules = """
            choice bijzonder {
                when soort = "A" <-> regels*[soort = "x"]
                when soort = "B" <-> regels*[soort = "y"]
                else omit
            }
            """
        #expect(try convert(rules, .up, "soort = A") == "regels[1].soort = x")
        #expect(try convert(rules, .down, "regels[1].soort = y") == "soort = B")
    }
}

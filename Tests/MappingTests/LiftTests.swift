import Diagnostics
import Mapping
import Model
import Record
import Testing

let gemeente = Context(
    zender: .init(organisatie: "1900", applicatie: "GWS4all"), ontvangen: "2020-05-07T05:56:03Z", isNew: true)
let change = Context(
    zender: .init(organisatie: "1900", applicatie: "GWS4all"), ontvangen: "2020-05-07T05:56:03Z", isNew: false
)

/// Rules, what is said on one side, and what the other side then says; `M…` where it fails or leaves something out.
struct Conversion: Sendable, CustomTestStringConvertible {
    var rules: String
    var said: String
    var made: String
    var omitted: [String]

    init(_ rules: String, _ said: String, _ made: String, omitted: [String] = []) {
        self.rules = rules
        self.said = said
        self.made = made
        self.omitted = omitted
    }

    var testDescription: String { "\(rules)   \(said)" }

    /// The key that every object has is left out of the text on both sides.
    func run(_ direction: Direction, context: Context = gemeente) throws -> String {
        let read = SmallModels.mapping(rules)
        let mapping = try #require(read.mapping, "\(read.findings.map(\.description))")
        let (from, to) = direction == .up ? (mapping.legacy, mapping.api) : (mapping.api, mapping.legacy)
        let record = try RecordText.record(from, "nummer = 12345\n" + said)
        let converted: Converted
        do throws(MappingFailure) {
            converted = try Self.convert(record, mapping, direction, context)
        } catch {
            return error.description
        }
        #expect(converted.omissions.map { "\($0.code.number) \($0.place)" } == omitted)
        return RecordText.text(converted.record, to).split(separator: "\n").dropFirst().joined(
            separator: "\n")
    }

    private static func convert(
        _ record: Record, _ mapping: CompiledMapping, _ direction: Direction, _ context: Context
    ) throws(MappingFailure) -> Converted {
        switch direction {
        case .up: try mapping.lift(record, context: context)
        case .down: try mapping.lower(record, context: context)
        }
    }
}

@Suite("A rule") struct RuleTests {
    @Test(
        "carries a value and every kind of no value both ways",
        arguments: Standing.allCases.filter { $0 != .value })
    func standings(_ standing: Standing) throws {
        let mapping = try #require(SmallModels.mapping("naam <-> naam").mapping)
        var legacy = try RecordText.record(mapping.legacy, "nummer = 12345")
        legacy.set(try #require(mapping.legacyLayout.node("naam")), to: standing)
        let lifted = try mapping.lift(legacy, context: change).record
        let naam = try #require(mapping.apiLayout.node("naam"))
        #expect(lifted.slot(naam).standing == (standing == .notSent ? .absent : standing))
        let lowered = try mapping.lower(lifted, context: change).record
        #expect(lowered == legacy || standing == .notSent)
    }

    @Test(
        "lifts",
        arguments: [
            Conversion("naam <-> naam", "naam = Precies", "naam = Precies"),
            Conversion("deeldag <-> deeldag", "deeldag (month) = 1965-07-01", "deeldag (month) = 1965-07-01"),
            Conversion("dag -> dag", "dag (month) = 1965-07-01", "test.map:3:1: M202 dateIncomplete at dag"),
            Conversion(
                "deeldag -> dag as datum(complete) else omit", "deeldag (year) = 1965-01-01", "",
                omitted: ["M202 deeldag"]),
            Conversion("kort <-> kort", "kort = vijfe", "test.map:3:1: M203 textTooLong at kort"),
            Conversion("kort <-> kort", "kort = éééé", "kort = éééé"),
            Conversion("kort <-> kort else omit", "kort = vijfe", "", omitted: ["M203 kort"]),
            Conversion("kort <-> kort else \"te\"", "kort = vijfe", "kort = te"),
            Conversion("naam -> kort as text(3, truncate)", "naam = één twee", "kort = één"),
            Conversion("kaal <-> bsn as digits(9)", "kaal = 1234567", "bsn = 001234567"),
            Conversion("kaal <-> bsn as digits(9)", "kaal = 12a", "test.map:3:1: M205 notDigits at kaal"),
            Conversion("must naam <-> naam", "", "test.map:3:1: M201 valueMissing at naam"),
            Conversion("must naam <-> naam", "naam: geenWaarde", "test.map:3:1: M201 valueMissing at naam"),
            Conversion("vrij | kort -> naam as text(40, truncate)", "kort = b", "naam = b"),
            Conversion("vrij | kort -> naam as text(40, truncate)", "vrij: geenWaarde\nkort = b", "naam = b"),
            Conversion("vrij | kort -> naam as text(40, truncate)", "vrij: geenWaarde", "naam: geenWaarde"),
            Conversion("vrij | \"geen\" -> naam as text(40, truncate)", "", "naam = geen"),
            Conversion(
                "(\"Heer\", vrij | kort, naam) -> naam as join(\" \")", "kort = de\nnaam = Wit",
                "naam = Heer de Wit"),
            Conversion("(vrij, naam) -> naam as join(\" \")", "naam = Wit", "naam = Wit"),
            Conversion("(vrij, naam) -> naam as join(\" \")", "", ""),
            Conversion("@zender/applicatie -> naam", "", "naam = GWS4all"),
            Conversion("@zender/gebruiker -> naam", "", ""),
            Conversion(
                "must @zender/gebruiker -> naam", "", "test.map:3:1: M201 valueMissing at @zender/gebruiker"),
            Conversion("@ontvangen -> heel", "", "heel = 2020-05-07T05:56:03Z"),
            Conversion(
                "adres/straat <-> type.code as text(10, truncate)", "adres/straat = Dam", "type.code = Dam"),
        ])
    func lifts(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    @Test(
        "lowers",
        arguments: [
            Conversion("naam <-> naam", "naam = Precies", "naam = Precies"),
            Conversion(
                "naam <-> titel as text(80, truncate)", "titel = \(String(repeating: "x", count: 60))",
                "naam = \(String(repeating: "x", count: 40))"),
            Conversion("vrij | kort <-> naam as text(40, truncate)", "naam = b", "vrij = b"),
            Conversion("kaal <-> bsn as digits(9)", "bsn = 001234567", "kaal = 001234567"),
            Conversion(
                "adres/straat <- type.omschrijving as text(20, truncate)", "type.omschrijving = Dam",
                "adres/straat = Dam"),
            Conversion("first bezoek*/tekst <-> krap", "krap = eerst", "bezoek[1]/tekst = eerst"),
            Conversion("first bezoek*/tekst <-> krap", "krap: null", "bezoek: null"),
        ])
    func lowers(_ row: Conversion) throws {
        #expect(try row.run(.down) == row.made)
    }

    @Test(
        "fills a moment of which the day is known with the first free second of that day",
        arguments: [
            Conversion(
                "moment <-> heel as tijdstip(fill)", "moment (day) = 2020-03-09",
                "heel = 2020-03-08T23:00:00Z"),
            Conversion(
                "moment <-> heel as tijdstip(fill)", "moment (day) = 2020-07-09",
                "heel = 2020-07-08T22:00:00Z"),
            Conversion(
                "moment <-> heel as tijdstip(fill)", "moment (minute) = 2020-07-09T10:30:00Z",
                "heel = 2020-07-09T10:30:00Z"),
            Conversion(
                "moment <-> heel as tijdstip(fill)", "moment (month) = 2020-07-01",
                "test.map:3:1: M202 dateIncomplete at moment"),
            Conversion("dag <-> heel as tijdstip(fill)", "dag = 2020-03-09", "heel = 2020-03-08T23:00:00Z"),
        ])
    func fills(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    @Test(
        "turns a moment into its local date",
        arguments: [("2020-03-08T23:00:00Z", "2020-03-09"), ("2020-07-08T21:59:59Z", "2020-07-08")])
    func localDate(_ row: (moment: String, date: String)) throws {
        let conversion = Conversion(
            "dag <-> heel as tijdstip(fill)", "heel = \(row.moment)", "dag = \(row.date)")
        #expect(try conversion.run(.down) == conversion.made)
    }

    @Test(
        "looks a code up, whatever the capitals where it says so, and a kind of no value too",
        arguments: [
            ("vrij = a", "vlag = true"), ("vrij = A", "vlag = true"), ("vrij = b", "vlag: geenWaarde"),
            ("vrij = C", "vlag = true"), ("vrij: geenWaarde", "vlag = false"), ("vrij: null", "vlag = false"),
            ("vrij: waardeOnbekend", "vlag: waardeOnbekend"),
        ])
    func codes(_ row: (said: String, made: String)) throws {
        let rules = """
            vrij <-> vlag as codes s else omit
            codes s any-case { "A" <-> true   "B" -> geenWaarde   "c" -> true   geenWaarde <-> false }
            """
        #expect(try Conversion(rules, row.said, row.made).run(.up) == row.made)
    }

    @Test("leaves an unknown code out where the rule says so, and fails where it does not")
    func unknownCode() throws {
        let codes = "\ncodes s { \"a\" <-> \"b\" }"
        let omits = Conversion(
            "kort <-> kort as codes s else omit" + codes, "kort = q", "", omitted: ["M204 kort"])
        #expect(try omits.run(.up) == "")
        let fails = Conversion("kort <-> kort as codes s" + codes, "kort = q", "")
        #expect(try fails.run(.up) == "test.map:3:1: M204 codeUnknown at kort")
    }

    @Test(
        "with a condition is read when it holds",
        arguments: [
            Conversion("naam -> naam when kort", "naam = a\nkort = b", "naam = a"),
            Conversion("naam -> naam when kort", "naam = a", ""),
            Conversion("naam -> naam when kort", "naam = a\nkort: geenWaarde", ""),
            Conversion("naam -> naam when not kort", "naam = a", "naam = a"),
            Conversion(
                "naam -> naam when kort = \"b\" and soort in (\"A\", \"B\")", "naam = a\nkort = b\nsoort = B",
                "naam = a"),
            Conversion(
                "naam -> naam when kort = \"b\" and soort in (\"A\", \"B\")", "naam = a\nkort = b\nsoort = C",
                ""),
            Conversion("naam -> naam when kort | vrij", "naam = a\nvrij = b", "naam = a"),
            Conversion("naam -> naam when label", "naam = a\nlabel[1] = b", "naam = a"),
            Conversion("naam -> naam when label", "naam = a", ""),
            Conversion("\"nieuw\" -> naam when @nieuw", "", "naam = nieuw"),
        ])
    func conditions(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }
}

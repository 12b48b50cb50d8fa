import Diagnostics
import Mapping
import Model
import Testing

/// Rules behind the two lines of `SmallModels.mapping`, and every finding about them.
struct Case: Sendable, CustomTestStringConvertible {
    var rules: String
    var findings: String

    init(_ rules: String, _ findings: String) {
        self.rules = rules
        self.findings = findings
    }

    var testDescription: String { rules }
}

private let tables = ["er.csv": "a;b\n1;2\n3\n1;4", "test.csv": "a;b;test\n1;2;yes\n3;4;\n5;6;perhaps"]

@Suite("A name in a mapping") struct NameCheckTests {
    @Test(
        "is refused when it leads nowhere, with the nearest one and the corrected line",
        arguments: [
            Case(
                "naam <-> naan",
                """
                test.map:3:10 M152 `naan` is not in nieuw:Zaak: did you mean `naam`?
                    write: naam <-> naam
                """),
            Case(
                "adres/straatt <-> adres.straat",
                """
                test.map:3:1 M152 `straatt` is not in oud:ZAK: did you mean `straat`?
                    write: adres/straat <-> adres.straat
                """),
            Case(
                "@zender/organisate -> naam",
                """
                test.map:3:1 M171 `@zender/organisate` is not a place of the context: did you mean `@zender/organisatie`?
                    write: @zender/organisatie -> naam
                """),
            Case(
                "mapping x oud:ZAK <-> nieuw:Zaak",
                "test.map:3:1 M150 a file holds one mapping; this is a second one"),
            Case(
                "regel <-> regels { tekst <-> tekst }",
                """
                test.map:3:1 M153 `regel` may occur more than once: write `regel*`
                    write: regel* <-> regels {
                test.map:3:11 M153 `regels` may occur more than once: write `regels*`
                    write: regel <-> regels* {
                """),
            Case(
                "regel* <-> adres { tekst <-> straat }",
                """
                test.map:3:1 M153 `regel*` may occur more than once and the other side may not: write `first regel*`, or select one
                """),
            Case(
                "regel*/tekst -> naam",
                """
                test.map:3:1 M153 `regel` may occur more than once: write `first regel*/tekst`, or a block
                """),
            Case(
                "naam* <-> naam",
                """
                test.map:3:1 M153 `naam` may occur once only: write it without `*`
                    write: naam <-> naam
                test.map:3:11 M153 `naam` may occur once only and the other side more than once
                """),
            Case(
                "naam <-> naam as codes onbekend",
                "test.map:3:24 M164 `onbekend` is not a table of codes of this file"),
            Case(
                "naam <-> naam as tekst(40)",
                """
                test.map:3:18 M117 `tekst` is not a converter
                """),
            Case(
                """
                naam -> titel else "x" when naam
                naam <- titel as text(40, truncate)
                """,
                ""),
            Case(
                "adres <-> adres use onbekend",
                "test.map:3:21 M161 `onbekend` is not a fragment of this file"),
            Case(
                """
                adres <-> adres use a
                fragment a { must straat <-> straat
                use a }
                """,
                "test.map:5:5 M162 fragment `a` uses itself"),
            Case(
                """
                adres <-> adres use a
                fragment a(x) { must straat <-> straat }
                """,
                "test.map:3:21 M173 `a` needs 1 texts, not 0"),
            Case(
                "fragment a { straat <-> straat }",
                "test.map:3:10 M163 warning: fragment `a` is used by no rule"),
            Case(
                """
                codes s { "A" <-> "a" }
                """,
                "test.map:3:7 M163 warning: codes `s` are used by no rule"),
            Case(
                """
                codes s from "s.csv"
                kort <-> kort as codes s else omit
                """,
                "test.map:3:14 M166 `s.csv` cannot be read"),
            Case(
                """
                codes s from "er.csv"
                kort <-> kort as codes s else omit
                """,
                """
                er.csv:3:1 M166 this line does not hold a pair of codes
                er.csv:4:1 M165 "1" stands in an earlier line already
                """),
            Case(
                """
                codes s from "test.csv"
                kort <-> kort as codes s else omit
                """,
                "test.csv:4:1 M166 the column `test` says yes or no"),
            Case(
                """
                ignore naan "fout"
                """,
                """
                test.map:3:8 M152 `naan` is not in oud:ZAK: did you mean `naam`?
                    write: ignore naam "fout"
                """),
            Case(
                "adres <-> adres",
                """
                test.map:3:1 M172 `adres` is a group: write `{ … }` behind the rule
                test.map:3:11 M172 `adres` is a group: write `{ … }` behind the rule
                """),
            Case(
                "naam <-> naam { kort <-> kort }",
                """
                test.map:3:1 M172 `naam` has no members to write rules for
                test.map:3:10 M172 `naam` has no members to write rules for
                """),
            Case(
                "naam naam",
                "test.map:3:1 M117 `naam` is not `key` or `must`: use `key`, `must`, `first`"),
            Case(
                "kye naam <-> naam",
                """
                test.map:3:1 M117 `kye` is not `key` or `must`: did you mean `key`?
                    write: key naam <-> naam
                """),
            Case(
                "naam <-> naam esle omit",
                """
                test.map:3:15 M115 `as`, `else`, `when`, `use` or `{` is expected here, not `esle`
                    write: naam <-> naam else omit
                """),
            Case(
                """
                fragment a { must straat <-> straat }
                fragment a { must straat <-> straat }
                adres <-> adres use a
                """,
                "test.map:4:10 M174 the file has a fragment `a` already"),
        ])
    func reports(_ example: Case) {
        let found = SmallModels.mapping(example.rules, tables: tables).findings
        #expect(found.map(\.description).joined(separator: "\n") == example.findings)
    }
}

@Suite("A rule that joins two places") struct TypeCheckTests {
    @Test(
        "is refused when they differ or lose something that is not written down",
        arguments: [
            Case(
                "dag <-> naam",
                """
                test.map:3:1 M154 `dag` is a datum, `naam` a text
                test.map:3:1 M154 `naam` is a text, `dag` a datum
                """),
            Case(
                "naam <-> krap",
                """
                test.map:3:1 M155 `naam` holds 40 characters, `krap` 20: write `as text(20, truncate)`
                    write: naam <-> krap as text(20, truncate)
                """),
            Case(
                "vrij <-> naam",
                """
                test.map:3:1 M155 `vrij` has no limit, `naam` 40: write `as text(40, truncate)`
                    write: vrij <-> naam as text(40, truncate)
                """),
            Case(
                "naam <-> titel",
                """
                test.map:3:1 M155 `titel` holds 80 characters, `naam` 40: write `as text(80, truncate)`
                    write: naam <-> titel as text(80, truncate)
                """),
            Case(
                "aantal <-> adres.nummer",
                """
                test.map:3:1 M155 `nummer` holds 5 digits, `aantal` 4: write `else fail` or `else omit`
                    write: aantal <-> adres.nummer else fail
                """),
            Case(
                "deeldag <-> dag",
                """
                test.map:3:1 M156 `dag` cannot hold an incomplete datum: write `as datum(complete) else omit`
                    write: deeldag <-> dag as datum(complete) else omit
                """),
            Case(
                "moment <-> heel",
                """
                test.map:3:1 M156 `heel` cannot hold an incomplete tijdstip: write `as tijdstip(fill)`
                    write: moment <-> heel as tijdstip(fill)
                """),
            Case(
                "adres <-> adres { straat <-> straat }",
                """
                test.map:3:19 M157 `adres` of nieuw:Zaak needs `straat`, which may be absent here: write `must`, or give an alternative
                    write: must straat <-> straat
                """),
            Case(
                "adres <-> adres { nummer <-> nummer }",
                "test.map:3:1 M157 `adres` of nieuw:Zaak needs `straat`, and no rule fills it"),
            Case(
                "regel* <-> regels* { must tekst <-> tekst  as text(30, truncate) }",
                "test.map:3:22 M167 `tekst` holds 20 characters, not 30"),
            Case(
                "soort <-> soort",
                """
                test.map:3:1 M158 `soort` holds "A", "B", "C", which `soort` does not have: write `as codes NAME`
                test.map:3:1 M158 `soort` holds "a", "b", "c", which `soort` does not have: write `as codes NAME`
                """),
            Case(
                """
                soort <-> soort as codes s
                codes s { "A" <-> "a"   "B" <-> "b" }
                """,
                """
                test.map:3:1 M158 `soort` can hold "C", which codes `s` does not turn upward: add it, or write `else omit`
                test.map:3:1 M158 `soort` can hold "c", which codes `s` does not turn downward: add it, or write `else omit`
                """),
            Case(
                """
                soort <-> soort as codes s
                codes s { "A" <-> "a"   "B" <-> "bb"   "C" <-> "c" }
                """,
                """
                test.map:3:1 M158 `soort` can hold "b", which codes `s` does not turn downward: add it, or write `else omit`
                test.map:4:25 M158 `soort` cannot hold "bb"
                """),
            Case(
                """
                soort <-> vlag as codes s
                codes s { "A" <-> true   "B" <-> true   "C" -> false   "A" <- false }
                """,
                """
                test.map:4:26 M165 true has two meanings downward in `s`: keep one `<->`, make the other `->`
                """),
            Case(
                "naam <-> naam as text(40, cut)",
                """
                test.map:3:18 M167 `text(40, cut)` is no converter: use text(n), text(n, truncate), take(n), prefix("x"), codes NAME, digits(n), decimal(n), duur(days), datum(complete), datum(parts), tijdstip(fill), join("x"), derive NAME
                """),
            Case(
                "naam <-> naam as text(90, truncate)",
                "test.map:3:1 M167 `naam` holds 40 characters, not 90"),
            Case(
                "dag <-> dag as text(9)",
                "test.map:3:1 M167 `as text` cannot make a datum (`dag`) of a datum (`dag`)"),
            Case(
                "kaal <-> bsn",
                """
                test.map:3:1 M154 `bsn` holds digits only, `kaal` any text: write `as digits(9)`
                    write: kaal <-> bsn as digits(9)
                """),
            Case(
                """
                "vast" <-> naam
                """,
                """
                test.map:3:1 M168 `"vast"` can only be read: write `->`
                    write: "vast" -> naam
                """),
            Case(
                """
                (naam, kort) <-> titel as join(" ")
                """,
                """
                test.map:3:1 M168 `(naam, kort)` can only be read: write `->`
                    write: (naam, kort) -> titel as join(" ")
                """),
            Case(
                "(naam, kort) -> titel",
                """
                test.map:3:1 M167 several places become one value `as join(", ")`, `as derive NAME` or `as datum(parts)` only
                """),
            Case(
                """
                "lang en veel te veel" -> kort
                """,
                """
                test.map:3:1 M170 `kort` cannot hold "lang en veel te veel"
                """),
            Case(
                """
                "d" -> soort
                """,
                """
                test.map:3:1 M170 `soort` cannot hold "d"
                """),
            Case(
                "naam <-> naam when kort",
                """
                test.map:3:20 M168 `when` stands on one-way rules; write a `choice` for both ways
                """),
            Case(
                """
                regel*[soort = "q"] <-> regels* { must tekst <-> tekst }
                """,
                """
                test.map:3:16 M170 `soort` cannot hold "q"
                """),
            Case(
                """
                regel*[soort = "x"] -> regels* { tekst -> tekst }
                """,
                """
                test.map:3:34 M157 `regels` of nieuw:Zaak needs `tekst`, which may be absent here: write `must`, or give an alternative
                    write: must tekst -> tekst
                """),
            Case(
                "dag -> gezet",
                """
                test.map:3:8 M168 `gezet` is set by the API itself: write `<-`
                    write: dag <- gezet
                """),
            Case(
                "adres <-> adres else omit { straat <-> straat }",
                """
                test.map:3:29 M157 `adres` of nieuw:Zaak needs `straat`, which may be absent here: write `must`, or give an alternative
                    write: must straat <-> straat
                """),
            Case(
                "adres <- adres { straat -> straat }",
                """
                test.map:3:25 M168 `->` never runs: the block around it is read the other way only
                """),
        ])
    func reports(_ example: Case) {
        let found = SmallModels.mapping(example.rules, tables: tables).findings
        #expect(found.map(\.description).joined(separator: "\n") == example.findings)
    }
}

@Suite("Rules that share a place") struct BranchCheckTests {
    @Test(
        "are refused when it is not clear which of them counts",
        arguments: [
            Case(
                """
                naam -> naam
                naam <-> naam
                """,
                """
                test.map:4:1 M159 `naam` is written by the rule of line 3 already: keep one, or make them branches of a `choice`
                """),
            Case(
                """
                naam <-> naam
                vrij -> naam as text(40, truncate)
                """,
                """
                test.map:4:1 M159 `naam` is written by the rule of line 3 already: keep one, or make them branches of a `choice`
                """),
            Case(
                """
                naam <-> naam
                ignore naam "dubbel"
                """,
                "test.map:4:8 M169 `naam` is ignored here and mapped as well"),
            Case(
                """
                regel* <-> regels* { must tekst <-> tekst
                choice c { when wie/mens <-> aard = "mens" { wie/mens/naam <-> wie } } }
                """,
                """
                test.map:4:1 M175 `aard` can be "zaak", and no branch of `c` says so: add one, or `else omit`
                """),
            Case(
                """
                regel* <-> regels* { must tekst <-> tekst
                choice c { when wie/mens <-> aard = "mens" { wie/mens/naam <-> wie }
                when wie/mens <-> aard = "zaak" } }
                """,
                "test.map:5:1 M160 `wie/mens` never holds where line 4 does not hold already"),
            Case(
                """
                regel*[soort = "x"] <-> regels* { must tekst <-> tekst }
                regel* -> regels* { must tekst <-> tekst }
                """,
                """
                test.map:4:1 M160 an item of `regel` can be taken by this rule and by that of line 3: tell them apart by a value of one place
                """),
        ])
    func reports(_ example: Case) {
        let found = SmallModels.mapping(example.rules, tables: tables).findings
        #expect(found.map(\.description).joined(separator: "\n") == example.findings)
    }
}

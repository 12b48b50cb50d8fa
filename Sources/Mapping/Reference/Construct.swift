/// One construct of a mapping file: the list that the reader takes its words from and the reference is made of.
package struct Construct: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case file = "Statements of a file"
        case statement = "Statements of a mapping, a fragment, a block or an overlay"
        case place = "Places"
        case clause = "Clauses behind a rule"
        case test = "Tests"
    }

    package var kind: Kind
    /// As it is written.
    package var form: String
    /// What it does, upward and downward.
    package var meaning: String
    /// What is checked before it runs.
    package var checks: String
    /// The law of its two-way use; empty where there is none.
    package var law: String

    /// The word that a statement begins with.
    var word: String { String(form.prefix { $0 != " " }) }

    init(_ kind: Kind, _ form: String, _ meaning: String, checks: String, law: String = "") {
        self.kind = kind
        self.form = form
        self.meaning = meaning
        self.checks = checks
        self.law = law
    }

    /// The words that statements begin with.
    static let words: [String] =
        all.filter { $0.kind == .file || $0.kind == .statement }.map(\.word)
        .filter { $0.allSatisfy(\.isLetter) && $0 != "L" } + ["key", "must"]

    package static let all: [Construct] = files + statements + places + clauses + tests

    private static let files: [Construct] = [
        Construct(
            .file, "mapping NAME legacy <-> api", "names the two sides; one in a file, before its first rule",
            checks: "both sides are in a model"),
        Construct(
            .file, "codes NAME [any-case] { \"J\" <-> true  \"j\" -> true }",
            "a table; `<->` is a pair, `->` and `<-` are aliases; `geenWaarde`, `waardeOnbekend`, `leeg` stand for no "
                + "value; `from \"file.csv\"` for long ones",
            checks: "every value that a side can hold is named; one meaning each way",
            law: "exact, or stable with aliases"),
        Construct(
            .file, "fragment NAME(p) { … }", "rules that stand in several places, written out at each `use`",
            checks: "used by some rule, never by itself; typed anew at each use", law: "of its rules"),
        Construct(
            .file, "overlay NAME of MAPPING [when place = \"x\"] { … }",
            "replaces, drops and adds rules by their left place; chosen once for a bericht, on either side",
            checks:
                "touches something; its condition can be known on both sides; two that can hold together change no "
                + "rule both", law: "run on the result"),
    ]

    private static let statements: [Construct] = [
        Construct(
            .statement, "[key|must] L <-> R",
            "one value: up from left to right, down back; `->` and `<-` one way only. "
                + "`must`: an object or item that is made is refused without it; `key`: as must, and it tells which it is",
            checks:
                "both places exist; types are equal or a converter joins them; nothing is lost that is not written; "
                + "one rule for a target", law: "exact, or stable by its parts"),
        Construct(
            .statement, "L <-> R { … }", "a group and its members",
            checks: "what the other side requires is filled",
            law: "of its rules"),
        Construct(
            .statement, "L* <-> R* { … }",
            "each item becomes an item; marks such as verwerkingssoort go along",
            checks: "both repeat, or one is `first` or selected; what an item requires is filled",
            law: "of its rules, for each item"),
        Construct(
            .statement, "choice NAME { when L <-> R { … }  else omit }",
            "the first branch that holds on the side that is read; its equalities are written on the other",
            checks: "branches tell apart on each side; every value is named or there is an `else`",
            law: "exact where both sides' tests exclude each other"),
        Construct(
            .statement, "use NAME(\"x\") [{ … }]",
            "writes a fragment out; the block adds rules, replaces those with the same target, and drops",
            checks: "the fragment is there, with as many texts as it has parameters", law: "of its rules"),
        Construct(
            .statement, "ignore a, b \"reason\"", "passed over on purpose; reports show the reason",
            checks: "the path exists and no rule reads it"),
        Construct(
            .statement, "keep a, b \"reason\"",
            "the API has no place for it: stands beside the object, is served to nobody, and goes back into the same "
                + "legacy form only",
            checks: "a single value of the object itself, which no rule reads or writes", law: "exact"),
        Construct(
            .statement, "drop a, b", "in an overlay or behind `use`: takes rules out by their left place",
            checks: "there is such a rule"),
    ]

    private static let places: [Construct] =
        [
            Construct(
                .place, "a/b · a.b",
                "a value; through a link: looked up on the way up, followed on the way down",
                checks: "every step is in the model"),
            Construct(
                .place, "../a", "out of the item, a level each time; read only",
                checks: "there is such a level"),
            Construct(.place, ".", "the item itself, where it is a value", checks: "it is one"),
            Construct(
                .place, "\"x\"", "a constant, in the form of its side; read only",
                checks: "the place can hold it"),
            Construct(
                .place, "a | b", "read: the first that has a value; written: the first", checks: "types",
                law: "stable"),
            Construct(
                .place, "(a, b)", "several places and one converter: join, derive, datum(parts)",
                checks: "as many and such as the converter takes", law: "of the converter"),
            Construct(
                .place, "a*[p = \"x\" and not q]",
                "the items for which it holds; an item that is made gets the equalities",
                checks: "no two rules on one collection can take the same item", law: "of its rules"),
            Construct(
                .place, "first a*/b · first a*[…]/b",
                "one item, the first in the order of the collection; written: an item is "
                    + "made", checks: "the repeat exists", law: "stable"),
        ]
        + Context.Place.allCases.map { place in
            Construct(
                .place, place.rawValue, "a \(place.type) of the context; read only",
                checks: "it is one of this list")
        }

    private static let clauses: [Construct] = [
        Construct(
            .clause, "as CONVERTER", "see the converters", checks: "it takes and gives what the places hold"),
        Construct(
            .clause, "else fail · else omit · else none · else \"x\"",
            "what becomes of a value that does not fit: the bericht is refused (so by default), it stays behind and is "
                + "counted, it is counted and what the target held goes too, or it becomes `x`; on a block `omit` leaves "
                + "out what lacks a `must`",
            checks: "`x` fits; `none` stands behind one value that need not be there", law: "stable"),
        Construct(
            .clause, "when TEST", "on a rule of one direction: only then", checks: "the rule is one-way"),
        Construct(.clause, "use NAME(\"x\")", "a fragment as the block", checks: "as `use`"),
    ]

    private static let tests: [Construct] = [
        Construct(.test, "a · not a", "there is a value, or none", checks: "the place exists"),
        Construct(
            .test, "a = \"x\" · a in (\"x\", \"y\")", "the value is one of these",
            checks: "the place can hold it"),
        Construct(.test, "a*[p = \"x\"]", "the repeat has such an item", checks: "it is a repeat"),
        Construct(.test, "@nieuw", "the object or item is being made", checks: ""),
        Construct(.test, "@vraag", "a question is translated", checks: ""),
        Construct(
            .test, "@zender/applicatie = \"x\"", "what the context says", checks: "a place of the context"),
        Construct(.test, "a and b", "both", checks: ""),
    ]
}

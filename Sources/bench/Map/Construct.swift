/// One construct of the mapping language, as a rule of a mapping written to measure it.
///
/// In a rule and in what is said `#` stands for a number: the mapping has the rule ``copies`` times, each with places of
/// its own.
struct Construct {
    static let copies = 16

    let name: String
    let rule: String
    /// What the legacy side says for it: a path and a value for each leaf; `[]` behind a repeat is its one item.
    let said: [(path: String, value: String)]
    /// Statements that stand once.
    var statements = ""

    /// Whether it has a way down.
    var isTwoWay: Bool { rule.contains("<->") }

    /// The whole mapping; without the construct what it is compared with.
    func mapping(hasRules: Bool) -> String {
        let rules = hasRules ? Self.numbered(rule) + "\n" + statements : ""
        return "mapping t  oud:ZAK <-> nieuw:Zaak\nkey nummer <-> nummer\n" + rules
    }

    static func numbered(_ text: String) -> String {
        (1...copies).map { text.replacing("#", with: "\($0)") }.joined(separator: "\n")
    }

    static let all = [
        Construct(name: "plain rule", rule: "naam# <-> naam#", said: [("naam#", "Het Witte Huis")]),
        Construct(
            name: "truncate", rule: "naam# <-> kort# as text(10, truncate)",
            said: [("naam#", "Het Witte Huis")]),
        Construct(
            name: "digits", rule: "kaal# <-> bsn# as digits(9)", said: [("kaal#", "1234567")]),
        Construct(
            name: "codes", rule: "soort# <-> code# as codes s", said: [("soort#", "B")],
            statements: #"codes s { "A" <-> "a"  "B" <-> "b"  "C" <-> "c" }"#),
        Construct(
            name: "datum(complete)", rule: "deeldag# -> dag# as datum(complete) else omit",
            said: [("deeldag#", "2020-03-09")]),
        Construct(
            name: "tijdstip(fill)", rule: "dag# <-> moment# as tijdstip(fill)", said: [("dag#", "2020-03-09")]
        ),
        Construct(
            name: "geometrie", rule: "plek# <-> plek#",
            said: [("plek#", #"{"type":"Point","coordinates":[4.6397,52.3805]}"#)]),
        Construct(
            name: "constant", rule: #""GWS4all" -> naam#"#, said: []),
        Construct(
            name: "context", rule: "@zender/applicatie -> naam#", said: []),
        Construct(
            name: "condition", rule: #"naam# -> naam# when soort# = "B""#,
            said: [("naam#", "Het Witte Huis"), ("soort#", "B")]),
        Construct(
            name: "alternatives", rule: "vrij# | naam# <-> naam# as text(40, truncate)",
            said: [("naam#", "Het Witte Huis")]),
        Construct(
            name: "tuple", rule: #"(kaal#, naam#) -> titel# as join(" ")"#,
            said: [("kaal#", "1234567"), ("naam#", "Het Witte Huis")]),
        Construct(
            name: "link path", rule: "kaal# <-> type#.code", said: [("kaal#", "1234567")]),
        Construct(
            name: "block", rule: "adres# <-> adres# { straat <-> straat }", said: [("adres#/straat", "Dam")]),
        Construct(
            name: "fragment", rule: #"adres# <-> adres# use straat("Dam")"#, said: [("adres#/straat", "Dam")],
            statements: "fragment straat(anders) { straat <-> straat }"),
        Construct(
            name: "choice",
            rule: """
                choice wie# {
                    when mens# <-> aard# = "mens" { mens#/naam <-> wie# }
                    when zaak# <-> aard# = "zaak" { zaak#/naam <-> wie# }
                    else omit
                }
                """, said: [("zaak#/naam", "Z1")]),
        Construct(
            name: "repeat, an item", rule: "regel#* <-> regels#* { tekst <-> tekst }",
            said: [("regel#[]/tekst", "Dam")]),
        Construct(
            name: "selection, an item",
            rule: #"regel#*[soort = "x"] <-> regels#*[soort = "x"] { tekst <-> tekst }"#,
            said: [("regel#[]/soort", "x"), ("regel#[]/tekst", "Dam")]),
        Construct(
            name: "first", rule: "first regel#*/tekst <-> naam# as text(40, truncate)",
            said: [("regel#[]/tekst", "Dam")]),
    ]

    /// The two sides: of everything ``copies``.
    static let models = [
        "model oud stuf \"urn:oud\" as O\nentity ZAK key nummer {\nnummer text(10) kern\n"
            + numbered(
                """
                naam# text(40)
                vrij# text
                kaal# text(9)
                soort# enum("A", "B", "C")
                dag# datum
                deeldag# datum incomplete
                plek# geometrie
                mens# object MNS { naam text(20) }
                zaak# object ZKK { naam text(20) }
                adres# { straat text(20) }
                regel#* { soort enum("x", "y")
                    tekst text(20) }
                """) + "\n}\n",
        "model nieuw api \"/nieuw/api/v1\"\nresource Zaak in zaken key nummer {\nnummer text(10) required\n"
            + numbered(
                """
                naam# text(40)
                titel# text
                kort# text(10)
                bsn# digits(9)
                code# enum("a", "b", "c")
                dag# datum
                moment# tijdstip
                plek# geometrie
                aard# enum("mens", "zaak")
                wie# text(20)
                type# link nieuw:Type by code
                adres# { straat text(20) }
                regels#* { soort enum("x", "y")
                    tekst text(20) }
                """) + "\n}\nresource Type in typen key code { code text(9) required }\n",
    ]
}

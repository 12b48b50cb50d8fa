import Diagnostics
import Language

/// What one `*.map` file says, before anything in it is looked up.
struct MappingFile: Sendable {
    var file: String
    var mapping: MappingSyntax?
    var codes: [CodesSyntax] = []
    var fragments: [FragmentSyntax] = []
    var overlays: [OverlaySyntax] = []
}

/// `mapping zaak  zkn0310:ZAK <-> zaken:Zaak`, and every rule of the file that is not inside a fragment.
struct MappingSyntax: Sendable {
    var name: String
    var legacy: Token
    var api: Token
    var statement: Statement
    var body: [BodySyntax] = []
}

/// What may stand in a mapping, a fragment or a block.
indirect enum BodySyntax: Sendable {
    case rule(RuleSyntax)
    case choice(ChoiceSyntax)
    case use(UseSyntax)
    case ignore(IgnoreSyntax)
    case drop(DropSyntax)
}

/// `[key|must] L <-> R [as C] [else E] [when …] [use f(…)] [{ … }]`
struct RuleSyntax: Sendable {
    var isKey = false
    var isMust = false
    var left: PlaceSyntax
    var arrow: Token
    var right: PlaceSyntax
    var converter: ConverterSyntax?
    var otherwise: ElseSyntax?
    var condition: ConditionSyntax?
    var use: UseSyntax?
    var block: [BodySyntax]?
    /// For the corrected line.
    var statement: Statement

    var location: SourceLocation { statement.location }
}

/// `as text(80, truncate)`, `as codes rsin`
struct ConverterSyntax: Sendable {
    var name: Token
    var arguments: [Token]
    /// As the file writes it: `text(80, truncate)`.
    var text: String
}

/// `else fail`, `else omit`, `else none`, `else "x"`
struct ElseSyntax: Sendable {
    enum Kind: Hashable, Sendable { case fail, omit, none, constant(String) }
    var kind: Kind
    var token: Token
}

/// `choice betrokkene { when L <-> R { … }  … else omit }`
struct ChoiceSyntax: Sendable {
    struct Branch: Sendable {
        var left: ConditionSyntax
        var arrow: Token
        var right: ConditionSyntax
        var body: [BodySyntax]
        var statement: Statement
    }

    var name: String
    var branches: [Branch]
    var otherwise: ElseSyntax?
    var statement: Statement
}

/// `use rol("Initiator")`, with a block of its own behind it or not.
struct UseSyntax: Sendable {
    var name: Token
    var arguments: [Token]
    /// Adds rules to the fragment's, and replaces those of the same place.
    var extra: [BodySyntax]
    var statement: Statement
}

/// `ignore path, path "reason"`, `keep path, path "reason"`
struct IgnoreSyntax: Sendable {
    /// Whether the values stand beside the object, for the same form only.
    var isKept: Bool
    var paths: [PathSyntax]
    var reason: String
    var statement: Statement
}

/// `drop path, name`: in an overlay, or in the block behind a `use`.
struct DropSyntax: Sendable {
    var paths: [PathSyntax]
    var statement: Statement
}

/// `overlay parkeren of zaak when isVan/gerelateerde/code = "B0123" { … drop path }`
struct OverlaySyntax: Sendable {
    var name: Token
    var base: Token
    /// Nil when it holds for every bericht.
    var condition: ConditionSyntax?
    var body: [BodySyntax]
    var statement: Statement
    /// The tables and fragments of its own file, which take the place of the mapping's.
    var codes: [CodesSyntax] = []
    var fragments: [FragmentSyntax] = []
}

/// `fragment rol(soort) { … }`
struct FragmentSyntax: Sendable {
    var name: Token
    var parameters: [Token]
    var body: [BodySyntax]
    var statement: Statement
}

/// `codes n [any-case] { "J" <-> true   "j" -> true }`, `codes n from "file.csv"`
struct CodesSyntax: Sendable {
    struct Pair: Sendable {
        var left: Token
        var arrow: Token
        var right: Token
    }

    var name: Token
    var isAnyCase: Bool
    var pairs: [Pair]
    /// The table's file, named from the folder of the mapping.
    var source: Token?
    var statement: Statement
}

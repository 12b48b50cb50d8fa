import Language

/// What an overlay names a rule by: its left place, without `*`; where that is a constant, a tuple or a place of
/// the context, its right one. A choice is named by its name.
struct RuleName: Hashable, Sendable {
    var path: String
    /// `[not gerelateerde/adres]`; nil when there is none.
    var selection: String?

    init(_ path: PathSyntax) {
        self.path = path.segments.map(\.path).joined(separator: "/")
        selection = path.segments.lazy.compactMap { $0.selection?.text }.first
    }

    init(choice name: String) { path = name }

    /// Nil for a `use` and an `ignore`, which have no name.
    init?(_ part: BodySyntax) {
        switch part {
        case .rule(let rule):
            guard let name = RuleName(rule) else { return nil }
            self = name
        case .choice(let choice): self.init(choice: choice.name)
        case .use, .ignore, .drop: return nil
        }
    }

    init?(_ rule: RuleSyntax) {
        guard let path = RuleName.path(rule.left) ?? RuleName.path(rule.right) else { return nil }
        self.init(path)
    }

    private static func path(_ place: PlaceSyntax) -> PathSyntax? {
        guard case .path(let path)? = place.terms.first, Context.Place(rawValue: path.token.text) == nil
        else { return nil }
        return path
    }

    /// Whether `drop` with this name means that one: without a selection, whatever selection it has.
    func covers(_ other: RuleName) -> Bool {
        path == other.path && (selection == nil || selection == other.selection)
    }
}

import Diagnostics
import Language
import Model
import Record

/// A table of codes as its author wrote it: pairs, and aliases in one direction.
struct CodeTable: Sendable {
    /// One side of a pair.
    struct Value: Hashable, Sendable {
        /// A text between quotes, or a word: `true`, `12`, `geenWaarde`.
        var text: String
        var isWord: Bool

        /// The kind of no value that a word names.
        var standing: Standing? { isWord ? Value.standings[text] : nil }

        static let standings: [String: Standing] = [
            "leeg": .empty, "geenWaarde": .geenWaarde, "waardeOnbekend": .waardeOnbekend,
            "nietOndersteund": .nietOndersteund, "nietGeautoriseerd": .nietGeautoriseerd,
            "vastgesteldOnbekend": .vastgesteldOnbekend,
        ]

        /// As a finding names it.
        var spelling: String { isWord ? text : "\"\(text)\"" }
    }

    struct Row: Sendable {
        var left: Value
        var right: Value
        var directions: Directions
        var location: SourceLocation
        /// Made up, for tests: production must not have it.
        var isTest = false
    }

    var name: String
    var isAnyCase: Bool
    var rows: [Row]
    var location: SourceLocation

    /// Whether every row is a pair both ways, so that nothing is lost.
    var isOneToOne: Bool { !isAnyCase && rows.allSatisfy { $0.directions == .both } }

    /// What is written twice: at most one meaning for a value in each direction.
    func duplicates() -> [Finding] {
        duplicates(.up, "upward") { $0.left } + duplicates(.down, "downward") { $0.right }
    }

    private func duplicates(_ way: Directions, _ word: String, _ key: (Row) -> Value) -> [Finding] {
        var seen: Set<Value> = []
        return rows.filter { $0.directions.contains(way) }.compactMap { row in
            var value = key(row)
            if isAnyCase, !value.isWord { value.text = value.text.lowercased() }
            guard !seen.insert(value).inserted else { return nil }
            let advice =
                way == .down
                ? "keep one `<->`, make the other `->`" : "keep one `<->` or `->`, make the other `<-`"
            return Finding(
                .codesTwice, at: row.location,
                "\(key(row).spelling) has two meanings \(word) in `\(name)`: \(advice)")
        }
    }

    /// The table as it is read in one direction, for places of these types.
    func lookup(_ direction: Direction, from: ElementType, to: ElementType) -> CodeLookup {
        var lookup = CodeLookup(isAnyCase: isAnyCase)
        let way: Directions = direction == .up ? .up : .down
        for row in rows where row.directions.contains(way) {
            let (key, value) = direction == .up ? (row.left, row.right) : (row.right, row.left)
            lookup.add(literal(key, from), literal(value, to), isPair: row.directions == .both)
        }
        lookup.seal()
        return lookup
    }

    private func literal(_ value: Value, _ type: ElementType) -> CodeLookup.Literal {
        if let standing = value.standing { return CodeLookup.Literal(standing: standing, bytes: []) }
        let text = Canonical.value(value.text, of: type) ?? value.text
        return CodeLookup.Literal(standing: .value, bytes: Array(text.utf8))
    }
}

/// Which way a rule is read: both, or one.
struct Directions: OptionSet, Hashable, Sendable {
    var rawValue: UInt8

    static let up = Directions(rawValue: 1)
    static let down = Directions(rawValue: 2)
    static let both: Directions = [.up, .down]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ arrow: Token) {
        switch arrow.kind {
        case .up: self = .up
        case .down: self = .down
        default: self = .both
        }
    }

    func includes(_ direction: Direction) -> Bool {
        contains(direction == .up ? Directions.up : Directions.down)
    }
    var all: [Direction] { Direction.allCases.filter(includes) }
}

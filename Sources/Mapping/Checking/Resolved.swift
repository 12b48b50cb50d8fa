import Diagnostics
import Language
import Model
import Record

/// A mapping whose every path is known: what is checked, compiled and explained.
struct ResolvedMapping: Sendable {
    var name: String
    var location: SourceLocation
    var legacy: Entity
    var api: Entity
    var steps: [Step]
    var ignored: [Ignored]
    var kept: [Kept] = []
    /// Entries of the tables of codes it uses that are test data.
    var testEntries: Set<SourceLocation> = []

    /// A value of the object itself that stands beside it, for the same form only.
    struct Kept: Sendable {
        var path: String
        var node: Int
        var reason: String
        var location: SourceLocation
    }

    struct Ignored: Sendable {
        var path: String
        var reason: String
        var location: SourceLocation
    }
}

/// What every step of a mapping has.
struct Head: Sendable {
    enum Otherwise: Hashable, Sendable { case fail, omit, clear, constant(String) }

    var location: SourceLocation
    var directions: Directions
    var isKey = false
    var isMust = false
    var otherwise = Otherwise.fail
    /// Whether the author wrote an `else`.
    var hasElse = false
    var statement: Statement

    func isAsked(_ direction: Direction) -> Bool { directions.includes(direction) }

    /// The corrected line: the statement with `clause` behind it, when it has none of its own yet.
    func adding(_ clause: String) -> String? {
        let clauses: Set<String> = ["as", "else", "when", "use"]
        let isPlain = !statement.tokens.contains { $0.kind == .word && clauses.contains($0.text) }
        return isPlain && statement.block == nil ? "\(statement.line) \(clause)" : nil
    }
}

/// One thing that a mapping does.
indirect enum Step: Sendable {
    case value(ValueStep)
    case group(GroupStep)
    case items(ItemsStep)
    case choice(ChoiceStep)

    var head: Head {
        switch self {
        case .value(let step): step.head
        case .group(let step): step.head
        case .items(let step): step.head
        case .choice(let step): step.head
        }
    }
}

/// A left and a right, of which one is read and the other written.
struct Sides<Place: Sendable>: Sendable {
    var left: Place
    var right: Place

    func read(_ direction: Direction) -> Place { direction == .up ? left : right }
    func written(_ direction: Direction) -> Place { direction == .up ? right : left }
}

/// Values to a value.
struct ValueStep: Sendable {
    var head: Head
    var sides: Sides<Operand>
    var converter: Converter?
    var condition: Condition?
    var scopes: Sides<Scope>

    /// The place that is written in that direction; nil when the rule is not read so.
    func target(_ direction: Direction) -> Term? {
        head.isAsked(direction) ? sides.written(direction).terms.first : nil
    }
}

extension ValueStep {
    /// Every place that is written in that direction; several for a tuple.
    func targets(_ direction: Direction) -> [NodePlace] {
        guard let target = target(direction) else { return [] }
        guard case .tuple(let members) = target else { return target.place.map { [$0] } ?? [] }
        return members.compactMap { $0.terms.first?.place }
    }
}

/// The first that has a value.
struct Operand: Sendable {
    var terms: [Term]
    var location: SourceLocation
    var text: String
}

indirect enum Term: Sendable {
    case node(NodePlace)
    /// A place in the first item, in the order of the collection, that a condition holds for.
    case picked(Picked)
    case constant(String)
    case context(Context.Place)
    case tuple([Operand])

    struct Picked: Sendable {
        var collection: NodePlace
        var condition: Condition?
        var inner: NodePlace
    }

    /// Which item a picked place is in, where equalities tell that.
    var item: String? {
        guard case .picked(let picked) = self, let equal = picked.condition?.equalities, !equal.isEmpty else {
            return nil
        }
        return equal.map { "\($0.place.path) = \($0.value)" }.sorted().joined(separator: ", ")
    }

    /// The place itself, where the term is one.
    var place: NodePlace? {
        switch self {
        case .node(let place): place
        case .picked(let picked): picked.inner
        default: nil
        }
    }
}

/// A group, or the object itself (nil for `.`), with the rules of its members.
struct GroupStep: Sendable {
    var head: Head
    var sides: Sides<NodePlace?>
    var body: [Step]
    var scopes: Sides<Scope>
}

/// The items of a repeat; or, joined to a repeat, a single group.
struct ItemsStep: Sendable {
    struct Collection: Sendable {
        var place: NodePlace
        var isRepeat: Bool
        var isFirst: Bool
        var condition: Condition?
        /// Of its items, or of the group's members.
        var scope: Scope
    }

    var head: Head
    var sides: Sides<Collection>
    var body: [Step]
}

struct ChoiceStep: Sendable {
    struct Branch: Sendable {
        var head: Head
        var sides: Sides<Condition>
        var body: [Step]
    }

    var head: Head
    var name: String
    var branches: [Branch]
    var scopes: Sides<Scope>
    /// Whether it fills a property that its item requires, in either direction.
    var fillsRequired: Sides<Bool>
}

/// Tests that must all hold.
struct Condition: Sendable {
    indirect enum Comparison: Equatable, Sendable {
        case isPresent
        /// One of these canonical values.
        case isOneOf([String])
        /// The object or item is being made.
        case isNew
        /// A question is translated.
        case isQuestion
        /// The repeat has an item for which this holds.
        case hasItem(Condition)
        /// A place of the context has one of these values; any when there is none.
        case context(Context.Place, [String])

        static func == (left: Comparison, right: Comparison) -> Bool {
            switch (left, right) {
            case (.isPresent, .isPresent), (.isNew, .isNew), (.isQuestion, .isQuestion): true
            case (.isOneOf(let some), .isOneOf(let others)): some == others
            case (.hasItem(let some), .hasItem(let other)): some.text == other.text
            case (.context(let place, let some), .context(let other, let others)):
                place == other && some == others
            default: false
            }
        }
    }

    struct Test: Sendable {
        var isNegated: Bool
        /// Alternatives: that any of them is present. One place for a comparison, none for one of the context.
        var places: [NodePlace]
        var comparison: Comparison
    }

    var tests: [Test]
    var location: SourceLocation
    var text: String

    /// What the tests make true when their side is written: one value at one place.
    var equalities: [(place: NodePlace, value: String)] {
        tests.compactMap { test in
            guard !test.isNegated, case .isOneOf(let values) = test.comparison, values.count == 1,
                let place = test.places.first
            else { return nil }
            return (place, values[0])
        }
    }
}

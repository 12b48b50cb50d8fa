package import Diagnostics
import Model
import Record

/// What a two-way rule owes, for every value that its places can hold and that it does not refuse.
package enum Law: String, Sendable {
    /// Up and down gives the value back, and down and up does.
    case exact
    /// Something is lost, and written down: `truncate`, an alias, an alternative. Up, down, up is the same as
    /// up; down, up, down the same as down.
    case stable
}

/// A two-way rule and its law; the property tests run each.
package struct OwedLaw: Hashable, Sendable {
    package var law: Law
    /// From the top of each entity, through every repeat.
    package var left: String
    package var right: String
    package var rule: SourceLocation
    /// Whether an object or item without the value is refused or left out.
    package var isMust: Bool
    /// The only values that a table of codes takes on each side; empty where any will do.
    package var leftValues: [String]
    package var rightValues: [String]
    /// What must hold on each side for the rule to be followed: selections and branches around it.
    package var leftAsks: [Ask]
    package var rightAsks: [Ask]
    /// Choices beside the rule that decide whether its item is there at all: for each its branches.
    package var companions: [[Branch]]
    /// Whether a kind of no value may become the value of an alternative.
    package var hasAlternatives: Bool
    /// The item or group that holds it on each side; empty at the top.
    package var leftScope: String
    package var rightScope: String
    /// The longest text that both sides hold and the rule carries whole; nil where any length will do.
    package var longest: Int?
    let leftLeaf: Leaf
    let rightLeaf: Leaf

    /// What one branch of a choice asks for on each side.
    package struct Branch: Hashable, Sendable {
        package var left: [Ask]
        package var right: [Ask]
    }

    /// What stands around and beside a rule.
    private struct Surroundings {
        var left: [Ask] = []
        var right: [Ask] = []
        var companions: [[Branch]] = []

        func within(_ left: Condition?, _ right: Condition?) -> Surroundings {
            var inner = self
            inner.left += Ask.asks(of: left)
            inner.right += Ask.asks(of: right)
            return inner
        }

        func beside(_ choices: [ChoiceStep]) -> Surroundings {
            var inner = self
            inner.companions += choices.map { choice in
                choice.branches.filter { $0.head.directions == .both }.map { branch in
                    // What the branch's groups cannot be without is asked for where they are.
                    let groups = branch.body.compactMap { step -> GroupStep? in
                        guard case .group(let group) = step, group.head.directions == .both else {
                            return nil
                        }
                        return group
                    }
                    func present(_ place: NodePlace?) -> [Ask] {
                        place.map { [Ask(paths: [$0.path], values: [], isNegated: false)] } ?? []
                    }
                    return Branch(
                        left: Ask.asks(of: branch.sides.left) + groups.flatMap { present($0.sides.left) },
                        right: Ask.asks(of: branch.sides.right) + groups.flatMap { present($0.sides.right) })
                }
            }
            return inner
        }
    }

    /// A leaf of one layout.
    struct Leaf: Hashable, Sendable {
        var layout: ObjectIdentifier
        var node: Int
    }

    /// One test around a rule.
    package struct Ask: Hashable, Sendable {
        /// One of them is to have a value; with one path and ``values``, one of these values.
        package var paths: [String]
        package var values: [String]
        package var isNegated: Bool

        static func asks(of condition: Condition?) -> [Ask] {
            (condition?.tests ?? []).flatMap { test -> [Ask] in
                switch test.comparison {
                case .isPresent:
                    [Ask(paths: test.places.map(\.path), values: [], isNegated: test.isNegated)]
                case .isOneOf(let values):
                    [Ask(paths: test.places.map(\.path), values: values, isNegated: test.isNegated)]
                case .hasItem(let inner): test.isNegated ? [] : asks(of: inner)
                case .isNew, .isQuestion, .context: []
                }
            }
        }
    }

    /// Of every rule in the steps, inner ones too.
    static func owed(by steps: [Step]) -> [OwedLaw] { owed(by: steps, Surroundings()) }

    private static func owed(by steps: [Step], _ around: Surroundings) -> [OwedLaw] {
        let deciding = steps.compactMap { step -> ChoiceStep? in
            guard case .choice(let choice) = step else { return nil }
            return choice.fillsRequired.left || choice.fillsRequired.right ? choice : nil
        }
        let here = around.beside(deciding)
        return steps.flatMap { step -> [OwedLaw] in
            switch step {
            case .value(let value): owed(by: value, here)
            case .group(let group): owed(by: group.body, here)
            case .items(let items):
                owed(by: items.body, here.within(items.sides.left.condition, items.sides.right.condition))
            case .choice(let choice):
                choice.branches.flatMap { branch in
                    let others = deciding.filter { $0.head.location != choice.head.location }
                    return owed(
                        by: branch.body,
                        around.beside(others).within(branch.sides.left, branch.sides.right))
                }
            }
        }
    }

    private static func owed(by step: ValueStep, _ around: Surroundings) -> [OwedLaw] {
        guard step.head.directions == .both else { return [] }
        let (lefts, rights) = (step.targets(.down), step.targets(.up))
        let (leftLayout, rightLayout) = (layout(step, .down), layout(step, .up))
        return lefts.enumerated().flatMap { index, left in
            rights.enumerated().map { other, right in
                OwedLaw(
                    law: isExact(step) ? .exact : .stable, left: left.path, right: right.path,
                    rule: step.head.location, isMust: step.head.isMust,
                    leftValues: values(step, .up, left, index),
                    rightValues: values(step, .down, right, other),
                    leftAsks: around.left, rightAsks: around.right, companions: around.companions,
                    hasAlternatives: step.sides.left.terms.count + step.sides.right.terms.count > 2,
                    leftScope: step.scopes.left.path, rightScope: step.scopes.right.path,
                    longest: longest(step, left, right),
                    leftLeaf: Leaf(layout: leftLayout, node: left.node),
                    rightLeaf: Leaf(layout: rightLayout, node: right.node))
            }
        }
    }

    private static func longest(_ step: ValueStep, _ left: NodePlace, _ right: NodePlace) -> Int? {
        let lengths = [left.type.maxLength, right.type.maxLength].compactMap { $0 }
        switch step.converter {
        case nil: return lengths.min()
        case .text(let count, false): return min(count, lengths.min() ?? count)
        default: return nil
        }
    }

    /// Of the record or item that holds what is written.
    private static func layout(_ step: ValueStep, _ direction: Direction) -> ObjectIdentifier {
        let scope = step.scopes.written(direction)
        guard case .picked(let picked) = step.target(direction) else { return ObjectIdentifier(scope.layout) }
        return ObjectIdentifier(scope.items(picked.collection).layout)
    }

    /// The only values that the rule takes, or some of the few that it does.
    private static func values(
        _ step: ValueStep, _ direction: Direction, _ place: NodePlace, _ index: Int
    ) -> [String] {
        switch step.converter {
        case .prefix(let text) where direction == .up: return ["", "0"].map { "\(text)\($0)999990019" }
        case .decimals where place.type.base == .text: return ["0", "12", "12.5", "3,25"]
        case .digits(let count) where place.type.base == .text && !place.type.isDigits:
            let most = min(count, place.type.maxLength ?? count)
            return ["0", "7", "007", "1234567890123456"].map { String($0.prefix(most)) }
        case .dateParts where place.type.base != .datum:
            return [["1965", "2000"], ["1", "11"], ["1", "28"]][min(index, 2)]
        case .codes(let table): return values(table, direction, place)
        default: return []
        }
    }

    private static func values(_ table: CodeTable, _ direction: Direction, _ place: NodePlace) -> [String] {
        let values = table.rows.filter { $0.directions.includes(direction) }
            .map { direction == .up ? $0.left : $0.right }
        return values.filter { $0.standing == nil }.map {
            Canonical.value($0.text, of: place.type) ?? $0.text
        }
    }

    static func isExact(_ step: ValueStep) -> Bool {
        let operands = [step.sides.left, step.sides.right]
        guard operands.allSatisfy({ $0.terms.count == 1 }), step.head.otherwise == .fail else { return false }
        for operand in operands {
            guard case .node = operand.terms[0] else { return false }
        }
        switch step.converter {
        case nil: return true
        case .codes(let table): return table.isOneToOne
        case .some(let converter): return ConverterFact.of(converter)?.law == .exact
        }
    }
}

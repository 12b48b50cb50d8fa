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

    /// Of every rule in the steps, inner ones too.
    static func owed(by steps: [Step]) -> [OwedLaw] {
        steps.flatMap { step -> [OwedLaw] in
            switch step {
            case .value(let value): owed(by: value)
            case .group(let group): owed(by: group.body)
            case .items(let items): owed(by: items.body)
            case .choice(let choice): choice.branches.flatMap { owed(by: $0.body) }
            }
        }
    }

    private static func owed(by step: ValueStep) -> [OwedLaw] {
        guard step.head.directions == .both else { return [] }
        let (lefts, rights) = (step.targets(.down), step.targets(.up))
        return lefts.enumerated().flatMap { index, left in
            rights.enumerated().map { other, right in
                OwedLaw(
                    law: isExact(step) ? .exact : .stable, left: left.path, right: right.path,
                    rule: step.head.location, isMust: step.head.isMust,
                    leftValues: values(step, .up, left, index), rightValues: values(step, .down, right, other)
                )
            }
        }
    }

    /// The only values that the rule takes, or some of the few that it does.
    private static func values(
        _ step: ValueStep, _ direction: Direction, _ place: NodePlace, _ index: Int
    ) -> [String] {
        switch step.converter {
        case .prefix(let text) where direction == .up: return ["", "0"].map { "\(text)\($0)999990019" }
        case .decimals where place.type.base == .text: return ["0", "12", "12.5", "3,25"]
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

import Diagnostics
import Model
import Record

/// Values that are made of several, and taken apart.
extension Checker {
    func isParts(_ step: ValueStep) -> Bool {
        if case .dateParts = step.converter { true } else { false }
    }

    mutating func reportTuple(_ step: ValueStep, _ text: String) {
        report(.tupleWrong, at: step.head.location, text)
    }

    /// The three parts of a date, each a place that can be written.
    mutating func checkParts(_ members: [Operand], _ step: ValueStep) -> Bool {
        let places = members.compactMap { member -> NodePlace? in
            guard member.terms.count == 1, case .node(let place) = member.terms[0] else { return nil }
            return place.levels == 0 && [.integer, .text].contains(place.type.base) ? place : nil
        }
        guard places.count == 3, members.count == 3 else {
            reportTuple(step, "`as datum(parts)` takes three places, `(year, month, day)`: integers or texts")
            return false
        }
        let others = [step.sides.left, step.sides.right].flatMap(\.terms).compactMap(\.place)
        for place in others where place.type.base != .datum {
            reportTuple(
                step, "`\(place.element.name)` is a \(place.type.base), and has no year, month and day")
            return false
        }
        return true
    }

    mutating func check(tuple members: [Operand], _ target: NodePlace, _ step: ValueStep) {
        switch step.converter {
        case .join:
            guard target.type.base == .text else {
                return report(
                    .converterMisused, at: step.head.location,
                    "`as join` makes a text, and `\(target.element.name)` is a \(target.type.base)")
            }
        case .derive(let function): check(function, members, target, step)
        case .dateParts:
            _ = checkParts(members, step)
            guard target.type.base == .datum, !target.type.allowsIncomplete, !step.head.hasElse else {
                return
            }
            report(
                .precision, at: step.head.location,
                "`\(target.element.name)` cannot hold a date known in part: write `else omit` or `else fail`")
        default:
            report(
                .converterMisused, at: step.head.location,
                "several places become one value `as join(\", \")`, `as derive NAME` or `as datum(parts)` only"
            )
        }
    }

    private mutating func check(
        _ function: Derivation, _ members: [Operand], _ target: NodePlace, _ step: ValueStep
    ) {
        guard members.count == function.parameters.count else {
            return reportTuple(
                step, "`\(function.signature)` takes \(function.parameters.count), not \(members.count)")
        }
        for (member, parameter) in zip(members, function.parameters) {
            let found = member.terms.compactMap { term -> ValueType? in
                if case .context(let place) = term { place.type } else { term.place?.type.base }
            }
            let isText = parameter.type == .text
            guard let wrong = found.first(where: { $0 != parameter.type && !(isText && $0 == .integer) })
            else {
                continue
            }
            reportTuple(
                step,
                "`\(member.text)` is a \(wrong), and `\(parameter.name)` of \(function.name) a \(parameter.type)"
            )
        }
        guard function.result != target.type.base else { return }
        report(
            .typesDiffer, at: step.head.location,
            "`\(function.name)` makes a \(function.result), `\(target.element.name)` is a \(target.type.base)"
        )
    }
}

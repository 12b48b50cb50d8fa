import Diagnostics
import Model
import Record

/// Branches and selections tell apart on the side that is read.
extension Checker {
    // MARK: Choices

    mutating func checkBranches(_ choice: ChoiceStep) {
        for direction in choice.head.directions.all {
            let branches = choice.branches.filter { $0.head.isAsked(direction) }
            for (index, branch) in branches.enumerated() {
                let own = branch.sides.read(direction)
                guard
                    let twin = branches[..<index].first(where: {
                        isCovered(own, by: $0.sides.read(direction))
                    })
                else { continue }
                report(
                    .ambiguous, at: branch.head.location,
                    "`\(own.text)` never holds where line \(twin.head.location.line) does not hold already")
            }
            checkComplete(choice, branches, direction)
        }
    }

    /// Whether every test of `other` is among those of `condition`: it then holds whenever `condition` does.
    private func isCovered(_ condition: Condition, by other: Condition) -> Bool {
        other.tests.allSatisfy { test in condition.tests.contains { isSame($0, test) } }
    }

    private func isSame(_ left: Condition.Test, _ right: Condition.Test) -> Bool {
        left.isNegated == right.isNegated && left.comparison == right.comparison
            && left.places.map(\.path) == right.places.map(\.path)
    }

    /// Every value of what tells the branches apart is named by one.
    private mutating func checkComplete(
        _ choice: ChoiceStep, _ branches: [ChoiceStep.Branch], _ direction: Direction
    ) {
        guard !choice.head.hasElse else { return }
        var named: [String: (element: Element, values: Set<String>)] = [:]
        for branch in branches {
            for (place, value) in branch.sides.read(direction).equalities {
                named[place.path, default: (place.element, [])].values.insert(value)
            }
        }
        for (_, discriminator) in named.sorted(by: { $0.key < $1.key }) {
            for value in discriminator.element.type.enumeration where !discriminator.values.contains(value) {
                report(
                    .choiceIncomplete, at: choice.head.location,
                    "`\(discriminator.element.name)` can be \"\(value)\", and no branch of "
                        + "`\(choice.name)` says so: add one, or `else omit`")
            }
        }
    }

    // MARK: Selections

    /// Of the rules on one collection at most one takes an item.
    mutating func checkSelections(_ steps: [Step], _ direction: Direction) {
        var taken: [(path: String, condition: Condition?, head: Head)] = []
        for step in steps where step.head.isAsked(direction) {
            guard case .items(let items) = step, items.sides.read(direction).isRepeat else { continue }
            let side = items.sides.read(direction)
            let twin = taken.first { $0.path == side.place.path && canMeet($0.condition, side.condition) }
            if let twin {
                report(
                    .ambiguous, at: items.head.location,
                    "an item of `\(side.place.element.name)` can be taken by this rule and by that of line "
                        + "\(twin.head.location.line): tell them apart by a value of one place")
            }
            taken.append((side.place.path, side.condition, items.head))
        }
    }

    private func canMeet(_ left: Condition?, _ right: Condition?) -> Bool {
        guard let left, let right else { return true }
        return !left.excludes(right)
    }
}

extension Condition {
    /// Whether the two can never hold both.
    func excludes(_ other: Condition) -> Bool {
        tests.contains { test in other.tests.contains { test.excludes($0) } }
    }
}

extension Condition.Test {
    fileprivate func excludes(_ other: Condition.Test) -> Bool {
        guard places.map(\.path) == other.places.map(\.path) else { return false }
        switch (comparison, other.comparison) {
        case (.isPresent, .isPresent): return isNegated != other.isNegated
        case (.isOneOf(let some), .isOneOf(let others)):
            if isNegated, other.isNegated { return false }
            if isNegated { return Set(others).isSubset(of: some) }
            if other.isNegated { return Set(some).isSubset(of: others) }
            return Set(some).isDisjoint(with: others)
        case (.isPresent, .isOneOf): return isNegated && !other.isNegated
        case (.isOneOf, .isPresent): return !isNegated && other.isNegated
        default: return false
        }
    }
}

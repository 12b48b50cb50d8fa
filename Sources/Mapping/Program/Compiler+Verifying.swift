import Model
import Record

/// What was made is compared with what the other direction asks of it.
extension Compiler {
    private var opposite: Direction { direction == .up ? .down : .up }

    /// Of an item: the selection by which the other direction takes it.
    mutating func verify(_ items: ItemsStep) {
        let written = items.sides.written(direction)
        guard items.head.directions == .both, written.isRepeat, let condition = written.condition else {
            return
        }
        _ = emitVerify(condition.tests.filter { $0.isTestable && !$0.isEquality }, flags: [], from: 0)
    }

    /// Of a branch: its tests, and that no earlier branch is taken instead.
    ///
    /// - Parameter start: its first instruction behind its tests.
    /// - Returns: instructions to land behind the choice.
    mutating func verify(_ branch: ChoiceStep.Branch, of choice: ChoiceStep, from start: Int) -> [Int] {
        guard branch.head.directions == .both else { return [] }
        let own = branch.sides.written(direction)
        let fills = choice.fillsRequired.left || choice.fillsRequired.right
        let flags: Instruction.Flags = fills ? .must : []
        let unsure = own.tests.filter { $0.isTestable && !$0.isEquality }
        var ends = [emitVerify(unsure, flags: flags, from: start)]
        for earlier in choice.branches {
            guard earlier.head.location != branch.head.location else { break }
            let condition = earlier.sides.written(direction)
            guard earlier.head.isAsked(opposite), !condition.excludes(own),
                condition.tests.allSatisfy(\.isTestable)
            else { continue }
            ends.append(emitVerify(condition.tests, flags: flags.union(.negated), from: start))
        }
        return ends.compactMap { $0 }
    }

    private mutating func emitVerify(
        _ tests: [Condition.Test], flags: Instruction.Flags, from start: Int
    ) -> Int? {
        guard let first = tests.first else { return nil }
        var verify = Instruction(.verify)
        verify.flags = flags
        // Upward a change says a part; downward the whole object is lowered.
        if direction == .down { verify.flags.insert(.whole) }
        verify.b = Int32(start)
        let index = emit(verify, reading: first.places.first?.path ?? "")
        for test in tests { compile(test) }
        endTests(of: index)
        return index
    }
}

extension Condition.Test {
    /// Whether it can be asked of what was made: it looks at places of the item itself.
    fileprivate var isTestable: Bool {
        guard !places.isEmpty, places.allSatisfy({ $0.levels == 0 }) else { return false }
        switch comparison {
        case .isPresent, .isOneOf: return true
        case .hasItem(let inner): return inner.tests.allSatisfy(\.isTestable)
        case .isNew, .isQuestion, .context: return false
        }
    }

    /// One value at one place, which is written.
    fileprivate var isEquality: Bool {
        guard case .isOneOf(let values) = comparison else { return false }
        return !isNegated && values.count == 1
    }
}

import Diagnostics
import Record

/// What was made is what the other direction reads with the same rule.
extension Machine {
    /// - Returns: where to go on; nil when the item is left out.
    mutating func verify(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int? {
        let end = Int(instruction.a)
        // A change says less than what makes the tests true.
        guard purpose == .convert, base == nil, frames.isNew || instruction.flags.contains(.whole) else {
            return end
        }
        let isTrue = isMadeTrue(index + 1..<end, frames.target) != instruction.flags.contains(.negated)
        guard !isTrue else { return end }
        guard instruction.next > 0 else {
            _ = omitItem(.madeElsewhere, at: index)
            return nil
        }
        if instruction.flags.contains(.must), frames.target != Record.root {
            _ = omitItem(.madeElsewhere, at: index)
            return nil
        }
        withdraw(Int(instruction.b)..<index, frames.target)
        omit(.madeElsewhere, at: index)
        return Int(instruction.next)
    }

    /// Whether the tests hold of what was made.
    private func isMadeTrue(_ tests: Range<Int>, _ frame: Record.Frame) -> Bool {
        program.holds(
            tests, isTrue: { isMadeTrue($0, frame) }, hasItem: { hasMadeItem($0, at: $1, frame) })
    }

    private func isMadeTrue(_ test: Instruction, _ frame: Record.Frame) -> Bool {
        let isNegated = test.flags.contains(.negated)
        let slot = target.slot(Int(test.source), in: frame)
        guard slot.standing.isValue else { return isNegated }
        guard test.b >= 0 else {
            return (!test.flags.contains(.counted) || slot.count > 0) != isNegated
        }
        let wanted = program.bytes[Int(test.a)..<Int(test.a + test.b)]
        return (target.bytes(of: slot) == wanted) != isNegated
    }

    private func hasMadeItem(_ test: Instruction, at index: Int, _ frame: Record.Frame) -> Bool {
        var item = target.firstItem(Int(test.source), in: frame)
        while let candidate = item {
            if isMadeTrue(index + 1..<Int(test.a), candidate) { return true }
            item = target.nextItem(after: candidate)
        }
        return false
    }
}

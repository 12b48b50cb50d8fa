import Diagnostics
import Record

/// Groups and items.
extension Machine {
    /// - Returns: where to go on; nil when it failed.
    mutating func group(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int? {
        let end = Int(instruction.next)
        let slot =
            instruction.source < 0
            ? Slot(.value) : source.slot(Int(instruction.source), in: frames.source)
        if instruction.source >= 0 { noteRead(instruction.source, frames.source, by: instruction) }
        let reads = trace.reads.count
        let isMade = instruction.flags.contains(.whole) && !slot.standing.isSaid && frames.isNew
        guard slot.standing.isValue || isMade else {
            if instruction.flags.contains(.must), slot.standing.isSaid || frames.isNew, purpose == .convert {
                _ = fail(.valueMissing, at: index)
                return nil
            }
            if slot.standing.isSaid, instruction.target >= 0 {
                set(instruction, frames.target, to: slot.standing)
            }
            return end
        }
        if run(index + 1, end, frames) {
            carryMarks(slot, instruction, frames)
            return end
        }
        let isOwn =
            (instruction.flags.contains(.omits) && fault?.isGap == true)
            || (fault?.omitsItem == true && frames.target == Record.root)
        guard isOwn, let fault = clearFault() else { return nil }
        let isEmpty = fault.code == .valueMissing && !saysAnything(index, frames)
        trace.withdrawReads(from: reads)
        let group = instruction.source >= 0 ? Int(instruction.source) : nil
        noteOmitted(frames.source, group: group, by: instruction)
        withdraw(index + 1..<end, frames.target)
        guard instruction.target >= 0 else {
            if !isEmpty { omit(fault.code, at: fault.at) }
            return end
        }
        if isEmpty {
            // A group whose every member has no value has none itself: nothing is lost.
            set(instruction, frames.target, to: .geenWaarde)
        } else {
            target.set(Int(instruction.target), in: frames.target, to: .absent)
            omit(fault.code, at: fault.at)
        }
        return end
    }

    private mutating func carryMarks(_ slot: Slot, _ instruction: Instruction, _ frames: Frames) {
        guard slot.marks.rawValue != 0, instruction.target >= 0 else { return }
        guard target.slot(Int(instruction.target), in: frames.target).standing.isSaid else { return }
        target.setMarks(slot.marks, node: Int(instruction.target), in: frames.target)
    }

    /// Whether any rule of the block reads a value here.
    private func saysAnything(_ index: Int, _ frames: Frames) -> Bool {
        for place in index + 1..<Int(program.instructions[index].next) {
            let instruction = program.instructions[place]
            switch instruction.operation {
            case .copy, .load, .orLoad:
                guard instruction.levels == 0, !instruction.flags.contains(.picked) else { continue }
                if source.slot(Int(instruction.source), in: frames.source).standing.isValue { return true }
            case .items: return true
            default: continue
            }
        }
        return false
    }

    /// Takes back what the instructions wrote into a frame; what they wrote into items of it goes with their repeat.
    mutating func withdraw(_ range: Range<Int>, _ frame: Record.Frame) {
        touched = (-1, -1)
        var place = range.lowerBound
        while place < range.upperBound {
            let instruction = program.instructions[place]
            let hasItems = instruction.operation == .items && !instruction.flags.contains(.oneTarget)
            place = hasItems ? max(place + 1, Int(instruction.next)) : place + 1
            guard instruction.target >= 0, !instruction.flags.contains(.made) else { continue }
            target.set(Int(instruction.target), in: frame, to: .absent)
        }
    }

    // MARK: Items

    mutating func items(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Bool {
        let tests = index + 1..<Int(instruction.a)
        let slot = source.slot(Int(instruction.source), in: frames.source)
        noteRead(instruction.source, frames.source, by: instruction)
        guard slot.standing.isValue else { return withoutItems(slot, instruction, at: index, frames) }
        if instruction.flags.contains(.oneSource) {
            return item(instruction, at: index, from: frames.source, marks: slot.marks, frames)
        }
        var isTaken = false
        var next = source.firstItem(Int(instruction.source), in: frames.source)
        while let candidate = next {
            next = source.nextItem(after: candidate)
            if instruction.flags.contains(.claims), isClaimed(candidate) { continue }
            guard isSelected(candidate, tests, frames) else { continue }
            if instruction.flags.contains(.claims) { claim(candidate) }
            noteTests(tests, Frames(source: candidate, target: frames.target, isNew: frames.isNew))
            let marks = source.marks(of: candidate)
            guard item(instruction, at: index, from: candidate, marks: marks, frames) else { return false }
            isTaken = true
            if instruction.flags.contains(.first) { break }
        }
        if isTaken { return true }
        if instruction.flags.contains(.must), frames.isNew { return fail(.valueMissing, at: index) }
        let isWhole = tests.isEmpty && !instruction.flags.contains(.oneTarget)
        if isWhole, slot.count == 0, !target.slot(Int(instruction.target), in: frames.target).standing.isSaid
        {
            set(instruction, frames.target, to: .value)
        }
        return true
    }

    /// A repeat that was not said, or said to have no value.
    private mutating func withoutItems(
        _ slot: Slot, _ instruction: Instruction, at index: Int, _ frames: Frames
    ) -> Bool {
        if instruction.flags.contains(.must), slot.standing.isSaid || frames.isNew, purpose == .convert {
            return fail(.valueMissing, at: index)
        }
        // Of a collection that rules share, one rule cannot say that it is empty.
        let isShared = instruction.flags.contains(.oneSource) && !instruction.flags.contains(.oneTarget)
        let now = target.slot(Int(instruction.target), in: frames.target).standing
        if slot.standing.isSaid, !now.isSaid, !isShared { set(instruction, frames.target, to: slot.standing) }
        return true
    }

    /// Makes one item, or fills one group.
    private mutating func item(
        _ instruction: Instruction, at index: Int, from item: Record.Frame, marks: Marks, _ frames: Frames
    ) -> Bool {
        let node = Int(instruction.target)
        let isGroup = instruction.flags.contains(.oneTarget)
        let frame = isGroup ? frames.target : target.appendItem(node, in: frames.target, marks: marks)
        touch(instruction, frames.target)
        let body = Int(instruction.a)..<Int(instruction.next)
        let reads = trace.reads.count
        let inner = Frames(source: item, target: frame, isNew: Machine.isMade(marks, frames, purpose))
        if run(body.lowerBound, body.upperBound, inner) {
            if isGroup, marks.rawValue != 0, target.slot(node, in: frame).standing.isSaid {
                target.setMarks(marks, node: node, in: frame)
            }
            return true
        }
        let isOwn = (instruction.flags.contains(.omits) && fault?.isGap == true) || fault?.omitsItem == true
        guard isOwn, let fault = clearFault() else { return false }
        omit(fault.code, at: fault.at)
        trace.withdrawReads(from: reads)
        if !instruction.flags.contains(.oneSource) { noteOmitted(item, by: instruction) }
        if isGroup {
            withdraw(body, frame)
            target.set(node, in: frame, to: .absent)
        } else {
            target.removeLastItem(node, in: frames.target)
            touched = (-1, -1)
        }
        return true
    }

    /// Whether an item is being made; one that is changed, removed or only pointed at need not be complete.
    private static func isMade(_ marks: Marks, _ frames: Frames, _ purpose: Purpose) -> Bool {
        guard purpose == .convert else { return false }
        switch marks.verwerkingssoort {
        case .none, .toevoegen, .vervangen: return true
        default: return false
        }
    }
}

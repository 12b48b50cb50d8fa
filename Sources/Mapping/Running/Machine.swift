import Diagnostics
import Record

/// Runs the program of one direction over one record.
///
/// Plain words on the way: nothing is allocated or counted for a field. A failure is a value too, so that
/// `else omit` costs nothing until it happens.
struct Machine {
    /// Where the bytes of the accumulator's value stand.
    enum Origin: UInt8 { case source, base, program, scratch, context, lookup }

    struct Fault {
        var code: Code
        /// Index of the instruction.
        var at: Int
        /// Whether the item around it is left out, whatever its own `else` says.
        var omitsItem = false

        /// Whether the `else omit` of a block leaves the block out for it: what the block cannot be without is not
        /// there. A value that cannot be converted is another matter; its own rule says what becomes of it.
        var isGap: Bool { omitsItem || code == .valueMissing || code == .choiceUndecided }
    }

    /// What a run is for; it decides what `must` asks and whether constants count.
    enum Purpose: UInt8 { case convert, ask }

    let program: Program
    let context: Context
    let purpose: Purpose
    let source: Record
    /// What the side that is read holds now; a change says less.
    let base: Record?
    var target: Record

    var value = Slot()
    var origin = Origin.source
    var lookup = 0
    var scratch: [UInt8] = []
    /// How many members the tuple has so far.
    var joined = 0
    /// A member of the tuple that is gathered: its bytes are a range of ``scratch``.
    struct Member {
        var slot: Slot
        var range: Range<Int>
    }

    var members: [Member] = []
    var picked: Record.Frame = -1
    /// What is read where no item was picked.
    private var unpicked = Standing.absent
    var made: Record.Frame = -1
    private var claimed: [Bool] = []
    /// The groups that were said last, and where: most targets stand beside the one before.
    var touched: (groups: Int32, frame: Record.Frame) = (-1, -1)
    private(set) var fault: Fault?
    private(set) var omissions: [Fault] = []
    /// Whether it notes what each rule reads and writes.
    let isTraced: Bool
    var trace = Trace()

    init(
        _ program: Program, source: Record, base: Record?, target: Layout, context: Context,
        purpose: Purpose = .convert, isTraced: Bool = false
    ) {
        self.isTraced = isTraced
        self.program = program
        self.context = context
        self.purpose = purpose
        self.source = source
        self.base = base
        self.target = Record(target, sharing: source)
    }

    /// The record or item that is read, and the one that is made of it.
    struct Frames {
        var source: Record.Frame
        var target: Record.Frame
        /// Whether it is being made, so that every `must` is asked for.
        var isNew: Bool
    }

    mutating func run() -> Bool {
        let isNew = purpose == .convert && context.isNew && base == nil
        let frames = Frames(source: Record.root, target: Record.root, isNew: isNew)
        target.setMarks(source.marks(of: Record.root), of: Record.root)
        return run(0, program.instructions.count, frames)
    }

    mutating func fail(_ code: Code, at place: Int) -> Bool {
        fault = Fault(code: code, at: place)
        return false
    }

    /// Fails what holds the value, not the bericht: the item or the group stays behind.
    mutating func omitItem(_ code: Code, at place: Int) -> Bool {
        fault = Fault(code: code, at: place, omitsItem: true)
        return false
    }

    mutating func omit(_ code: Code, at place: Int) { omissions.append(Fault(code: code, at: place)) }

    /// - Returns: false when it failed; ``fault`` says how.
    mutating func run(_ start: Int, _ end: Int, _ frames: Frames) -> Bool {
        var index = start
        while index < end {
            let instruction = program.instructions[index]
            let next: Int?
            switch instruction.operation {
            case .copy: next = copy(instruction, at: index, frames) ? index + 1 : nil
            case .load, .orLoad, .constant, .orConstant, .context, .orContext:
                load(instruction, frames)
                next = index + 1
            case .branch, .jump, .ifNew, .ifSaid, .ifValue, .test:
                next = go(instruction, at: index, frames)
                if isTraced, instruction.operation == .branch, next == Int(instruction.a) {
                    noteTests(index + 1..<Int(instruction.a), frames)
                }
            case .verify: next = verify(instruction, at: index, frames)
            case .content, .store, .append, .write, .present, .clear:
                next = put(instruction, at: index, frames)
            case .group, .items, .unclaimed, .undecided: next = block(instruction, at: index, frames)
            case .pick: next = pick(instruction, at: index, frames)
            default: next = change(instruction, at: index, frames)
            }
            guard let next else { return false }
            index = next
        }
        return true
    }

    /// Where to go on.
    private func go(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int {
        let goesOn: Bool
        switch instruction.operation {
        case .branch:
            let body = Int(instruction.a)
            return holds(index + 1..<body, frames) ? body : Int(instruction.next)
        case .jump: goesOn = false
        case .ifNew: goesOn = !frames.isNew && purpose != .ask
        case .ifSaid: goesOn = !isSaid(instruction, frames)
        case .ifValue: goesOn = !value.standing.isValue
        default: goesOn = true
        }
        return goesOn ? index + 1 : Int(instruction.next)
    }

    /// From the accumulator, or without it, to the target; nil when it failed.
    private mutating func put(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int? {
        switch instruction.operation {
        case .content: return copyContent(instruction, at: index, frames) ? index + 1 : nil
        case .store: return store(instruction, at: index, frames) ? index + 1 : nil
        case .append: return append(instruction, at: index, frames)
        case .present:
            let isThere = target.slot(Int(instruction.target), in: frames.target).standing.isValue
            if !isThere { set(instruction, frames.target, to: .value) }
        case .clear:
            // What is being made has nothing to clear.
            if !frames.isNew { set(instruction, frames.target, to: .geenWaarde) }
        default: write(instruction, frames)
        }
        return index + 1
    }

    /// In the accumulator; nil when it failed.
    private mutating func change(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int? {
        switch instruction.operation {
        case .joinBegin, .joinAdd, .joinEnd: join(instruction)
        case .memberBegin, .memberAdd, .derive, .part: gather(instruction)
        default:
            switch convert(instruction, at: index, frames) {
            case .done: break
            case .elsewhere: return Int(instruction.next)
            case .failed: return nil
            }
        }
        return index + 1
    }

    private mutating func block(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int? {
        switch instruction.operation {
        case .group: return group(instruction, at: index, frames)
        case .items: return items(instruction, at: index, frames) ? Int(instruction.next) : nil
        case .unclaimed: reportUnclaimed(instruction, at: index, frames)
        default: guard undecided(instruction, at: index, frames) else { return nil }
        }
        return index + 1
    }

    // MARK: Reading

    func frame(_ instruction: Instruction, _ frames: Frames) -> Record.Frame {
        var frame = frames.source
        for _ in 0..<instruction.levels { frame = source.parent(of: frame) ?? frame }
        return frame
    }

    /// What was said; where nothing was said of a root's leaf, what is there now.
    private func read(_ instruction: Instruction, _ frames: Frames) -> (slot: Slot, origin: Origin) {
        let frame = frame(instruction, frames)
        let slot = source.slot(Int(instruction.source), in: frame)
        if !slot.standing.isSaid, frame == Record.root, let base {
            return (base.slot(Int(instruction.source)), .base)
        }
        return (slot, .source)
    }

    /// Whether it was said, and is something else than what is there now.
    private func isSaid(_ instruction: Instruction, _ frames: Frames) -> Bool {
        let frame = frame(instruction, frames)
        let slot = source.slot(Int(instruction.source), in: frame)
        return slot.standing.isSaid && !isUnchanged(slot, Int(instruction.source), frame)
    }

    /// A value that equals what the other side's present value converts to is no change.
    func isUnchanged(_ slot: Slot, _ node: Int, _ frame: Record.Frame) -> Bool {
        guard frame == Record.root, let base else { return false }
        guard !source.layout.nodes[node].isRepeat, source.layout.nodes[node].type != .group else {
            return false
        }
        let now = base.slot(node)
        guard now.standing == slot.standing, now.precision == slot.precision, now.count == slot.count else {
            return now.standing.clears && slot.standing.clears
        }
        return base.bytes(of: now) == source.bytes(of: slot)
    }

    private mutating func load(_ instruction: Instruction, _ frames: Frames) {
        switch instruction.operation {
        case .orLoad where value.standing.isValue:
            if isTraced { notePassedOver(instruction, frames) }
        case .orConstant where value.standing.isValue, .orContext where value.standing.isValue: return
        case .load, .orLoad: loadPlace(instruction, frames)
        case .constant, .orConstant:
            guard purpose == .convert else { return forget(instruction.operation == .constant) }
            value = Slot(.value, start: instruction.a, count: instruction.b)
            origin = .program
        default:
            guard purpose == .convert else { return forget(instruction.operation == .context) }
            let slot = context.slots[Int(instruction.a)]
            guard instruction.operation == .context || slot.standing.isValue else { return }
            value = slot
            origin = .context
        }
    }

    private mutating func forget(_ isNeeded: Bool) {
        if isNeeded { value = Slot() }
    }

    private mutating func loadPlace(_ instruction: Instruction, _ frames: Frames) {
        var read: (slot: Slot, origin: Origin) = (Slot(), .source)
        if instruction.flags.contains(.picked) {
            if picked >= 0 {
                read.slot = source.slot(Int(instruction.source), in: picked)
                noteRead(instruction.source, picked, by: instruction)
            } else {
                read.slot.standing = unpicked
            }
        } else {
            read = self.read(instruction, frames)
            if isTraced { noteRead(instruction.source, frame(instruction, frames), by: instruction) }
        }
        // Of alternatives without a value, the first that was said counts.
        if instruction.operation == .orLoad, !read.slot.standing.isValue, value.standing.isSaid { return }
        (value, origin) = read
    }

    private mutating func pick(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int {
        let body = Int(instruction.a)
        picked = -1
        let slot = source.slot(Int(instruction.source), in: frame(instruction, frames))
        // A repeat that was said to be empty has no first item, and says so.
        unpicked = slot.standing.isValue ? (slot.count == 0 ? .geenWaarde : .absent) : slot.standing
        var item = source.firstItem(Int(instruction.source), in: frame(instruction, frames))
        while let candidate = item {
            if holds(index + 1..<body, Frames(source: candidate, target: frames.target, isNew: frames.isNew))
            {
                picked = candidate
                noteTests(
                    index + 1..<body,
                    Frames(source: candidate, target: frames.target, isNew: frames.isNew))
                break
            }
            item = source.nextItem(after: candidate)
        }
        return body
    }

    /// The bytes of the accumulator's value.
    var bytes: ArraySlice<UInt8> {
        guard value.standing.isValue, value.count > 0 else { return [] }
        let range = Int(value.start)..<Int(value.start + value.count)
        switch origin {
        case .source: return source.bytes(of: value)
        case .base: return base?.bytes(of: value) ?? []
        case .program: return program.bytes[range]
        case .scratch: return scratch[range]
        case .context: return context.bytes[range]
        case .lookup: return program.lookups[lookup].bytes[range]
        }
    }

    // MARK: Tests

    private func holds(_ tests: Range<Int>, _ frames: Frames) -> Bool {
        program.holds(
            tests, isTrue: { holds($0, frames) }, hasItem: { hasItem($0, at: $1, frames) })
    }

    private func holds(_ test: Instruction, _ frames: Frames) -> Bool {
        let isNegated = test.flags.contains(.negated)
        if test.flags.contains(.isNew) { return frames.isNew != isNegated }
        if test.flags.contains(.isQuestion) { return (purpose == .ask) != isNegated }
        if test.operation == .testContext {
            let slot = context.slots[Int(test.source)]
            let wanted = program.bytes[Int(test.a)..<Int(test.a) + max(0, Int(test.b))]
            let found = context.bytes[Int(slot.start)..<Int(slot.start + slot.count)]
            return (slot.standing.isValue && (test.b < 0 || found == wanted)) != isNegated
        }
        let (slot, origin) = read(test, frames)
        guard slot.standing.isValue else { return isNegated }
        guard test.b >= 0 else {
            return (!test.flags.contains(.counted) || slot.count > 0) != isNegated
        }
        let wanted = program.bytes[Int(test.a)..<Int(test.a + test.b)]
        let bytes = origin == .base ? base?.bytes(of: slot) ?? [] : source.bytes(of: slot)
        return (bytes == wanted) != isNegated
    }

    /// Whether an item of a repeat has all that the tests behind the instruction ask.
    private func hasItem(_ test: Instruction, at index: Int, _ frames: Frames) -> Bool {
        firstItem(test, at: index, frames) != nil
    }

    func firstItem(_ test: Instruction, at index: Int, _ frames: Frames) -> Record.Frame? {
        let inner = index + 1..<Int(test.a)
        var item = source.firstItem(Int(test.source), in: frame(test, frames))
        while let candidate = item {
            if isSelected(candidate, inner, frames) { return candidate }
            item = source.nextItem(after: candidate)
        }
        return nil
    }

    // MARK: Items that are shared out

    func isClaimed(_ item: Record.Frame) -> Bool { claimed.indices.contains(Int(item)) && claimed[Int(item)] }

    mutating func claim(_ item: Record.Frame) {
        if claimed.count <= Int(item) {
            claimed.append(contentsOf: repeatElement(false, count: Int(item) + 1 - claimed.count))
        }
        claimed[Int(item)] = true
    }

    private mutating func reportUnclaimed(_ instruction: Instruction, at index: Int, _ frames: Frames) {
        guard purpose == .convert else { return }
        var item = source.firstItem(Int(instruction.source), in: frames.source)
        while let candidate = item {
            if !isClaimed(candidate) {
                noteOmitted(candidate, by: instruction)
                omit(.itemUnclaimed, at: index)
            }
            item = source.nextItem(after: candidate)
        }
    }

    func isSelected(_ item: Record.Frame, _ tests: Range<Int>, _ frames: Frames) -> Bool {
        holds(tests, Frames(source: item, target: frames.target, isNew: frames.isNew))
    }

    private mutating func undecided(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Bool {
        guard purpose == .convert else { return true }
        guard instruction.flags.contains(.omits) else { return fail(.choiceUndecided, at: index) }
        guard instruction.flags.contains(.must), frames.target != Record.root else {
            omit(.choiceUndecided, at: index)
            return true
        }
        return omitItem(.choiceUndecided, at: index)
    }

    mutating func clearFault() -> Fault? {
        defer { fault = nil }
        return fault
    }
}

import Diagnostics
import Record

/// Values on their way from source to target.
extension Machine {
    /// Whether the place of a `must` may be without a value here.
    private func isExcused(_ instruction: Instruction, _ standing: Standing, _ frames: Frames) -> Bool {
        guard purpose == .convert, instruction.flags.contains(.must) else { return true }
        return !standing.isSaid && !frames.isNew && !instruction.flags.contains(.key)
    }

    mutating func copy(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Bool {
        let node = Int(instruction.source)
        let slot = source.slot(node, in: frames.source)
        noteRead(instruction.source, frames.source, by: instruction)
        guard slot.standing.isValue else {
            guard isExcused(instruction, slot.standing, frames) else {
                return isInBase(node, frames) || fail(.valueMissing, at: index)
            }
            if slot.standing.isSaid, isChange(instruction, slot, frames) {
                set(instruction, frames.target, to: slot.standing)
            }
            return true
        }
        guard isChange(instruction, slot, frames) else { return true }
        if instruction.a > 0, slot.count > instruction.a,
            Machine.characters(source.bytes(of: slot)) > Int(instruction.a)
        {
            return refuse(instruction, .textTooLong, at: index)
        }
        if instruction.flags.contains(.complete), slot.precision != .full {
            return refuse(instruction, .dateIncomplete, at: index)
        }
        target.share(Int(instruction.target), in: frames.target, slot)
        noteWritten(instruction, frames.target)
        touch(instruction, frames.target)
        return true
    }

    mutating func copyContent(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Bool {
        let slot = source.slot(Int(instruction.source), in: frames.source)
        noteRead(instruction.source, frames.source, by: instruction)
        guard slot.standing.isValue else {
            guard isExcused(instruction, slot.standing, frames) else { return fail(.valueMissing, at: index) }
            if slot.standing.isSaid { set(instruction, frames.target, to: slot.standing) }
            return true
        }
        target.share(Int(instruction.target), in: frames.target, slot)
        noteWritten(instruction, frames.target)
        touch(instruction, frames.target)
        return true
    }

    private func isInBase(_ node: Int, _ frames: Frames) -> Bool {
        guard frames.source == Record.root, !source.slot(node).standing.isSaid, let base else { return false }
        return base.slot(node).standing.isValue
    }

    /// A key is always written: it says which object is meant.
    private func isChange(_ instruction: Instruction, _ slot: Slot, _ frames: Frames) -> Bool {
        base == nil || instruction.flags.contains(.key)
            || !isUnchanged(slot, Int(instruction.source), frames.source)
    }

    private mutating func refuse(_ instruction: Instruction, _ code: Code, at index: Int) -> Bool {
        guard instruction.flags.contains(.omits) else { return fail(code, at: index) }
        if isAsked(instruction) { return omitItem(code, at: index) }
        omit(code, at: index)
        return true
    }

    /// Whether what is left out is asked for by a `must`: then what holds it is left out too.
    private func isAsked(_ instruction: Instruction) -> Bool {
        purpose == .convert && instruction.flags.contains(.must)
    }

    // MARK: Writing

    private func frame(_ instruction: Instruction, _ target: Record.Frame) -> Record.Frame {
        instruction.flags.contains(.made) ? made : target
    }

    mutating func store(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Bool {
        guard value.standing.isValue else {
            guard isExcused(instruction, value.standing, frames) else {
                return fail(.valueMissing, at: index)
            }
            if value.standing.isSaid { set(instruction, frames.target, to: value.standing) }
            return true
        }
        let frame = frame(instruction, frames.target)
        let node = Int(instruction.target)
        if origin == .source {
            target.share(node, in: frame, value)
        } else {
            target.set(node, in: frame, to: bytes, precision: value.precision)
            if value.marks.rawValue != 0 { target.setMarks(value.marks, node: node, in: frame) }
        }
        noteWritten(instruction, frame)
        touch(instruction, frame)
        return true
    }

    mutating func set(_ instruction: Instruction, _ target: Record.Frame, to standing: Standing) {
        let frame = frame(instruction, target)
        self.target.set(Int(instruction.target), in: frame, to: standing)
        noteWritten(instruction, frame)
        touch(instruction, frame)
    }

    mutating func write(_ instruction: Instruction, _ frames: Frames) {
        let frame = frame(instruction, frames.target)
        let constant = program.bytes[Int(instruction.a)..<Int(instruction.a + instruction.b)]
        target.set(Int(instruction.target), in: frame, to: constant)
        noteWritten(instruction, frame)
        touch(instruction, frame)
    }

    mutating func append(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Int {
        guard value.standing.isValue else {
            // Of a repeat of which only the first counts, it says that there is none.
            let isSaid = target.slot(Int(instruction.target), in: frames.target).standing.isSaid
            if instruction.flags.contains(.whole), value.standing.isSaid, !isSaid {
                set(instruction, frames.target, to: value.standing)
            }
            return Int(instruction.next)
        }
        made = target.appendItem(Int(instruction.target), in: frames.target)
        touch(instruction, frames.target)
        return index + 1
    }

    /// Says that the groups around a target are there.
    mutating func touch(_ instruction: Instruction, _ frame: Record.Frame) {
        guard instruction.groups >= 0 else { return }
        if touched.groups == instruction.groups, touched.frame == frame { return }
        touched = (instruction.groups, frame)
        var place = Int(instruction.groups)
        while program.groups[place] >= 0 {
            let group = Int(program.groups[place])
            if target.slot(group, in: frame).standing.isValue { return }
            target.set(group, in: frame, to: .value)
            place += 1
        }
    }

    // MARK: Tuples

    mutating func join(_ instruction: Instruction) {
        switch instruction.operation {
        case .joinBegin:
            scratch.removeAll(keepingCapacity: true)
            joined = 0
        case .joinAdd:
            guard value.standing.isValue, value.count > 0 else { return }
            if joined > 0 {
                scratch += program.bytes[Int(instruction.a)..<Int(instruction.a + instruction.b)]
            }
            scratch += bytes
            joined += 1
        default:
            // A question is not asked by a text that was put together.
            value =
                joined > 0 && purpose == .convert
                ? Slot(.value, count: Int32(scratch.count)) : Slot()
            origin = .scratch
        }
    }

    // MARK: Conversions

    enum Conversion { case done, elsewhere, failed }

    mutating func convert(_ instruction: Instruction, at index: Int, _ frames: Frames) -> Conversion {
        if instruction.operation == .codes { return translate(instruction, at: index) }
        if instruction.operation == .partsToDate { return makeDate(instruction, at: index) }
        guard value.standing.isValue else { return .done }
        switch instruction.operation {
        case .truncate: cut(to: Int(instruction.a))
        case .limit:
            if value.count > instruction.a, Machine.characters(bytes) > Int(instruction.a) {
                return give(up: .textTooLong, instruction, at: index)
            }
        case .digits:
            guard pad(to: Int(instruction.a)) else { return give(up: .notDigits, instruction, at: index) }
        case .complete:
            if value.precision != .full { return give(up: .dateIncomplete, instruction, at: index) }
        case .fill:
            if purpose == .ask, value.count == 10 || value.precision != .full { value = Slot() }
            guard value.standing.isValue, fill(instruction, frames) else {
                return purpose == .ask ? .done : give(up: .dateIncomplete, instruction, at: index)
            }
        case .date:
            guard takeLocalDate() else { return give(up: .valueMalformed, instruction, at: index) }
        default: return convertRarely(instruction, at: index)
        }
        return .done
    }

    mutating func give(up code: Code, _ instruction: Instruction, at index: Int) -> Conversion {
        if instruction.flags.contains(.replaces) {
            if instruction.flags.contains(.omits) { omit(code, at: index) }
            return .elsewhere
        }
        guard instruction.flags.contains(.omits) else {
            _ = fail(code, at: index)
            return .failed
        }
        if isAsked(instruction) {
            _ = omitItem(code, at: index)
            return .failed
        }
        omit(code, at: index)
        return .elsewhere
    }

    private mutating func translate(_ instruction: Instruction, at index: Int) -> Conversion {
        guard value.standing.isSaid else { return .done }
        let table = Int(instruction.a)
        guard value.standing.isValue else {
            if let entry = program.lookups[table].entry(for: value.standing) { take(entry, of: table) }
            return .done
        }
        guard let entry = program.lookups[table].entry(for: bytes) else {
            return give(up: .codeUnknown, instruction, at: index)
        }
        take(entry, of: table)
        return .done
    }

    private mutating func take(_ entry: CodeLookup.Entry, of table: Int) {
        value = Slot(
            entry.standing, marks: value.marks, start: entry.valueStart,
            count: entry.standing.isValue ? entry.valueCount : 0)
        origin = .lookup
        lookup = table
    }

    /// Keeps so many characters; a character is never cut in two.
    mutating func cut(to count: Int) {
        guard Int(value.count) > count else { return }
        var left = count
        var kept = 0
        for byte in bytes {
            if byte & 0xC0 != 0x80 {
                if left == 0 { break }
                left -= 1
            }
            kept += 1
        }
        value.count = Int32(kept)
    }

    /// How many Unicode scalars.
    static func characters(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// Zeros in front up to `count` digits; 0 for none in front at all.
    private mutating func pad(to count: Int) -> Bool {
        let digits = bytes
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), !digits.isEmpty else { return false }
        if digits.count == count { return true }
        let significant = digits.drop { $0 == 0x30 }
        guard count == 0 || significant.count <= count else { return false }
        var padded = [UInt8](repeating: 0x30, count: max(0, max(count, 1) - significant.count))
        padded += significant
        keep(padded)
        return true
    }

    mutating func keep(_ bytes: [UInt8]) {
        scratch = bytes
        value.start = 0
        value.count = Int32(bytes.count)
        origin = .scratch
    }

    // MARK: Dates and moments

    /// Makes a day the first second of it, by local time, that no other item of its collection has.
    private mutating func fill(_ instruction: Instruction, _ frames: Frames) -> Bool {
        // A moment has at least `2020-03-09T07:01Z`.
        if value.count > 10 {
            value.precision = .full
            return true
        }
        guard value.precision == .full || value.precision == .day, var moment = Machine.date(bytes) else {
            return false
        }
        moment = LocalTime.utc(of: moment)
        var text = Machine.text(moment)
        while instruction.b > 0, isTaken(text, instruction, frames) {
            moment = LocalTime.Civil(seconds: moment.seconds + 1)
            text = Machine.text(moment)
        }
        value.precision = .full
        keep(text)
        return true
    }

    private func isTaken(_ moment: [UInt8], _ instruction: Instruction, _ frames: Frames) -> Bool {
        guard let holder = target.parent(of: frames.target) else { return false }
        let node = Int(instruction.target)
        var item = target.firstItem(Int(instruction.b) - 1, in: holder)
        while let other = item {
            if other != frames.target, target.bytes(node, in: other).elementsEqual(moment) { return true }
            item = target.nextItem(after: other)
        }
        return false
    }

    /// The local date of a moment.
    private mutating func takeLocalDate() -> Bool {
        let bytes = bytes
        guard bytes.count > 10 else {
            if value.precision == .day { value.precision = .full }
            return Machine.date(bytes) != nil
        }
        guard let moment = Machine.moment(bytes) else { return false }
        value.precision = .full
        keep(Array(Machine.text(LocalTime.local(of: moment)).prefix(10)))
        return true
    }

    static func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int? {
        guard bytes.count >= offset + count else { return nil }
        var number = 0
        for index in bytes.startIndex + offset..<bytes.startIndex + offset + count {
            guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
            number = number * 10 + Int(bytes[index] - 0x30)
        }
        return number
    }

    static func date(_ bytes: ArraySlice<UInt8>) -> LocalTime.Civil? {
        guard let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2)
        else {
            return nil
        }
        let date = LocalTime.Civil(year: year, month: month, day: day)
        return date.isValid ? date : nil
    }

    static func moment(_ bytes: ArraySlice<UInt8>) -> LocalTime.Civil? {
        guard var moment = date(bytes), let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2)
        else {
            return nil
        }
        moment.hour = hour
        moment.minute = minute
        moment.second = number(bytes, 17, 2) ?? 0
        return moment.isValid ? moment : nil
    }

    static func dateText(_ date: LocalTime.Civil) -> [UInt8] { Array(text(date).prefix(10)) }

    /// `2020-03-09T07:01:04Z`
    static func text(_ moment: LocalTime.Civil) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(20)
        func append(_ number: Int, _ count: Int, _ mark: Unicode.Scalar) {
            var divisor = count == 4 ? 1000 : 10
            while divisor > 0 {
                text.append(UInt8(0x30 + number / divisor % 10))
                divisor /= 10
            }
            text.append(UInt8(ascii: mark))
        }
        append(moment.year, 4, "-")
        append(moment.month, 2, "-")
        append(moment.day, 2, "T")
        append(moment.hour, 2, ":")
        append(moment.minute, 2, ":")
        append(moment.second, 2, "Z")
        return text
    }
}

import Diagnostics
import Record

/// Conversions that few rules use, and those of several values.
extension Machine {
    mutating func convertRarely(_ instruction: Instruction, at index: Int) -> Conversion {
        switch instruction.operation {
        case .dropPrefix:
            let constant = program.bytes[Int(instruction.a)..<Int(instruction.a + instruction.b)]
            let all = bytes
            guard all.count > constant.count, all.starts(with: constant) else {
                return give(up: .prefixMissing, instruction, at: index)
            }
            keep(Array(all.dropFirst(constant.count)))
        case .addPrefix:
            keep(Array(program.bytes[Int(instruction.a)..<Int(instruction.a + instruction.b)]) + bytes)
        case .take:
            let most = Int(instruction.b)
            guard Machine.characters(bytes) >= most else {
                return give(up: .textTooShort, instruction, at: index)
            }
            cut(to: most)
        case .decimals:
            guard let number = Machine.decimal(bytes, most: Int(instruction.b)) else {
                return give(up: .decimalsUnfit, instruction, at: index)
            }
            keep(number)
        case .daysToDuration: keep([UInt8(ascii: "P")] + bytes + [UInt8(ascii: "D")])
        case .durationToDays:
            guard let days = Machine.days(bytes) else {
                return give(up: .durationUnfit, instruction, at: index)
            }
            keep(days)
        case .shape:
            guard let kind = Geometry.kind(ofCanonical: bytes), kind != .other else {
                return give(up: .shapeUnfit, instruction, at: index)
            }
        case .dateToParts: return takeApart(instruction, at: index)
        default: return give(up: .valueMalformed, instruction, at: index)
        }
        return .done
    }

    /// `12,50` as `12.5`; nil when it is no number, or has more decimals.
    static func decimal(_ bytes: ArraySlice<UInt8>, most: Int) -> [UInt8]? {
        var number: [UInt8] = []
        var decimals: Int?
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "-") where number.isEmpty: break
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard decimals == nil, number.last.map({ $0 >= 0x30 }) ?? false else { return nil }
                decimals = 0
                number.append(UInt8(ascii: "."))
                continue
            case 0x30...0x39: decimals = decimals.map { $0 + 1 }
            default: return nil
            }
            number.append(byte)
        }
        guard number.last.map({ $0 >= 0x30 }) ?? false, number.count <= 40 else { return nil }
        if var places = decimals {
            while number.last == 0x30 {
                number.removeLast()
                places -= 1
            }
            if number.last == UInt8(ascii: ".") { number.removeLast() }
            guard places <= most else { return nil }
        }
        return withoutZeros(number)
    }

    private static func withoutZeros(_ number: [UInt8]) -> [UInt8] {
        let isNegative = number.first == UInt8(ascii: "-")
        var digits = number[(isNegative ? 1 : 0)...]
        while digits.count > 1, digits.first == 0x30, digits.dropFirst().first != UInt8(ascii: ".") {
            digits = digits.dropFirst()
        }
        return isNegative && digits.elementsEqual([0x30]) ? [0x30] : (isNegative ? [0x2D] : []) + digits
    }

    /// The days of `P5D`, `P2W`, `P1W3D`; nil when months, years or times make it something else.
    private static func days(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard bytes.first == UInt8(ascii: "P"), bytes.count > 2 else { return nil }
        var total = 0
        var number = 0
        var isOpen = false
        for byte in bytes.dropFirst() {
            switch byte {
            case 0x30...0x39:
                guard number < 1_000_000 else { return nil }
                number = number * 10 + Int(byte - 0x30)
                isOpen = true
            case UInt8(ascii: "W") where isOpen, UInt8(ascii: "D") where isOpen:
                total += byte == UInt8(ascii: "W") ? number * 7 : number
                number = 0
                isOpen = false
            default: return nil
            }
        }
        return isOpen ? nil : Array(String(total).utf8)
    }

    // MARK: Several values

    mutating func gather(_ instruction: Instruction) {
        switch instruction.operation {
        case .memberBegin:
            scratch.removeAll(keepingCapacity: true)
            members.removeAll(keepingCapacity: true)
        case .memberAdd:
            let start = scratch.count
            if value.standing.isValue { scratch += bytes }
            members.append(Member(slot: value, range: start..<scratch.count))
        case .derive: derive(instruction)
        default: takePart(instruction)
        }
    }

    /// What none of the members has a value of: the first kind of no value that was said.
    private var emptyMember: Slot {
        Slot(members.first { $0.slot.standing.isSaid }?.slot.standing ?? .absent)
    }

    private mutating func derive(_ instruction: Instruction) {
        let values = members.map { member -> Derivation.Value? in
            guard member.slot.standing.isValue else { return nil }
            return .init(bytes: scratch[member.range], precision: member.slot.precision)
        }
        // A question is not asked by what was put together.
        guard purpose == .convert, let text = Derivation.all[Int(instruction.b)].compute(values) else {
            let isNothing = purpose == .ask || values.contains { $0 != nil }
            value = isNothing ? Slot() : emptyMember
            return
        }
        value = Slot(.value)
        keep(Array(text.utf8))
    }

    /// The number of a part, or nil where it is unknown: absent, or zeros.
    private func part(_ index: Int) -> Int? {
        guard members.indices.contains(index), members[index].slot.standing.isValue else { return nil }
        let digits = scratch[members[index].range]
        guard (1...4).contains(digits.count) else { return -1 }
        guard let number = Machine.number(digits, 0, digits.count) else { return -1 }
        return number == 0 ? nil : number
    }

    mutating func makeDate(_ instruction: Instruction, at index: Int) -> Conversion {
        guard members.contains(where: { $0.slot.standing.isValue }) else {
            value = emptyMember
            return .done
        }
        let (year, month, day) = (part(0), part(1), part(2))
        let date = LocalTime.Civil(year: year ?? -1, month: month ?? 1, day: day ?? 1)
        guard date.isValid, month != nil || day == nil else {
            return give(up: .valueMalformed, instruction, at: index)
        }
        value = Slot(.value, precision: month == nil ? .year : day == nil ? .month : .full)
        keep(Machine.dateText(date))
        return .done
    }

    private mutating func takeApart(_ instruction: Instruction, at index: Int) -> Conversion {
        guard value.precision != .nothing, bytes.count >= 10 else {
            return give(up: .dateIncomplete, instruction, at: index)
        }
        let date = Array(bytes.prefix(10))
        scratch = date
        let known = value.precision == .year ? 1 : value.precision == .month ? 2 : 3
        let ranges = [0..<4, 5..<7, 8..<10]
        members = ranges.enumerated().map { index, range in
            Member(slot: Slot(index < known ? .value : .geenWaarde), range: range)
        }
        return .done
    }

    /// One part of the date that was taken apart, as its place holds it: `b` 1 for a number without zeros in front.
    private mutating func takePart(_ instruction: Instruction) {
        // Without a date, each part has the kind of no value that the date has.
        guard members.count == 3 else { return }
        let member = members[Int(instruction.a)]
        value = Slot(member.slot.standing)
        origin = .scratch
        guard member.slot.standing.isValue else { return }
        var range = member.range
        while instruction.b == 1, range.count > 1, scratch[range.lowerBound] == 0x30 {
            range = range.lowerBound + 1..<range.upperBound
        }
        value.start = Int32(range.lowerBound)
        value.count = Int32(range.count)
    }
}

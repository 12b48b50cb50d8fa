import Model
import Record

/// What the cells of one value mean.
enum Meaning: Equatable {
    case value([UInt8], Precision)
    case none(Standing)
    /// Not what the type asks.
    case unspelled
}

extension Element {
    /// What stands in its columns; a value of several is not sent when one of them is not.
    func meaning(of cells: [Row.Cell]) -> Meaning {
        if cells.contains(.notSent) { return .none(.notSent) }
        guard cells.count == 1 else { return dateParts(cells) }
        guard case .text(let whole) = cells[0] else { return .none(.null) }
        let text = table?.isPadded == true ? whole.withoutBlanksBehind : whole[...]
        if let unknown = type.unknown, text.elementsEqual(unknown.utf8) { return .none(.waardeOnbekend) }
        if text.isEmpty || type.empty.map({ text.elementsEqual($0.utf8) }) == true { return .none(.empty) }
        return type.meaning(ofText: text)
    }

    /// A date in three columns. A part that is NULL, empty or zero is not known; where none is, NULLs say that there is no
    /// date, and zeros that it is not known.
    private func dateParts(_ cells: [Row.Cell]) -> Meaning {
        var numbers: [Int] = []
        var isZero = false
        for cell in cells {
            guard case .text(let text) = cell else {
                numbers.append(0)
                continue
            }
            let digits = text.filter { $0 != UInt8(ascii: " ") }
            if digits.isEmpty {
                numbers.append(0)
                continue
            }
            guard let number = Digits.number(digits[...]) else { return .unspelled }
            isZero = isZero || number == 0
            numbers.append(number)
        }
        guard numbers.count == 3 else { return .unspelled }
        guard numbers.contains(where: { $0 != 0 }) else {
            guard isZero else { return .none(.null) }
            return type.allowsIncomplete ? .value(Array("0001-01-01".utf8), .nothing) : .none(.waardeOnbekend)
        }
        return type.date(year: numbers[0], month: numbers[1], day: numbers[2])
    }
}

extension ElementType {
    fileprivate func meaning(ofText text: ArraySlice<UInt8>) -> Meaning {
        switch base {
        case .text:
            let isFit = enumeration.isEmpty || enumeration.contains { text.elementsEqual($0.utf8) }
            let isDigits = !isDigits || text.allSatisfy(Digits.isDigit)
            return isFit && isDigits && hasRoom(for: text) ? .value(Array(text), .full) : .unspelled
        case .boolean:
            return switch String(decoding: text, as: UTF8.self) {
            case "true", "t": .value(Array("true".utf8), .full)
            case "false", "f": .value(Array("false".utf8), .full)
            default: .unspelled
            }
        case .integer, .decimal:
            guard let number = Digits.canonical(text), base == .decimal || hasRoom(for: number[...]) else {
                return .unspelled
            }
            return .value(number, .full)
        case .datum: return spelling == .eightDigits ? eightDigits(text) : isoDate(text)
        case .tijdstip: return Moments.canonical(text).map { .value($0, .full) } ?? .unspelled
        case .duur, .geometrie: return .value(Array(text), .full)
        case .content, .group: return .unspelled
        }
    }

    /// Whether it is as long as the model says: a digit for each of a number, a scalar for each of a text.
    private func hasRoom(for text: ArraySlice<UInt8>) -> Bool {
        let isLead = { (byte: UInt8) in byte & 0xC0 != 0x80 && (base == .text || byte != UInt8(ascii: "-")) }
        let count = text.count(where: isLead)
        return count <= maxLength ?? .max && count >= minLength ?? 0
    }

    private func eightDigits(_ text: ArraySlice<UInt8>) -> Meaning {
        let text = Array(text)
        guard text.count == 8, let year = Digits.number(text[0..<4]), let month = Digits.number(text[4..<6]),
            let day = Digits.number(text[6..<8])
        else { return .unspelled }
        guard year + month + day > 0 else {
            return allowsIncomplete ? .value(Array("0001-01-01".utf8), .nothing) : .none(.waardeOnbekend)
        }
        return date(year: year, month: month, day: day)
    }

    /// `2020-03-09`; `infinity` is no date.
    private func isoDate(_ text: ArraySlice<UInt8>) -> Meaning {
        let text = Array(text)
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = Digits.number(text[0..<4]), let month = Digits.number(text[5..<7]),
            let day = Digits.number(text[8..<10]), month > 0, day > 0
        else { return .unspelled }
        return date(year: year, month: month, day: day)
    }

    /// A date of which parts that are 0 are not known.
    fileprivate func date(year: Int, month: Int, day: Int) -> Meaning {
        let precision: Precision = month == 0 ? .year : day == 0 ? .month : .full
        guard precision == .full || allowsIncomplete, month > 0 || day == 0 else { return .unspelled }
        let whole = LocalTime.Civil(year: year, month: max(1, month), day: max(1, day))
        return whole.isValid ? .value(Digits.date(whole), precision) : .unspelled
    }
}

extension [UInt8] {
    /// Without the blanks that fill a column up.
    var withoutBlanksBehind: ArraySlice<UInt8> {
        guard let last = lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return [] }
        return self[...last]
    }
}

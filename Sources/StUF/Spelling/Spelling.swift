internal import Diagnostics
package import Record

/// How a value is written in a bericht, and what it then means: the one place that knows StUF's notation.
///
/// The canonical form of each type is that of ``Record/ValueType``; this folder has one file for each notation.
package enum Spelling {
    /// Reads the text of an element that is neither empty nor without value, and appends its canonical bytes.
    ///
    /// - Parameters:
    ///   - incompleteness: from `StUF:indOnvolledigeDatum`; `.full` when it was not said.
    ///   - canonical: appended to; what it holds when the text is refused means nothing.
    /// - Returns: how much is known; nil when the text is no value of that type.
    package static func read(
        _ text: ArraySlice<UInt8>, as type: ValueType, incompleteness: Precision = .full,
        into canonical: inout [UInt8]
    ) -> Precision? {
        switch type {
        case .text:
            canonical += text
            return .full
        case .datum: return Datum.read(trimmed(text), incompleteness: incompleteness, into: &canonical)
        case .tijdstip: return Tijdstip.read(trimmed(text), incompleteness: incompleteness, into: &canonical)
        case .boolean: return Indicatie.read(trimmed(text), into: &canonical) ? .full : nil
        case .integer: return Getal.readInteger(trimmed(text), into: &canonical) ? .full : nil
        case .decimal: return Getal.readDecimal(trimmed(text), into: &canonical) ? .full : nil
        case .duur: return Duur.read(trimmed(text), into: &canonical) ? .full : nil
        // A shape has elements of its own: see ``GML``.
        case .content, .group, .geometrie: return nil
        }
    }

    /// Writes canonical bytes as StUF spells them.
    ///
    /// - Returns: nil when StUF has no way to write the value: a duration in months, a year beyond 9999.
    package static func write(
        _ bytes: ArraySlice<UInt8>, as type: ValueType, precision: Precision = .full
    ) -> [UInt8]? {
        switch type {
        case .text: return Array(bytes)
        case .datum: return Datum.write(bytes, precision: precision)
        case .tijdstip: return Tijdstip.write(bytes, precision: precision)
        case .boolean: return Indicatie.write(bytes)
        case .integer, .decimal: return Array(bytes)
        case .duur: return Duur.write(bytes)
        case .content, .group, .geometrie: return nil
        }
    }

    /// The code of a text that is no value of that type.
    static func code(of type: ValueType) -> Code {
        switch type {
        case .datum: .stufDatumInvalid
        case .tijdstip: .stufTijdstipInvalid
        case .boolean: .stufIndicatieInvalid
        default: .stufGetalInvalid
        }
    }

    /// Without the white space around it, which counts for text only.
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var (start, end) = (text.startIndex, text.endIndex)
        while start < end, isSpace(text[start]) { start += 1 }
        while start < end, isSpace(text[end - 1]) { end -= 1 }
        return text[start..<end]
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// The number that decimal digits stand for; nil when there is another character, or none, or too many.
    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 17 else { return nil }
        var number = 0
        for digit in digits {
            guard isDigit(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Appends a number with leading zeros.
    static func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

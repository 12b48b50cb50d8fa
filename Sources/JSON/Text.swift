internal import Diagnostics

/// The inside of a string: where it ends, and what its escapes mean.
enum Text {
    enum Scan {
        /// Offset of the closing quote.
        case end(Int, isEscaped: Bool)
        case fault(Code, at: Int)
    }

    /// Finds the end of a string and checks all of it.
    static func scan(_ bytes: borrowing Span<UInt8>, from start: Int) -> Scan {
        var offset = start
        var isEscaped = false
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""): return .end(offset, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                switch escape(bytes, at: offset) {
                case .length(let count): offset += count
                case .fault(let code): return .fault(code, at: offset)
                }
            case 0..<0x20: return .fault(.jsonMalformed, at: offset)
            case 0x20..<0x80: offset += 1
            default:
                let count = sequenceLength(bytes, at: offset)
                guard count > 0 else { return .fault(.jsonEncoding, at: offset) }
                offset += count
            }
        }
        return .fault(.jsonTruncated, at: bytes.count)
    }

    private enum Escape {
        case length(Int)
        case fault(Code)
    }

    /// How many bytes an escape takes; a pair of surrogates is one.
    private static func escape(_ bytes: borrowing Span<UInt8>, at offset: Int) -> Escape {
        guard offset + 1 < bytes.count else { return .fault(.jsonTruncated) }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return .length(2)
        case UInt8(ascii: "u"):
            guard offset + 6 <= bytes.count else { return .fault(.jsonTruncated) }
            guard let unit = unit(bytes, at: offset + 2) else { return .fault(.jsonMalformed) }
            switch unit {
            case 0, 0xDC00...0xDFFF: return .fault(.jsonEncoding)
            case 0xD800...0xDBFF:
                guard offset + 12 <= bytes.count, bytes[offset + 6] == UInt8(ascii: "\\"),
                    bytes[offset + 7] == UInt8(ascii: "u"), let low = self.unit(bytes, at: offset + 8),
                    0xDC00...0xDFFF ~= low
                else { return .fault(.jsonEncoding) }
                return .length(12)
            default: return .length(6)
            }
        default: return .fault(.jsonMalformed)
        }
    }

    /// Four hexadecimal digits.
    private static func unit(_ bytes: borrowing Span<UInt8>, at offset: Int) -> UInt32? {
        var unit: UInt32 = 0
        for index in offset..<offset + 4 {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                unit = unit << 4 | UInt32(bytes[index] - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                unit = unit << 4 | UInt32(bytes[index] - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                unit = unit << 4 | UInt32(bytes[index] - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }

    /// How many bytes the UTF-8 sequence takes; 0 when it is none (RFC 3629: no surrogates, no overlong forms).
    private static func sequenceLength(_ bytes: borrowing Span<UInt8>, at offset: Int) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[offset] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard offset + length <= bytes.count, second ~= bytes[offset + 1] else { return 0 }
        for index in offset + 2..<max(offset + 2, offset + length) where bytes[index] & 0xC0 != 0x80 {
            return 0
        }
        return length
    }

    /// What a scanned string means.
    static func unescape(_ written: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(written.count)
        let bytes = Array(written)
        var offset = 0
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count else {
                text.append(bytes[offset])
                offset += 1
                continue
            }
            switch bytes[offset + 1] {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                var value = unit(bytes.span, at: offset + 2) ?? 0xFFFD
                offset += 4
                if 0xD800...0xDBFF ~= value {
                    value =
                        0x10000 + (value - 0xD800) << 10
                        + ((unit(bytes.span, at: offset + 4) ?? 0xDC00) - 0xDC00)
                    offset += 6
                }
                let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: text.append(bytes[offset + 1])
            }
            offset += 2
        }
        return text
    }
}

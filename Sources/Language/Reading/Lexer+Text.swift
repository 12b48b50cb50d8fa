import Diagnostics

/// Strings, and the characters of UTF-8.
extension Lexer {
    /// Reads a string from its opening quote on.
    mutating func readString(closedBy quote: Unicode.Scalar) {
        let start = location
        step(decodeScalar()?.length ?? 1)
        var text = ""
        while true {
            let first = index
            readLineText { $0 == quote || $0 == "\\" }
            text += String(decoding: bytes[first..<index], as: UTF8.self)
            guard let (scalar, length) = decodeScalar(), scalar == quote || scalar == "\\" else {
                return endBrokenString(text, from: start)
            }
            if scalar == quote {
                step(length)
                return add(.string, text, from: start)
            }
            readEscape(into: &text)
        }
    }

    private mutating func readEscape(into text: inout String) {
        let start = location
        step()
        switch byte() {
        case UInt8(ascii: "\""): text += "\""
        case UInt8(ascii: "\\"): text += "\\"
        case UInt8(ascii: "n"): text += "\n"
        case UInt8(ascii: "t"): text += "\t"
        default:
            problems.report(.escapeUnknown, at: start, "`\\` is followed by none of \" \\ n t")
            text += "\\"
            return
        }
        step()
    }

    /// The line ends first. A `{` at its end most likely opens a block, and is given back so that one missing quote
    /// is one problem.
    private mutating func endBrokenString(_ rest: String, from start: SourceLocation) {
        problems.report(.stringNotClosed, at: start, "this text is not closed on its line")
        var text = Substring(rest)
        while text.last == " " || text.last == "\t" { text.removeLast() }
        if text.last == "{", text.count > 1 {
            text.removeLast()
            let givenBack = rest[text.endIndex...].utf8.count
            index -= givenBack
            column -= givenBack
        }
        add(.string, String(text), from: start, isBroken: true)
    }

    /// The character here; nil at the end and where the bytes are no UTF-8.
    func decodeScalar() -> (scalar: Unicode.Scalar, length: Int)? {
        guard let first = byte() else { return nil }
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length: Int
        let least: UInt32
        switch first {
        case 0xC2...0xDF: (length, least) = (2, 0x80)
        case 0xE0...0xEF: (length, least) = (3, 0x800)
        case 0xF0...0xF4: (length, least) = (4, 0x1_0000)
        default: return nil
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard let next = byte(offset), next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}

/// Decodes base64 text that arrives in pieces, in memory that does not grow with the whole.
///
/// White space is skipped; after padding nothing else may follow.
package struct Base64Decoder: Sendable {
    private var bits: UInt32 = 0
    private var digits = 0
    private var padding = 0
    /// Whether something was met that is not base64.
    package private(set) var isBroken = false

    package init() {}

    /// Appends what these characters give to `bytes`.
    package mutating func decode(_ text: ArraySlice<UInt8>, into bytes: inout [UInt8]) {
        for character in text {
            if let digit = Self.digit(character) {
                guard padding == 0 else { return isBroken = true }
                bits = bits << 6 | UInt32(digit)
                digits += 1
                guard digits == 4 else { continue }
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
                digits = 0
                bits = 0
            } else if character == UInt8(ascii: "=") {
                padding += 1
            } else if !Self.isSpace(character) {
                return isBroken = true
            }
        }
    }

    /// The last one or two bytes.
    ///
    /// - Returns: whether the whole was base64.
    package mutating func finish(into bytes: inout [UInt8]) -> Bool {
        guard !isBroken else { return false }
        switch digits {
        case 0: return padding == 0
        case 2 where padding == 2 || padding == 0: bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3 where padding == 1 || padding == 0:
            bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: return false
        }
        digits = 0
        return true
    }

    private static func isSpace(_ character: UInt8) -> Bool {
        character == 0x20 || character == 0x0A || character == 0x0D || character == 0x09
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

/// Encodes bytes that arrive in pieces as base64 on one line.
package struct Base64Encoder: Sendable {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private var bits: UInt32 = 0
    private var held = 0

    package init() {}

    package mutating func encode(_ bytes: ArraySlice<UInt8>, into text: inout [UInt8]) {
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { text.append(Self.alphabet[Int(bits >> shift & 63)]) }
            bits = 0
            held = 0
        }
    }

    package mutating func finish(into text: inout [UInt8]) {
        if held == 1 {
            text.append(Self.alphabet[Int(bits >> 2 & 63)])
            text.append(Self.alphabet[Int(bits << 4 & 63)])
            text += [UInt8(ascii: "="), UInt8(ascii: "=")]
        } else if held == 2 {
            text.append(Self.alphabet[Int(bits >> 10 & 63)])
            text.append(Self.alphabet[Int(bits >> 4 & 63)])
            text.append(Self.alphabet[Int(bits << 2 & 63)])
            text.append(UInt8(ascii: "="))
        }
        bits = 0
        held = 0
    }
}

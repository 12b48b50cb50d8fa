extension UInt8 {
    /// Whether it may stand in a token: a method or a field's name (RFC 9110, 5.6.2).
    var isTokenByte: Bool {
        isIn(0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
    }

    /// Whether it may stand in a field's value: visible, space, tab or beyond ASCII (RFC 9110, 5.5).
    var isFieldByte: Bool { self >= 0x20 && self != 0x7F || self == 0x09 }

    /// Whether it may stand in a target as it is: what RFC 3986 allows in a path and query, and `[`, `]` and `|`,
    /// which senders leave as they are.
    var isTargetByte: Bool {
        isIn(0xAFFF_FFF2_0000_0000, 0x57FF_FFFE_AFFF_FFFF)
    }

    /// Whether it is one of the ASCII characters of a set: a bit for each of 0 to 63 and of 64 to 127.
    private func isIn(_ low: UInt64, _ high: UInt64) -> Bool {
        self < 128 && (self < 64 ? low : high) >> UInt64(self & 63) & 1 == 1
    }

    var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension Collection<UInt8> {
    /// Whether both are the same text but for the case of ASCII letters.
    func equalsIgnoringCase(_ other: some Collection<UInt8>) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.lowercased == $1.lowercased }
    }
}

/// Percent-encoding in targets (RFC 3986, 2.1).
package enum PercentCoding {
    /// The text of a part of a target that was checked; a malformed sign in any other stays as it is.
    static func text(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) -> String {
        String(decoding: decode(bytes, plusIsSpace: plusIsSpace), as: UTF8.self)
    }

    /// Whether every sign is followed by two digits, none stands for NUL, and what comes out is UTF-8.
    static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.contains(UInt8(ascii: "%")) else { return true }
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%") {
                guard let byte = decoded(bytes, at: index), byte != 0 else { return false }
                index += 2
            }
            index += 1
        }
        return String(validating: decode(bytes, plusIsSpace: false), as: UTF8.self) != nil
    }

    /// Encodes everything but unreserved characters, for a part of a path or a query's name or value.
    package static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), let value = decoded(bytes, at: index) {
                result.append(value)
                index += 2
            } else {
                result.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
            index += 1
        }
        return result
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, at index: Int) -> UInt8? {
        guard index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue,
            let low = bytes[index + 2].hexValue
        else { return nil }
        return high << 4 | low
    }
}

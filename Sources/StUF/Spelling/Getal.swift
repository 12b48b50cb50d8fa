/// Numbers, durations and yes or no.
enum Getal {
    /// An integer without the zeros in front that senders pad with: `0001` is 1.
    static func readInteger(_ text: ArraySlice<UInt8>, into canonical: inout [UInt8]) -> Bool {
        var digits = text
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        guard !digits.isEmpty, digits.count <= 40, digits.allSatisfy(Spelling.isDigit) else { return false }
        while digits.count > 1, digits.first == UInt8(ascii: "0") { digits.removeFirst() }
        if isNegative, digits.first != UInt8(ascii: "0") { canonical.append(UInt8(ascii: "-")) }
        canonical += digits
        return true
    }

    /// With a point; zeros at the end of the fraction mean nothing.
    static func readDecimal(_ text: ArraySlice<UInt8>, into canonical: inout [UInt8]) -> Bool {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")) else {
            return readInteger(text, into: &canonical)
        }
        var fraction = text[(point + 1)...]
        guard !fraction.isEmpty, fraction.count <= 40, fraction.allSatisfy(Spelling.isDigit) else {
            return false
        }
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        let start = canonical.count
        guard readInteger(text[..<point], into: &canonical) else { return false }
        guard !fraction.isEmpty else { return true }
        // "-0.5": an integer has no minus zero.
        if text.first == UInt8(ascii: "-"), canonical[start] != UInt8(ascii: "-") {
            canonical.insert(UInt8(ascii: "-"), at: start)
        }
        canonical.append(UInt8(ascii: "."))
        canonical += fraction
        return true
    }
}

/// A duration: a number of days.
enum Duur {
    static func read(_ text: ArraySlice<UInt8>, into canonical: inout [UInt8]) -> Bool {
        guard text.first != UInt8(ascii: "-") else { return false }
        canonical.append(UInt8(ascii: "P"))
        guard Getal.readInteger(text, into: &canonical) else { return false }
        canonical.append(UInt8(ascii: "D"))
        return true
    }

    /// Days and weeks; a month or year is no number of days, and a time of day no whole one.
    static func write(_ canonical: ArraySlice<UInt8>) -> [UInt8]? {
        guard canonical.count <= 12, canonical.first == UInt8(ascii: "P") else { return nil }
        var days = 0
        var number = 0
        var hasDigits = false
        for byte in canonical.dropFirst() {
            if Spelling.isDigit(byte) {
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
                hasDigits = true
                continue
            }
            guard hasDigits, byte == UInt8(ascii: "D") || byte == UInt8(ascii: "W") else { return nil }
            days += byte == UInt8(ascii: "W") ? 7 * number : number
            (number, hasDigits) = (0, false)
        }
        return hasDigits || canonical.count < 3 ? nil : Array(String(days).utf8)
    }
}

/// Yes or no: `J`, `N`.
enum Indicatie {
    static func read(_ text: ArraySlice<UInt8>, into canonical: inout [UInt8]) -> Bool {
        guard text.count == 1 else { return false }
        switch text.first {
        case UInt8(ascii: "J"), UInt8(ascii: "j"): canonical += "true".utf8
        case UInt8(ascii: "N"), UInt8(ascii: "n"): canonical += "false".utf8
        default: return false
        }
        return true
    }

    static func write(_ canonical: ArraySlice<UInt8>) -> [UInt8]? {
        if canonical.elementsEqual("true".utf8) { return [UInt8(ascii: "J")] }
        return canonical.elementsEqual("false".utf8) ? [UInt8(ascii: "N")] : nil
    }
}

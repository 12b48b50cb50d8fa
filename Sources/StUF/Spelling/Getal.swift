/// Numbers, durations and yes or no.
enum Getal {
    /// An integer without the zeros in front that senders pad with: `0001` is 1.
    static func readInteger(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var digits = text
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        guard !digits.isEmpty, digits.count <= 40, digits.allSatisfy(Spelling.isDigit) else { return nil }
        while digits.count > 1, digits.first == UInt8(ascii: "0") { digits.removeFirst() }
        let isZero = digits.count == 1 && digits.first == UInt8(ascii: "0")
        return (isNegative && !isZero ? [UInt8(ascii: "-")] : []) + digits
    }

    /// With a point; zeros at the end of the fraction mean nothing.
    static func readDecimal(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return readInteger(text) }
        guard var whole = readInteger(text[..<point]) else { return nil }
        var fraction = text[(point + 1)...]
        guard !fraction.isEmpty, fraction.count <= 40, fraction.allSatisfy(Spelling.isDigit) else {
            return nil
        }
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        guard !fraction.isEmpty else { return whole }
        // "-0.5": the sign that readInteger took from the zero.
        if text.first == UInt8(ascii: "-"), whole.first != UInt8(ascii: "-") {
            whole.insert(UInt8(ascii: "-"), at: 0)
        }
        return whole + [UInt8(ascii: ".")] + fraction
    }
}

/// A duration: a number of days.
enum Duur {
    static func read(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let days = Getal.readInteger(text), days.first != UInt8(ascii: "-") else { return nil }
        return [UInt8(ascii: "P")] + days + [UInt8(ascii: "D")]
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
    static func read(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count == 1 else { return nil }
        switch text.first {
        case UInt8(ascii: "J"), UInt8(ascii: "j"): return Array("true".utf8)
        case UInt8(ascii: "N"), UInt8(ascii: "n"): return Array("false".utf8)
        default: return nil
        }
    }

    static func write(_ canonical: ArraySlice<UInt8>) -> [UInt8]? {
        if canonical.elementsEqual("true".utf8) { return [UInt8(ascii: "J")] }
        return canonical.elementsEqual("false".utf8) ? [UInt8(ascii: "N")] : nil
    }
}

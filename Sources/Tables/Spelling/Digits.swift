import Record

/// Numbers and dates in digits.
enum Digits {
    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// At most nine digits as a number; nil when there is anything else.
    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
        return digits.reduce(0) { $0 &* 10 &+ Int($1 - UInt8(ascii: "0")) }
    }

    static func padded(_ number: Int, _ width: Int) -> [UInt8] {
        let digits = Array(String(number).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
    }

    /// `2020-03-09`.
    static func date(_ civil: LocalTime.Civil) -> [UInt8] {
        let dash = UInt8(ascii: "-")
        return padded(civil.year, 4) + [dash] + padded(civil.month, 2) + [dash] + padded(civil.day, 2)
    }

    /// A number as Postgres writes it (`-1.50`) in canonical form; nil for `NaN`, an exponent, or no number.
    static func canonical(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let isNegative = text.first == UInt8(ascii: "-")
        let parts = (isNegative ? text.dropFirst() : text)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.count <= 140,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) })
        else { return nil }
        let zero = UInt8(ascii: "0")
        let whole = parts[0].drop { $0 == zero }
        var number = whole.isEmpty ? [zero] : Array(whole)
        if parts.count == 2, let last = parts[1].lastIndex(where: { $0 != zero }) {
            number += [UInt8(ascii: ".")] + parts[1][...last]
        }
        return isNegative && number != [zero] ? [UInt8(ascii: "-")] + number : number
    }
}

/// Moments as Postgres writes them with `DateStyle ISO`.
enum Moments {
    /// `2020-03-09 08:01:04.25+01` or, in local time, without an offset; canonical is UTC. Nil when it is none.
    static func canonical(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let text = Array(text)
        guard text.count >= 19, text[10] == UInt8(ascii: " ") || text[10] == UInt8(ascii: "T"),
            let year = Digits.number(text[0..<4]), let month = Digits.number(text[5..<7]),
            let day = Digits.number(text[8..<10]), let hour = Digits.number(text[11..<13]),
            let minute = Digits.number(text[14..<16]), let second = Digits.number(text[17..<19])
        else { return nil }
        let civil = LocalTime.Civil(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        guard civil.isValid else { return nil }
        var rest = text[19...]
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: Digits.isDigit)
            rest = rest[fraction.endIndex...]
            guard (1...9).contains(fraction.count) else { return nil }
            let last = fraction.lastIndex { $0 != UInt8(ascii: "0") }
            fraction = last.map { fraction[...$0] } ?? []
        }
        return utc(civil, rest).map { spelled($0, UInt8(ascii: "T"), fraction) + [UInt8(ascii: "Z")] }
    }

    /// A canonical moment as `2020-03-09 08:01:04.25+01:00`: a column with a zone goes by the offset, and one without
    /// passes over it and keeps the local time.
    static func local(_ canonical: ArraySlice<UInt8>) -> [UInt8]? {
        let text = Array(canonical)
        guard text.count >= 20, let year = Digits.number(text[0..<4]), let month = Digits.number(text[5..<7]),
            let day = Digits.number(text[8..<10]), let hour = Digits.number(text[11..<13]),
            let minute = Digits.number(text[14..<16]), let second = Digits.number(text[17..<19])
        else { return nil }
        let utc = LocalTime.Civil(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        let local = LocalTime.local(of: utc)
        let minutes = (local.seconds - utc.seconds) / 60
        let sign = UInt8(ascii: minutes < 0 ? "-" : "+")
        let fraction = text[19] == UInt8(ascii: ".") ? text[20..<text.count - 1] : []
        return spelled(local, UInt8(ascii: " "), fraction) + [sign] + Digits.padded(abs(minutes) / 60, 2)
            + [UInt8(ascii: ":")] + Digits.padded(abs(minutes) % 60, 2)
    }

    private static func spelled(
        _ civil: LocalTime.Civil, _ separator: UInt8, _ fraction: ArraySlice<UInt8>
    ) -> [UInt8] {
        let colon = UInt8(ascii: ":")
        let time = [civil.hour, civil.minute, civil.second].map { Digits.padded($0, 2) }.joined(separator: [
            colon
        ])
        return Digits.date(civil) + [separator] + time
            + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction)
    }

    /// - Parameter offset: `+01`, `+05:30`, `Z`; nothing is local time.
    private static func utc(_ civil: LocalTime.Civil, _ offset: ArraySlice<UInt8>) -> LocalTime.Civil? {
        guard let sign = offset.first else { return LocalTime.utc(of: civil) }
        if sign == UInt8(ascii: "Z") { return offset.count == 1 ? civil : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let parts = offset.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var seconds = 0
        for (part, unit) in zip(parts, [3_600, 60, 1]) {
            guard part.count == 2, let number = Digits.number(part) else { return nil }
            seconds += number * unit
        }
        let moment = LocalTime.Civil(seconds: civil.seconds - (sign == UInt8(ascii: "-") ? -1 : 1) * seconds)
        return moment.isValid ? moment : nil
    }
}

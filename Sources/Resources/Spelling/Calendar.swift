/// Dates and moments as ISO 8601 and RFC 3339 write them, in the Gregorian calendar and in UTC.
enum Calendar {
    /// The digits of a fixed width as a number; nil when there is anything else.
    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            number = number &* 10 &+ Int(digit - UInt8(ascii: "0"))
        }
        return digits.isEmpty || digits.count > 9 ? nil : number
    }

    /// Whether these ten bytes are an existing date, `2020-03-09`.
    static func isDate(_ text: ArraySlice<UInt8>) -> Bool { date(text) != nil }

    static func date(_ text: ArraySlice<UInt8>) -> (year: Int, month: Int, day: Int)? {
        let text = Array(text)
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = number(text[0..<4]), let month = number(text[5..<7]), let day = number(text[8..<10]),
            (1...12).contains(month), day >= 1, day <= dayCount(of: month, in: year)
        else { return nil }
        return (year, month, day)
    }

    static func dayCount(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// A moment as RFC 3339 writes it, in canonical form: UTC, seconds, no zeros behind the fraction; nil when it
    /// is none.
    static func canonicalMoment(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let text = Array(text)
        guard text.count >= 20, let date = date(text[0..<10]), text[10] | 0x20 == UInt8(ascii: "t"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let hour = number(text[11..<13]), let minute = number(text[14..<16]),
            let second = number(text[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        var rest = text[19...]
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard (1...9).contains(digits.count) else { return nil }
            rest = rest[digits.endIndex...]
            fraction =
                digits[..<(digits.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 } ?? digits.startIndex)]
        }
        guard let offset = offset(rest) else { return nil }
        let minutes = dayNumber(date) * 1440 + hour * 60 + minute - offset
        return spelled(minutes: minutes, second: second, fraction: fraction)
    }

    /// Minutes east of UTC.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        guard let sign = text.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
        let digits = Array(text.dropFirst())
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), digits.count == 5,
            digits[2] == UInt8(ascii: ":"), let hours = number(digits[0..<2]),
            let minutes = number(digits[3..<5]), hours < 24, minutes < 60
        else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func spelled(minutes: Int, second: Int, fraction: ArraySlice<UInt8>) -> [UInt8]? {
        let day = minutes >= 0 ? minutes / 1440 : (minutes + 1) / 1440 - 1
        let minute = minutes - day * 1440
        let date = date(ofDay: day)
        guard (0...9999).contains(date.year) else { return nil }
        var text = padded(date.year, 4)
        text += [UInt8(ascii: "-")] + padded(date.month, 2) + [UInt8(ascii: "-")] + padded(date.day, 2)
        text += [UInt8(ascii: "T")] + padded(minute / 60, 2) + [UInt8(ascii: ":")] + padded(minute % 60, 2)
        text += [UInt8(ascii: ":")] + padded(second, 2)
        if !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction }
        return text + [UInt8(ascii: "Z")]
    }

    private static func padded(_ number: Int, _ width: Int) -> [UInt8] {
        let digits = Array(String(number).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
    }

    /// Days since 0000-03-01 of a date (Hinnant, "chrono-compatible low-level date algorithms").
    private static func dayNumber(_ date: (year: Int, month: Int, day: Int)) -> Int {
        let year = date.month <= 2 ? date.year - 1 : date.year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    }

    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let era = (day >= 0 ? day : day - 146_096) / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

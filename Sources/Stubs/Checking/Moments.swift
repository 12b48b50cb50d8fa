internal import Threads

/// Dates and moments as Open Zaak reads them: leniently (open-zaak-observed.md, writing a zaak and status).
enum Moments {
    /// `2026-11-24` for that and for `20261124`; nil for what is no date.
    static func date(_ text: String) -> String? {
        let digits = Array(text.utf8)
        let parts: [ArraySlice<UInt8>]
        switch digits.count {
        case 8: parts = [digits[0..<4], digits[4..<6], digits[6..<8]]
        case 10 where digits[4] == UInt8(ascii: "-") && digits[7] == UInt8(ascii: "-"):
            parts = [digits[0..<4], digits[5..<7], digits[8..<10]]
        default: return nil
        }
        let numbers = parts.compactMap(number)
        guard numbers.count == 3, (1...9999).contains(numbers[0]), (1...12).contains(numbers[1]),
            (1...dayCount(numbers[0], numbers[1])).contains(numbers[2])
        else { return nil }
        return spelled(numbers[0], numbers[1], numbers[2])
    }

    /// A moment in microseconds since 1970; a date is its first, and what has no zone is UTC.
    static func moment(_ text: String) -> Int64? {
        guard let date = date(String(text.prefix(10))) else {
            return date(text).map { days($0) * 86400 * 1_000_000 }
        }
        let start = days(date) * 86400
        let rest = Array(text.utf8.dropFirst(10))
        if rest.isEmpty { return start * 1_000_000 }
        guard rest.count >= 9, rest[0] == UInt8(ascii: "T") || rest[0] == UInt8(ascii: " "),
            rest[3] == UInt8(ascii: ":"), rest[6] == UInt8(ascii: ":"), let hour = number(rest[1..<3]),
            let minute = number(rest[4..<6]), let second = number(rest[7..<9]), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var zone = rest[9...]
        var fraction: Int64 = 0
        if zone.first == UInt8(ascii: ".") {
            let digits = zone.dropFirst().prefix { (0x30...0x39).contains($0) }
            zone = zone.dropFirst(1 + digits.count)
            fraction = (Array(digits.prefix(6)) + [UInt8](repeating: 0x30, count: max(0, 6 - digits.count)))
                .reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        guard let shift = shift(zone) else { return nil }
        return (start + Int64(hour * 3600 + minute * 60 + second - shift)) * 1_000_000 + fraction
    }

    private static func shift(_ zone: ArraySlice<UInt8>) -> Int? {
        if zone.isEmpty || zone.elementsEqual("Z".utf8) { return 0 }
        let bytes = Array(zone)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3]),
            let minutes = number(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    /// `2026-11-24T10:00:00Z`, with microseconds where there are any.
    static func text(_ moment: Int64) -> String {
        let seconds = moment >= 0 ? moment / 1_000_000 : (moment - 999_999) / 1_000_000
        let fraction = Int(moment - seconds * 1_000_000)
        let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let rest = Int(seconds - day * 86400)
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(date(day: day))T\(clock)\(fraction > 0 ? "." + padded(fraction, 6) : "")Z"
    }

    static func microseconds(_ time: WallTime) -> Int64 {
        time.seconds * 1_000_000 + Int64(time.nanoseconds) / 1000
    }

    static func today(_ time: WallTime) -> String { String(text(microseconds(time)).prefix(10)) }

    /// So many years later; 29 February becomes 28 where there is none.
    static func adding(years: Int, to date: String) -> String? {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        let year = parts[0] + years
        return spelled(year, parts[1], min(parts[2], dayCount(year, parts[1])))
    }

    // MARK: The calendar

    private static func dayCount(_ year: Int, _ month: Int) -> Int {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Days since 1970 of a date that was checked.
    private static func days(_ date: String) -> Int64 {
        let parts = date.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 3 else { return 0 }
        let year = parts[1] > 2 ? parts[0] : parts[0] - 1
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (parts[1] > 2 ? parts[1] - 3 : parts[1] + 9) + 2) / 5 + parts[2] - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(day: Int64) -> String {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civil = month < 10 ? month + 3 : month - 9
        return spelled(
            Int(yearOfEra + era * 400 + (civil <= 2 ? 1 : 0)), Int(civil),
            Int(dayOfYear - (153 * month + 2) / 5 + 1))
    }

    private static func spelled(_ year: Int, _ month: Int, _ day: Int) -> String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

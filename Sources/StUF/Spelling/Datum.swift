internal import Record

/// A date: `EEJJMMDD`, without hyphens, and `StUF:indOnvolledigeDatum` beside it when part of it is unknown
/// (StUF 03.01 section 3.3.1).
enum Datum {
    /// The unknown part may hold any digits (senders fill `01`, `00` or `99`); the known part must be in the calendar.
    static func read(
        _ text: ArraySlice<UInt8>, incompleteness: Precision, into canonical: inout [UInt8]
    ) -> Precision? {
        var text = text
        // Seen from senders that say what is unknown: `198503` and `1985`, without the unknown digits.
        if text.count == 6 && incompleteness >= .month || text.count == 4 && incompleteness >= .year {
            text += Array("0101".utf8).prefix(8 - text.count)
        }
        guard text.count == 8 else { return nil }
        let known = incompleteness == .full ? knownDigits(text) : incompleteness
        guard let date = date(text, incompleteness: known) else { return nil }
        append(date, to: &canonical)
        return known
    }

    static func write(_ canonical: ArraySlice<UInt8>, precision: Precision) -> [UInt8]? {
        guard canonical.count == 10 else { return nil }
        let digits = canonical.filter { $0 != UInt8(ascii: "-") }
        return digits.count == 8 && digits.allSatisfy(Spelling.isDigit) ? digits : nil
    }

    /// Where the sender does not say what is unknown, the digits `00` do: of the day, of the month, of all.
    private static func knownDigits(_ text: ArraySlice<UInt8>) -> Precision {
        guard let whole = Spelling.number(text) else { return .full }
        if whole == 0 { return .nothing }
        if whole / 100 % 100 == 0 { return .year }
        return whole % 100 == 0 ? .month : .full
    }

    /// The first eight digits as a date, unknown parts 1.
    static func date(_ text: ArraySlice<UInt8>, incompleteness: Precision) -> LocalTime.Civil? {
        let start = text.startIndex
        guard text.count >= 8, let whole = Spelling.number(text[start..<start + 8]) else { return nil }
        var date = LocalTime.Civil(year: whole / 10_000, month: whole / 100 % 100, day: whole % 100)
        if incompleteness >= .month { date.day = 1 }
        if incompleteness >= .year { date.month = 1 }
        if incompleteness == .nothing { date.year = 1 }
        return date.isValid ? date : nil
    }

    /// `2020-03-09`.
    static func append(_ date: LocalTime.Civil, to text: inout [UInt8]) {
        Spelling.append(date.year, digits: 4, to: &text)
        text.append(UInt8(ascii: "-"))
        Spelling.append(date.month, digits: 2, to: &text)
        text.append(UInt8(ascii: "-"))
        Spelling.append(date.day, digits: 2, to: &text)
    }
}

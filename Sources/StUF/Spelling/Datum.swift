internal import Record

/// A date: `EEJJMMDD`, without hyphens, and `StUF:indOnvolledigeDatum` beside it when part of it is unknown
/// (StUF 03.01 section 3.3.1).
enum Datum {
    /// The unknown part may hold any digits (senders fill `01`, `00` or `99`); the known part must be in the calendar.
    static func read(
        _ text: ArraySlice<UInt8>, incompleteness: Precision, into canonical: inout [UInt8]
    ) -> Precision? {
        guard text.count == 8, let date = date(text, incompleteness: incompleteness) else { return nil }
        append(date, to: &canonical)
        return incompleteness
    }

    static func write(_ canonical: ArraySlice<UInt8>, precision: Precision) -> [UInt8]? {
        guard canonical.count == 10 else { return nil }
        let digits = canonical.filter { $0 != UInt8(ascii: "-") }
        return digits.count == 8 && digits.allSatisfy(Spelling.isDigit) ? digits : nil
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

internal import Record

/// A moment: `EEJJMMDDhhmmssddd` in local time, cut off on the right where less is known
/// (StUF 03.01 sections 3.3.1 and 4.3.2).
///
/// | digits | known |
/// | --- | --- |
/// | 8 | the day: kept as a local date, for a day has no moment |
/// | 10, 12 | the minute; of 10 digits the first minute of the hour |
/// | 14 | the second |
/// | 15, 16, 17 | tenths, hundredths, thousandths |
///
/// The hour that occurs twice when summer time ends is read as its first, and the one that does not occur when it
/// begins with the offset from before: `20200329023000` is `2020-03-29T01:30:00Z`, which is 03:30 local time.
package enum Tijdstip {
    static func read(
        _ text: ArraySlice<UInt8>, incompleteness: Precision, into canonical: inout [UInt8]
    ) -> Precision? {
        guard (8...17).contains(text.count), text.allSatisfy(Spelling.isDigit),
            var local = Datum.date(text, incompleteness: incompleteness)
        else { return nil }
        // Of each part both digits or none.
        guard text.count >= 14 || text.count % 2 == 0 else { return nil }
        let start = text.startIndex
        func part(_ offset: Int) -> Int {
            offset < text.count ? Spelling.number(text[start + offset..<start + offset + 2]) ?? 99 : 0
        }
        guard incompleteness == .full, text.count > 8 else {
            Datum.append(local, to: &canonical)
            return incompleteness == .full ? .day : incompleteness
        }
        (local.hour, local.minute, local.second) = (part(8), part(10), part(12))
        guard local.isValid else { return nil }
        let utc = LocalTime.utc(of: local)
        guard utc.isValid else { return nil }
        append(utc, fraction: text.dropFirst(14), to: &canonical)
        return text.count < 14 ? .minute : .full
    }

    /// Fourteen digits, or sixteen or seventeen where there is a fraction; what is finer than a thousandth is cut off.
    static func write(_ canonical: ArraySlice<UInt8>, precision: Precision) -> [UInt8]? {
        if precision != .full && precision != .minute { return Datum.write(canonical, precision: precision) }
        guard let (utc, fraction) = parse(canonical) else { return nil }
        let local = LocalTime.local(of: utc)
        guard local.isValid else { return nil }
        var text: [UInt8] = []
        append(local, to: &text)
        if precision == .minute { return Array(text.prefix(12)) }
        guard !fraction.isEmpty else { return text }
        text += fraction.prefix(3)
        if fraction.count == 1 { text.append(UInt8(ascii: "0")) }
        return text
    }

    /// A moment as `tijdstipBericht` gives it: seventeen digits, local time.
    ///
    /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
    package static func tijdstipBericht(milliseconds: Int64) -> String {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let local = LocalTime.local(of: LocalTime.Civil(seconds: seconds))
        var text: [UInt8] = []
        append(local, to: &text)
        Spelling.append(Int(milliseconds - Int64(seconds) * 1000), digits: 3, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// `2020-03-09T07:01:04.25Z`.
    private static func append(_ utc: LocalTime.Civil, fraction: ArraySlice<UInt8>, to text: inout [UInt8]) {
        Datum.append(utc, to: &text)
        text.append(UInt8(ascii: "T"))
        Spelling.append(utc.hour, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        Spelling.append(utc.minute, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        Spelling.append(utc.second, digits: 2, to: &text)
        var fraction = fraction
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        if !fraction.isEmpty {
            text.append(UInt8(ascii: "."))
            text.append(contentsOf: fraction)
        }
        text.append(UInt8(ascii: "Z"))
    }

    private static func parse(
        _ canonical: ArraySlice<UInt8>
    ) -> (utc: LocalTime.Civil, fraction: ArraySlice<UInt8>)? {
        let text = Array(canonical)
        guard text.count >= 20, text.last == UInt8(ascii: "Z"), let year = Spelling.number(text[0..<4]),
            let month = Spelling.number(text[5..<7]), let day = Spelling.number(text[8..<10]),
            let hour = Spelling.number(text[11..<13]), let minute = Spelling.number(text[14..<16]),
            let second = Spelling.number(text[17..<19])
        else { return nil }
        let utc = LocalTime.Civil(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        let fraction = text.count > 20 ? text[20..<text.count - 1] : []
        return utc.isValid && fraction.allSatisfy(Spelling.isDigit) ? (utc, fraction) : nil
    }

    private static func append(_ local: LocalTime.Civil, to text: inout [UInt8]) {
        text.reserveCapacity(17)
        Spelling.append(local.year, digits: 4, to: &text)
        Spelling.append(local.month, digits: 2, to: &text)
        Spelling.append(local.day, digits: 2, to: &text)
        Spelling.append(local.hour, digits: 2, to: &text)
        Spelling.append(local.minute, digits: 2, to: &text)
        Spelling.append(local.second, digits: 2, to: &text)
    }
}

extension WallTime {
    /// As RFC 3339 writes it, in UTC and to the millisecond: `2020-03-09T07:01:04.250Z`.
    package var text: String {
        let day = Self.quotient(seconds, 86_400)
        let clock = seconds - day * 86_400
        let date = Self.date(ofDay: day)
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
            + padded(clock / 3600, 2) + ":" + padded(clock / 60 % 60, 2) + ":" + padded(clock % 60, 2) + "."
            + padded(Int64(nanoseconds / 1_000_000), 3) + "Z"
    }

    /// The date of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day &+ 719_468
        let era = quotient(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            yearOfEra + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    /// Rounded down, also below zero.
    private static func quotient(_ number: Int64, _ by: Int64) -> Int64 {
        number >= 0 ? number / by : (number + 1) / by - 1
    }
}

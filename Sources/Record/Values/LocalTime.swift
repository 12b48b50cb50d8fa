private import Glibc
private import Synchronization

/// Local time and UTC: what StUF writes and what an API writes.
///
/// The zone belongs to the process and is set once, at start; it is Europe/Amsterdam until then, whatever the
/// environment's `TZ` says, so that a container's setting never moves a moment.
package enum LocalTime {
    /// Date and time of day, without a zone.
    package struct Civil: Hashable, Sendable {
        package var year: Int
        package var month: Int
        package var day: Int
        package var hour: Int
        package var minute: Int
        package var second: Int

        package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
            self.year = year
            self.month = month
            self.day = day
            self.hour = hour
            self.minute = minute
            self.second = second
        }

        /// Whether it is in the calendar; seconds end at 59.
        package var isValid: Bool {
            (1...9999).contains(year) && (1...12).contains(month) && day >= 1
                && day <= LocalTime.days(in: month, of: year) && (0...23).contains(hour)
                && (0...59).contains(minute) && (0...59).contains(second)
        }

        /// Seconds since 1970-01-01, taken as UTC.
        package var seconds: Int {
            LocalTime.dayNumber(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60
                + second
        }

        /// The date and time that many seconds after 1970-01-01, in UTC.
        package init(seconds: Int) {
            let dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
            let rest = seconds - dayNumber * 86_400
            let date = LocalTime.date(ofDay: dayNumber)
            self.init(
                year: date.year, month: date.month, day: date.day, hour: rest / 3_600, minute: rest / 60 % 60,
                second: rest % 60)
        }
    }

    /// Sets the zone of the process: a name of the zone database, or a POSIX rule.
    ///
    /// Call it before any thread starts: it changes the environment. A zone that is not known counts as UTC, see
    /// ``isKnown(zone:)``; the default zone always is.
    package static func use(zone: String) {
        set(zone)
        let july2020 = 1_593_561_600
        if zone == defaultZone, systemOffset(at: july2020) != 7_200 { set(defaultRule) }
        isSet.store(true, ordering: .releasing)
    }

    /// Whether the machine's zone database has that zone, or it is a POSIX rule such as `CET-1CEST,M3.5.0,M10.5.0/3`.
    package static func isKnown(zone: String) -> Bool {
        let isRule =
            zone.first?.isLetter == true && zone.contains(where: \.isNumber)
            && (zone.contains(",") || !zone.contains("/"))
        let path = "/usr/share/zoneinfo/\(zone)"
        let isFolder = unsafe access("\(path)/.", F_OK) == 0
        let isFile = unsafe access(path, R_OK) == 0 && !isFolder && !zone.contains("..")
        return zone == defaultZone || isFile || isRule
    }

    package static let defaultZone = "Europe/Amsterdam"

    /// The rule of the default zone since 1996, for a machine without a zone database.
    private static let defaultRule = "CET-1CEST,M3.5.0,M10.5.0/3"

    private static let isSet = Atomic<Bool>(false)

    private static func set(_ zone: String) {
        // A plain C call with two NUL-terminated texts that it copies.
        unsafe setenv("TZ", zone, 1)
        tzset()
    }

    /// The UTC moment of a local one.
    ///
    /// An hour that occurs twice, when summer time ends, is taken as its first; one that does not occur, when it
    /// begins, is read with the offset from before.
    package static func utc(of local: Civil) -> Civil {
        let seconds = local.seconds
        let before = offset(at: seconds - 86_400)
        let after = offset(at: seconds + 86_400)
        for offset in before >= after ? [before, after] : [after, before]
        where self.offset(at: seconds - offset) == offset { return Civil(seconds: seconds - offset) }
        return Civil(seconds: seconds - before)
    }

    /// The local time of a UTC moment.
    package static func local(of utc: Civil) -> Civil {
        let seconds = utc.seconds
        return Civil(seconds: seconds + offset(at: seconds))
    }

    /// How many seconds local time is ahead of UTC at that moment.
    private static func offset(at seconds: Int) -> Int {
        if !isSet.load(ordering: .acquiring) { use(zone: defaultZone) }
        return systemOffset(at: seconds)
    }

    private static func systemOffset(at seconds: Int) -> Int {
        var moment = time_t(seconds)
        var parts = unsafe tm()
        // Both live on this stack frame for the length of the call.
        guard unsafe localtime_r(&moment, &parts) != nil else { return 0 }
        return unsafe parts.tm_gmtoff
    }

    // MARK: The calendar

    package static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, in years that begin in March.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

import Record
import Testing

@Suite("Local time") struct LocalTimeTests {
    @Test(
        "is an hour ahead of UTC in winter and two in summer",
        arguments: [
            (local: "2020-03-09T08:01:04", utc: "2020-03-09T07:01:04"),
            (local: "2020-07-09T08:01:04", utc: "2020-07-09T06:01:04"),
            (local: "2020-01-01T00:30:00", utc: "2019-12-31T23:30:00"),
            // The last second before summer time, and the first of it.
            (local: "2020-03-29T01:59:59", utc: "2020-03-29T00:59:59"),
            (local: "2020-03-29T03:00:00", utc: "2020-03-29T01:00:00"),
            // The hour after summer time ended once more.
            (local: "2020-10-25T03:00:00", utc: "2020-10-25T02:00:00"),
        ])
    func bothWays(_ row: (local: String, utc: String)) throws {
        let local = try civil(row.local)
        let utc = try civil(row.utc)
        #expect(LocalTime.utc(of: local) == utc)
        #expect(LocalTime.local(of: utc) == local)
    }

    @Test("takes an hour that occurs twice as its first")
    func twice() throws {
        #expect(try LocalTime.utc(of: civil("2020-10-25T02:30:00")) == civil("2020-10-25T00:30:00"))
        #expect(try LocalTime.local(of: civil("2020-10-25T00:30:00")) == civil("2020-10-25T02:30:00"))
        #expect(try LocalTime.local(of: civil("2020-10-25T01:30:00")) == civil("2020-10-25T02:30:00"))
    }

    @Test("reads an hour that does not occur with the offset from before")
    func never() throws {
        #expect(try LocalTime.utc(of: civil("2020-03-29T02:30:00")) == civil("2020-03-29T01:30:00"))
    }

    @Test(
        "counts days over leap years and centuries",
        arguments: [
            ("1970-01-01T00:00:00", 0), ("2000-02-29T12:00:00", 951_825_600),
            ("1900-03-01T00:00:00", -2_203_891_200),
            ("2100-03-01T00:00:00", 4_107_542_400), ("0001-01-01T00:00:00", -62_135_596_800),
            ("9999-12-31T23:59:59", 253_402_300_799),
        ])
    func seconds(_ row: (String, Int)) throws {
        let moment = try civil(row.0)
        #expect(moment.seconds == row.1)
        #expect(LocalTime.Civil(seconds: row.1) == moment)
        #expect(moment.isValid)
    }

    @Test(
        "knows the zones of the machine, and rules; a folder of them is none",
        arguments: [
            ("Europe/Amsterdam", true), ("UTC", true), ("CET-1CEST,M3.5.0,M10.5.0/3", true),
            ("Europe/Amsterdm", false), ("Europe", false), ("", false), ("../zoneinfo/UTC", false),
        ])
    func zones(_ row: (zone: String, isKnown: Bool)) {
        #expect(LocalTime.isKnown(zone: row.zone) == row.isKnown)
    }

    @Test(
        "knows what is no date",
        arguments: ["2020-13-32T00:00:00", "2021-02-29T00:00:00", "2020-01-01T24:00:00"])
    func invalid(_ text: String) throws {
        #expect(try !civil(text).isValid)
    }

    private func civil(_ text: String) throws -> LocalTime.Civil {
        let parts = text.split { $0 == "-" || $0 == "T" || $0 == ":" }.compactMap { Int($0) }
        try #require(parts.count == 6)
        return LocalTime.Civil(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5]
        )
    }
}

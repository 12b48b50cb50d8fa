import Record
import StUF
import Testing

private func meaning(_ text: String, _ type: ValueType, _ incompleteness: Precision = .full) -> String? {
    var canonical: [UInt8] = []
    guard
        let precision = Spelling.read(
            Array(text.utf8)[...], as: type, incompleteness: incompleteness, into: &canonical)
    else { return nil }
    return String(decoding: canonical, as: UTF8.self) + (precision == .full ? "" : " \(precision)")
}

private func spelled(_ canonical: String, _ type: ValueType, _ precision: Precision = .full) -> String? {
    Spelling.write(Array(canonical.utf8)[...], as: type, precision: precision).map {
        String(decoding: $0, as: UTF8.self)
    }
}

@Suite("A date in StUF") struct DatumTests {
    @Test(
        "is eight digits that are in the calendar, and goes back as it came",
        arguments: ["20200309", "20200229", "00010101", "99991231", "19000101"])
    func whole(_ text: String) throws {
        #expect(spelled(try #require(meaning(text, .datum)), .datum) == text)
    }

    @Test(
        "that does not exist is refused",
        arguments: [
            "20261332", "20200230", "19000229", "00000101", "198503", "2020-03-09",
            "2020309", "202003091", "2020030a", "ééééé", "-0200309",
        ])
    func invalid(_ text: String) { #expect(meaning(text, .datum) == nil) }

    @Test(
        "that is incomplete keeps what is known, however the sender fills the unknown digits",
        arguments: [
            ("V", "19650701", "1965-07-01"), ("D", "19650701", "1965-07-01 month"),
            ("D", "19650700", "1965-07-01 month"),
            ("D", "19650799", "1965-07-01 month"), ("M", "19650000", "1965-01-01 year"),
            ("M", "19651231", "1965-01-01 year"), ("J", "00000000", "0001-01-01 nothing"),
            ("J", "20200101", "0001-01-01 nothing"), ("D", "198503", "1985-03-01 month"),
            ("M", "1985", "1985-01-01 year"),
            ("V", "19850300", "1985-03-01 month"), ("V", "19850000", "1985-01-01 year"),
            ("V", "00000000", "0001-01-01 nothing"), ("V", "1985", nil), ("D", "1985", nil),
            ("D", "19651301", nil), ("M", "00000101", nil),
        ] as [(String, String, String?)])
    func incomplete(_ row: (indicator: String, text: String, known: String?)) throws {
        let precisions: [String: Precision] = ["V": .full, "D": .month, "M": .year, "J": .nothing]
        let precision = try #require(precisions[row.indicator])
        #expect(meaning(row.text, .datum, precision) == row.known)
    }
}

@Suite("A moment in StUF") struct TijdstipTests {
    @Test(
        "is local time, cut off where less is known",
        arguments: [
            ("20200309", "2020-03-09 day"), ("2020030908", "2020-03-09T07:00:00Z minute"),
            ("202003090801", "2020-03-09T07:01:00Z minute"), ("20200309080104", "2020-03-09T07:01:04Z"),
            ("202003090801045", "2020-03-09T07:01:04.5Z"), ("2020030908010400", "2020-03-09T07:01:04Z"),
            ("2020030908010425", "2020-03-09T07:01:04.25Z"),
            ("20200309080104123", "2020-03-09T07:01:04.123Z"),
            ("20200709080104", "2020-07-09T06:01:04Z"), ("20200101003000", "2019-12-31T23:30:00Z"),
            // Summer time ends: 02:30 occurs twice and is taken as the first.
            ("20201025013000", "2020-10-24T23:30:00Z"), ("20201025023000", "2020-10-25T00:30:00Z"),
            ("20201025030000", "2020-10-25T02:00:00Z"),
            // Summer time begins: 02:30 does not occur and is read with the offset from before.
            ("20200329013000", "2020-03-29T00:30:00Z"), ("20200329023000", "2020-03-29T01:30:00Z"),
            ("20200329033000", "2020-03-29T01:30:00Z"),
        ])
    func reads(_ row: (text: String, canonical: String)) {
        #expect(meaning(row.text, .tijdstip) == row.canonical)
    }

    @Test(
        "that does not exist is refused",
        arguments: [
            "20261332080104", "20200309240000", "20200309086000", "20200309080160", "202003090",
            "20200309080",
            "2020030908010", "202003090801041234", "2020-03-09T08:01", "", "2020",
        ])
    func invalid(_ text: String) { #expect(meaning(text, .tijdstip) == nil) }

    @Test(
        "is written with as many digits as it has",
        arguments: [
            ("2020-03-09T07:01:04Z", Precision.full, "20200309080104"),
            ("2020-03-09T07:01:04.5Z", .full, "2020030908010450"),
            ("2020-03-09T07:01:04.25Z", .full, "2020030908010425"),
            ("2020-03-09T07:01:04.123456Z", .full, "20200309080104123"),
            ("2020-03-09T07:01:00Z", .minute, "202003090801"), ("2020-03-09", .day, "20200309"),
            ("2020-07-09T22:30:00Z", .full, "20200710003000"), ("2020-03-01", .month, "20200301"),
        ])
    func writes(_ row: (canonical: String, precision: Precision, text: String)) {
        #expect(spelled(row.canonical, .tijdstip, row.precision) == row.text)
    }

    @Test("of our own is seventeen digits")
    func tijdstipBericht() {
        #expect(Tijdstip.tijdstipBericht(milliseconds: 1_583_737_264_007) == "20200309080104007")
        #expect(Tijdstip.tijdstipBericht(milliseconds: 0) == "19700101010000000")
        #expect(Tijdstip.tijdstipBericht(milliseconds: -1) == "19700101005959999")
    }
}

@Suite("A number or indication in StUF") struct GetalTests {
    @Test(
        "means what it says",
        arguments: [
            ("0001", ValueType.integer, "1"), ("0", .integer, "0"), ("-0", .integer, "0"),
            ("-07", .integer, "-7"),
            (" 12 ", .integer, "12"), ("1a", .integer, nil), ("", .integer, nil), ("-", .integer, nil),
            ("1.5", .integer, nil), ("01.50", .decimal, "1.5"), ("1.00", .decimal, "1"),
            ("-0.5", .decimal, "-0.5"),
            ("1.", .decimal, nil), (".5", .decimal, nil), ("1,5", .decimal, nil), ("7", .decimal, "7"),
            ("J", .boolean, "true"), ("n", .boolean, "false"), ("ja", .boolean, nil), ("1", .boolean, nil),
            ("5", .duur, "P5D"), ("005", .duur, "P5D"), ("-5", .duur, nil), ("P5D", .duur, nil),
        ] as [(String, ValueType, String?)])
    func reads(_ row: (text: String, type: ValueType, canonical: String?)) {
        #expect(meaning(row.text, row.type) == row.canonical)
    }

    @Test(
        "is written as the standard spells it, or not at all",
        arguments: [
            ("true", ValueType.boolean, "J"), ("false", .boolean, "N"), ("P5D", .duur, "5"),
            ("P6W", .duur, "42"),
            ("P1W2D", .duur, "9"), ("P1M", .duur, nil), ("PT5H", .duur, nil), ("P", .duur, nil),
            ("P5", .duur, nil),
            ("-1.5", .decimal, "-1.5"), (" a ", .text, " a "),
        ] as [(String, ValueType, String?)])
    func writes(_ row: (canonical: String, type: ValueType, text: String?)) {
        #expect(spelled(row.canonical, row.type) == row.text)
    }
}

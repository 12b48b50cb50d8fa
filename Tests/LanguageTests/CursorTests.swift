import Diagnostics
import Language
import Testing

private func cursor(_ line: String) throws -> Cursor {
    Cursor(try #require(parse(line).document.statements.first))
}

@Suite("A cursor") struct CursorTests {
    /// A reader of `route NAME on create|read [as TEXT]`, as the rooms above write them.
    private func readRoute(_ line: String) throws -> [String] {
        var cursor = try cursor(line)
        try cursor.expect("route")
        var read = [try cursor.expect(.word, "the name of the route").text]
        read.append(try cursor.expectArrow().text)
        read.append(try cursor.expect(oneOf: ["create", "read"], "an operation").text)
        if cursor.take("as") != nil { read.append(try cursor.expect(.string, "a text between quotes").text) }
        try cursor.expectEnd()
        return read
    }

    @Test("reads what is there")
    func reads() throws {
        #expect(try readRoute("route zaak -> create as \"x\"") == ["zaak", "->", "create", "x"])
        #expect(try readRoute("route zaak <- read {\n}") == ["zaak", "<-", "read"])
    }

    @Test(
        "says what it expected, where, and what stands there, with the corrected line where it is known",
        arguments: [
            ("roete zaak", "a.map:1:1 M115 `route` is expected here, not `roete`\n    write: route zaak"),
            ("route", "a.map:1:6 M115 the name of the route is expected here, and the statement ends"),
            (
                "route \"zaak\"",
                "a.map:1:7 M115 the name of the route is expected here, not a text between quotes"
            ),
            ("route zaak = x", "a.map:1:12 M115 `<->`, `->` or `<-` is expected here, not `=`"),
            (
                "route zaak -> {",
                "a.map:1:14 M115 an operation: `create`, `read` is expected here, and the statement ends"
            ),
            (
                "route   zaak -> craete {",
                "a.map:1:17 M117 `craete` is not an operation: did you mean `create`?\n    write: route zaak -> create {"
            ),
            ("route zaak -> delete", "a.map:1:15 M117 `delete` is not an operation: use `create`, `read`"),
            (
                "route zaak -> read \"x\"",
                "a.map:1:20 M116 `\"x\"` belongs to nothing: the statement ends before it"
            ),
        ])
    func expects(_ row: (line: String, finding: String)) throws {
        let failure = #expect(throws: LanguageFailure.self) { try readRoute(row.line) }
        #expect(failure?.finding.description == row.finding)
    }
}

@Suite("The nearest word") struct NearestTests {
    private let words = ["einddatum", "einddatumGepland", "startdatum", "registratiedatum", "key", "must"]

    @Test(
        "is what was most likely meant",
        arguments: [
            ("einddatumGeplant", "einddatumGepland"), ("eindatum", "einddatum"), ("EindDatum", "einddatum"),
            ("satrtdatum", "startdatum"), ("kye", "key"), ("mus", "must"), ("startdatum", "startdatum"),
        ])
    func near(_ row: (written: String, meant: String)) {
        #expect(nearest(row.written, among: words) == row.meant)
    }

    @Test("is none when nothing is near", arguments: ["zaaktype", "x", "", "einddatumWerkelijk"])
    func far(_ written: String) {
        #expect(nearest(written, among: words) == nil)
    }

    @Test("is not looked for in what is no word")
    func long() {
        #expect(nearest(String(repeating: "a", count: 100_000), among: words) == nil)
    }
}

import Diagnostics
private import Foundation
import Replay
import TestSupport
import Testing
import Threads

@Suite("A fixture") struct FixtureTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ files: [String: String]) throws {
        for (name, text) in files {
            let url = URL(filePath: "\(folder.path)/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    @Test("is read from its files: requests in order, their headers, and the accepted results")
    func load() throws {
        try write(
            [
                "bron/geval/1-request.xml": "<a/>",
                "bron/geval/2-request.txt": "GET /zaken/api/v1/zaken?x=1\nAccept: a/b\n",
                "bron/geval/2-request.headers": "ignored",
                "bron/geval/10-request.xml": "<c/>", "bron/geval/1-reply.xml": "r",
                "bron/geval/api.json": "{}",
                "bron/geval/README.md": "why",
                "bron/geval/1-request.headers":
                    "# sent by\nPOST /stuf/OntvangAsynchroon\r\nSOAPAction: \"urn:x\"\nreceived: 2026-07-01T10:00:00Z\n",
            ].merging((3...9).map { ("bron/geval/\($0)-request.xml", "<b/>") }) { $1 })
        let fixture = try FixtureCase.load("\(folder.path)/bron/geval")
        #expect(fixture.name == "bron/geval")
        #expect(fixture.requests.map(\.number) == Array(1...10))
        #expect(fixture.requests[0].path == "/stuf/OntvangAsynchroon")
        #expect(fixture.requests[0].headers == [.init(name: "SOAPAction", value: "\"urn:x\"")])
        #expect(fixture.requests[0].received == WallTime(seconds: 1_782_900_000))
        #expect(fixture.requests[1].method == "GET")
        #expect(fixture.requests[1].path == "/zaken/api/v1/zaken?x=1")
        #expect(fixture.requests[9].body == Array("<c/>".utf8))
        #expect(fixture.expected == ["1-reply.xml": "r", "api.json": "{}"])
        #expect(try Fixtures.find([folder.path + "/"]) == [fixture.folder])
        #expect(try Fixtures.find([fixture.folder, folder.path + "/bron"]) == [fixture.folder])
    }

    @Test(
        "that is none says why",
        arguments: [
            (["2-request.xml": "<a/>"], "R002", "the requests are not numbered 1, 2, 3 …"),
            (
                ["1-request.xml": "<a/>", "1-request.txt": "GET /"], "R002",
                "the requests are not numbered 1, 2, 3 …"
            ),
            (
                ["1-request.xml": "<a/>", "1-request.headers": "SOAPAction"], "R002",
                "this is no header: SOAPAction"
            ),
            (["1-request.txt": "GET /\nReceived: tomorrow"], "R002", "this is no header: Received: tomorrow"),
            ([:], "R002", "the requests are not numbered 1, 2, 3 …"),
        ])
    func incomplete(_ row: (files: [String: String], code: String, hint: String)) throws {
        try write(row.files)
        let failure = #expect(throws: ReplayFailure.self) { try FixtureCase.load(folder.path) }
        #expect(failure?.code.number == row.code)
        #expect(failure?.hint == row.hint)
    }

    @Test("that is not there says so")
    func missing() {
        #expect(throws: ReplayFailure.self) { try FixtureCase.load("/nowhere") }
        #expect(throws: ReplayFailure.self) { try Fixtures.find(["/nowhere"]) }
    }
}

@Suite("A result") struct ResultTests {
    private func result(_ results: [String: String], expected: [String: String]) -> CaseResult {
        CaseResult(
            of: FixtureCase(
                name: "bron/geval", folder: "fixtures/bron/geval", requests: [], expected: expected),
            results: results)
    }

    @Test("is as expected, or says which files differ")
    func differences() {
        #expect(result(["api.json": "{}\n"], expected: ["api.json": "{}\n"]).isAsExpected)
        let differing = result(
            ["1-reply.xml": "a\n", "api.json": "{}\n"],
            expected: ["1-reply.xml": "b\n", "2-reply.xml": "c\n"])
        #expect(differing.differences.map(\.file) == ["1-reply.xml", "2-reply.xml", "api.json"])
        #expect(differing.summary == "1-reply.xml, 2-reply.xml and api.json differ")
        #expect(differing.differences[0].diff.hasPrefix("--- fixtures/bron/geval/1-reply.xml\n"))
    }

    @Test("becomes a JUnit report")
    func junit() throws {
        let good = result([:], expected: [:])
        let bad = result(["api.json": "<&\u{1}\n"], expected: [:])
        let report = String(decoding: JUnit.report([good, bad], seconds: 1.2345), as: UTF8.self)
        #expect(
            report == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="sluis replay" tests="2" failures="1" errors="0" time="1.235">
                    <testcase classname="fixtures.bron" name="geval"/>
                    <testcase classname="fixtures.bron" name="geval">
                      <failure message="api.json differs">--- /dev/null
                +++ fixtures/bron/geval/api.json
                @@ -0,0 +1 @@
                +&lt;&amp;\u{FFFD}
                </failure>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }
}

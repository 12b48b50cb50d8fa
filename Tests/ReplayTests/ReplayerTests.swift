import Diagnostics
private import Foundation
import Intake
import Replay
import TestSupport
import Testing

private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

@Suite("A replay") struct ReplayerTests {
    private static let replayer: Replayer? = {
        let folder = "\(root)/mappings"
        return Rulebook.load([folder]).rulebook.map { Replayer($0, folder: folder) }
    }()

    private func replay(_ requests: [FixtureCase.Request], expected: [String: String] = [:]) throws
        -> CaseResult
    {
        let replayer = try #require(Self.replayer)
        return try replayer.replay(
            FixtureCase(name: "bron/geval", folder: "bron/geval", requests: requests, expected: expected))
    }

    private func creeerZaak() throws -> FixtureCase {
        try FixtureCase.load("\(root)/fixtures/zds11/creeer-zaak")
    }

    @Test("sends each bericht as an old application would, and shows the answer and what the API then holds")
    func results() throws {
        let result = try replay(try creeerZaak().requests)
        let reply = try #require(result.results["1-reply.xml"])
        #expect(reply.contains("<!-- HTTP 200 text/xml; charset=utf-8 -->"))
        #expect(reply.contains("<StUF:berichtcode>Bv03</StUF:berichtcode>"))
        let text = try #require(result.results["api.json"])
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let api = try #require(object as? [String: [[String: Any]]])
        #expect(api["zaken:Zaak"]?.count == 1)
        #expect(result.results.count == 2)
        #expect(result.differences.map(\.file) == ["1-reply.xml", "api.json"])
    }

    @Test("comes to the same each time, and is as expected once that was accepted")
    func repeats() throws {
        let requests = try creeerZaak().requests
        let first = try replay(requests)
        let second = try replay(requests, expected: first.results)
        #expect(second.isAsExpected, "\(second.differences.map(\.diff).joined())")
    }

    @Test(
        "lets the clock of a case stand still until the next request, which comes a minute later or when it says"
    )
    func time() throws {
        var requests = try creeerZaak().requests + (try creeerZaak().requests)
        for index in requests.indices {
            requests[index].number = index + 1
            requests[index].body = []
        }
        requests[1].received = FixtureCase.start
        let results = try replay(requests).results
        for file in ["1-reply.xml", "2-reply.xml"] { #expect(results[file]?.contains("HTTP 500") == true) }
        #expect(results["1-reply.xml"] == results["2-reply.xml"])
    }

    @Test("answers a path that nothing is at with 404")
    func elsewhere() throws {
        let request = FixtureCase.Request(
            number: 1, method: "GET", path: "/nergens", headers: [], body: [], received: nil)
        let result = try replay([request])
        #expect(result.results["1-reply.txt"]?.hasPrefix("HTTP 404\n") == true)
        #expect(result.results["api.json"] == "{}\n")
    }

    @Test("says so when a request cannot be sent")
    func unsendable() throws {
        let request = FixtureCase.Request(
            number: 1, method: "GET", path: "/a b", headers: [], body: [], received: nil)
        #expect(throws: ReplayFailure.self) { try replay([request]) }
    }
}

@Suite("Accepting a result") struct AcceptanceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("writes what came, removes what did not, and is then as expected; in CI it is refused")
    func accept() throws {
        let files = ["1-request.xml": "<a/>", "1-reply.xml": "oud", "2-reply.xml": "weg"]
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)")) }
        let results = ["1-reply.xml": "nieuw\n", "api.json": "{}\n"]
        let result = CaseResult(of: try FixtureCase.load(folder.path), results: results)
        let refused = #expect(throws: ReplayFailure.self) { try Acceptance.accept(result, isCI: true) }
        #expect(refused?.code == .acceptRefused)
        #expect(try Acceptance.accept(result, isCI: false) == ["1-reply.xml", "2-reply.xml", "api.json"])
        let again = CaseResult(of: try FixtureCase.load(folder.path), results: results)
        #expect(again.isAsExpected)
        #expect(again.results == results)
    }

    @Test("that cannot be written says where")
    func unwritable() throws {
        let fixture = FixtureCase(name: "a/b", folder: "/nowhere/a/b", requests: [], expected: [:])
        let result = CaseResult(of: fixture, results: ["api.json": "{}\n"])
        let failure = #expect(throws: ReplayFailure.self) { try Acceptance.accept(result, isCI: false) }
        #expect(failure?.place == "/nowhere/a/b/api.json")
    }
}

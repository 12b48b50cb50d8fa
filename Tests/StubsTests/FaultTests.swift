import Calling
import Diagnostics
import HTTP
import JSON
import Stubs
import Testing
import Threads

@Suite("A fault of the stand-in") struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: Faults.Kind
        var code: Code
        var effect: CallingFailure.Effect
        var isDone: Bool
        var testDescription: String { kind.rawValue }
    }

    @Test(
        "happens as often as it is asked, to the calls it is asked for",
        arguments: [
            Case(kind: .failBefore, code: .apiFails, effect: .unknown, isDone: false),
            Case(kind: .failAfter, code: .apiFails, effect: .unknown, isDone: true),
            Case(kind: .dropBefore, code: .callBroken, effect: .unknown, isDone: false),
            Case(kind: .dropAfter, code: .callBroken, effect: .unknown, isDone: true),
            Case(kind: .busy, code: .apiBusy, effect: .none, isDone: false),
            Case(kind: .html, code: .apiFails, effect: .unknown, isDone: false),
            Case(kind: .page, code: .apiAnswerUnreadable, effect: .unknown, isDone: false),
            Case(kind: .expired, code: .apiForbids, effect: .none, isDone: false),
        ])
    func faults(_ row: Case) throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.zaak()
        var faults = Faults()
        faults.faults = [.init(row.kind, method: "POST", collection: "zaken", after: 1)]
        stand.stub.set(faults)
        _ = try stand.made("zaken", zaak)
        do throws(CallingFailure) {
            _ = try stand.api.call(Call(.post, stand.url("zaken"), body: zaak.bytes))
            Issue.record("no fault")
        } catch {
            #expect(error.code == row.code && error.effect == row.effect)
        }
        #expect(try stand.read("zaken")["count"] == .number(row.isDone ? "2" : "1"))
        #expect(try stand.post("zaken", zaak).status == 201)
        #expect(stand.stub.calls.filter { $0 == "POST zaken" }.count == 3)
    }

    @Test("can be asked for over HTTP, latency too; what is not understood is refused")
    func ordered() throws {
        let stand = try Stand()
        defer { stand.stop() }
        func order(_ text: String) throws -> Int {
            try stand.client.call(Request(.post, stand.stub.base + "/stub/faults", body: Array(text.utf8)))
                .status.code
        }
        #expect(
            try order("{\"latencyMs\": 1, \"faults\": [{\"kind\": \"busy\", \"collection\": \"zaken\"}]}")
                == 204)
        #expect(try stand.call(.get, "zaken") == .refused(429, ["throttled"]))
        #expect(try stand.call(.get, "zaken").status == 200)
        #expect(try order("{\"faults\": [{\"kind\": \"brand\"}]}") == 400)
        #expect(try order("niets") == 400)
    }
}

import HTTP
import Record
import Resources
import Serving
import Telemetry
import Testing
import Threads

@Suite("The served APIs", .serialized) struct RestAPITests {
    private let zaken = "/zaken/api/v1/zaken"
    private let deadline = Duration.seconds(30)

    /// Asks as a loop does.
    private func ask(_ shop: Shop, _ target: String) throws -> OneShot<Response> {
        let answer = OneShot<Response>()
        let context = RequestContext(peer: .ip("127.0.0.1", port: 1), resume: {})
        switch shop.api.decide(try RequestHead(.get, target), context) {
        case .answer(let response): answer.fulfil(response)
        case .handle(let handler, _): handler.finish(Exchange { answer.fulfil($0) })
        }
        return answer
    }

    @Test("answers many at once over real sockets, and leaves no thread behind")
    func sockets() throws {
        let shop = try Shop(workers: 4)
        for number in 1...5 { try shop.deliver(Shop.zaak("Z\(number)")) }
        let api = shop.api
        let listener = try Listener(
            on: .ip("127.0.0.1", port: 0), loops: 2, observer: .silent
        ) { head, context in api.decide(head, context) }
        let base = "http://\(listener.address)"
        let client = try Client(connectionCount: 8)
        let right = Monitor(0)
        let threads = try (1...5).map { number in
            try Thread.start("asker-\(number)") {
                for _ in 0..<50 {
                    let url = "\(base)/zaken/api/v1/zaken?identificatie=Z\(number)"
                    guard let response = try? client.call(Request(.get, url)), response.status == .ok,
                        response.text.values("identificatie") == ["Z\(number)"]
                    else { continue }
                    right.withLock { $0 += 1 }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(right.withLock { $0 } == 250)
        let head = try client.call(Request(.head, base + zaken))
        #expect(head.status == .ok)
        #expect(head.bytes.isEmpty)
        #expect(head.fields["ETag"] != nil)
        client.stop()
        listener.drain(until: .after(deadline))
        #expect(api.stop(until: .after(deadline)) == 0)
        #expect(!Thread.running.contains { $0.hasPrefix("serving-") })
    }

    @Test("refuses when too many wait, and still says that it is alive")
    func busy() throws {
        let shop = try Shop(waiting: 1)
        _ = try ask(shop, zaken)
        let second = try ask(shop, zaken)
        let refused = try #require(second.wait(until: .after(deadline)))
        #expect(refused.status == .serviceUnavailable)
        #expect(refused.fields["Retry-After"] == "1")
        #expect(try ask(shop, "/livez").wait(until: .after(deadline))?.status == .ok)
        shop.api.stop(until: .after(deadline))
        #expect(try ask(shop, zaken).wait(until: .after(deadline))?.status == .serviceUnavailable)
        #expect(shop.recorder.events.contains { $0.kind == .queueFull })
    }

    @Test("lets a request wait for an open write without holding a worker")
    func waits() throws {
        let shop = try Shop(workers: 1, patience: deadline)
        let key = try shop.deliver(Shop.zaak("Z1"))
        try shop.deliver(Shop.zaak("Z2"))
        let sequence = try shop.accept(about: key)
        let waiting = try ask(shop, "\(zaken)?identificatie=Z1")
        let other = try #require(try ask(shop, "\(zaken)?identificatie=Z2").wait(until: .after(deadline)))
        #expect(other.status == .ok)
        #expect(waiting.wait(until: .now) == nil)
        try shop.settle(sequence)
        #expect(waiting.wait(until: .after(deadline))?.status == .ok)
        shop.api.stop(until: .after(deadline))
    }

    @Test("tells whether it is ready, with what an operator should know")
    func ready() throws {
        let response = try Shop().get("/readyz")
        #expect(response.status == .ok)
        let note = "a private Postgres cluster is in use, for trying and a single small host"
        #expect(response.text == #"{"status":"ready","note":"\#(note)"}"#)
    }

    @Test("logs the kind of path, never the path")
    func events() throws {
        let shop = try Shop(workers: 1)
        let uuid = try shop.deliver(Shop.zaak("Z1")).uuid
        _ = try ask(shop, "\(zaken)/\(uuid)").wait(until: .after(deadline))
        _ = try ask(shop, "\(zaken)/999990019").wait(until: .after(deadline))
        shop.api.stop(until: .after(deadline))
        let lines = shop.recorder.events.map { String(decoding: $0.line(at: Shop.now), as: UTF8.self) }
        #expect(lines.count == 2)
        #expect(lines[0].contains(#""method":"GET","route":"/zaken/api/v1/zaken/{uuid}","status":200,"#))
        #expect(lines[1].contains(#""route":"-","status":404,"#))
    }
}

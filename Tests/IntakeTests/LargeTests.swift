import Foundation
import HTTP
import Intake
import Ledger
import Record
import Resources
import Telemetry
import TestSupport
import Testing
import Threads

@Suite("A large bericht") struct LargeTests {
    /// All pieces of a content.
    private func bytes(_ id: Int64, _ ledger: any Ledger) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = 0
        while let next = try ledger.content(id, piece: piece) {
            bytes += next
            piece += 1
        }
        return bytes
    }

    @Test("without a document is kept byte for byte", arguments: LedgerKind.allCases)
    func body(kind: LedgerKind) throws {
        let front = try Front(kind)
        let more = (0..<4000).map {
            "<ZKN:kenmerk><ZKN:kenmerk>K\($0)</ZKN:kenmerk><ZKN:bron>B</ZKN:bron></ZKN:kenmerk>"
        }
        let text = try Berichten.zaak().replacing(
            "<ZKN:startdatum>", with: more.joined() + "<ZKN:startdatum>")
        let answer = try front.post(text, action: "creeerZaak_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
        let sequence = try #require(try front.berichten().first?.sequence)
        let id = try #require(try front.ledger.body(of: sequence))
        #expect(try bytes(id, front.ledger) == Array(text.utf8))
    }

    @Test(
        "with a document is put in the ledger while it comes in, and holds little of it",
        arguments: LedgerKind.allCases)
    func document(kind: LedgerKind) throws {
        let hindrance = Hindrance()
        let front = try Front(kind, hindered: hindrance)
        let content = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
        let text = Array(try Berichten.document("@@").utf8)
        let mark = try #require(text.indices.first { text[$0...].starts(with: "@@".utf8) })
        let encoded = Array(Data(content).base64EncodedData())
        let length = text.count - 2 + encoded.count
        let action = "SOAPAction: \"\(Front.actions)voegZaakdocumentToe_Lk01\""
        let socket = try Socket.connect(to: front.listener.address)
        try socket.writeAll(
            Array("POST /stuf HTTP/1.1\r\nHost: a\r\n\(action)\r\nContent-Length: \(length)\r\n\r\n".utf8))
        try socket.writeAll(Array(text[..<mark]))
        try socket.writeAll(encoded)
        // All but the last pieces of the body and of the document are in, though the bericht has not ended.
        let least = encoded.count + content.count - 2 * Endpoint.Settings().pieceByteCount
        #expect(hindrance.staged.wait(until: .after(.seconds(60))) { $0 >= least ? true : nil } == true)
        try socket.writeAll(Array(text[(mark + 2)...]))
        let reply = String(decoding: try socket.readSome(until: .after(.seconds(60))) ?? [], as: UTF8.self)
        #expect(reply.hasPrefix("HTTP/1.1 200 "), "\(reply)")
        #expect(front.recorder.wait(until: .after(.seconds(20))) { $0.kind == .deliveryDone })
        #expect(try stored(front) == content)
    }

    /// The content of the one document that is served.
    private func stored(_ front: Front) throws -> [UInt8] {
        let name = "documenten:EnkelvoudigInformatieObject"
        let page = try front.ledger.list(
            Question(resource: name, criteria: [], limit: 10, caller: .local), tenant: "test")
        let resource = try #require(front.judge.rulebook.resources.resource(name))
        let document = try #require(page.documents.first?.record)
        let record = try Stored(decoding: document, layout: resource.shape.layout, onUnknown: { _ in }).record
        let node = try #require(resource.shape.node("inhoud"))
        return try bytes(try #require(record.content(node)).id, front.ledger)
    }

    @Test("that breaks off leaves nothing, and the others go on")
    func brokenOff() throws {
        let front = try Front()
        let text = try Berichten.document(String(repeating: "RGl0IGlzIGRlIGluaG91ZC4K", count: 40_000))
        for part in [100, 70_000, 500_000] {
            let socket = try Socket.connect(to: front.listener.address)
            try socket.writeAll(
                Array("POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Length: \(text.utf8.count)\r\n\r\n".utf8))
            try socket.writeAll(Array(text.utf8.prefix(part)))
            socket.resetOnClose()
        }
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").isBevestiging)
        #expect(try front.berichten().count == 1)
    }

    @Test("comes in beside many others", arguments: LedgerKind.allCases)
    func concurrent(kind: LedgerKind) throws {
        var settings = Endpoint.Settings()
        settings.lagByteCount = 1000
        settings.pieceByteCount = 10_000
        let front = try Front(kind, settings: settings)
        let (client, address) = (front.client, front.listener.address)
        let good = Monitor(0)
        let content = String(repeating: "RGl0IGlzIGRlIGluaG91ZC4K", count: 10_000)
        let threads = try (0..<8).map { number in
            let document = try Berichten.document(content, reference: "doc-\(number)")
                .replacing("1900D00001", with: "1900D0001\(number)")
            return try Thread.start("large-\(number)") {
                let answer = try? client.call(
                    Request(
                        .post, "http://\(address)/stuf",
                        fields: [Field("SOAPAction", "\"\(Front.actions)voegZaakdocumentToe_Lk01\"")],
                        body: Array(document.utf8)))
                if answer?.status == .ok { good.withLock { $0 += 1 } }
            }
        }
        for thread in threads { thread.join() }
        #expect(good.withLock { $0 } == 8)
        #expect(try front.berichten().count == 8)
    }
}

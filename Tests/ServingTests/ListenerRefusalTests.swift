import HTTP
import Serving
import Telemetry
import Testing
import Threads

@Suite("What the listener refuses below an API") struct ListenerRefusalTests {
    /// The whole answer to one raw text, as bytes on the wire.
    private func answer(_ text: String, limits: Limits = Limits()) throws -> String {
        let api = try Shop().api
        let listener = try Listener(
            on: .ip("127.0.0.1", port: 0), loops: 1, limits: limits, observer: .silent,
            refuser: { api.refuse($0, $1) }
        ) { head, context in api.decide(head, context) }
        defer { listener.drain(until: .after(.seconds(10))) }
        let socket = try Socket.connect(to: listener.address, until: .after(.seconds(10)))
        try socket.writeAll(Array(text.utf8))
        socket.shutdownWriting()
        var answer = ""
        while let bytes = try socket.readSome(until: .after(.seconds(30))), !bytes.isEmpty {
            answer += String(decoding: bytes, as: UTF8.self)
        }
        return answer
    }

    private static let zaken = "/zaken/api/v1/zaken"
    private static let personen = "/haalcentraal/api/brp/personen"

    @Test(
        "is problem details of that API, with the headers that every answer has",
        arguments: [
            ("TRACE \(zaken) HTTP/1.1\r\nHost: a\r\n\r\n", 405, "method_not_allowed", "1.5.1"),
            ("BREW \(zaken) HTTP/1.1\r\nHost: a\r\n\r\n", 501, "error", "1.5.1"),
            ("GET \(zaken)?x=% HTTP/1.1\r\nHost: a\r\n\r\n", 400, "error", "1.5.1"),
            ("GET \(zaken) HTTP/1.1\r\n\r\n", 400, "error", "1.5.1"),
            ("GET \(zaken) HTTP/1.1\nHost: a\n\n", 400, "error", "1.5.1"),
            ("GET \(zaken) HTTP/2.0\r\nHost: a\r\n\r\n", 505, "error", "1.5.1"),
            (
                "GET \(zaken) HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n",
                431,
                "error", "1.5.1"
            ),
            (
                "GET \(zaken)?\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414,
                "error", "1.5.1"
            ),
            (
                "POST \(zaken)/_zoek HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Crs: EPSG:4326\r\nContent-Length: 100000\r\n\r\n", 413, "error", "1.5.1"
            ),
            (
                "POST \(zaken)/_zoek HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                400, "error", "1.5.1"
            ),
            ("TRACE \(personen) HTTP/1.1\r\nHost: a\r\n\r\n", 405, "methodNotAllowed", "2.7.0"),
            ("GET \(personen)/999990019 HTTP/1.1\r\n\r\n", 400, "error", "2.7.0"),
        ])
    func problems(_ row: (text: String, status: Int, word: String, version: String)) throws {
        let answer = try answer(row.text)
        #expect(answer.hasPrefix("HTTP/1.1 \(row.status) "), "\(answer)")
        #expect(answer.contains("\r\nContent-Type: application/problem+json\r\n"))
        #expect(answer.contains("\r\nAPI-Version: \(row.version)\r\n"))
        #expect(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"))
        #expect(answer.contains("\r\nStrict-Transport-Security: "))
        #expect(answer.contains(#""code":"\#(row.word)""#))
        #expect(answer.contains(#""status":\#(row.status),"#))
        #expect(!answer.contains("999990019"))
        if row.status == 405 { #expect(answer.contains("\r\nAllow: ")) }
    }

    @Test("is problem details too where nothing is known of the path")
    func nowhere() throws {
        let answer = try answer("\u{16}\u{3}\u{1}")
        #expect(answer.hasPrefix("HTTP/1.1 400 "))
        #expect(answer.contains("\r\nContent-Type: application/problem+json\r\n"))
        #expect(!answer.contains("API-Version"))
    }

    @Test("is told 408 when the rest of it does not come")
    func late() throws {
        var limits = Limits()
        limits.headTime = .milliseconds(40)
        let api = try Shop().api
        let listener = try Listener(
            on: .ip("127.0.0.1", port: 0), loops: 1, limits: limits, observer: .silent,
            refuser: { api.refuse($0, $1) }
        ) { head, context in api.decide(head, context) }
        defer { listener.drain(until: .after(.seconds(10))) }
        let socket = try Socket.connect(to: listener.address, until: .after(.seconds(10)))
        try socket.writeAll(Array("GET \(Self.zaken) HTTP/1.1\r\nHo".utf8))
        let bytes = try socket.readSome(until: .after(.seconds(30))) ?? []
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
        #expect(String(decoding: bytes, as: UTF8.self).contains("application/problem+json"))
    }
}

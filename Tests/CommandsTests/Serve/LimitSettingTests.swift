private import Foundation
import HTTP
import TestSupport
import Testing
import Threads

/// Each limit as an operator sets it, at the real program.
@Suite("A limit in sluis.conf", .serialized) struct LimitSettingTests {
    private static let get = "GET /livez HTTP/1.1\r\nHost: a\r\n"
    private static let zaken = "/zaken/api/v1/zaken"

    private static func ask(_ document: String) -> String {
        "POST \(zaken)/_zoek HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Crs: EPSG:4326\r\n"
            + "Accept-Crs: EPSG:4326\r\n"
            + "Content-Length: \(document.utf8.count)\r\n\r\n\(document)"
    }

    private static func bericht(_ inside: String) -> String {
        let text = "<zakLk01 xmlns='http://www.egem.nl/StUF/sector/zkn/0310'>\(inside)</zakLk01>"
        return
            "POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: \(text.utf8.count)\r\n\r\n"
            + text
    }

    private static let settings = """
        head-limit     4 KB
        fields-limit   20
        target-limit   1 KB
        body-limit     20 KB
        xml-depth      10
        xml-attributes 16
        xml-silence    8 KB
        question-limit 1 KB
        json-depth     3
        connections    40
        connections-per-address 20
        head-timeout   2 s
        requires-crs   yes
        contact-name   "Testgemeente"
        """

    private static let long = String(repeating: "x", count: 3000)

    /// What is sent, the status, and what the answer says.
    static let rows: [(name: String, text: String, status: Int, says: String)] = [
        ("nothing", get + "\r\n", 200, "alive"),
        ("head-limit", get + "X: \(long)\r\nY: \(long)\r\n\r\n", 431, "H1"),
        ("fields-limit", get + String(repeating: "X: y\r\n", count: 25) + "\r\n", 431, "H1"),
        ("target-limit", "GET /livez?\(long) HTTP/1.1\r\nHost: a\r\n\r\n", 414, "H1"),
        ("body-limit", bericht("<a>\(String(repeating: "x", count: 30_000))</a>"), 413, "Fo03"),
        (
            "xml-depth", bericht(String(repeating: "<a>", count: 12) + String(repeating: "</a>", count: 12)),
            500, "X0"
        ),
        (
            "xml-attributes", bericht("<a \((0..<20).map { "a\($0)='1'" }.joined(separator: " "))/>"), 500,
            "X0"
        ),
        ("xml-silence", bericht("<a b='\(String(repeating: "x", count: 18_000))'/>"), 500, "X0"),
        ("question-limit", ask(#"{"identificatie":"\#(long)"}"#), 413, "H1"),
        ("json-depth", ask(#"{"a":[[[1]]]}"#), 400, "parse_error"),
        ("a key twice", ask(#"{"identificatie":"1","identificatie":"2"}"#), 400, "parse_error"),
        ("requires-crs", "GET \(zaken) HTTP/1.1\r\nHost: a\r\n\r\n", 412, "A209"),
        (
            "contact-name", "GET /zaken/api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n", 200,
            "Testgemeente"
        ),
        ("head-timeout", "GET /livez HTT", 408, "H1"),
    ]

    @Test("is kept, and what is beyond it is refused with its code")
    func kept() throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/sluis.conf"
        try Data(Self.settings.utf8).write(to: URL(filePath: file))
        let bridge = try Bridge(["--config", file], in: folder)
        let address = try #require(Address(String(bridge.sluis.base.dropFirst("http://".count))))
        for row in Self.rows {
            let socket = try Socket.connect(to: address, until: .after(.seconds(30)))
            try socket.writeAll(Array(row.text.utf8))
            if row.name != "head-timeout" { socket.shutdownWriting() }
            var answer = ""
            while let bytes = try? socket.readSome(until: .after(.seconds(60))), !bytes.isEmpty {
                answer += String(decoding: bytes, as: UTF8.self)
            }
            #expect(answer.hasPrefix("HTTP/1.1 \(row.status) "), "\(row.name): \(answer.prefix(600))")
            #expect(answer.contains(row.says), "\(row.name): \(answer.prefix(600))")
        }
        var open: [Handover<Socket>] = []
        var refused = ""
        for _ in 0..<30 {
            let socket = try Socket.connect(to: address, until: .after(.seconds(30)))
            try socket.writeAll(Array((Self.get + "\r\n").utf8))
            let answer = try socket.readSome(until: .after(.seconds(30))) ?? []
            refused = String(decoding: answer, as: UTF8.self)
            guard refused.hasPrefix("HTTP/1.1 200 ") else { break }
            open.append(Handover(socket))
        }
        #expect(open.count == 20)
        #expect(refused.hasPrefix("HTTP/1.1 503 "), "\(refused)")
        open = []
        #expect(bridge.sluis.stop() == .status(0))
    }
}

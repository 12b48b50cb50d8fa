import HTTP
import Testing
import Threads

/// The table of what other servers let through; each is answered as a strict reader of RFC 9112 must.
@Suite("A probe over a real socket") struct ProbeTests {
    private static let get = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

    static let table: [(name: String, text: String, statuses: [Int])] = [
        ("a plain request", get, [200]),
        ("two in one write", get + get, [200, 200]),
        ("an empty line before it", "\r\n" + get, [200]),
        (
            "Content-Length and Transfer-Encoding",
            post("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + get), [400]
        ),
        ("two different Content-Lengths", post("Content-Length: 0\r\nContent-Length: 30", get), [400]),
        ("two equal Content-Lengths", post("Content-Length: 0\r\nContent-Length: 0", get), [400]),
        (
            "chunked and identity",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n" + get), [501]
        ),
        ("xchunked", post("Transfer-Encoding: xchunked", "0\r\n\r\n" + get), [501]),
        ("a space before the colon", post("Content-Length : 0", get), [400]),
        ("a folded line", "GET /hello HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n" + get, [400]),
        ("NUL in a field", "GET /hello HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n" + get, [400]),
        ("bare line feeds", "GET /hello HTTP/1.1\nHost: a\n\n" + get, [400]),
        ("a chunk with a bare line feed", post("Transfer-Encoding: chunked", "1\na\n0\n\n" + get), [400]),
        ("no Host", "GET /hello HTTP/1.1\r\n\r\n" + get, [400]),
        ("two Hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + get, [400]),
        ("Content-Length 4, 4", post("Content-Length: 4, 4", "abcd" + get), [400]),
        ("Content-Length +4", post("Content-Length: +4", "abcd" + get), [400]),
        ("Content-Length 0x4", post("Content-Length: 0x4", "abcd" + get), [400]),
        ("Content-Length -1", post("Content-Length: -1", get), [400]),
        (
            "a chunk size that overflows",
            post("Transfer-Encoding: chunked", "10000000000000001\r\na\r\n0\r\n\r\n" + get), [400]
        ),
        (
            "a head of 64 KB",
            "GET /hello HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 65536) + "\r\n\r\n" + get,
            [431]
        ),
        (
            "200 fields",
            "GET /hello HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 200) + "\r\n" + get,
            [431]
        ),
        (
            "a target of 12 KB",
            "GET /" + String(repeating: "x", count: 12288) + " HTTP/1.1\r\nHost: a\r\n\r\n" + get, [414]
        ),
        (
            "a chunk extension", post("Transfer-Encoding: chunked", "1;a=b\r\na\r\n0\r\n\r\n" + get),
            [200, 200]
        ),
        ("a trailer", post("Transfer-Encoding: chunked", "1\r\na\r\n0\r\nX: y\r\n\r\n" + get), [200, 200]),
        ("Expect: 100-continue", post("Content-Length: 1\r\nExpect: 100-continue", "a" + get), [200, 200]),
        ("another expectation", post("Content-Length: 1\r\nExpect: magic", "a" + get), [417]),
        (
            "a body beyond the limit",
            "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n01234567890" + get, [413]
        ),
        (
            "chunks beyond the limit",
            "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n"
                + get, [413]
        ),
        ("HTTP/1.0", "GET /hello HTTP/1.0\r\n\r\n" + get, [200]),
        (
            "HTTP/1.0 in chunks", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get,
            [400]
        ),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [505]),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}", [400]),
        ("an unknown method", "BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n" + get, [501]),
        ("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n" + get, [501]),
        ("a percent sign without digits", "GET /% HTTP/1.1\r\nHost: a\r\n\r\n" + get, [400]),
        ("a body where none is read", post("Content-Length: 40", get, to: "/hello"), [200]),
    ]

    private static func post(_ fields: String, _ rest: String, to path: String = "/echo") -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n" + rest
    }

    @Test("is answered as a strict reader must, at once and byte by byte")
    func probes() throws {
        let server = try Server()
        defer { server.stop() }
        for row in Self.table {
            var client = try RawClient(server)
            try client.send(row.text)
            #expect(try client.statuses() == row.statuses, "\(row.name)")
            guard row.text.utf8.count < 400 else { continue }
            var slow = try RawClient(server)
            for byte in row.text.utf8 {
                // A refused one may be gone before it has said everything.
                guard (try? slow.socket.writeAll([byte])) != nil else { break }
            }
            #expect((try? slow.statuses()) ?? row.statuses == row.statuses, "\(row.name), byte by byte")
        }
    }
}

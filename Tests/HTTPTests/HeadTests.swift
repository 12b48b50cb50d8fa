import Diagnostics
import HTTP
import Testing

/// What becomes of a request, given in pieces of any size.
func read(_ text: String, pieces: Int = .max, limits: Limits = Limits()) -> Result<RequestHead, HTTPFailure>?
{
    let bytes = Array(text.utf8)
    var scanner = HeadScanner()
    do throws(HTTPFailure) {
        var count = 0
        while count < bytes.count {
            count = min(bytes.count, pieces == .max ? bytes.count : count + pieces)
            if let end = try scanner.scan(bytes[..<count], limits: limits) {
                return .success(try HeadParser.parse(Array(bytes[scanner.leading..<end]), limits: limits))
            }
        }
        return nil
    } catch {
        return .failure(error)
    }
}

func refusal(_ text: String, pieces: Int = .max, limits: Limits = Limits()) -> Code? {
    guard case .failure(let failure) = read(text, pieces: pieces, limits: limits) else { return nil }
    return failure.code
}

@Suite("The head of a request") struct HeadTests {
    @Test("is read alike in pieces of any size", arguments: [1, 2, 3, 7, 64, Int.max])
    func pieces(size: Int) throws {
        let text =
            "\r\nPOST /zaken/api/v1/zaken?identificatie=a%20b&page=2&leeg HTTP/1.1\r\nHost: a:80\r\n"
            + "Content-TYPE:  text/xml; charset=utf-8 \r\nX:\r\nContent-Length: 12\r\nX: 2\r\n\r\n"
        let head = try #require(try read(text, pieces: size)?.get())
        #expect(head.method == .post)
        #expect(head.version == .http11)
        #expect(head.pathSegments == ["zaken", "api", "v1", "zaken"])
        #expect(head.queryItems.map(\.name) == ["identificatie", "page", "leeg"])
        #expect(head.queryItems.map(\.value) == ["a b", "2", ""])
        #expect(head["content-type"] == "text/xml; charset=utf-8")
        #expect(head.values(of: "x") == ["", "2"])
        #expect(head["y"] == nil)
        #expect(head.framing == .length(12))
        #expect(head.keepsAlive)
    }

    @Test(
        "is refused when two readers could see two requests in it",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", Code.hostInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .hostInvalid),
            ("GET / HTTP/1.1\r\nHost:\r\n\r\n", .hostInvalid),
            ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .hostInvalid),
            ("GET / HTTP/1.1\r\nHost: me@a\r\n\r\n", .hostInvalid),
            ("GET / HTTP/1.1\nHost: a\n\n", .lineEndInvalid),
            ("GET / HTTP/1.1\r\nHost: a\n\r\n", .lineEndInvalid),
            ("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .lineEndInvalid),
            ("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: \u{7F}\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\nX(y): x\r\n\r\n", .fieldInvalid),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                .framingAmbiguous
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\nContent-Length: 1\r\n\r\n",
                .framingAmbiguous
            ),
            ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .framingAmbiguous),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                .contentLengthInvalid
            ),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\n", .contentLengthInvalid),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\n", .contentLengthInvalid),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x4\r\n\r\n", .contentLengthInvalid),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", .contentLengthInvalid),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                .contentLengthInvalid
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
                .transferCodingNotImplemented
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
                .transferCodingNotImplemented
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
                .transferCodingNotImplemented
            ),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\u{b}\r\n\r\n", .fieldInvalid),
            ("GET / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\n\r\n", .expectationUnknown),
        ] as [(String, Code)])
    func smuggling(row: (text: String, code: Code)) {
        for size in [1, 5, Int.max] { #expect(refusal(row.text, pieces: size) == row.code) }
    }

    @Test(
        "is refused when its first line is none",
        arguments: [
            ("GET  / HTTP/1.1\r\n\r\n", Code.requestLineInvalid), ("GET /\r\n\r\n", .requestLineInvalid),
            ("GET / http/1.1\r\n\r\n", .requestLineInvalid), ("GET / HTTP/1.1 \r\n\r\n", .requestLineInvalid),
            ("GET /a b HTTP/1.1\r\n\r\n", .requestLineInvalid), ("\u{16}\u{3}\u{1}", .requestLineInvalid),
            ("\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", .requestLineInvalid),
            (" GET / HTTP/1.1\r\n", .requestLineInvalid),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", .versionNotSupported),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .versionNotSupported),
            ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", .methodNotImplemented),
            ("get / HTTP/1.1\r\nHost: a\r\n\r\n", .methodNotImplemented),
            ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET /?a=%ff HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET /é HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
            ("GET http://u@a/a HTTP/1.1\r\nHost: a\r\n\r\n", .targetInvalid),
        ] as [(String, Code)])
    func requestLine(row: (text: String, code: Code)) {
        #expect(refusal(row.text) == row.code)
    }

    @Test(
        "gives the path of every form of target, decoded",
        arguments: [
            ("/", [""]), ("/a%2Fb/c%20d/", ["a/b", "c d", ""]), ("/a+b", ["a+b"]), ("/%C3%A9", ["é"]),
            ("http://a.nl:80/x/y?z", ["x", "y"]), ("HTTPS://[::1]/x", ["x"]), ("/a/../b", ["a", "..", "b"]),
        ])
    func targets(row: (target: String, segments: [String])) throws {
        #expect(try RequestHead(.get, row.target).pathSegments == row.segments)
    }

    @Test(
        "says whether the connection goes on",
        arguments: [
            ("HTTP/1.1", "X: y", true), ("HTTP/1.1", "Connection: close", false),
            ("HTTP/1.1", "Connection: te, CLOSE ", false), ("HTTP/1.0", "X: y", false),
            ("HTTP/1.0", "Connection: keep-alive", false), ("HTTP/1.1", "Connection: closed", true),
        ])
    func keepAlive(row: (version: String, field: String, expected: Bool)) throws {
        let head = try #require(try read("GET / \(row.version)\r\nHost: a\r\n\(row.field)\r\n\r\n")?.get())
        #expect(head.keepsAlive == row.expected)
    }

    @Test("has limits, seen before it is complete")
    func limits() {
        var limits = Limits()
        limits.headByteCount = 200
        limits.fieldCount = 3
        limits.targetByteCount = 40
        let line = "GET / HTTP/1.1\r\nHost: a\r\n"
        #expect(
            refusal(line + "X: " + String(repeating: "x", count: 200), pieces: 1, limits: limits)
                == .headTooLarge)
        #expect(
            refusal(line + "X: " + String(repeating: "x", count: 200) + "\r\n\r\n", limits: limits)
                == .headTooLarge)
        #expect(
            refusal("GET /" + String(repeating: "x", count: 90), pieces: 3, limits: limits) == .targetTooLong)
        #expect(
            refusal(
                "GET /" + String(repeating: "x", count: 41) + " HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits)
                == .targetTooLong)
        #expect(refusal(line + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits: limits) == .tooManyFields)
        #expect(refusal(line + "A: 1\r\nB: 2\r\n\r\n", limits: limits) == nil)
    }

    @Test("that is garbage never does more than be refused", arguments: 0..<20)
    func fuzz(seed: Int) throws {
        let valid = Array("POST /a%20b?c=d HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: y\r\n\r\n".utf8)
        var random = SplitMix(seed: UInt64(seed))
        for _ in 0..<500 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(7), at: place)
                }
            }
            var scanner = HeadScanner()
            guard let end = try? scanner.scan(bytes[...], limits: Limits()) else { continue }
            guard let head = try? HeadParser.parse(Array(bytes[scanner.leading..<end]), limits: Limits())
            else { continue }
            _ = (head.pathSegments, head.queryItems, head["x"])
        }
    }
}

/// A small random source whose seed a failing test names.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

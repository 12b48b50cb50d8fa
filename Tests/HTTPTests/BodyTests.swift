import Diagnostics
import HTTP
import Testing

@Suite("A body") struct BodyTests {
    /// The content, and how many bytes it took; or why it was refused.
    private func decode(
        _ text: String, _ framing: RequestHead.Framing, pieces: Int = .max, limit: Int64 = 1000
    ) -> Result<(content: String, used: Int)?, HTTPFailure> {
        let bytes = Array(text.utf8)
        var content: [UInt8] = []
        do throws(HTTPFailure) {
            var decoder = try BodyDecoder(framing, limit: limit, limits: Limits())
            var start = 0
            while true {
                let slice = bytes[..<(pieces == .max ? bytes.count : min(bytes.count, start + pieces))]
                var position = start
                decoding: while true {
                    switch try decoder.step(slice, from: position) {
                    case .data(let range):
                        content += slice[range]
                        position = range.upperBound
                    case .more: break decoding
                    case .end(let end): return .success((String(decoding: content, as: UTF8.self), end))
                    }
                }
                start = slice.endIndex
                if start == bytes.count { return .success(nil) }
            }
        } catch {
            return .failure(error)
        }
    }

    @Test("in chunks is put together, whatever the pieces", arguments: [1, 2, 3, 5, Int.max])
    func chunks(pieces: Int) throws {
        let text =
            "3;a=b\r\nabc\r\n0000A ; c=\"d\"\r\n0123456789\r\n0\r\nTrailer: x\r\nA:\r\n\r\nGET /"
        let result = try #require(try decode(text, .chunked, pieces: pieces).get())
        #expect(result.content == "abc0123456789")
        #expect(result.used == text.utf8.count - 5)
    }

    @Test(
        "in chunks is refused when it is malformed",
        arguments: [
            "g\r\n", "\r\n", ";a\r\n", "-1\r\n", "0x1\r\n", "1\na\r\n", "1\r\nab\r\n", "1\r\na\n",
            "1\r\na\r\r",
            "1 a\r\n", "1 \r\n", "1;a\u{0}\r\n", "1;a\nb\r\n", "10000000000000000\r\n",
            "FFFFFFFFFFFFFFFF1\r\n",
            "0\r\n\n", "0\r\nA\r\n\r\n", "0\r\n A: b\r\n\r\n", "0\r\nA: b\n\r\n", "0\r\nA : b\r\n\r\n",
            "0\r\n: b\r\n",
        ])
    func malformed(text: String) {
        for pieces in [1, Int.max] {
            guard case .failure(let failure) = decode(text, .chunked, pieces: pieces) else {
                Issue.record("taken: \(text.debugDescription)")
                continue
            }
            #expect(failure.code == .chunkInvalid)
        }
    }

    @Test("ends where its length says", arguments: [1, 4, Int.max])
    func length(pieces: Int) throws {
        let result = try #require(try decode("abcdeGET", .length(5), pieces: pieces).get())
        #expect(result == ("abcde", 5))
        #expect(try decode("abc", .length(5), pieces: pieces).get() == nil)
        #expect(try decode("x", .none, pieces: pieces).get()?.used == 0)
    }

    @Test("beyond the limit is refused, announced or not")
    func limits() {
        for (text, framing) in [
            ("", RequestHead.Framing.length(1001)),
            ("3e9\r\n" + String(repeating: "x", count: 1001), .chunked),
        ] {
            guard case .failure(let failure) = decode(text, framing) else {
                Issue.record("taken")
                continue
            }
            #expect(failure.code == .bodyTooLarge)
        }
    }

    @Test(
        "of nothing but extensions or trailers does not go on for ever",
        arguments: [
            "1;" + String(repeating: "x", count: 20000), "0\r\n" + String(repeating: "A: b\r\n", count: 4000),
            String(repeating: "1;" + String(repeating: "x", count: 100) + "\r\na\r\n", count: 400),
        ])
    func overhead(text: String) {
        guard case .failure(let failure) = decode(text, .chunked) else {
            Issue.record("taken")
            return
        }
        #expect(failure.code == .chunkInvalid)
    }
}

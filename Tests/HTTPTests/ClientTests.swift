import Diagnostics
import HTTP
import Testing
import Threads

@Suite("A call") struct ClientTests {
    private func refusal(_ client: Client, _ request: Request) -> HTTPFailure? {
        do throws(HTTPFailure) {
            _ = try client.call(request)
            return nil
        } catch {
            return error
        }
    }

    /// One connection that reads something and then gets these bytes, or nothing when nil; then it is closed.
    private func answering(
        _ texts: [String?], _ body: (_ url: String) throws -> Void
    ) throws -> [String] {
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let url = "http://\(listener.localAddress)/pad?x"
        let handover = Handover(listener)
        let seen = Monitor<[String]>([])
        let thread = try Thread.start("answering") {
            guard let listener = handover.take() else { return }
            for text in texts {
                _ = Descriptor.wait(for: listener.descriptor.number, .reading, until: .after(.seconds(10)))
                guard let socket = try? listener.accept()?.taken() else { return }
                let request = try? socket.readSome(until: .after(.seconds(10)))
                seen.withLock { $0.append(String(decoding: request ?? [], as: UTF8.self)) }
                if let text { try? socket.writeAll(Array(text.utf8)) }
                _ = text == nil ? try? socket.readSome(until: .after(.seconds(10))) : nil
            }
        }
        try body(url)
        thread.join()
        return seen.withLock { $0 }
    }

    @Test("gives the answer, whatever its status, with every method", arguments: Method.allCases)
    func methods(method: Method) throws {
        let server = try Server()
        defer { server.stop() }
        let client = try Client()
        defer { client.stop() }
        let base = "http://\(server.listener.address)"
        let body = method == .post || method == .put || method == .patch ? Array("inhoud".utf8) : []
        let answer = try client.call(Request(method, base + "/echo", body: body))
        #expect(answer.status == .ok)
        #expect(answer.bytes == body)
        let missing = try client.call(Request(method, base + "/nowhere"))
        #expect(missing.status == .notFound)
        #expect(missing.fields["content-type"] == "text/plain; charset=utf-8")
    }

    @Test("says what it is and nothing more")
    func request() throws {
        let client = try Client()
        defer { client.stop() }
        let seen = try answering(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]) { url in
            let fields = [
                Field("Content-Type", "text/xml"), Field("SOAPAction", "\"a\""), Field("Empty", ""),
            ]
            let answer = try client.call(Request(.post, url, fields: fields, body: [0x61]))
            #expect(answer.status == .ok)
        }
        let text = try #require(seen.first)
        #expect(text.hasPrefix("POST /pad?x HTTP/1.1\r\nHost: 127.0.0.1:"))
        #expect(
            text.hasSuffix(
                "\r\nAccept: */*\r\nContent-Type: text/xml\r\nSOAPAction: \"a\"\r\nEmpty:\r\nUser-Agent: sluis\r\n"
                    + "Content-Length: 1\r\n\r\na"))
    }

    @Test("uses connections again")
    func keepAlive() throws {
        let server = try Server()
        defer { server.stop() }
        let client = try Client()
        defer { client.stop() }
        for _ in 0..<50 {
            _ = try client.call(Request(.post, "http://\(server.listener.address)/echo", body: [1, 2, 3]))
            #expect(server.listener.connectionCount == 1)
        }
    }

    @Test("is made beside others, from many threads")
    func concurrent() throws {
        let server = try Server()
        defer { server.stop() }
        let client = try Client()
        defer { client.stop() }
        let url = "http://\(server.listener.address)/echo"
        let good = Monitor(0)
        let threads = try (0..<8).map { number in
            try Thread.start("caller-\(number)") {
                for round in 0..<20 {
                    let body = Array("\(number) \(round)".utf8)
                    guard let answer = try? client.call(Request(.post, url, body: body)) else { continue }
                    if answer.bytes == body { good.withLock { $0 += 1 } }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(good.withLock { $0 } == 160)
    }

    @Test("reads a large answer up to its limit")
    func sizes() throws {
        let server = try Server()
        defer { server.stop() }
        let client = try Client()
        defer { client.stop() }
        let base = "http://\(server.listener.address)"
        #expect(try client.call(Request(.get, base + "/large")).bytes.count == 5_000_000)
        #expect(try client.call(Request(.get, base + "/pieces")).bytes.count == 1_000_000)
        let failure = refusal(client, Request(.get, base + "/large", responseByteCount: 4_999_999))
        #expect(failure?.code == .responseTooLarge && failure?.isPassing == false)
    }

    @Test(
        "does not read a head without end",
        arguments: [
            "HTTP/1.1 200 OK\r\n"
                + String(repeating: "X: \(String(repeating: "a", count: 500))\r\n", count: 300),
            "HTTP/1.1 200 OK\r\n" + String(repeating: "X: a\r\n", count: 300),
            "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 90_000) + "\r\n",
            String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 4000),
        ])
    func endlessHead(text: String) throws {
        let client = try Client()
        defer { client.stop() }
        _ = try answering([text]) { url in
            #expect(refusal(client, Request(.get, url))?.code == .responseTooLarge)
        }
    }

    @Test("does not follow a redirect")
    func redirect() throws {
        let client = try Client()
        defer { client.stop() }
        _ = try answering(["HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"]
        ) { url in
            let answer = try client.call(Request(.get, url))
            #expect(answer.status == Status(302) && answer.fields["location"] == "http://127.0.0.1:1/")
        }
    }

    @Test(
        "that cannot be made is refused before anything is sent",
        arguments: [
            "file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1/", "http:/x", "", "http://a b/",
            "gopher://x",
            "http://127.0.0.1:1/\r\nX: y",
        ])
    func refused(url: String) throws {
        let client = try Client()
        defer { client.stop() }
        #expect(refusal(client, Request(.get, url))?.code == .callRefused)
        let split = Request(.get, "http://127.0.0.1:1/", fields: [Field("X", "a\r\nY: b")])
        #expect(refusal(client, split)?.code == .callRefused)
    }

    @Test("to nobody says that nothing was sent, and where, without the path")
    func unreachable() throws {
        let client = try Client()
        defer { client.stop() }
        let failure = refusal(
            client, Request(.post, "http://user:geheim@127.0.0.1:1/zaken/999990019?bsn=999990019"))
        #expect(failure?.code == .callUnreachable && failure?.isPassing == true)
        #expect(failure?.place == "POST http://127.0.0.1:1")
        #expect(refusal(client, Request(.get, "http://no-such-host.invalid/"))?.code == .callUnreachable)
    }

    @Test("that gets no answer in time says that it is not known what happened")
    func timedOut() throws {
        let client = try Client()
        defer { client.stop() }
        _ = try answering([nil]) { url in
            #expect(refusal(client, Request(.post, url, time: .milliseconds(50)))?.code == .callTimedOut)
        }
    }

    @Test(
        "whose answer is cut off or no HTTP says so",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", Code.callBroken), ("", .callBroken),
            ("SSH-2.0-x\r\n", .responseInvalid),
        ])
    func broken(row: (text: String, code: Code)) throws {
        let client = try Client()
        defer { client.stop() }
        _ = try answering([row.text]) { url in
            #expect(refusal(client, Request(.post, url))?.code == row.code)
        }
    }

    @Test("is never made twice by itself when it changes something")
    func once() throws {
        let client = try Client()
        defer { client.stop() }
        // A server that answers the first request of a connection and drops the second.
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let url = "http://\(listener.localAddress)/"
        let handover = Handover(listener)
        let count = Monitor(0)
        let thread = try Thread.start("dropping") {
            guard let listener = handover.take() else { return }
            for _ in 0..<2 {
                _ = Descriptor.wait(
                    for: listener.descriptor.number, .reading, until: .after(.milliseconds(300)))
                guard let socket = try? listener.accept()?.taken() else { return }
                for round in 0..<2 {
                    guard let bytes = try? socket.readSome(until: .after(.seconds(10))), !bytes.isEmpty else {
                        break
                    }
                    count.withLock { $0 += 1 }
                    if round == 0 {
                        try? socket.writeAll(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))
                    }
                }
            }
        }
        #expect(try client.call(Request(.post, url, body: [1])).status == .ok)
        #expect(refusal(client, Request(.post, url, body: [2]))?.code == .callBroken)
        thread.join()
        #expect(count.withLock { $0 } == 2)
    }

    @Test("under way is given up when the client stops, and no thread is left")
    func stopping() throws {
        let client = try Client()
        let server = try Server()
        let result = OneShot<HTTPFailure?>()
        let url = "http://\(server.listener.address)/later"
        let thread = try Thread.start("stopped-caller") { result.fulfil(refusal(client, Request(.get, url))) }
        let exchange = server.waiting.take(until: .after(.seconds(10)))
        client.stop()
        thread.join()
        #expect(result.wait()??.code == .callStopped)
        #expect(refusal(client, Request(.get, url))?.code == .callStopped)
        exchange?.take()?.reply(Response(.ok))
        server.stop()
    }
}

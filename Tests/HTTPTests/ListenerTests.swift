import Diagnostics
import HTTP
import Telemetry
import Testing
import Threads

@Suite("A listener") struct ListenerTests {
    private static let get = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("answers with length, date and nothing about itself")
    func fields() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send(Self.get)
        let answer = try #require(try client.answer())
        #expect(answer.body == "hello")
        #expect(answer.head.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
        #expect(answer.head.contains(" GMT\r\n"))
        #expect(answer.head.hasSuffix("Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n"))
    }

    @Test("sends no body for HEAD and for 204, and goes on behind it")
    func withoutBody() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send(
            "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        let head = try #require(try client.answer(toHead: true))
        #expect(head.head.contains("Content-Length: 5\r\n"))
        let none = try #require(try client.answer())
        #expect(none.status == 204 && !none.head.contains("Content-Length"))
        #expect(try client.answer()?.body == "hello")
        try client.send("HEAD /pieces HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        #expect(try client.answer(toHead: true)?.status == 200)
        #expect(try client.answer()?.body == "hello")
    }

    @Test("hangs up without an answer when it is told to, and serves others")
    func hangUp() throws {
        let server = try Server()
        defer { server.stop() }
        var gone = try RawClient(server)
        try gone.send("GET /gone HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try gone.isEnded())
        var client = try RawClient(server)
        try client.send(Self.get)
        #expect(try client.answer()?.body == "hello")
    }

    @Test("never lets a field split an answer in two")
    func splitting() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("GET /split HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        let answer = try #require(try client.answer())
        #expect(!answer.head.contains("Y: b") && answer.head.contains("Content-Length: 0\r\n"))
        #expect(try client.answer()?.body == "hello")
    }

    @Test("answers a thousand requests of one write in order")
    func pipelining() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        var text = ""
        for number in 0..<1000 {
            let body = "body \(number)"
            text += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        try client.send(text)
        for number in 0..<1000 { #expect(try client.answer()?.body == "body \(number)") }
    }

    @Test("does not read on while the answers are not taken")
    func pipelineFlood() throws {
        let server = try Server()
        defer { server.stop() }
        let client = try RawClient(server)
        // Asks for 5 MB a hundred times and reads nothing: what is kept for it stays one answer.
        try client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", count: 100))
        var other = try RawClient(server)
        try other.send(Self.get)
        #expect(try other.answer()?.body == "hello")
    }

    @Test("writes large answers and answers in pieces as fast as they are taken", arguments: ["1.1", "1.0"])
    func large(version: String) throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("GET /large HTTP/\(version)\r\nHost: a\r\n\r\n")
        #expect(try client.answer()?.body.utf8.count == 5_000_000)
        var second = try RawClient(server)
        try second.send("GET /pieces HTTP/\(version)\r\nHost: a\r\n\r\n")
        if version == "1.1" {
            #expect(try second.answer()?.body.utf8.count == 1_000_000)
        } else {
            #expect(try second.answer()?.head.contains("Connection: close") == true)
        }
    }

    @Test("asks for a piece of an answer only when the one before it is taken")
    func endless() throws {
        let server = try Server()
        defer { server.stop() }
        let client = try RawClient(server)
        try client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        var taken = 0
        while taken < 8 << 20 {
            let bytes = try client.socket.readSome(until: .after(.seconds(30))) ?? []
            try #require(!bytes.isEmpty)
            taken += bytes.count
        }
        // What was taken, what the system holds of both ends, and one.
        #expect(server.asked.withLock { $0 } < 64)
    }

    @Test("closes the connection in the middle of an answer of which a piece is never brought")
    func dropped() throws {
        let server = try Server()
        defer { server.stop() }
        let client = try RawClient(server)
        try client.send("GET /dropped HTTP/1.1\r\nHost: a\r\n\r\n")
        var bytes: [UInt8] = []
        while let more = try client.socket.readSome(until: .after(.seconds(30))), !more.isEmpty {
            bytes += more
        }
        #expect(bytes.starts(with: "HTTP/1.1 200 OK\r\n".utf8))
        #expect(!String(decoding: bytes, as: UTF8.self).hasSuffix("0\r\n\r\n"))
    }

    @Test("hands a large body on without holding it", arguments: ["count", "pausing"])
    func streaming(path: String) throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        let count = 8_000_000
        try client.send("POST /\(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n")
        try client.socket.writeAll([UInt8](repeating: 0x78, count: count))
        #expect(try client.answer()?.body == String(count))
        let line = String(count, radix: 16)
        try client.send("POST /\(path) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(line)\r\n")
        try client.socket.writeAll([UInt8](repeating: 0x78, count: count))
        try client.send("\r\n0\r\n\r\n")
        #expect(try client.answer()?.body == String(2 * count))
    }

    @Test("asks for the body of a sender that waits for it, unless it is refused")
    func expectation() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n")
        #expect(try client.answer()?.status == 100)
        try client.send("abc")
        #expect(try client.answer()?.body == "abc")
        try client.send(
            "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.answer()?.status == 404)
        #expect(try client.isEnded())
    }

    @Test("answers early when the handler has seen enough, and ends the connection")
    func early() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\nabc")
        let answer = try #require(try client.answer())
        #expect(answer.status == 400 && answer.body == "enough" && answer.head.contains("Connection: close"))
        #expect(server.abandoned.withLock { $0 } == 0)
    }

    @Test("answers 500 when an exchange is forgotten")
    func forgotten() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("GET /drop HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        #expect(try client.answer()?.body == "H119 requestUnanswered\n")
        #expect(try client.answer()?.body == "hello")
    }

    @Test("answers one who has closed its sending side")
    func halfClosed() throws {
        let server = try Server()
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        client.socket.shutdownWriting()
        let exchange = try #require(server.waiting.take(until: .after(.seconds(10)))).take()
        exchange?.reply(Response(.ok, text: "late"))
        #expect(try client.answer()?.body == "late")
        #expect(try client.isEnded())
    }

    @Test(
        "survives a reset in every state, and tells the handler",
        arguments: [
            "", "GET /hel", "POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
            "GET /later HTTP/1.1\r\nHost: a\r\n\r\n", "GET /large HTTP/1.1\r\nHost: a\r\n\r\n",
            "BREW\r\n\r\n",
        ])
    func reset(text: String) throws {
        let server = try Server()
        defer { server.stop() }
        var late: Handover<Exchange>?
        do {
            let client = try RawClient(server)
            try client.send(text)
            if text.contains("/count") {
                _ = server.bodyByteCount.wait(until: .after(.seconds(10))) { $0 == 3 ? true : nil }
            }
            if text.contains("/later") { late = server.waiting.take(until: .after(.seconds(10))) }
            client.socket.resetOnClose()
        }
        if text.contains("/count") {
            #expect(server.abandoned.wait(until: .after(.seconds(10))) { $0 == 1 ? true : nil } == true)
        }
        late?.take()?.reply(Response(.ok))
        var other = try RawClient(server)
        try other.send(Self.get)
        #expect(try other.answer()?.body == "hello")
    }

    @Test("never gives one connection's answer to another")
    func stale() throws {
        let server = try Server(loops: 1)
        defer { server.stop() }
        do {
            let gone = try RawClient(server)
            try gone.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = Descriptor.wait(for: gone.socket.descriptor.number, .reading, until: .now)
            let first = try #require(server.waiting.take(until: .after(.seconds(10))))
            gone.socket.resetOnClose()
            _ = server.waiting.offer(first)
        }
        // The new connection most likely gets the descriptor of the old one.
        var client = try RawClient(server)
        try client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        let old = try #require(server.waiting.take(until: .after(.seconds(10))))
        let new = try #require(server.waiting.take(until: .after(.seconds(10))))
        old.take()?.reply(Response(.ok, text: "old"))
        new.take()?.reply(Response(.ok, text: "new"))
        #expect(try client.answer()?.body == "new")
    }

    @Test("has room for two thousand idle connections")
    func manyIdle() throws {
        var limits = Limits()
        limits.connectionCountPerAddress = 3000
        let server = try Server(limits: limits)
        defer { server.stop() }
        var sockets: [Handover<Socket>] = []
        for _ in 0..<2000 {
            sockets.append(
                Handover(try Socket.connect(to: server.listener.address, until: .after(.seconds(10)))))
        }
        var client = try RawClient(server)
        try client.send(Self.get)
        #expect(try client.answer()?.body == "hello")
        for socket in sockets { try socket.take()?.writeAll(Array(Self.get.utf8)) }
    }
}

@Suite("A listener's limits") struct LimitTests {
    @Test("of connections from one address and in all are answered 503", arguments: [true, false])
    func connections(perAddress: Bool) throws {
        var limits = Limits()
        limits.connectionCount = perAddress ? 100 : 2
        limits.connectionCountPerAddress = perAddress ? 2 : 100
        let server = try Server(limits: limits)
        defer { server.stop() }
        var first = try RawClient(server)
        var second = try RawClient(server)
        for _ in 0..<2 {
            try first.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try first.answer()?.status == 200)
            try second.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try second.answer()?.status == 200)
        }
        var third = try RawClient(server)
        let refused = try #require(try third.answer())
        #expect(refused.status == 503 && refused.body == "H118 tooManyConnections\n")
        #expect(refused.head.contains("Retry-After: 1\r\n"))
        #expect(server.listener.connectionCount == 2)
    }

    @Test(
        "of time end a request that does not come in",
        arguments: [
            ("GET /hello HTTP/1.1\r\nHost", [408]), ("", []),
            ("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", [408]),
            ("POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;", [408]),
            ("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", [200]),
        ])
    func time(row: (text: String, statuses: [Int])) throws {
        var limits = Limits()
        limits.headTime = .milliseconds(40)
        limits.bodyPause = .milliseconds(40)
        limits.idleTime = .milliseconds(40)
        let server = try Server(limits: limits)
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send(row.text)
        var statuses: [Int] = []
        while let answer = try client.answer() { statuses.append(answer.status) }
        #expect(statuses == row.statuses)
        if row.text.contains("/count") { #expect(server.abandoned.withLock { $0 } == 1) }
    }

    @Test("of time end a body that trickles in for ever, and an answer that nobody takes")
    func trickle() throws {
        var limits = Limits()
        limits.bodyTime = .milliseconds(60)
        limits.writePause = .milliseconds(60)
        let server = try Server(limits: limits)
        defer { server.stop() }
        var client = try RawClient(server)
        try client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n")
        var isOpen = true
        while isOpen {
            isOpen = (try? client.socket.writeAll([0x61])) != nil && server.abandoned.withLock { $0 } == 0
        }
        #expect(try client.answer()?.status == 408)
        let idle = try RawClient(server)
        try idle.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        let count = Monitor(0)
        let listener = server.listener
        // It is the listener that ends it: this side reads nothing.
        while listener.connectionCount > 1 { count.withLock { $0 += 1 } }
        withExtendedLifetime(idle.socket) {}
    }
}

@Suite("Draining a listener") struct DrainTests {
    @Test("finishes requests under way, ends idle connections and leaves no thread")
    func finishes() throws {
        let server = try Server(loops: 1)
        var idle = try RawClient(server)
        try idle.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try idle.answer()?.status == 200)
        var busy = try RawClient(server)
        try busy.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        let exchange = try #require(server.waiting.take(until: .after(.seconds(10))))
        let left = OneShot<Int>()
        let drainer = try Thread.start("drainer") { left.fulfil(server.stop(within: .seconds(30))) }
        #expect(try idle.isEnded())
        exchange.take()?.reply(Response(.ok, text: "last"))
        let answer = try #require(try busy.answer())
        #expect(answer.body == "last" && answer.head.contains("Connection: close"))
        _ = consume busy
        drainer.join()
        #expect(left.wait() == 0)
        #expect(throws: SystemFailure.self) { _ = try Socket.connect(to: server.listener.address) }
    }

    @Test("cuts off at the deadline what did not end, and says how many")
    func deadline() throws {
        let server = try Server()
        let clients = try (0..<3).map { _ in
            let client = try RawClient(server)
            try client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
            return Handover(client)
        }
        let exchanges = (0..<3).compactMap { _ in server.waiting.take(until: .after(.seconds(10))) }
        #expect(server.stop(within: .milliseconds(30)) == 3)
        for exchange in exchanges { exchange.take()?.reply(Response(.ok)) }
        for client in clients {
            guard var client = client.take() else { continue }
            #expect((try? client.isEnded()) ?? true)
        }
    }

    @Test("frees the port, which nobody else could take before")
    func port() throws {
        let server = try Server(loops: 2)
        let port = try #require(server.listener.address.port)
        do {
            _ = try Server(loops: 2, port: port)
            Issue.record("two listeners on one port")
        } catch let failure as SystemFailure {
            #expect(failure.code == .addressInUse)
        }
        #expect(server.stop() == 0)
        let next = try Server(loops: 2, port: port)
        var client = try RawClient(next)
        try client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.answer()?.status == 200)
        next.stop()
    }
}

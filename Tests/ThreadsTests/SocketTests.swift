import Diagnostics
import Testing
import Threads

@Suite("An address") struct AddressTests {
    @Test(
        "is read from text",
        arguments: [
            ("127.0.0.1:8080", "127.0.0.1:8080"), ("localhost:80", "127.0.0.1:80"), ("[::1]:0", "[::1]:0"),
            ("0.0.0.0:65535", "0.0.0.0:65535"), ("", nil), ("8080", nil), ("127.0.0.1", nil), ("::1:80", nil),
            ("127.0.0.1:65536", nil), ("example.org:80", nil), ("127.0.0.256:1", nil), ("127.0.0.1:-1", nil),
        ] as [(String, String?)])
    func parsing(text: String, expected: String?) {
        #expect(Address(text)?.description == expected)
    }

    @Test("knows whether only this machine reaches it")
    func loopback() throws {
        #expect(Address.ip("127.0.0.1", port: 1).isLoopback)
        #expect(Address.ip("::1", port: 1).isLoopback)
        #expect(Address.unix("/run/s").isLoopback)
        #expect(!Address.ip("0.0.0.0", port: 1).isLoopback)
    }
}

@Suite("A socket") struct SocketTests {
    @Test(
        "carries bytes both ways",
        arguments: [
            Address.ip("127.0.0.1", port: 0), .ip("::1", port: 0),
            .unix("/tmp/sluis-socket-\(UInt32.random(in: 0...(.max)))"),
        ])
    func carries(address: Address) throws {
        let listener = try Socket.listen(on: address)
        let place = address.port == nil ? address : listener.localAddress
        #expect(try listener.accept() == nil)
        let client = try Socket.connect(to: place, until: .after(.seconds(5)))
        #expect(
            Descriptor.wait(for: listener.descriptor.number, .reading, until: .after(.seconds(5))) == .ready)
        guard let accepted = try listener.accept() else {
            Issue.record("nobody connected")
            return
        }
        #expect(accepted.peer.host == (address.port == nil ? "" : address.host))
        let server = accepted.taken()
        try client.writeAll(Array("vraag".utf8))
        #expect(try server.readSome(until: .after(.seconds(5))) == Array("vraag".utf8))
        client.shutdownWriting()
        #expect(try server.readSome(until: .after(.seconds(5))) == [])
        try server.writeAll(Array("antwoord".utf8))
        #expect(try client.readSome(until: .after(.seconds(5))) == Array("antwoord".utf8))
        #expect(try client.readSome(until: .after(.milliseconds(1))) == nil)
    }

    @Test("says why it cannot be had")
    func failures() throws {
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let address = listener.localAddress
        _ = consume listener
        #expect(throws: SystemFailure.self) { _ = try Socket.connect(to: address) }
        do {
            _ = try Socket.connect(to: address)
        } catch {
            #expect(error.code == .connectionRefused)
            #expect(error.description == "T104 connectionRefused at connect \(address): Connection refused")
        }
        for (bad, code) in [
            (Address.ip("192.0.2.1", port: 0), Code.addressInvalid),
            (.ip("300.0.0.1", port: 0), .addressInvalid),
            (.unix(String(repeating: "x", count: 200)), .addressInvalid),
            (.unix("/no/such/folder/s"), .systemCallFailed),
        ] {
            do throws(SystemFailure) {
                _ = try Socket.listen(on: bad)
                Issue.record("listened on \(bad)")
            } catch {
                #expect(error.code == code)
            }
        }
    }

    @Test("whose other end reset it fails on reading, without a signal on writing")
    func reset() throws {
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let client = try Socket.connect(to: listener.localAddress)
        #expect(
            Descriptor.wait(for: listener.descriptor.number, .reading, until: .after(.seconds(5))) == .ready)
        guard let server = try listener.accept()?.taken() else { return }
        client.resetOnClose()
        _ = consume client
        #expect(throws: SystemFailure.self) { _ = try server.readSome(until: .after(.seconds(5))) }
        #expect(throws: SystemFailure.self) { try server.writeAll([1]) }
    }
}

@Suite("A poller") struct PollerTests {
    @Test("is woken from another thread")
    func wakes() throws {
        let poller = try Poller()
        let waker = poller.waker
        let thread = try Thread.start("poller-waker") { waker.wake() }
        var tokens: [UInt64] = []
        poller.wait(until: .after(.seconds(10))) { tokens.append($0.token) }
        #expect(tokens == [Poller.wakeToken])
        thread.join()
        tokens = []
        poller.wait(until: .now) { tokens.append($0.token) }
        #expect(tokens.isEmpty)
    }

    @Test("tells which descriptor is ready for what")
    func readiness() throws {
        let poller = try Poller()
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        try poller.add(listener.descriptor.number, .reading, token: 1)
        let client = try Socket.connect(to: listener.localAddress)
        var seen: [Poller.Event] = []
        poller.wait(until: .after(.seconds(5))) { seen.append($0) }
        #expect(seen.map(\.token) == [1])
        #expect(seen.first?.isReadable == true)
        guard let server = try listener.accept()?.taken() else { return }
        try poller.add(server.descriptor.number, [.reading, .writing], token: 2)
        seen = []
        poller.wait(until: .after(.seconds(5))) { seen.append($0) }
        #expect(seen.map(\.token) == [2])
        #expect(seen.first?.isWritable == true && seen.first?.isReadable == false)
        try poller.change(server.descriptor.number, to: .reading, token: 2)
        _ = consume client
        seen = []
        poller.wait(until: .after(.seconds(5))) { seen.append($0) }
        #expect(seen.first?.isReadable == true)
        poller.remove(server.descriptor.number)
        seen = []
        poller.wait(until: .now) { seen.append($0) }
        #expect(seen.isEmpty)
    }
}

import Foundation
import HTTP
import TestSupport
import Testing
import Threads

/// Peers of a running `sluis serve` that are slow, silent or rude; others must not notice.
@Suite("Peers that mean no good", .serialized) struct HostilePeersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func bridge(_ settings: String) throws -> Bridge {
        let file = "\(folder.path)/sluis.conf"
        try Data(settings.utf8).write(to: URL(filePath: file))
        return try Bridge(["--config", file], in: folder)
    }

    private func connect(to bridge: Bridge) throws -> Socket {
        let address = try #require(Address(String(bridge.sluis.base.dropFirst("http://".count))))
        return try Socket.connect(to: address, until: .after(.seconds(30)))
    }

    /// Everything until the other side ends the connection.
    private func rest(_ socket: borrowing Socket) throws -> String {
        var answer = ""
        while let bytes = try socket.readSome(until: .after(.seconds(60))), !bytes.isEmpty {
            answer += String(decoding: bytes, as: UTF8.self)
        }
        return answer
    }

    /// A descriptor in both processes for each connection, and some to spare.
    private static let idleCount = 10_000
    private static let hasDescriptors: Bool = {
        OpenFiles.raiseLimit()
        return OpenFiles.limitInForce >= UInt(idleCount + 500)
    }()

    @Test(
        "may hold ten thousand idle connections within 100 MB",
        .enabled(if: hasDescriptors, "the limit of open files (ulimit -Hn) is below 10500"),
        .enabled(
            if: Foundation.ProcessInfo.processInfo.environment["SLUIS_SANITIZED"] == nil,
            "a sanitizer keeps what was freed"))
    func idle() throws {
        let bridge = try bridge("connections 12000\nconnections-per-address 12000\n")
        let get = Array("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        var sockets: [Handover<Socket>] = []
        for number in 0..<Self.idleCount {
            let socket = try connect(to: bridge)
            // Half of them have asked something before, and are kept alive.
            if number.isMultiple(of: 2) {
                try socket.writeAll(get)
                let answer = try socket.readSome(until: .after(.seconds(60))) ?? []
                try #require(String(decoding: answer.prefix(12), as: UTF8.self) == "HTTP/1.1 200")
            }
            sockets.append(Handover(socket))
        }
        let resident = try bridge.residentKilobytes()
        #expect(resident < 100 * 1024, "\(resident) KB with \(Self.idleCount) idle connections")
        #expect(try bridge.post(try Bridge.fixture("creeer-zaak/1")).isBevestiging)
        #expect(try bridge.get("/livez").status == 200)
        guard let last = sockets.last?.take() else { return }
        try last.writeAll(get)
        #expect(
            try last.readSome(until: .after(.seconds(60)))?.starts(with: Array("HTTP/1.1 200".utf8)) == true)
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("and say a byte now and then are told 408, and hold up nobody")
    func slow() throws {
        let bridge = try bridge("head-timeout 500 ms\nbody-timeout 500 ms\nbody-time 1 s\n")
        let texts = [
            "GET /zaken/api/v1/zaken HTTP/1.1\r\nHost: a\r\nX: ",
            "POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 100000000\r\n\r\n<a>",
            "POST /haalcentraal/api/brp/personen HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        ]
        var sockets: [Handover<Socket>] = []
        for number in 0..<150 {
            let socket = try connect(to: bridge)
            try socket.writeAll(Array(texts[number % texts.count].utf8))
            sockets.append(Handover(socket))
        }
        #expect(try bridge.post(try Bridge.fixture("creeer-zaak/1")).isBevestiging)
        for handover in sockets {
            guard let socket = handover.take() else { continue }
            let answer = try rest(socket)
            #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
        }
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("and flood with headers or with requests cost no memory, and hold up nobody")
    func flood() throws {
        let bridge = try bridge("head-limit 16 KB\n")
        let fields = String(repeating: "X: y\r\n", count: 200)
        let heads = [
            "GET /livez HTTP/1.1\r\nHost: a\r\n\(fields)\r\n",
            "GET /livez HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n",
        ]
        let before = try bridge.residentKilobytes()
        for number in 0..<400 {
            let socket = try connect(to: bridge)
            _ = try? socket.writeAll(Array(heads[number % heads.count].utf8))
            #expect((try? rest(socket))?.hasPrefix("HTTP/1.1 431 ") ?? true)
        }
        // A thousand requests at once, of whose answers nothing is taken.
        let request = "GET /zaken/api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"
        let greedy = Array(String(repeating: request, count: 1000).utf8)
        var sockets: [Handover<Socket>] = []
        for _ in 0..<20 {
            let socket = try connect(to: bridge)
            try socket.writeAll(greedy)
            sockets.append(Handover(socket))
        }
        #expect(try bridge.post(try Bridge.fixture("creeer-zaak/1")).isBevestiging)
        let growth = try bridge.residentKilobytes() - before
        // A sanitizer keeps what was freed.
        let isSanitized = Foundation.ProcessInfo.processInfo.environment["SLUIS_SANITIZED"] != nil
        #expect(isSanitized || growth < 64 * 1024, "grew by \(growth) KB over \(before) KB")
        withExtendedLifetime(sockets) {}
    }

    @Test("and break off wherever they are leave nothing behind")
    func resets() throws {
        let bridge = try bridge("drain 20 s\n")
        let bericht = try Bridge.fixture("creeer-zaak/1")
        let head =
            "POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: \(bericht.utf8.count)\r\n"
        let whole = head + "\r\n" + bericht
        for length in stride(from: 0, through: whole.utf8.count, by: 97) {
            let socket = try connect(to: bridge)
            try socket.writeAll(Array(whole.utf8.prefix(length)))
            socket.resetOnClose()
        }
        // One that is told to go on, and goes away.
        let waiting = try connect(to: bridge)
        try waiting.writeAll(Array("\(head)Expect: 100-continue\r\n\r\n".utf8))
        _ = try waiting.readSome(until: .after(.seconds(60)))
        waiting.shutdownWriting()
        #expect(try rest(waiting) == "")
        let numbered = try Bridge.fixture("creeer-zaak/1", as: "after-the-resets")
        #expect(try bridge.post(numbered).status < 600)
        #expect(try bridge.get("/readyz").status == 200)
        #expect(bridge.sluis.stop() == .status(0))
        #expect(bridge.sluis.said.contains(#""event":"drain.ended","left":0"#))
    }
}

extension Bridge {
    /// What the process has in memory now.
    func residentKilobytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(sluis.process.id)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return try #require(line?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
}

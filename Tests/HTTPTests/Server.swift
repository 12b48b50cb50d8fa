import HTTP
import Telemetry
import Testing
import Threads

/// A listener with routes that show each thing a handler can do.
final class Server: Sendable {
    let listener: Listener
    /// Exchanges of `/later`, answered by the test.
    let waiting = Queue<Handover<Exchange>>(capacity: 64)
    let abandoned = Monitor(0)
    let bodyByteCount = Monitor(0)

    init(limits: Limits = Limits(), loops: Int = 2, port: UInt16 = 0) throws {
        let box = OneShot<Server>()
        listener = try Listener(
            on: .ip("127.0.0.1", port: port), loops: loops, limits: limits, observer: .silent
        ) { head, context in
            guard let server = box.wait() else { return .answer(Response(.internalServerError)) }
            return server.route(head, context)
        }
        box.fulfil(self)
    }

    private func route(_ head: RequestHead, _ context: RequestContext) -> Decision {
        switch head.pathSegments.first {
        case "hello": return .answer(Response(.ok, text: "hello"))
        case "gone": return .answer(Response(.ok, content: .hangUp))
        case "none": return .answer(Response(.noContent))
        case "split":
            return .answer(Response(.ok, fields: [Field("X", "a\r\nY: b"), Field("Content-Length", "9")]))
        case "large": return .answer(Response(.ok, body: [UInt8](repeating: 0x61, count: 5_000_000)))
        case "pieces": return .answer(Response(.ok, content: .pieces(pieces(of: 10_000, atMost: 100))))
        case "endless": return .answer(Response(.ok, content: .pieces(pieces(of: 1 << 20, atMost: .max))))
        case "dropped": return .answer(Response(.ok, content: .pieces { _ in }))
        case "echo":
            return .handle(WholeBody { $1.reply(Response(.ok, body: $0)) }, bodyByteCount: nil)
        case "small":
            return .handle(WholeBody { $1.reply(Response(.ok, body: $0)) }, bodyByteCount: 10)
        case "later", "drop", "thread", "count", "pausing", "early":
            return .handle(Taker(head.pathSegments[0], self, context), bodyByteCount: 1 << 40)
        default: return .answer(Response(.notFound, text: "nothing"))
        }
    }

    /// How many pieces were asked for.
    let asked = Monitor(0)

    private func pieces(of byteCount: Int, atMost most: Int) -> @Sendable (PieceTicket) -> Void {
        let asked = asked
        return { ticket in
            let number = asked.update {
                $0 += 1
                return $0
            }
            ticket.bring(number <= most ? .bytes([UInt8](repeating: 0x62, count: byteCount)) : .end)
        }
    }

    /// Stops it; every thread must be gone.
    @discardableResult func stop(within duration: Duration = .seconds(5)) -> Int {
        listener.drain(until: .after(duration))
    }
}

private final class Taker: RequestHandler {
    let kind: String
    let server: Server
    let context: RequestContext
    init(_ kind: String, _ server: Server, _ context: RequestContext) {
        self.kind = kind
        self.server = server
        self.context = context
    }

    func receive(_ chunk: ArraySlice<UInt8>) -> HTTP.Flow {
        server.bodyByteCount.update { $0 += chunk.count }
        switch kind {
        case "early": return .answer(Response(.badRequest, text: "enough"))
        case "pausing":
            let context = context
            _ = try? Thread.start("resumer") { context.resume() }
            return .pause
        default: return .more
        }
    }

    func finish(_ exchange: consuming Exchange) {
        switch kind {
        case "later": _ = server.waiting.offer(Handover(exchange))
        case "drop": break
        default:
            let handover = Handover(exchange)
            let count = server.bodyByteCount.withLock { $0 }
            _ = try? Thread.start("answerer") {
                if let exchange = handover.take() { exchange.reply(Response(.ok, text: String(count))) }
            }
        }
    }

    func abandon() { server.abandoned.update { $0 += 1 } }
}

/// A client that writes any bytes and reads answers as they are.
struct RawClient: ~Copyable {
    struct Answer: Equatable { var status: Int; var head: String; var body: String }

    let socket: Socket
    private var input: [UInt8] = []

    init(_ server: Server) throws {
        socket = try Socket.connect(to: server.listener.address, until: .after(.seconds(10)))
    }

    func send(_ text: String) throws { try socket.writeAll(Array(text.utf8)) }

    /// The next answer; nil when the connection ended before it.
    mutating func answer(toHead: Bool = false) throws -> Answer? {
        while true {
            if let end = headEnd() {
                let head = String(decoding: input[..<end], as: UTF8.self)
                let lines = head.split(separator: "\r\n")
                let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
                input.removeSubrange(..<end)
                if status == 100 { return Answer(status: status, head: head, body: "") }
                let body = try toHead ? "" : body(head.lowercased())
                return Answer(status: status, head: head, body: body)
            }
            guard try more() else { return nil }
        }
    }

    /// The statuses of all answers until the connection ends.
    mutating func statuses() throws -> [Int] {
        socket.shutdownWriting()
        var result: [Int] = []
        // Whether the listener asks for the body depends on whether it is there already.
        while let answer = try answer() {
            if answer.status != 100 { result.append(answer.status) }
        }
        return result
    }

    /// Whether the other side has ended the connection.
    mutating func isEnded() throws -> Bool { try !more() }

    private mutating func more() throws -> Bool {
        guard let bytes = try socket.readSome(until: .after(.seconds(10))) else { throw TimedOut() }
        input += bytes
        return !bytes.isEmpty
    }

    private func headEnd() -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard input.count >= 4 else { return nil }
        return (4...input.count).first { input[($0 - 4)..<$0].elementsEqual(mark) }
    }

    private mutating func body(_ head: String) throws -> String {
        if head.contains("transfer-encoding: chunked") {
            var decoder = ChunkedDecoder(overheadLimit: 1000)
            var content: [UInt8] = []
            while true {
                var position = 0
                reading: while true {
                    switch try decoder.step(input[...], from: position) {
                    case .data(let range):
                        content += input[range]
                        position = range.upperBound
                    case .more: break reading
                    case .end(let end):
                        input.removeSubrange(..<end)
                        return String(decoding: content, as: UTF8.self)
                    }
                }
                input = []
                guard try more() else { throw TimedOut() }
            }
        }
        guard let start = head.range(of: "content-length: ") else { return "" }
        let length = Int(head[start.upperBound...].prefix { $0.isNumber }) ?? 0
        while input.count < length { guard try more() else { throw TimedOut() } }
        defer { input.removeSubrange(..<length) }
        return String(decoding: input[..<length], as: UTF8.self)
    }
}

struct TimedOut: Error {}

extension String {
    func range(of text: String) -> Range<String.Index>? { ranges(of: text).first }
}

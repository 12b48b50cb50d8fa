import Glibc
import Threads

/// Posts berichten over a number of connections, each the next as soon as the last is answered.
///
/// One thread and one buffer a connection: the load must cost little beside what it loads.
struct Load {
    /// What one burst came to.
    struct Burst {
        var count = 0
        var took = Duration.zero
        /// In milliseconds, sorted.
        var latencies: [Double] = []

        var perSecond: Double { Double(count) / (Double(took.nanoseconds) / 1e9) }

        func latency(_ share: Double) -> Double {
            latencies.isEmpty ? 0 : latencies[min(latencies.count - 1, Int(share * Double(latencies.count)))]
        }
    }

    private var connections: [Caller]
    private let poller: Poller
    private var requests: Requests

    init(to address: Address, connections count: Int, _ requests: Requests) throws {
        poller = try Poller()
        self.requests = requests
        connections = []
        for number in 0..<count {
            let caller = Caller(try Socket.connect(to: address, until: .after(.seconds(5))))
            try poller.add(caller.socket.descriptor.number, .reading, token: UInt64(number))
            connections.append(caller)
        }
    }

    /// Posts for so long, then waits for the answers that are still open.
    mutating func run(for time: Duration) throws -> Burst {
        var burst = Burst()
        let begin = Instant.now
        let end = begin + time
        var open = connections.count
        for caller in connections { try caller.send(requests.next()) }
        while open > 0 {
            var ready: [Int] = []
            poller.wait(until: .after(.seconds(10))) { ready.append(Int($0.token)) }
            guard !ready.isEmpty else { throw BenchFailure("no answer within ten seconds") }
            for number in ready {
                guard let latency = try connections[number].receive() else { continue }
                burst.latencies.append(latency)
                if .now < end {
                    try connections[number].send(requests.next())
                } else {
                    open -= 1
                }
            }
        }
        burst.took = .now - begin
        burst.count = burst.latencies.count
        burst.latencies.sort()
        return burst
    }
}

/// One connection, with one request under way.
private final class Caller {
    let socket: Socket
    private var sent = Instant.now
    private var answer: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 16 * 1024)

    init(_ socket: consuming Socket) { self.socket = socket }

    func send(_ request: [UInt8]) throws {
        sent = .now
        try socket.writeAll(request)
    }

    /// - Returns: how long the answer took, in milliseconds; nil while it is not complete.
    func receive() throws -> Double? {
        let read = unsafe buffer.withUnsafeMutableBytes { unsafe socket.read(into: $0) }
        guard case .bytes(let count) = read else { throw BenchFailure("the server closed a connection") }
        answer += buffer[..<count]
        guard let length = Self.length(of: answer), answer.count >= length else { return nil }
        guard answer.starts(with: "HTTP/1.1 200 ".utf8) else {
            throw BenchFailure("refused: \(String(decoding: answer, as: UTF8.self))")
        }
        answer.removeAll(keepingCapacity: true)
        return Double((Instant.now - sent).nanoseconds) / 1e6
    }

    /// Of head and body; nil while the head is not complete.
    private static func length(of answer: [UInt8]) -> Int? {
        let name = Array("content-length: ".utf8)
        var line = 0
        var body = 0
        for index in answer.indices where answer[index] == 0x0A {
            if index - line <= 1 { return index + 1 + body }
            if index - line > name.count,
                answer[line..<line + name.count].elementsEqual(name, by: { $0 | 0x20 == $1 || $0 == $1 })
            {
                for digit in answer[(line + name.count)..<index] where (0x30...0x39).contains(digit) {
                    body = body * 10 + Int(digit - 0x30)
                }
            }
            line = index + 1
        }
        return nil
    }
}

/// Requests that are all alike but for their number.
struct Requests {
    private var bytes: [UInt8]
    private let places: [Int]
    private var number: Int
    private static let digits = 10

    /// - Parameter bericht: with ``mark`` wherever the number of the request goes.
    init(_ bericht: String, soapAction: String, from number: Int) {
        let head = """
            POST /stuf/OntvangAsynchroon HTTP/1.1\r
            Host: localhost\r
            Content-Type: text/xml; charset=utf-8\r
            SOAPAction: "\(soapAction)"\r
            Content-Length: \(bericht.utf8.count)\r
            \r

            """
        let bytes = Array((head + bericht).utf8)
        let mark = Array(Self.mark.utf8)
        places = bytes.indices.filter { bytes[$0...].starts(with: mark) }
        self.bytes = bytes
        self.number = number
    }

    /// As long as a number.
    static let mark = "@@@@@@@@@@"

    var byteCount: Int { bytes.count }

    mutating func next() -> [UInt8] {
        number += 1
        for place in places {
            var rest = number
            for index in (place..<place + Self.digits).reversed() {
                bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
        return bytes
    }
}

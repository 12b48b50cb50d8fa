private import Diagnostics
internal import Threads

/// One connection: which request it is in, what came in and is not read yet, what goes out.
///
/// Owned by the thread of its loop. Requests are answered in order, one at a time: while one waits for its answer the
/// next is not read.
final class Connection {
    enum Phase { case idle, head, body, waiting, streaming, closing, lingering, closed }

    let id: UInt64
    let socket: Socket
    let peer: Address
    let loop: Loop
    var phase = Phase.idle
    /// When something must have happened; what, follows from the phase.
    var deadline: Instant?
    /// Read, but not yet looked at to the end.
    var input: [UInt8] = []
    var output = Output()
    /// Pieces of the present answer still to come.
    var pieces: (@Sendable (PieceTicket) -> Void)?
    var piecesAreChunked = false
    var isPieceAsked = false

    // The present request.
    var request: UInt64 = 0
    var method = Method.get
    /// Nil until it is there as a whole.
    var head: RequestHead?
    /// Of a head that is refused, as far as it came.
    var refusedPath: ArraySlice<UInt8> = []
    var version = Version.http11
    var keepsAlive = true
    var handler: (any RequestHandler)?
    var decoder: BodyDecoder?
    var isPaused = false
    var pausedAt: Instant?
    var bodyDeadline: Instant?
    /// Whether the last write was stopped by the other side.
    var isBlocked = false

    private var scanner = HeadScanner()
    private var interest: Descriptor.Readiness = .reading

    init(id: UInt64, socket: consuming Socket, peer: Address, loop: Loop) {
        self.id = id
        self.socket = socket
        self.peer = peer
        self.loop = loop
        deadline = loop.now + loop.limits.idleTime
    }

    // MARK: Events

    /// Something can be read, or the other end is finished.
    func readable() {
        guard canRead else {
            // Looked at again when it can; until then the poller must not report it.
            watch(interest.subtracting(.reading))
            return
        }
        switch loop.read(from: self) {
        case .bytes where phase == .lingering, .wouldBlock: return
        case .bytes(let count):
            if input.isEmpty {
                consume(loop.buffer[..<count])
            } else {
                input += loop.buffer[..<count]
                consumeInput()
            }
            drive()
        case .end, .failed: loop.close(self)
        }
    }

    /// Goes on as far as it can: writes, reads what waits, and watches for what it needs next.
    func drive() {
        var progresses = true
        while progresses, phase != .closed {
            flush()
            progresses = output.isEmpty && canRead && phase != .lingering && !input.isEmpty && consumeInput()
        }
        guard phase != .closed else { return }
        if loop.isDraining, phase == .idle, output.isEmpty { return loop.close(self) }
        var wanted = interest
        if canRead { wanted.insert(.reading) }
        if output.isEmpty { wanted.remove(.writing) } else { wanted.insert(.writing) }
        watch(wanted)
    }

    /// The deadline has passed.
    func expire() {
        switch phase {
        case .head where output.isEmpty, .body where output.isEmpty:
            refuse(HTTPFailure(.requestTimedOut))
            drive()
        default: loop.close(self)
        }
    }

    private var canRead: Bool {
        switch phase {
        case .idle, .head, .body: output.isEmpty && !isPaused
        case .lingering: true
        case .waiting, .streaming, .closing, .closed: false
        }
    }

    private func watch(_ wanted: Descriptor.Readiness) {
        guard wanted != interest else { return }
        interest = wanted
        loop.watch(self, wanted)
    }

    // MARK: Reading

    /// - Returns: whether anything of the input was used.
    @discardableResult func consumeInput() -> Bool {
        let bytes = input
        input = []
        consume(bytes[...])
        return input.count < bytes.count
    }

    /// Reads as many requests as can be answered at once, and keeps what is left.
    private func consume(_ bytes: ArraySlice<UInt8>) {
        var position = bytes.startIndex
        do throws(HTTPFailure) {
            while try advance(bytes, &position) {}
        } catch {
            position = bytes.endIndex
            refuse(error)
        }
        if position < bytes.endIndex { input = Array(bytes[position...]) }
    }

    /// Does one step: a head, or a piece of a body.
    ///
    /// - Returns: false when it needs more bytes or has to wait.
    private func advance(_ bytes: ArraySlice<UInt8>, _ position: inout Int) throws(HTTPFailure) -> Bool {
        switch phase {
        case .idle, .head:
            guard position < bytes.endIndex, output.byteCount < Loop.outputLimit else { return false }
            return try advanceHead(bytes[position...], &position)
        case .body:
            guard !isPaused, let step = try decoder?.step(bytes, from: position) else { return false }
            switch step {
            case .data(let range):
                position = range.upperBound
                take(bytes[range])
                return true
            case .more:
                position = bytes.endIndex
                return false
            case .end(let next):
                position = next
                finishBody()
                return false
            }
        case .waiting, .streaming: return false
        case .closing, .lingering, .closed:
            position = bytes.endIndex
            return false
        }
    }

    private func advanceHead(_ bytes: ArraySlice<UInt8>, _ position: inout Int) throws(HTTPFailure) -> Bool {
        if phase == .idle {
            phase = .head
            method = .get
            deadline = loop.now + loop.limits.headTime
        }
        guard let head = try readHead(bytes, &position) else { return false }
        try begin(head, hasMore: position < bytes.endIndex)
        return true
    }

    /// The head, when it is there as a whole; of one that is refused at least the path is remembered.
    private func readHead(
        _ bytes: ArraySlice<UInt8>, _ position: inout Int
    ) throws(HTTPFailure) -> RequestHead? {
        head = nil
        refusedPath = []
        do throws(HTTPFailure) {
            guard let end = try scanner.scan(bytes, limits: loop.limits) else { return nil }
            let start = bytes.startIndex + scanner.leading
            position = bytes.startIndex + end
            scanner = HeadScanner()
            return try HeadParser.parse(Array(bytes[start..<position]), limits: loop.limits)
        } catch {
            refusedPath = HeadScanner.path(in: bytes)
            throw error
        }
    }
}

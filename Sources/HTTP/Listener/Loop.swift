private import Diagnostics
internal import Telemetry
internal import Threads

/// One thread of the listener: its own socket, its own connections, nothing shared but the counts.
final class Loop {
    /// Answers that wait to be written before another request of the same connection is read.
    static let outputLimit = 64 * 1024
    private static let listenerToken: UInt64 = 0
    private static let bufferSize = 64 * 1024

    let limits: Limits
    let router: Router
    let refuser: Refuser
    let observer: Observer
    let mailbox: Mailbox
    /// What was just read; handed on as slices, so it is only copied when someone keeps one.
    private(set) var buffer = [UInt8](repeating: 0, count: Loop.bufferSize)
    private(set) var now: Instant
    /// The Date field of answers given now.
    private(set) var date: [UInt8] = []
    private(set) var isDraining = false

    private let time: TimeSource
    private let poller: Poller
    private let counts: ConnectionCount
    private var listener: Socket?
    /// The listener's descriptor; nil once it is closed.
    private var listenerNumber: Int32?
    private var connections: [UInt64: Connection] = [:]
    private var lastID: UInt64 = 0
    private var nextSweep: Instant
    private var dateSecond: Int64 = -1
    private var drainDeadline: Instant?
    /// When the system had no room for another connection: not asked again before.
    private var acceptAgain: Instant?

    init(
        listener: consuming Socket, limits: Limits, router: @escaping Router, refuser: @escaping Refuser,
        counts: ConnectionCount, observer: Observer, time: TimeSource
    ) throws(SystemFailure) {
        self.limits = limits
        self.router = router
        self.refuser = refuser
        self.observer = observer
        self.time = time
        self.counts = counts
        poller = try Poller()
        mailbox = Mailbox(waker: poller.waker)
        now = time.instant()
        nextSweep = now
        try poller.add(listener.descriptor.number, .reading, token: Self.listenerToken)
        listenerNumber = listener.descriptor.number
        self.listener = consume listener
    }

    /// Runs until drained.
    ///
    /// - Returns: how many connections were cut off in the middle of a request.
    func run() -> Int {
        while true {
            poller.wait(until: mailbox.prepareToSleep() ? wakeUp : .init(nanoseconds: 0)) { event in
                readClock()
                handle(event)
            }
            readClock()
            for message in mailbox.takeAll() { handle(message) }
            if now >= nextSweep { sweep() }
            guard let drainDeadline else { continue }
            if connections.isEmpty { return 0 }
            if now >= drainDeadline { return closeAll() }
        }
    }

    private var wakeUp: Instant? {
        connections.isEmpty && acceptAgain == nil
            ? nil : drainDeadline.map { min($0, nextSweep) } ?? nextSweep
    }

    private func readClock() {
        now = time.instant()
        let wall = time.wall()
        guard wall.seconds != dateSecond else { return }
        dateSecond = wall.seconds
        date = DateField.spell(wall)
    }

    private func handle(_ event: Poller.Event) {
        if event.token == Self.listenerToken { return acceptAll() }
        guard let connection = connections[event.token] else { return }
        if event.isBroken { return close(connection) }
        if event.isWritable { connection.drive() }
        if event.isReadable, connection.phase != .closed { connection.readable() }
    }

    private func handle(_ message: Mailbox.Message) {
        switch message {
        case .answer(let id, let request, let response): connections[id]?.answered(request, response)
        case .piece(let id, let request, let piece): connections[id]?.brought(piece, for: request)
        case .resume(let id, let request): connections[id]?.resume(request)
        case .drain(let deadline): drain(until: deadline)
        }
    }

    // MARK: Connections

    private func acceptAll() {
        while true {
            do throws(SystemFailure) {
                guard let accepted = try listener?.accept() else { return }
                take(accepted)
            } catch {
                observer.observe(.internalFault(room: "HTTP", code: error.code))
                if let listenerNumber { poller.remove(listenerNumber) }
                acceptAgain = now + .milliseconds(100)
                nextSweep = min(nextSweep, now + .milliseconds(100))
                return
            }
        }
    }

    private func take(_ accepted: consuming Socket.Accepted) {
        let peer = accepted.peer
        let socket = accepted.taken()
        if let limit = counts.enter(peer.host, limits: limits) {
            observer.observe(.connectionsFull(limit: limit))
            refuse(socket)
            return
        }
        lastID += 1
        let connection = Connection(id: lastID, socket: socket, peer: peer, loop: self)
        do throws(SystemFailure) {
            try poller.add(connection.socket.descriptor.number, .reading, token: lastID)
        } catch {
            observer.observe(.internalFault(room: "HTTP", code: error.code))
            counts.leave(peer.host)
            return
        }
        if connections.isEmpty { nextSweep = now + limits.tick }
        connections[lastID] = connection
    }

    /// Says in one write, if it can, that there are too many connections.
    private func refuse(_ socket: borrowing Socket) {
        var response = refuser(HTTPFailure(.tooManyConnections), RefusedRequest(path: []))
        response.fields.append(Field("Retry-After", "1"))
        var head: [UInt8] = []
        ResponseWriter.write(response, date: date, closes: true, isChunked: false, to: &head)
        var output = Output()
        output.append(head + response.bytes)
        _ = output.write(to: socket)
        socket.shutdownWriting()
    }

    func read(from connection: Connection) -> Descriptor.Read {
        unsafe buffer.withUnsafeMutableBytes { unsafe connection.socket.read(into: $0) }
    }

    func watch(_ connection: Connection, _ readiness: Descriptor.Readiness) {
        do throws(SystemFailure) {
            try poller.change(connection.socket.descriptor.number, to: readiness, token: connection.id)
        } catch {
            observer.observe(.internalFault(room: "HTTP", code: error.code))
            close(connection)
        }
    }

    func close(_ connection: Connection) {
        guard connections.removeValue(forKey: connection.id) != nil else { return }
        connection.phase = .closed
        connection.abandon()
        poller.remove(connection.socket.descriptor.number)
        counts.leave(connection.peer.host)
    }

    // MARK: Time

    /// Looks at every connection's deadline.
    private func sweep() {
        nextSweep = now + limits.tick
        for connection in Array(connections.values) {
            if let deadline = connection.deadline, deadline <= now { connection.expire() }
        }
        guard let again = acceptAgain, again <= now, let listenerNumber else { return }
        acceptAgain = nil
        do throws(SystemFailure) {
            try poller.add(listenerNumber, .reading, token: Self.listenerToken)
        } catch {
            acceptAgain = now + .milliseconds(100)
        }
    }

    // MARK: Draining

    /// Takes nothing new, lets go what is idle and finishes the rest.
    private func drain(until deadline: Instant) {
        guard !isDraining else { return }
        // Those that the system has accepted for us already would otherwise be reset.
        acceptAll()
        isDraining = true
        drainDeadline = deadline
        if let listenerNumber { poller.remove(listenerNumber) }
        listenerNumber = nil
        listener = nil
        acceptAgain = nil
        for connection in Array(connections.values) {
            // A request may be in the socket that was not read yet.
            if connection.phase == .idle { connection.readable() }
            if connection.phase == .idle, connection.output.isEmpty { close(connection) }
        }
    }

    private func closeAll() -> Int {
        let left = connections.values.filter { $0.phase != .lingering && $0.phase != .idle }.count
        for connection in Array(connections.values) { close(connection) }
        return left
    }
}

package import Telemetry
package import Threads

/// An HTTP/1.1 listener: one loop thread per core, each with a socket of its own on the same port.
package final class Listener: Sendable {
    /// Where it listens, with the port that the system chose when 0 was asked.
    package let address: Address
    private let counts: ConnectionCount
    private let observer: Observer
    private let loops: [Running]

    private struct Running: Sendable {
        let thread: Thread
        let mailbox: Mailbox
        let left: OneShot<Int>
    }

    /// Starts listening; requests can come in before this returns.
    ///
    /// - Parameter refuser: spells what is refused before the router is asked; plain text when not given.
    /// - Throws: ``SystemFailure``: `addressInUse`, `addressInvalid`.
    package init(
        on address: Address, loops loopCount: Int, limits: Limits = Limits(), observer: Observer,
        time: TimeSource = .system, refuser: @escaping Refuser = { failure, _ in failure.response },
        router: @escaping Router
    ) throws(SystemFailure) {
        // Sockets that share a port would silently share it with another process too: ask for it alone, first.
        if address.port != 0 { _ = try Socket.listen(on: address, isShared: false) }
        let counts = ConnectionCount()
        var place = address
        var running: [Running] = []
        for index in 0..<max(1, loopCount) {
            do throws(SystemFailure) {
                let socket = try Socket.listen(on: place, isShared: true)
                if address.port == 0 { place = socket.localAddress }
                running.append(
                    try Self.start(
                        index,
                        Loop(
                            listener: socket, limits: limits, router: router, refuser: refuser,
                            counts: counts,
                            observer: observer, time: time)))
            } catch {
                Self.stop(running, until: .now)
                throw error
            }
        }
        self.address = place
        self.counts = counts
        self.observer = observer
        loops = running
        observer.observe(.listenerStarted(address: place.host, port: Int(place.port ?? 0)))
    }

    /// How many connections there are now.
    package var connectionCount: Int { counts.total }

    /// Takes no new connections, ends those that are idle, finishes the requests under way and stops, at the latest
    /// at the deadline. Afterwards no thread of it is left.
    ///
    /// - Returns: how many requests were cut off.
    @discardableResult
    package func drain(until deadline: Instant) -> Int {
        let left = Self.stop(loops, until: deadline)
        observer.observe(.listenerStopped(address: address.host, port: Int(address.port ?? 0)))
        return left
    }

    private static func start(_ index: Int, _ loop: sending Loop) throws(SystemFailure) -> Running {
        let left = OneShot<Int>()
        let mailbox = loop.mailbox
        let thread = try Thread.start("http-\(index)") { left.fulfil(loop.run()) }
        return Running(thread: thread, mailbox: mailbox, left: left)
    }

    @discardableResult
    private static func stop(_ loops: [Running], until deadline: Instant) -> Int {
        for loop in loops { loop.mailbox.post(.drain(until: deadline)) }
        for loop in loops { loop.thread.join() }
        return loops.reduce(0) { $0 + ($1.left.wait() ?? 0) }
    }
}

import Diagnostics
import Postgres
import Threads

/// The connections of a ledger: opened when needed, at most so many, used by one thread at a time.
///
/// `@unchecked Sendable`: a connection is handed out to one caller, who gives it back.
final class Sessions: @unchecked Sendable {
    private struct State {
        var idle: [Connection] = []
        var count = 0
        var isClosed = false
    }

    private let string: ConnectionString
    private let limit: Int
    private let patience: Duration
    private let lock = Lock()
    private let freed: Condition
    private var state = State()

    /// - Parameter patience: how long an unreachable server is tried again.
    init(_ string: ConnectionString, limit: Int, patience: Duration) {
        self.string = string
        self.limit = limit
        self.patience = patience
        freed = Condition(lock)
    }

    /// A connection of the caller's own, set up as the ledger's statements want it.
    static func open(_ string: ConnectionString) throws(PostgresFailure) -> Connection {
        let connection = try Connection(string)
        // A plan made while a table was small must not be kept when it has grown. A process that stops
        // answering in the middle of a transaction must not hold the others up.
        try connection.run(
            script: """
                SET search_path = pg_catalog; SET enable_seqscan = off; SET jit = off;
                SET idle_in_transaction_session_timeout = '20s'; SET lock_timeout = '5s'
                """)
        return connection
    }

    /// Runs `body` with a connection. May run it again after a lost connection or a conflict, until the
    /// patience is over: it must be harmless to repeat.
    func repeatable<Value>(
        _ body: (Connection) throws(PostgresFailure) -> Value
    ) throws(LedgerFailure) -> Value {
        let deadline = Instant.after(patience)
        var pause = Duration.milliseconds(10)
        while true {
            do throws(PostgresFailure) {
                return try use(body)
            } catch {
                guard !isClosed else { throw .closed }
                guard error.isPassing, .now + pause < deadline else { throw LedgerFailure(error) }
                waitForClose(until: .after(pause))
                pause = min(pause * 2, .milliseconds(500))
            }
        }
    }

    /// Runs `body` with a connection, once.
    func once<Value>(
        _ body: (Connection) throws(PostgresFailure) -> Value
    ) throws(LedgerFailure) -> Value {
        do throws(PostgresFailure) {
            return try use(body)
        } catch {
            throw isClosed ? .closed : LedgerFailure(error)
        }
    }

    /// Ends what is idle, lets nobody in any more; what is in use ends with its use.
    func close() {
        lock.withLock {
            state.isClosed = true
            state.idle = []
            freed.broadcast()
        }
    }

    private var isClosed: Bool { lock.withLock { state.isClosed } }

    private func waitForClose(until deadline: Instant) {
        lock.withLock {
            while !state.isClosed, freed.wait(until: deadline) {}
        }
    }

    private func use<Value>(
        _ body: (Connection) throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value {
        let connection = try take()
        do throws(PostgresFailure) {
            let value = try body(connection)
            give(back: connection)
            return value
        } catch {
            give(back: error.isConnectionLost || connection.isInTransaction ? nil : connection)
            throw error
        }
    }

    private func take() throws(PostgresFailure) -> Connection {
        let idle = lock.withLock { () -> Result<Connection?, PostgresFailure> in
            while state.idle.isEmpty, state.count >= limit, !state.isClosed { freed.wait() }
            guard !state.isClosed else {
                return .failure(PostgresFailure(.serverUnavailable, hint: "the ledger is closed"))
            }
            if let connection = state.idle.popLast() { return .success(connection) }
            state.count += 1
            return .success(nil)
        }
        if let connection = try idle.get() { return connection }
        do throws(PostgresFailure) {
            return try Self.open(string)
        } catch {
            give(back: nil)
            throw error
        }
    }

    private func give(back connection: Connection?) {
        lock.withLock {
            if let connection, !state.isClosed {
                state.idle.append(connection)
            } else {
                // The others were connected to the same server; they would fail one after the other.
                state.count -= 1 + state.idle.count
                state.idle = []
            }
            freed.signal()
        }
    }
}

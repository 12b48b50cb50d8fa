import Diagnostics
import Postgres
import Threads

/// The connections of a ledger: opened when needed, at most so many, used by one thread at a time.
///
/// `@unchecked Sendable`: a connection is handed out to one caller, who gives it back.
final class Sessions: @unchecked Sendable {
    /// A connection, and how often it was used.
    private final class Session {
        let connection: Connection
        private var useCount = 0

        init(_ connection: Connection) { self.connection = connection }

        /// Makes the server plan anew when it was used twice as often as when it planned last, and now and
        /// then: a plan made for a small table is kept otherwise, however large the table becomes.
        func used() throws(PostgresFailure) {
            useCount += 1
            let isDue = useCount < 4_096 ? useCount & (useCount - 1) == 0 : useCount % 4_096 == 0
            if isDue { try connection.execute("DISCARD PLANS") }
        }
    }

    private struct State {
        var idle: [Session] = []
        var count = 0
        var isClosed = false
    }

    private let string: ConnectionString
    private let limit: Int
    private let patience: Duration
    private let kind: Kind
    private let lock = Lock()
    private let freed: Condition
    private var state = State()

    /// What their commits promise.
    enum Kind {
        /// On the disk when they are answered.
        case lasting
        /// There for everyone when they are answered, and on the disk a moment later, in the order of the commits: what
        /// a crash of the server undoes is done again (Decision 0003).
        case quick
        /// Nothing: the server refuses every write.
        case readOnly
    }

    /// - Parameter patience: how long an unreachable server is tried again.
    init(_ string: ConnectionString, limit: Int, patience: Duration, kind: Kind = .lasting) {
        self.string = string
        self.kind = kind
        self.limit = limit
        self.patience = patience
        freed = Condition(lock)
    }

    /// A connection of the caller's own, set up as the ledger's statements want it.
    static func open(_ string: ConnectionString) throws(PostgresFailure) -> Connection {
        let connection = try Connection(string)
        // Every statement looks up a few rows by an index, also while a table is small. A process that stops
        // answering in the middle of a transaction must not hold the others up.
        try connection.run(
            script: """
                SET search_path = pg_catalog; SET jit = off;
                SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_mergejoin = off;
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
        let session = try take()
        let connection = session.connection
        do throws(PostgresFailure) {
            try session.used()
            let value = try body(connection)
            give(back: session)
            return value
        } catch {
            give(back: error.isConnectionLost || connection.isInTransaction ? nil : session)
            throw error
        }
    }

    private func take() throws(PostgresFailure) -> Session {
        let idle = lock.withLock { () -> Result<Session?, PostgresFailure> in
            while state.idle.isEmpty, state.count >= limit, !state.isClosed { freed.wait() }
            guard !state.isClosed else {
                return .failure(PostgresFailure(.serverUnavailable, hint: "the ledger is closed"))
            }
            if let session = state.idle.popLast() { return .success(session) }
            state.count += 1
            return .success(nil)
        }
        if let session = try idle.get() { return session }
        do throws(PostgresFailure) {
            let connection = try Self.open(string)
            switch kind {
            case .lasting: break
            case .quick: try connection.run(script: "SET synchronous_commit = off")
            case .readOnly: try connection.run(script: "SET default_transaction_read_only = on")
            }
            return Session(connection)
        } catch {
            give(back: nil)
            throw error
        }
    }

    private func give(back session: Session?) {
        lock.withLock {
            if let session, !state.isClosed {
                state.idle.append(session)
            } else {
                // The others were connected to the same server; they would fail one after the other.
                state.count -= 1 + state.idle.count
                state.idle = []
            }
            freed.signal()
        }
    }
}

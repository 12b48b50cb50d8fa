private import CLibPQ
private import Diagnostics

/// One session with a Postgres server, owned by one thread, which it blocks.
///
/// The session ends when the last reference goes. When a failure says ``PostgresFailure/isConnectionLost``,
/// drop the connection and make another: nothing reconnects behind the owner's back, because a session holds
/// a transaction, locks and listened channels that would silently be gone.
@safe package final class Connection {
    /// Only this class calls libpq with it, and only on the owner's thread: the class is not `Sendable`.
    private let session: OpaquePointer
    private var parameters = ParameterBuffer()
    /// The types each ``Statement`` was prepared with in this session.
    private var prepared: [Int: [UInt32]] = [:]
    /// Set by ``abandonTransaction()``.
    var isAbandoned = false
    /// Where it is connected to, for errors.
    let address: String

    /// Connects, which takes at most `connect_timeout` (10 s unless the string says another) for each host.
    package init(_ string: ConnectionString) throws(PostgresFailure) {
        address = string.address
        guard let session = unsafe Self.connect(string.completed) else {
            throw PostgresFailure(.serverUnavailable, subject: address)
        }
        unsafe self.session = session
        // A notice can hold values, and libpq would print it on standard error.
        _ = unsafe PQsetNoticeReceiver(session, { _, _ in }, nil)
        guard isAlive else { throw refusal() }
    }

    deinit { unsafe PQfinish(session) }

    /// Whether libpq still takes the session for usable; a server that just died shows at the next statement
    /// only.
    package var isAlive: Bool { unsafe PQstatus(session) == CONNECTION_OK }

    /// 150020 for version 15.20.
    package var serverVersion: Int { Int(unsafe PQserverVersion(session)) }

    /// Whether a transaction is open, failed ones included.
    package var isInTransaction: Bool {
        switch unsafe PQtransactionStatus(session) {
        case PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE: true
        default: false
        }
    }

    /// Runs one statement and waits for its result.
    @discardableResult
    package func execute(_ sql: SQL, _ values: [Parameter] = []) throws(PostgresFailure) -> Rows {
        try parameters.fill(values)
        let result = unsafe parameters.withPointers { [session] (pointers) -> OpaquePointer? in
            unsafe PQexecParams(
                session, sql.text, pointers.count, pointers.types, pointers.values, pointers.lengths,
                pointers.formats, 1)
        }
        return try unsafe rows(result)
    }

    /// Runs a statement that this session prepares once.
    @discardableResult
    package func execute(_ statement: Statement, _ values: [Parameter] = []) throws(PostgresFailure) -> Rows {
        try parameters.fill(values)
        try prepare(statement)
        let result = unsafe parameters.withPointers { [session] (pointers) -> OpaquePointer? in
            unsafe PQexecPrepared(
                session, Self.name(statement), pointers.count, pointers.values, pointers.lengths,
                pointers.formats, 1)
        }
        return try unsafe rows(result)
    }

    /// Runs several statements separated by `;`, without parameters, as one transaction unless they say
    /// otherwise.
    package func run(script: SQL) throws(PostgresFailure) {
        _ = try unsafe rows(PQexec(session, script.text))
    }

    /// Prepares `statement` for the parameters that were filled last, unless this session has it.
    func prepare(_ statement: Statement) throws(PostgresFailure) {
        if let types = prepared[statement.number] {
            guard types == parameters.types else { throw parametersDiffer(statement) }
            return
        }
        let types = parameters.types
        let result = unsafe PQprepare(
            session, Self.name(statement), statement.sql.text, Int32(truncatingIfNeeded: types.count), types)
        _ = try unsafe rows(result)
        prepared[statement.number] = types
    }

    /// Gives libpq's handle to this room's other files for the time of a call.
    func withSession<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(session)
    }

    /// Queues a prepared statement in pipeline mode; it must be prepared already.
    func send(_ statement: Statement, _ values: [Parameter]) throws(PostgresFailure) {
        try parameters.fill(values)
        guard prepared[statement.number] == parameters.types else { throw parametersDiffer(statement) }
        let isSent = unsafe parameters.withPointers { [session] (pointers) -> Bool in
            unsafe PQsendQueryPrepared(
                session, Self.name(statement), pointers.count, pointers.values, pointers.lengths,
                pointers.formats,
                1) == 1
        }
        guard isSent else { throw PostgresFailure(isAlive ? .parametersUnexpected : .connectionLost) }
    }

    /// Prepares each statement of `batch` that this session does not have yet.
    func prepare(_ batch: Batch) throws(PostgresFailure) {
        for item in batch.items where prepared[item.statement.number] == nil {
            try parameters.fill(item.values)
            try prepare(item.statement)
        }
    }

    /// Takes over a result: its rows, or the failure it holds.
    func rows(_ result: OpaquePointer?) throws(PostgresFailure) -> Rows {
        guard let result = unsafe result else {
            throw PostgresFailure(isAlive ? .parametersUnexpected : .connectionLost, subject: address)
        }
        let rows = unsafe Rows(result)
        guard !rows.isFailure else {
            var failure = unsafe PostgresFailure(result: result)
            if failure.isConnectionLost, failure.place == nil { failure.subject = address }
            throw failure
        }
        return rows
    }

    private func parametersDiffer(_ statement: Statement) -> PostgresFailure {
        PostgresFailure(.parametersUnexpected, subject: "statement \(statement.number)")
    }

    private static func name(_ statement: Statement) -> String { "s\(statement.number)" }

    private static func connect(_ settings: [(keyword: String, value: String)]) -> OpaquePointer? {
        let keywords = CStrings(settings.map(\.keyword))
        let values = CStrings(settings.map(\.value))
        return unsafe keywords.withPointers { keywords in
            unsafe values.withPointers { values in unsafe PQconnectdbParams(keywords, values, 0) }
        }
    }

    /// Why the session did not come about. libpq gives words only; they are compared, never shown, as they
    /// can repeat what the server said.
    private func refusal() -> PostgresFailure {
        let words = unsafe PQerrorMessage(session).map { unsafe String(cString: $0) } ?? ""
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("the database system is", "too many clients", "too many connections", "connection slots") {
            return PostgresFailure(.serverUnavailable, subject: address)
        }
        if says("session is read-only", "server is in hot standby") {
            return PostgresFailure(.serverReadOnly, subject: address)
        }
        let reasons = [
            ("authentication failed", "authentication failed"),
            ("no pg_hba.conf entry", "no pg_hba.conf entry"),
            ("no password supplied", "no password supplied"), ("role \"", "there is no such user"),
            ("database \"", "there is no such database"), ("certificate", "a certificate is not accepted"),
            ("SSL", "TLS is not possible as asked"), ("FATAL", "the server refused the session"),
        ]
        for (part, hint) in reasons where says(part) {
            return PostgresFailure(.serverRefuses, subject: address, hint: hint)
        }
        let troubles = [
            ("Connection refused", "connection refused"), ("No such file", "there is no such socket"),
            ("Permission denied", "no right to the socket"),
            ("translate host name", "the host name is unknown"),
            ("timeout", "no answer in time"), ("invalid", "the connection string has an invalid value"),
        ]
        let hint = troubles.first { says($0.0) }?.1
        return PostgresFailure(.serverUnreachable, subject: address, hint: hint)
    }
}

/// Texts as C wants a list of them: ended by a null pointer.
private struct CStrings {
    private var bytes: [CChar] = []
    private var starts: [Int] = []

    init(_ texts: [String]) {
        for text in texts {
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8.lazy.map(CChar.init(bitPattern:)))
            bytes.append(0)
        }
    }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var pointers: [UnsafePointer<CChar>?] = unsafe []
            for start in starts { unsafe pointers.append(bytes.baseAddress.map { unsafe $0 + start }) }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}

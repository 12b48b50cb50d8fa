import Diagnostics
import Postgres
import Threads

/// The thread that writes berichten: takes all that waits, commits it as one transaction, says what became of
/// each.
///
/// It alone draws sequence numbers, in an order that is the order of commits: with several processes, each
/// holds an advisory lock from before its first number until its commit.
final class Writer {
    private let string: ConnectionString
    private let settings: PostgresLedger.Settings
    private let queue: WriteQueue
    private let closing: Monitor<Bool>
    private let announcing: Announcing
    private var connection: Connection?

    init(
        _ string: ConnectionString, settings: PostgresLedger.Settings, queue: WriteQueue,
        closing: Monitor<Bool>, announcing: Announcing
    ) {
        self.string = string.with(applicationName: "sluis ledger writer")
        self.settings = settings
        self.queue = queue
        self.closing = closing
        self.announcing = announcing
    }

    /// Writes until the queue is closed and empty.
    func run() {
        while true {
            let batch = queue.takeAll(upTo: settings.batch)
            guard !batch.isEmpty else { return }
            for (writing, result) in zip(batch, write(batch)) { writing.done(result) }
        }
    }

    /// Writes a batch, on a new connection when the old one is lost, for as long as patience lasts.
    private func write(_ batch: [Writing]) -> [Result<Receipt, LedgerFailure>] {
        let deadline = Instant.after(settings.patience)
        var pause = Duration.milliseconds(10)
        // What the batch would have become when the answer to its COMMIT was lost.
        var unsure: [Keeping.Kept]?
        while true {
            do throws(PostgresFailure) {
                return try attempt(batch, unsure: &unsure).map(\.result)
            } catch {
                if error.isConnectionLost || connection?.isAlive == false { connection = nil }
                guard error.isPassing else { return separately(batch, failure: error) }
                guard .now + pause < deadline, !isClosing(within: pause) else {
                    return batch.map { _ in .failure(LedgerFailure(error)) }
                }
                pause = min(pause * 2, .milliseconds(500))
            }
        }
    }

    /// One of them is at fault: the others must not suffer for it.
    private func separately(
        _ batch: [Writing], failure: PostgresFailure
    ) -> [Result<Receipt, LedgerFailure>] {
        guard batch.count > 1 else { return [.failure(LedgerFailure(failure))] }
        return batch.flatMap { write([$0]) }
    }

    private func attempt(
        _ batch: [Writing], unsure: inout [Keeping.Kept]?
    ) throws(PostgresFailure) -> [Keeping.Kept] {
        let connection = try open()
        do throws(PostgresFailure) {
            // Also waits for the end of a transaction of which we lost the connection.
            var start = Batch()
            start.add(Self.begin)
            start.add(Self.lock)
            let keeping = Keeping(connection, announcing)
            let kept: [Keeping.Kept]
            if let earlier = unsure {
                try connection.run(start)
                if try wasCommitted(batch, earlier, connection) {
                    try connection.execute(Self.rollback)
                    return earlier
                }
                unsure = nil
                kept = try keeping.keep(batch)
            } else {
                kept = try keeping.keep(batch, behind: start)
            }
            CrashPoint.reached("ledger.beforeCommit")
            unsure = kept
            try connection.execute("COMMIT")
            CrashPoint.reached("ledger.afterCommit")
            return kept
        } catch {
            if connection.isAlive, connection.isInTransaction { _ = try? connection.execute(Self.rollback) }
            throw error
        }
    }

    private func open() throws(PostgresFailure) -> Connection {
        if let connection { return connection }
        let new = try Sessions.open(string)
        connection = new
        return new
    }

    /// Whether a batch of which the COMMIT was not answered is there: all of it is when one bericht of it is,
    /// under its number and with its content (a failover may have given the number to another).
    private func wasCommitted(
        _ batch: [Writing], _ kept: [Keeping.Kept], _ connection: Connection
    ) throws(PostgresFailure) -> Bool {
        guard let (writing, kept) = zip(batch, kept).first(where: { $0.1.stored != nil }) else {
            return false
        }
        let found = try connection.execute(
            Self.look,
            [.int(kept.stored), .text(writing.entry.referentienummer), .bytes(writing.entry.content)])
        return !found.isEmpty
    }

    private func isClosing(within time: Duration) -> Bool {
        closing.wait(until: .after(time)) { $0 ? true : nil } ?? false
    }

    private static let begin = Statement("BEGIN")
    private static let rollback = Statement("ROLLBACK")
    /// Spells "sluis", then "sequence".
    private static let lock = Statement("SELECT pg_advisory_xact_lock(1937536361, 1936748901)")
    private static let look = Statement(
        "SELECT FROM sluis.bericht WHERE sequence = $1 AND referentienummer = $2 AND content = $3")
}

private import CLibPQ
private import Diagnostics
private import Glibc

/// Statements that go to the server in one write and are committed together.
///
/// One batch is one transaction: a failing statement undoes them all.
package struct Batch: Sendable {
    struct Item: Sendable {
        var statement: Statement
        var values: [Parameter]
    }

    private(set) var items: [Item] = []

    package init() {}

    package var count: Int { items.count }
    package var isEmpty: Bool { items.isEmpty }

    package mutating func add(_ statement: Statement, _ values: [Parameter] = []) {
        items.append(Item(statement: statement, values: values))
    }

    package mutating func removeAll() {
        items.removeAll(keepingCapacity: true)
    }
}

extension Connection {
    private static let begin = Statement("BEGIN")
    private static let commit = Statement("COMMIT")

    /// Runs `batch` as one transaction, sent in one go, and waits until it is committed.
    ///
    /// - Returns: the result of each statement, in order.
    /// - Throws: with ``PostgresFailure/statementIndex`` when one of the statements was refused, and
    ///   everything is undone; `P107` when the connection broke on the way, so that the commit may have
    ///   happened.
    @discardableResult
    package func commit(_ batch: Batch) throws(PostgresFailure) -> [Rows] {
        var whole = Batch()
        whole.add(Self.begin)
        for item in batch.items { whole.add(item.statement, item.values) }
        whole.add(Self.commit)
        // What goes wrong from here on may have been committed.
        try prepare(whole)
        do throws(PostgresFailure) {
            var results = try pipeline(whole)
            // A server answers a COMMIT of a failed transaction with ROLLBACK, and no error.
            guard results.popLast()?.command == "COMMIT" else { throw PostgresFailure(.statementRefused) }
            results.removeFirst()
            return results
        } catch {
            throw undo(error, statements: batch.count)
        }
    }

    /// Runs `batch` within the transaction that is open, sent in one go.
    @discardableResult
    package func run(_ batch: Batch) throws(PostgresFailure) -> [Rows] {
        try pipeline(batch)
    }

    /// Ends the transaction of a batch that failed, and says which of the caller's statements it was.
    private func undo(_ failure: PostgresFailure, statements count: Int) -> PostgresFailure {
        var failure = failure
        // The first is our BEGIN, the last our COMMIT.
        let index = failure.statementIndex.map { $0 - 1 }
        failure.statementIndex = index.flatMap { (0..<count).contains($0) ? $0 : nil }
        if failure.isConnectionLost {
            failure.code = .commitUnknown
        } else if isAlive, isInTransaction {
            _ = try? execute("ROLLBACK")  // The failure that led here is the one to tell.
        }
        return failure
    }

    /// Sends all statements, then reads all results.
    private func pipeline(_ batch: Batch) throws(PostgresFailure) -> [Rows] {
        try prepare(batch)
        return try unsafe withSession { (session) throws(PostgresFailure) in
            guard unsafe PQenterPipelineMode(session) == 1 else { throw PostgresFailure(.connectionLost) }
            // So that writing never waits for a server that itself waits until its answers are read.
            guard unsafe PQsetnonblocking(session, 1) == 0 else { throw PostgresFailure(.connectionLost) }
            defer {
                _ = unsafe PQsetnonblocking(session, 0)
                _ = unsafe PQexitPipelineMode(session)
            }
            var failure: PostgresFailure?
            do throws(PostgresFailure) {
                for item in batch.items {
                    try send(item.statement, item.values)
                    try unsafe Self.flush(session, waits: false)
                }
            } catch {
                failure = error
            }
            // Whatever happened, the pipeline is brought to its end, so that the session can go on.
            guard unsafe PQpipelineSync(session) == 1 else {
                throw failure ?? PostgresFailure(.connectionLost)
            }
            try unsafe Self.flush(session, waits: true)
            return try unsafe collect(session, count: batch.count, failure: failure)
        }
    }

    /// Reads the results of `count` statements, until the end of the pipeline.
    private func collect(
        _ session: OpaquePointer, count: Int, failure: PostgresFailure?
    ) throws(PostgresFailure) -> [Rows] {
        var results: [Rows] = []
        var failure = failure
        var silences = 0
        while true {
            // Between the results of two statements stands one nil; two mean that nothing comes any more.
            guard let result = unsafe PQgetResult(session) else {
                silences += 1
                if silences < 2, isAlive { continue }
                // The session is gone; what it said before that still stands.
                if failure == nil, results.count == count { return results }
                throw failure ?? PostgresFailure(.connectionLost, subject: address)
            }
            silences = 0
            if unsafe PQresultStatus(result) == PGRES_PIPELINE_SYNC {
                unsafe PQclear(result)
                break
            }
            do throws(PostgresFailure) {
                let rows = try unsafe rows(result)
                results.append(rows)
            } catch {
                // Those behind the first failure say only that they were skipped.
                if failure == nil {
                    failure = error
                    failure?.statementIndex = results.count
                }
            }
        }
        if let failure { throw failure }
        return results
    }

    /// Writes what is queued. While the server does not take it, reads what the server sends.
    private static func flush(_ session: OpaquePointer, waits: Bool) throws(PostgresFailure) {
        while true {
            let left = unsafe PQflush(session)
            guard left >= 0 else { throw PostgresFailure(.connectionLost) }
            if left == 0 { return }
            var interest = unsafe pollfd(fd: PQsocket(session), events: Int16(POLLIN | POLLOUT), revents: 0)
            let ready = unsafe poll(&interest, 1, waits ? -1 : 0)
            if ready > 0, interest.revents & Int16(POLLIN | POLLERR | POLLHUP) != 0,
                unsafe PQconsumeInput(session) != 1
            {
                throw PostgresFailure(.connectionLost)
            }
            if !waits, interest.revents & Int16(POLLOUT) == 0 { return }
        }
    }
}

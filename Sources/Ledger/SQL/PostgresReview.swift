private import Diagnostics
package import Postgres
package import Threads

/// Reads the ledger of a Sluis that may be running, and takes a person's decisions about deliveries. It starts no thread
/// and brings no table up to date.
package final class PostgresReview: LedgerReview, LedgerDecisions {
    private let sessions: Sessions
    private let announcing = Announcing(process: 0)

    /// - Parameter isReadOnly: whether the server refuses every write of this.
    /// - Throws: `L1xx` when the database cannot be reached; `ledgerMissing` when it holds no ledger.
    package init(_ database: ConnectionString, isReadOnly: Bool) throws(LedgerFailure) {
        sessions = Sessions(
            database, limit: 1, patience: .seconds(2), kind: isReadOnly ? .readOnly : .lasting)
        let isThere = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try connection.execute("SELECT to_regclass('sluis.bericht') IS NOT NULL").only().bool(0)
        }
        guard isThere else { throw LedgerFailure(.ledgerMissing) }
    }

    package func berichten(
        in state: BerichtState?, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [BerichtLine] {
        try read { (review) throws(PostgresFailure) in
            try review.berichten(in: state, before: before, limit: limit)
        }
    }

    package func deliveries(
        _ choice: DeliveryChoice, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [DeliveryLine] {
        try read { (review) throws(PostgresFailure) in
            try review.deliveries(choice, before: before, limit: limit)
        }
    }

    package func bericht(_ sequence: Int64) throws(LedgerFailure) -> BerichtHistory? {
        try read { (review) throws(PostgresFailure) in try review.history(sequence) }
    }

    private func read<Value>(
        _ body: (Reviewing) throws(PostgresFailure) -> Value
    ) throws(LedgerFailure) -> Value {
        try sessions.repeatable { (connection) throws(PostgresFailure) in try body(Reviewing(connection)) }
    }

    package func redrive(_ delivery: Int64, now: WallTime) throws(LedgerFailure) -> Bool {
        try sessions.decide(about: delivery, announcing) { (deciding) throws(PostgresFailure) in
            try deciding.redrive(delivery, now: now)
        }
    }

    package func discard(_ delivery: Int64, reason: String, now: WallTime) throws(LedgerFailure) -> Bool {
        try sessions.decide(about: delivery, announcing) { (deciding) throws(PostgresFailure) in
            try deciding.discard(delivery, reason: reason, now: now)
        }
    }
}

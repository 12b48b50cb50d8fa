private import Diagnostics
package import Postgres

/// Reads the ledger of a Sluis that may be running, over a connection that can write nothing. It starts no thread and
/// brings no table up to date.
package final class PostgresReview: LedgerReview {
    private let sessions: Sessions

    /// - Throws: `L1xx` when the database cannot be reached; `ledgerMissing` when it holds no ledger.
    package init(_ database: ConnectionString) throws(LedgerFailure) {
        sessions = Sessions(database, limit: 1, patience: .seconds(2), isReadOnly: true)
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
        in state: DeliveryState?, to target: String?, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [DeliveryLine] {
        try read { (review) throws(PostgresFailure) in
            try review.deliveries(in: state, to: target, before: before, limit: limit)
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
}

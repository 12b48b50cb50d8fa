import Postgres

/// Tells the other processes that have this ledger that something changed, when the transaction commits.
///
/// What is told is a hint where to look, never the news itself: the target whose deliveries changed. Those who wait for
/// a bericht or for objects look at each. It holds no object and no referentienummer, as every session of the database
/// may listen.
struct Announcing: Sendable {
    static let channel: Identifier = "sluis_ledger"

    /// Tells processes apart, so that none is woken by what it did itself. 0: of one that does not listen.
    let process: Int64

    /// What is told about a target; without one, only those who wait for berichten and objects look.
    func payload(_ target: String) -> String { prefix + target }

    /// What a payload about a target begins with.
    var prefix: String { "\(process) " }

    /// - Returns: the target that another process told of; nil when it was this one.
    func heard(_ payload: String) -> String? {
        payload.hasPrefix(prefix) ? nil : String(payload.drop { $0 != " " }.dropFirst())
    }

    /// Tells of each target, within the transaction of the caller.
    func tell(_ targets: Set<String>, on connection: Connection) throws(PostgresFailure) {
        try connection.execute(Self.tell, values(targets))
    }

    func add(_ targets: Set<String>, to batch: inout Batch) {
        batch.add(Self.tell, values(targets))
    }

    private func values(_ targets: Set<String>) -> [Parameter] {
        [.texts(targets.isEmpty ? [payload("")] : targets.sorted().map(payload))]
    }

    private static let tell = Statement(
        "SELECT pg_notify('sluis_ledger', payload) FROM unnest($1::text[]) AS payload")
}

import Postgres
import Record
import Threads

/// Answers to those who wait.
struct Looking {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Berichten that still go on are left out.
    func progress(_ sequences: [Int64]) throws(PostgresFailure) -> [Int64: Progress] {
        var found: [Int64: Progress] = [:]
        for row in try connection.execute(Self.progress, [.ints(sequences)]) {
            let reply = try row.bytesIfAny(3)
            let progress: Progress
            switch try row.word(2, BerichtState.self) {
            case .done: progress = .done(reply: reply)
            case .refused: progress = .refused(reply: reply)
            case .dead:
                let causes =
                    if let own = try row.cause(4) { [own] } else { try causes(of: try row.int(1)) }
                progress = .dead(causes, reply: reply)
            case .accepted, .open: progress = .held
            }
            found[try row.int(0)] = progress
        }
        return found
    }

    private func causes(of sequence: Int64) throws(PostgresFailure) -> [Cause] {
        var causes: [Cause] = []
        for row in try connection.execute(Self.causes, [.int(sequence)]) {
            if let cause = try row.cause(0) { causes.append(cause) }
        }
        return causes
    }

    func isAtRest(_ objects: [ObjectKey], _ target: String) throws(PostgresFailure) -> Bool {
        try connection.execute(Self.atRest, [.keys(objects), .text(target)]).only().bool(0)
    }

    func open(
        _ resource: String, tenant: String, ending: String, target: String, limit: Int
    ) throws(PostgresFailure) -> [ObjectKey] {
        guard !ending.utf8.contains(0) else { return [] }
        let prefix = ObjectKey(tenant: tenant, resource: resource, value: "").column
        // The first text behind all that begin with the prefix: its last character is a separator.
        let end = prefix.dropLast() + " "
        let rows = try connection.execute(
            Self.open, [.text(prefix), .text(String(end)), .text(ending), .text(target), .int(limit)])
        return try rows.map { (row) throws(PostgresFailure) in ObjectKey(column: try row.text(0)) }
    }

    private static let progress = Statement(
        """
        SELECT b.sequence, o.sequence, o.state, b.reply, o.code, o.cause
        FROM unnest($1::bigint[]) AS asked (sequence)
            JOIN sluis.bericht b USING (sequence)
            JOIN sluis.bericht o ON o.sequence = coalesce(b.first, b.sequence)
        WHERE o.state IN ('done', 'refused', 'dead') OR o.state = 'open' AND NOT EXISTS (
            SELECT FROM sluis.delivery d WHERE d.sequence = o.sequence AND d.live)
        """)
    private static let causes = Statement(
        "SELECT code, cause FROM sluis.delivery WHERE sequence = $1 AND state = 'dead' ORDER BY id")
    private static let atRest = Statement(
        """
        SELECT NOT EXISTS (SELECT FROM sluis.bericht b WHERE NOT b.expanded AND b.objects && $1::text[])
            AND NOT EXISTS (
                SELECT FROM unnest($1::text[]) AS asked (key)
                    JOIN sluis.delivery_key k ON k.target = $2 AND k.key = asked.key)
        """)
    private static let open = Statement(
        """
        WITH open AS (
            SELECT unnest(objects) AS key FROM sluis.bericht WHERE NOT expanded
            UNION ALL
            SELECT key FROM sluis.delivery_key WHERE target = $4 AND key >= $1 AND key < $2
        )
        SELECT DISTINCT key FROM open
        WHERE key >= $1 AND key < $2 AND right(key, length($3)) = $3 ORDER BY key LIMIT $5
        """)
}

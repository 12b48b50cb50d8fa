import Postgres
import Record
import Threads

/// Lends deliveries to workers.
struct Claiming {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    func claim(
        _ target: String, limit: Int, now: WallTime, lease: Duration
    ) throws(PostgresFailure) -> [Delivery] {
        var batch = Batch()
        batch.add(Self.lock, [.text(target)])
        batch.add(
            Self.claim, [.text(target), .moment(now), .int(limit), .moment(now + lease)])
        let rows = try connection.commit(batch)[1]
        let lent = try rows.map { (row) throws(PostgresFailure) in try Delivery(row) }
        return lent.sorted { ($0.sequence, $0.id) < ($1.sequence, $1.id) }
    }

    /// One claim of a target at a time: between a redrive and a claim that began before it, two deliveries of
    /// one object could otherwise go out together. Spells "clai".
    static let lock = Statement("SELECT pg_advisory_xact_lock(1668048233, hashtext($1))")

    /// The fence is the moment, and rises in any case: a claim that a crash of the server undid shares it with no later
    /// one.
    private static let claim = Statement(
        """
        WITH free AS (
            SELECT d.id
            FROM sluis.delivery d
            WHERE d.target = $1 AND d.live AND d.due <= $2
                AND NOT EXISTS (
                    SELECT FROM unnest(d.objects) AS mine (key)
                    WHERE d.id <> (
                        SELECT first.delivery FROM sluis.delivery_key first
                        WHERE first.key = mine.key AND first.target = d.target
                        ORDER BY first.sequence, first.delivery LIMIT 1))
                AND NOT EXISTS (
                    SELECT FROM sluis.bericht b
                    WHERE NOT b.expanded AND b.sequence < d.sequence AND b.objects && d.objects)
                AND (NOT d.redriven OR NOT EXISTS (
                    SELECT FROM unnest(d.objects) AS mine (key)
                        JOIN sluis.delivery_key other ON other.target = d.target AND other.key = mine.key
                        JOIN sluis.delivery passing ON passing.id = other.delivery
                    WHERE passing.id <> d.id AND passing.state = 'sending' AND passing.due > $2))
            ORDER BY d.sequence, d.id
            LIMIT $3
            FOR UPDATE OF d SKIP LOCKED
        )
        UPDATE sluis.delivery d
        SET state = 'sending', attempt = d.attempt + 1, due = $4,
            fence = greatest(d.fence + 1, (extract(epoch FROM $2) * 1000000)::bigint)
        FROM free
        WHERE d.id = free.id
        RETURNING d.id, d.sequence, d.target, d.objects, d.change, d.attempt, d.fence, d.code
        """)
}

extension Delivery {
    fileprivate init(_ row: Row) throws(PostgresFailure) {
        self.init(
            id: try row.int(0), sequence: try row.int(1), target: try row.text(2), objects: try row.keys(3),
            change: try row.bytes(4), attempt: Int(try row.int(5)), fence: try row.int(6),
            lastCode: try row.textIfAny(7))
    }
}

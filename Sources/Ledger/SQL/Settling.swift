import Diagnostics
import Postgres
import Threads

/// Records how attempts ended.
struct Settling {
    /// What became of settlements.
    struct Settled {
        /// For each nil, or why it did not count.
        var failures: [LedgerFailure?]
        /// The targets of those that counted now, by delivery.
        var targets: [Int64: String]
    }

    private let connection: Connection
    private let announcing: Announcing

    init(_ connection: Connection, _ announcing: Announcing) {
        self.connection = connection
        self.announcing = announcing
    }

    func settle(_ settlements: [Settlement], now: WallTime) throws(PostgresFailure) -> Settled {
        let outcomes = settlements.map(\.verdict.outcome)
        let rows = try connection.execute(
            Self.settle,
            [
                .ints(settlements.map(\.delivery)), .ints(settlements.map(\.fence)),
                .texts(outcomes.map(\.state.rawValue)),
                .ints(outcomes.map { ($0.due ?? now).microseconds }),
                .texts(outcomes.map { $0.cause?.code }), .texts(outcomes.map { $0.cause?.text }),
                .moment(now), .text(announcing.prefix),
            ])
        var targets: [Int64: String] = [:]
        for row in rows { targets[try row.int(0)] = try row.text(1) }
        if targets.count == settlements.count {
            return Settled(failures: settlements.map { _ in nil }, targets: targets)
        }
        let present = try states(of: settlements.map(\.delivery).filter { targets[$0] == nil })
        let failures = settlements.map { settlement -> LedgerFailure? in
            guard targets[settlement.delivery] == nil else { return nil }
            guard let present = present[settlement.delivery] else {
                return LedgerFailure(.berichtUnknown, at: "delivery \(settlement.delivery)")
            }
            // Said before: the answer to that was lost, perhaps.
            let isSame =
                present.fence == settlement.fence
                && present.state == settlement.verdict.outcome.state.rawValue
            return isSame ? nil : .fenceStale(settlement.delivery)
        }
        return Settled(failures: failures, targets: targets)
    }

    private func states(
        of deliveries: [Int64]
    ) throws(PostgresFailure) -> [Int64: (fence: Int64, state: String)] {
        var states: [Int64: (fence: Int64, state: String)] = [:]
        for row in try connection.execute(Self.present, [.ints(deliveries)]) {
            states[try row.int(0)] = (try row.int(1), try row.text(2))
        }
        return states
    }

    private static let present = Statement(
        "SELECT id, fence, state FROM sluis.delivery WHERE id = ANY ($1)")

    private static let settle = Statement(
        """
        WITH verdict AS (
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[])
                AS verdict (id, fence, state, due, code, cause)
        ), settled AS (
            UPDATE sluis.delivery d
            SET state = v.state, live = v.state = 'waiting', code = v.code, cause = v.cause,
                due = timestamptz 'epoch' + v.due * interval '1 microsecond',
                change = CASE WHEN v.state = 'done' THEN '' ELSE d.change END
            FROM verdict v
            WHERE d.id = v.id AND d.fence = v.fence AND d.state = 'sending'
            RETURNING d.id, d.sequence, d.target, d.objects, d.state, d.holds, d.attempt, d.code, d.cause
        ), freed AS (
            DELETE FROM sluis.delivery_key k
            USING settled s, unnest(s.objects) AS mine (key)
            WHERE k.target = s.target AND k.key = mine.key AND k.sequence = s.sequence AND k.delivery = s.id
                AND (s.state = 'done' OR s.state = 'dead' AND NOT s.holds)
        ), noted AS (
            INSERT INTO sluis.attempt (sequence, kind, at, delivery, attempt, code, cause)
            SELECT sequence, 'delivered', $7, id, attempt, code, cause FROM settled
            WHERE code IS NOT NULL OR attempt > 1
            ORDER BY id
        ), counted AS (
            SELECT sequence, count(*) AS closed, count(*) FILTER (WHERE state = 'dead') AS dead
            FROM settled WHERE state IN ('done', 'dead') GROUP BY sequence
        ), berichten AS (
            UPDATE sluis.bericht b
            SET open = b.open - c.closed, dead = b.dead + c.dead,
                state = CASE WHEN b.open > c.closed THEN 'open' WHEN b.dead + c.dead > 0 THEN 'dead' ELSE 'done' END,
                ended = CASE WHEN b.open > c.closed OR b.dead + c.dead > 0 THEN NULL ELSE $7 END
            FROM counted c WHERE b.sequence = c.sequence
        )
        SELECT id, target, pg_notify('sluis_ledger', $8 || target) FROM settled
        """)
}

import Diagnostics
import Postgres
import Record
import Threads

extension Sessions {
    /// Takes one decision about a delivery in a transaction of its own.
    ///
    /// - Parameter body: gives nil when there is no such delivery.
    func decide(
        about delivery: Int64, _ announcing: Announcing,
        _ body: (Deciding) throws(PostgresFailure) -> Bool?
    ) throws(LedgerFailure) -> Bool {
        let isDone = try once { (connection) throws(PostgresFailure) in
            try connection.transaction { () throws(PostgresFailure) in
                try body(Deciding(connection, announcing))
            }
        }
        guard let isDone else { throw LedgerFailure(.berichtUnknown, at: "delivery \(delivery)") }
        return isDone
    }
}

/// Decisions about one bericht or delivery; each runs in a transaction of its caller's.
struct Deciding {
    private let connection: Connection
    private let announcing: Announcing

    init(_ connection: Connection, _ announcing: Announcing) {
        self.connection = connection
        self.announcing = announcing
    }

    /// - Returns: nil when there is no such delivery.
    func redrive(_ delivery: Int64, now: WallTime) throws(PostgresFailure) -> Bool? {
        guard let target = try connection.execute(Self.find, [.int(delivery)]).first?.text(0) else {
            return nil
        }
        // First the target's lock, then the row: as a claim does.
        try connection.execute(Claiming.lock, [.text(target)])
        let redriven = try connection.execute(Self.redrive, [.int(delivery), .moment(now)])
        if !redriven.isEmpty { try announcing.tell([target], on: connection) }
        return !redriven.isEmpty
    }

    /// - Returns: nil when there is no such delivery.
    func discard(_ delivery: Int64, reason: String, now: WallTime) throws(PostgresFailure) -> Bool? {
        guard let target = try connection.execute(Self.find, [.int(delivery)]).first?.text(0) else {
            return nil
        }
        let discarded = try connection.execute(
            Self.discard, [.int(delivery), .moment(now), .text(reason)])
        if !discarded.isEmpty { try announcing.tell([target], on: connection) }
        return !discarded.isEmpty
    }

    /// - Returns: the answer that stands; nil when there is no such bericht.
    func answer(
        _ sequence: Int64, _ answer: BerichtAnswer, with reply: [UInt8], now: WallTime
    ) throws(PostgresFailure) -> [UInt8]? {
        switch answer {
        case .acknowledged:
            let given = try connection.execute(Self.acknowledge, [.int(sequence), .bytes(reply)])
            if !given.isEmpty { return reply }
        case .refused(let cause):
            let refused = try connection.execute(
                Self.refuse,
                [.int(sequence), .bytes(reply), .text(cause.code), .text(cause.text), .moment(now)])
            if let row = refused.first {
                var targets: Set<String> = []
                if try row.bool(0) {
                    for row in try connection.execute(Self.discardAll, [.int(sequence)]) {
                        targets.insert(try row.text(0))
                    }
                }
                try announcing.tell(targets, on: connection)
                return reply
            }
        }
        return try connection.execute(Self.reply, [.int(sequence)]).first?.bytesIfAny(0)
    }

    private static let find = Statement("SELECT target FROM sluis.delivery WHERE id = $1")

    private static let redrive = Statement(
        """
        WITH old AS (
            SELECT * FROM sluis.delivery WHERE id = $1 AND state IN ('dead', 'held') FOR UPDATE
        ), redriven AS (
            UPDATE sluis.delivery d
            SET state = 'waiting', live = true, due = $2, redriven = old.state = 'dead' AND NOT old.holds
            FROM old WHERE d.id = old.id
            RETURNING d.id, d.sequence, d.target, d.objects, d.attempt, old.state AS was
        ), keyed AS (
            INSERT INTO sluis.delivery_key (target, key, sequence, delivery)
            SELECT DISTINCT target, key, sequence, id FROM redriven, unnest(objects) AS key
            ON CONFLICT DO NOTHING
        ), noted AS (
            INSERT INTO sluis.attempt (sequence, kind, at, delivery, attempt)
            SELECT sequence, 'redriven', $2, id, attempt FROM redriven
        ), berichten AS (
            UPDATE sluis.bericht b SET open = b.open + 1, dead = b.dead - 1, state = 'open', ended = NULL
            FROM redriven r WHERE b.sequence = r.sequence AND r.was = 'dead'
        )
        SELECT id FROM redriven
        """)

    private static let discard = Statement(
        """
        WITH old AS (
            SELECT * FROM sluis.delivery
            WHERE id = $1 AND state IN ('dead', 'held', 'waiting') FOR UPDATE
        ), discarded AS (
            UPDATE sluis.delivery d
            SET state = 'discarded', live = false, code = coalesce(d.code, ''), cause = $3, change = ''
            FROM old WHERE d.id = old.id
            RETURNING d.id, d.sequence, d.attempt, d.code, old.state AS was
        ), freed AS (
            DELETE FROM sluis.delivery_key k USING old, unnest(old.objects) AS mine (key)
            WHERE k.target = old.target AND k.key = mine.key AND k.sequence = old.sequence AND k.delivery = old.id
        ), noted AS (
            INSERT INTO sluis.attempt (sequence, kind, at, delivery, attempt, code, cause)
            SELECT sequence, 'discarded', $2, id, attempt, code, $3 FROM discarded
        ), counted AS (
            SELECT sequence, (was <> 'dead')::integer AS closed, (was = 'dead')::integer AS undead FROM discarded
        ), berichten AS (
            UPDATE sluis.bericht b
            SET open = b.open - c.closed, dead = b.dead - c.undead,
                state = CASE WHEN b.open > c.closed THEN 'open' WHEN b.dead > c.undead THEN 'dead' ELSE 'done' END,
                ended = CASE WHEN b.open > c.closed OR b.dead > c.undead THEN NULL ELSE $2 END
            FROM counted c WHERE b.sequence = c.sequence
        )
        SELECT id FROM discarded
        """)

    private static let acknowledge = Statement(
        "UPDATE sluis.bericht SET reply = $2 WHERE sequence = $1 AND reply IS NULL RETURNING sequence")

    /// What is done stays done, unless it only shared the fate of another.
    private static let refuse = Statement(
        """
        WITH old AS (
            SELECT sequence, state <> 'refused' AND (state <> 'done' OR first IS NOT NULL) AS turns
            FROM sluis.bericht WHERE sequence = $1 AND reply IS NULL FOR UPDATE
        )
        UPDATE sluis.bericht b
        SET reply = $2,
            state = CASE WHEN old.turns THEN 'refused' ELSE b.state END,
            code = CASE WHEN old.turns THEN $3 ELSE b.code END,
            cause = CASE WHEN old.turns THEN $4 ELSE b.cause END,
            ended = CASE WHEN old.turns THEN $5 ELSE b.ended END,
            first = CASE WHEN old.turns THEN NULL ELSE b.first END,
            creates = CASE WHEN old.turns THEN NULL ELSE b.creates END,
            expanded = b.expanded OR old.turns,
            open = CASE WHEN old.turns THEN 0 ELSE b.open END,
            dead = CASE WHEN old.turns THEN 0 ELSE b.dead END
        FROM old WHERE b.sequence = old.sequence
        RETURNING old.turns
        """)

    private static let discardAll = Statement(
        """
        WITH discarded AS (
            UPDATE sluis.delivery
            SET state = 'discarded', live = false, fence = fence + 1, change = ''
            WHERE sequence = $1 AND state <> 'done'
            RETURNING id, sequence, target, objects
        ), freed AS (
            DELETE FROM sluis.delivery_key k USING discarded d, unnest(d.objects) AS mine (key)
            WHERE k.target = d.target AND k.key = mine.key AND k.sequence = d.sequence AND k.delivery = d.id
        )
        SELECT DISTINCT target FROM discarded
        """)

    private static let reply = Statement("SELECT reply FROM sluis.bericht WHERE sequence = $1")
}

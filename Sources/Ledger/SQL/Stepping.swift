import Diagnostics
import Postgres
import Record
import Threads

/// The recorded calls of deliveries, in the table `step`.
struct Stepping {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// - Returns: whether the claim still holds; when it does not, nothing was kept.
    func note(
        _ steps: [Step], of delivery: Delivery, now: WallTime, due: WallTime
    ) throws(PostgresFailure) -> Bool {
        let rows = try connection.execute(
            Self.note,
            [
                .int(delivery.id), .int(delivery.fence), .moment(due), .moment(now),
                .ints(steps.map { Int64($0.number) }), .texts(steps.map(\.call)),
                .texts(steps.map(\.result)), .texts(steps.map { $0.object?.column }),
                .texts(steps.map(\.heir)),
            ])
        return try rows.only().bool(0)
    }

    func steps(of delivery: Int64) throws(PostgresFailure) -> [Step] {
        try connection.execute(Self.steps, [.int(delivery)]).map { (row) throws(PostgresFailure) in
            Step(
                number: Int(try row.int(0)), call: try row.text(1), result: try row.textIfAny(2),
                object: try row.textIfAny(3).map { ObjectKey(column: $0) }, heir: try row.textIfAny(4))
        }
    }

    func place(of object: ObjectKey) throws(PostgresFailure) -> String? {
        try connection.execute(Self.place, [.key(object)]).first?.text(0)
    }

    private static let note = Statement(
        """
        WITH held AS (
            UPDATE sluis.delivery SET due = $3 WHERE id = $1 AND fence = $2 AND state = 'sending' RETURNING id
        ), noted AS (
            INSERT INTO sluis.step (delivery, number, call, result, object, heir, at)
            SELECT held.id, s.number, s.call, s.result, s.object, s.heir, $4
            FROM held, unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
                AS s (number, call, result, object, heir)
            ON CONFLICT (delivery, number) DO UPDATE
            SET call = excluded.call, result = excluded.result, object = excluded.object, heir = excluded.heir,
                at = excluded.at
        )
        SELECT EXISTS (SELECT FROM held)
        """)

    private static let steps = Statement(
        "SELECT number, call, result, object, heir FROM sluis.step WHERE delivery = $1 ORDER BY number")

    private static let place = Statement(
        """
        SELECT result FROM sluis.step WHERE object = $1 AND result IS NOT NULL ORDER BY delivery DESC LIMIT 1
        """)
}

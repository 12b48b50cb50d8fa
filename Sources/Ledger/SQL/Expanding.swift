import Diagnostics
import Postgres
import Record
import Threads

/// Turns accepted berichten into deliveries.
struct Expanding {
    private let connection: Connection
    private let announcing: Announcing

    init(_ connection: Connection, _ announcing: Announcing) {
        self.connection = connection
        self.announcing = announcing
    }

    /// - Returns: the sequence numbers that no bericht has.
    func expand(_ expansions: [Expansion], now: WallTime) throws(PostgresFailure) -> [Int64] {
        var rows: [(sequence: Int64, delivery: NewDelivery)] = []
        for expansion in expansions {
            for delivery in expansion.deliveries { rows.append((expansion.sequence, delivery)) }
        }
        var batch = Batch()
        batch.add(
            Self.expand,
            [
                .ints(expansions.map(\.sequence)),
                .ints(expansions.map { Int64($0.deliveries.count) }),
                .moment(now),
                .ints(rows.map(\.sequence)),
                .texts(rows.map(\.delivery.target)),
                .texts(rows.map(\.delivery.objects.column)),
                .byteStrings(rows.map(\.delivery.change)),
                .ints(rows.map { $0.delivery.whenDead == .holds ? 1 : 0 }),
            ])
        announcing.add(Set(rows.map(\.delivery.target)), to: &batch)
        let unknown = try connection.commit(batch)[0]
        return try unknown.map { (row) throws(PostgresFailure) in try row.int(0) }
    }

    private static let expand = Statement(
        """
        WITH asked AS (
            SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS asked (sequence, count)
        ), expanded AS (
            UPDATE sluis.bericht b
            SET expanded = true, open = asked.count,
                state = CASE WHEN asked.count = 0 THEN 'done' ELSE 'open' END,
                ended = CASE WHEN asked.count = 0 THEN $3 END
            FROM asked
            WHERE b.sequence = asked.sequence AND NOT b.expanded
            RETURNING b.sequence, b.received
        ), delivery AS (
            INSERT INTO sluis.delivery (sequence, target, objects, change, state, live, holds, due)
            SELECT new.sequence, new.target, string_to_array(new.objects, E'\\x1e'), new.change, 'waiting', true,
                new.holds = 1, expanded.received
            FROM unnest($4::bigint[], $5::text[], $6::text[], $7::bytea[], $8::bigint[]) WITH ORDINALITY
                AS new (sequence, target, objects, change, holds, place)
                JOIN expanded USING (sequence)
            ORDER BY new.place
            RETURNING id, sequence, target, objects
        ), keyed AS (
            INSERT INTO sluis.delivery_key (target, key, sequence, delivery)
            SELECT DISTINCT d.target, key, d.sequence, d.id FROM delivery d, unnest(d.objects) AS key
        )
        SELECT sequence FROM asked WHERE NOT EXISTS (
            SELECT FROM sluis.bericht b WHERE b.sequence = asked.sequence)
        """)

    /// - Returns: nil when there is no such bericht.
    func bury(_ sequence: Int64, _ cause: Cause) throws(PostgresFailure) -> Bool? {
        var batch = Batch()
        batch.add(Self.bury, [.int(sequence), .text(cause.code), .text(cause.text)])
        announcing.add([], to: &batch)
        if !(try connection.commit(batch)[0].isEmpty) { return true }
        return try connection.execute(Self.exists, [.int(sequence)]).isEmpty ? nil : false
    }

    private static let bury = Statement(
        """
        UPDATE sluis.bericht SET expanded = true, state = 'dead', code = $2, cause = $3, creates = NULL
        WHERE sequence = $1 AND NOT expanded RETURNING sequence
        """)
    private static let exists = Statement("SELECT FROM sluis.bericht WHERE sequence = $1")

    func unexpanded(receivedBefore moment: WallTime, limit: Int) throws(PostgresFailure) -> [KeptEntry] {
        let rows = try connection.execute(Self.unexpanded, [.moment(moment), .int(max(limit, 0))])
        return try rows.map { (row) throws(PostgresFailure) in try KeptEntry(row) }
    }

    private static let unexpanded = Statement(
        """
        SELECT sequence, tenant, organisatie, applicatie, administratie, referentienummer, berichtcode, name,
            entiteittype, tijdstip_bericht, received, digest, content, objects, kind, creates, creation, body,
            contents, reply
        FROM sluis.bericht WHERE NOT expanded AND received < $1 ORDER BY sequence LIMIT $2
        """)
}

extension KeptEntry {
    fileprivate init(_ row: Row) throws(PostgresFailure) {
        var creation: Entry.Creation?
        if let object = try row.textIfAny(15) {
            creation = Entry.Creation(object: ObjectKey(column: object), hash: try row.bytesIfAny(16) ?? [])
        }
        self.init(
            sequence: try row.int(0),
            entry: Entry(
                tenant: try row.text(1),
                zender: Zender(
                    organisatie: try row.text(2), applicatie: try row.text(3), administratie: try row.text(4)),
                referentienummer: try row.text(5), berichtcode: try row.text(6), name: try row.text(7),
                entiteittype: try row.text(8), tijdstipBericht: try row.text(9), received: try row.moment(10),
                digest: try row.bytes(11), content: try row.bytes(12), objects: try row.keys(13),
                kind: try row.textIfAny(14).flatMap(Change.Kind.init), creates: creation,
                body: .upload(try row.int(17)), contents: try row.ints(18), outcome: .accepted,
                reply: try row.bytesIfAny(19)))
    }
}

import Diagnostics
import Postgres
import Record

/// Keeps a batch of berichten within the writer's transaction.
///
/// New ones go in with one statement, whatever their number. Those it leaves out, because their number or
/// their object is known, are judged one by one; so are those with content to adopt.
struct Keeping {
    struct Kept {
        var result: Result<Receipt, LedgerFailure>
        /// The number of the row that was written for it; nil when there was none.
        var stored: Int64?
    }

    private let connection: Connection
    private let announcing: Announcing

    init(_ connection: Connection, _ announcing: Announcing) {
        self.connection = connection
        self.announcing = announcing
    }

    /// - Parameter start: what goes before it, in the same write: each answer that the thread waits for is a wait for
    ///   a processor too.
    func keep(_ batch: [Writing], behind start: Batch = Batch()) throws(PostgresFailure) -> [Kept] {
        let simple = batch.indices.filter { batch[$0].isSimple }
        var stored: [Int: Int64] = [:]
        var first = start
        if !simple.isEmpty { first.add(Self.insert, Self.columns(simple.map { batch[$0] })) }
        let results = first.isEmpty ? [] : try connection.run(first)
        if !simple.isEmpty, let rows = results.last {
            for row in rows { stored[simple[Int(try row.int(0)) - 1]] = try row.int(1) }
        }
        var kept: [Kept] = []
        for (index, writing) in batch.enumerated() {
            if let sequence = stored[index] {
                kept.append(Kept(result: .success(.stored(sequence)), stored: sequence))
            } else {
                kept.append(try judge(writing))
            }
        }
        return kept
    }

    /// Rows for `$1` … `$21` of ``insert``.
    private static func columns(_ batch: [Writing]) -> [Parameter] {
        let entries = batch.map(\.entry)
        return [
            .texts(entries.map(\.tenant)),
            .texts(entries.map(\.zender.organisatie)),
            .texts(entries.map(\.zender.applicatie)),
            .texts(entries.map(\.zender.administratie)),
            .texts(entries.map(\.referentienummer)),
            .texts(entries.map(\.berichtcode)),
            .texts(entries.map(\.name)),
            .texts(entries.map(\.entiteittype)),
            .texts(entries.map(\.tijdstipBericht)),
            .ints(entries.map(\.received.microseconds)),
            .byteStrings(entries.map(\.digest)),
            .byteStrings(entries.map(\.content)),
            .texts(entries.map(\.objects.column)),
            .texts(entries.map { $0.kind?.rawValue }),
            .texts(entries.map { $0.claim?.object.column }),
            .byteStrings(entries.map { $0.claim?.hash }),
            .texts(entries.map { $0.refusal?.code }),
            .texts(entries.map { $0.refusal?.text }),
            .byteStrings(entries.map(\.reply)),
            .byteStrings(batch.map(\.bytes)),
            .byteStrings(batch.map(\.hash)),
        ]
    }

    /// Gives the place in the batch, and the sequence number, of each one that was not known.
    private static let insert = Statement(
        """
        WITH new AS MATERIALIZED (
            SELECT nextval('sluis.number') AS sequence, given.*,
                timestamptz 'epoch' + microseconds * interval '1 microsecond' AS received
            FROM (
                SELECT *
                FROM unnest(
                    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                    $9::text[], $10::bigint[], $11::bytea[], $12::bytea[], $13::text[], $14::text[], $15::text[],
                    $16::bytea[], $17::text[], $18::text[], $19::bytea[], $20::bytea[], $21::bytea[]
                ) WITH ORDINALITY AS given (
                    tenant, organisatie, applicatie, administratie, referentienummer, berichtcode, name,
                    entiteittype, tijdstip, microseconds, digest, content, objects, kind, creates, creation, code,
                    cause, reply, body, hash, place)
                ORDER BY place
            ) AS given
        ), bericht AS (
            INSERT INTO sluis.bericht (
                sequence, tenant, organisatie, applicatie, administratie, referentienummer, berichtcode, name,
                entiteittype, tijdstip_bericht, received, digest, content, objects, kind, creates, creation, body,
                contents, state, code, cause, reply, expanded, ended)
            SELECT
                sequence, tenant, organisatie, applicatie, administratie, referentienummer, berichtcode, name,
                entiteittype, tijdstip, received, digest, content,
                string_to_array(objects, E'\\x1e'), kind, creates, creation, sequence, '{}',
                CASE WHEN code IS NULL THEN 'accepted' ELSE 'refused' END, code, cause, reply, code IS NOT NULL,
                CASE WHEN code IS NOT NULL THEN received END
            FROM new
            ON CONFLICT DO NOTHING
            RETURNING sequence
        ), part AS (
            INSERT INTO sluis.part (content, piece, bericht, staged, hash, bytes)
            SELECT sequence, 0, sequence, received, hash, body
            FROM new JOIN bericht USING (sequence)
        )
        SELECT place, sequence FROM new JOIN bericht USING (sequence)
        """)

    // MARK: One by one

    private func judge(_ writing: Writing) throws(PostgresFailure) -> Kept {
        let entry = writing.entry
        switch Judgement(entry, earlier: try earlier(entry), creator: try creator(entry)) {
        case .answer(let receipt):
            return Kept(result: .success(receipt))
        case .redrive(let owner, let receipt):
            try redrive(owner, entry)
            return Kept(result: .success(receipt))
        case .note(let sequence):
            try note(sequence, entry)
            return Kept(result: .success(.retried(sequence)))
        case .store(let replacing):
            return try store(writing, replacing: replacing) { sequence in
                replacing == nil ? .stored(sequence) : .retried(sequence)
            }
        case .storeKnown(let first, let replacing):
            if first.state == .dead { try redrive(first.owner, entry) }
            let state = first.state == .dead ? .open : first.state
            return try store(writing, replacing: replacing, first: first.owner) {
                .known($0, first: first.owner, state: state)
            }
        case .storeConflict(let first, let replacing):
            var refused = writing
            refused.entry.outcome = .refused(.objectExists)
            refused.entry.reply = nil
            return try store(refused, replacing: replacing) { .conflicts($0, first: first) }
        }
    }

    private static let known: SQL = """
        SELECT b.sequence, coalesce(f.state, b.state), b.content, b.reply, coalesce(b.first, b.sequence), b.creation,
            coalesce(f.state, b.state) = 'dead' AND coalesce(f.code, b.code) IS NOT NULL
        FROM sluis.bericht b LEFT JOIN sluis.bericht f ON f.sequence = b.first
        """
    private static let knownByNumber = Statement(
        """
        \(known)
        WHERE b.referentienummer = $1 AND b.applicatie = $2 AND b.organisatie = $3 AND b.administratie = $4
            AND b.tenant = $5 AND NOT b.superseded
        """)
    private static let knownByCreation = Statement("\(known) WHERE b.creates = $1")

    private func earlier(_ entry: Entry) throws(PostgresFailure) -> Known? {
        let rows = try connection.execute(Self.knownByNumber, Self.number(entry))
        return try rows.first.map(Known.init)
    }

    private static func number(_ entry: Entry) -> [Parameter] {
        [
            .text(entry.referentienummer), .text(entry.zender.applicatie), .text(entry.zender.organisatie),
            .text(entry.zender.administratie), .text(entry.tenant),
        ]
    }

    private func creator(_ entry: Entry) throws(PostgresFailure) -> Known? {
        guard let object = entry.creates?.object else { return nil }
        return try connection.execute(Self.knownByCreation, [.key(object)]).first.map(Known.init)
    }

    private static let savepoint = Statement("SAVEPOINT one")
    private static let forget = Statement("ROLLBACK TO SAVEPOINT one")
    private static let release = Statement("RELEASE SAVEPOINT one")
    private static let supersede = Statement("UPDATE sluis.bericht SET superseded = true WHERE sequence = $1")
    private static let share = Statement(
        """
        UPDATE sluis.bericht
        SET first = $2, expanded = true, state = 'done', ended = received
        WHERE sequence = $1
        """)
    private static let pointTo = Statement(
        "UPDATE sluis.bericht SET body = $2, contents = $3 WHERE sequence = $1")
    private static let dropOwnBody = Statement("DELETE FROM sluis.part WHERE content = $1")
    private static let adopt = Statement(
        "UPDATE sluis.part SET bericht = $1 WHERE content = ANY ($2) AND bericht IS NULL RETURNING content")

    /// Writes one row, in a savepoint of its own: what is wrong with it is told to its sender only.
    private func store(
        _ writing: Writing, replacing: Int64?, first: Int64? = nil, receipt: (Int64) -> Receipt
    ) throws(PostgresFailure) -> Kept {
        try connection.execute(Self.savepoint)
        if let replacing {
            try connection.execute(Self.supersede, [.int(replacing)])
            try note(replacing, writing.entry)
        }
        var plain = writing
        // What shares the fate of another claims nothing itself.
        if first != nil { plain.entry.creates = nil }
        let sequence = try connection.execute(Self.insert, Self.columns([plain])).only().int(1)
        if let first { try connection.execute(Self.share, [.int(sequence), .int(first)]) }
        if let missing = try adopt(writing.entry, as: sequence) {
            try connection.execute(Self.forget)
            return Kept(result: .failure(LedgerFailure(.contentMissing, at: "content \(missing)")))
        }
        try connection.execute(Self.release)
        return Kept(result: .success(receipt(sequence)), stored: sequence)
    }

    /// - Returns: a content that is not there, or belongs to another.
    private func adopt(_ entry: Entry, as sequence: Int64) throws(PostgresFailure) -> Int64? {
        var wanted = entry.contents
        var body = sequence
        if case .upload(let upload) = entry.body {
            wanted.append(upload)
            body = upload
            try connection.execute(Self.dropOwnBody, [.int(sequence)])
        }
        guard !wanted.isEmpty else { return nil }
        let adopted = try connection.execute(Self.adopt, [.int(sequence), .ints(wanted)])
        var found: Set<Int64> = []
        for row in adopted { found.insert(try row.int(0)) }
        if let missing = wanted.first(where: { !found.contains($0) }) { return missing }
        try connection.execute(Self.pointTo, [.int(sequence), .int(body), .ints(entry.contents)])
        return nil
    }

    private static let noteRepeat = Statement(
        """
        INSERT INTO sluis.attempt (sequence, kind, at, attempt, code, cause) VALUES ($1, 'repeated', $2, 0, $3, $4)
        """)

    private func note(_ sequence: Int64, _ entry: Entry) throws(PostgresFailure) {
        try connection.execute(
            Self.noteRepeat,
            [.int(sequence), .moment(entry.received), .text(entry.refusal?.code), .text(entry.refusal?.text)])
    }

    private func redrive(_ owner: Int64, _ entry: Entry) throws(PostgresFailure) {
        let dead = try connection.execute(
            "SELECT id FROM sluis.delivery WHERE sequence = $1 AND state = 'dead' ORDER BY id FOR UPDATE",
            [.int(owner)])
        let deciding = Deciding(connection, announcing)
        for row in dead { _ = try deciding.redrive(try row.int(0), now: entry.received) }
    }
}

extension Known {
    init(_ row: Row) throws(PostgresFailure) {
        self.init(
            sequence: try row.int(0), state: try row.word(1, BerichtState.self), content: try row.bytes(2),
            reply: try row.bytesIfAny(3), owner: try row.int(4), creation: try row.bytesIfAny(5),
            isBuried: try row.bool(6))
    }
}

extension Entry {
    var refusal: Cause? {
        guard case .refused(let cause) = outcome else { return nil }
        return cause
    }

    /// A refused bericht claims no object.
    var claim: Creation? { refusal == nil ? creates : nil }
}

extension Writing {
    /// Whether it can go in with all others at once.
    var isSimple: Bool {
        guard case .bytes = entry.body else { return false }
        return entry.contents.isEmpty
    }

    /// Of a small body; of an upload there is nothing to write.
    var bytes: [UInt8] {
        guard case .bytes(let bytes) = entry.body else { return [] }
        return bytes
    }
}

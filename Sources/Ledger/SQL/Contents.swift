import Crypto
import Diagnostics
import Postgres
import Threads

/// Bodies and large content in the table `part`.
struct Contents {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    func openUpload() throws(PostgresFailure) -> Int64 {
        try connection.execute(Self.draw).only().int(0)
    }

    func stage(_ upload: Int64, piece: Int, of bytes: [UInt8], now: WallTime) throws(PostgresFailure) {
        try connection.execute(
            Self.stage,
            [.int(upload), .int(piece), .moment(now), .bytes(SHA256.digest(bytes)), .bytes(bytes)])
    }

    /// The piece and the hash it was stored with.
    func piece(
        _ piece: Int, of content: Int64
    ) throws(PostgresFailure) -> (bytes: [UInt8], hash: [UInt8])? {
        guard let row = try connection.execute(Self.read, [.int(content), .int(piece)]).first else {
            return nil
        }
        return (try row.bytes(0), try row.bytes(1))
    }

    func body(of sequence: Int64) throws(PostgresFailure) -> Int64? {
        try connection.execute(Self.body, [.int(sequence)]).first?.int(0)
    }

    /// In steps that are each committed by themselves, in an order in which each may be the last.
    ///
    /// - Returns: how many pieces were removed.
    func sweep(_ terms: Retention, now: WallTime) throws(PostgresFailure) -> Int {
        let uploads = try connection.execute(Self.sweepUploads, [.moment(now - terms.upload)])
        let bodies = try sweep(Self.sweepBodies, before: now - terms.body)
        _ = try sweep(Self.sweepLines, before: now - terms.metadata)
        return uploads.affectedCount + bodies
    }

    /// Finds berichten by when they came in, which takes another kind of index than all else here.
    private func sweep(_ statement: Statement, before moment: WallTime) throws(PostgresFailure) -> Int {
        try connection.transaction { () throws(PostgresFailure) in
            try connection.execute("SET LOCAL enable_bitmapscan = on")
            return try connection.execute(statement, [.moment(moment)]).affectedCount
        }
    }

    private static let draw = Statement("SELECT nextval('sluis.number')")
    private static let stage = Statement(
        """
        INSERT INTO sluis.part (content, piece, staged, hash, bytes) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (content, piece) DO UPDATE
            SET staged = excluded.staged, hash = excluded.hash, bytes = excluded.bytes
            WHERE part.bericht IS NULL
        """)
    private static let read = Statement(
        "SELECT bytes, hash FROM sluis.part WHERE content = $1 AND piece = $2")
    private static let body = Statement(
        """
        SELECT body FROM sluis.bericht
        WHERE sequence = $1 AND EXISTS (SELECT FROM sluis.part WHERE content = body)
        """)
    private static let sweepUploads = Statement(
        "DELETE FROM sluis.part WHERE bericht IS NULL AND staged <= $1")
    private static let sweepBodies = Statement(
        """
        WITH over AS (
            UPDATE sluis.bericht SET swept = true
            WHERE received <= $1 AND ended <= $1 AND state IN ('done', 'refused') AND NOT swept
            RETURNING body, contents
        )
        DELETE FROM sluis.part p USING over
        WHERE p.content = ANY (over.contents || over.body)
            AND NOT EXISTS (SELECT FROM sluis.store_content c WHERE c.content = p.content)
        """)
    private static let sweepLines = Statement(
        """
        WITH over AS (
            DELETE FROM sluis.bericht
            WHERE received <= $1 AND ended <= $1 AND state IN ('done', 'refused')
            RETURNING sequence
        ), deliveries AS (
            DELETE FROM sluis.delivery d USING over WHERE d.sequence = over.sequence
        )
        DELETE FROM sluis.attempt a USING over WHERE a.sequence = over.sequence
        """)
}

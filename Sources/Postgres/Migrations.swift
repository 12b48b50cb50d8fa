private import Diagnostics

/// One step from an older shape of the tables to a newer one. Once released, it never changes.
package struct Migration: Sendable {
    /// Rises by one with each migration.
    package var number: Int64
    /// The release that brings it, counted from 1.
    package var release: Int64
    /// What it is for, in a few words.
    package var name: String
    /// Statements separated by `;`, all within one transaction.
    package var script: SQL

    package init(_ number: Int64, release: Int64, _ name: String, _ script: SQL) {
        self.number = number
        self.release = release
        self.name = name
        self.script = script
    }
}

/// All migrations of one schema that this program knows, and the table `migration` in it that says which have
/// run.
///
/// Expand first, contract a release later: release 5 adds what it needs, and what it no longer uses is
/// dropped by release 6 at the earliest. So a program runs on the tables of its own release and on those of
/// the next, and two neighbouring releases run side by side while one replaces the other.
package struct Migrations: Sendable {
    private let schema: Identifier
    private let schemaName: String
    private let list: [Migration]
    /// The release this program is.
    private let release: Int64

    /// - Parameter list: in any order; numbers are unique.
    package init(schema: String, release: Int64, _ list: [Migration]) {
        self.schema = Identifier(schema)
        schemaName = schema
        self.release = release
        self.list = list.sorted { $0.number < $1.number }
    }

    /// One key for all schemas: migrations are rare. It spells "sluis".
    private static let lockKey: Int64 = 0x73_6c75_6973

    /// Runs what has not run yet, all of it or nothing. Several processes may do this at once: one runs them,
    /// the others wait for it and find nothing left to do.
    ///
    /// - Parameter now: microseconds since 1970, for the record.
    /// - Returns: the numbers that ran now.
    /// - Throws: `P401` when the tables are more than one release ahead, `P402` when a migration that ran is
    ///   not the one known here, `P403` when one fails.
    @discardableResult
    package func run(on connection: Connection, now: Int64) throws(PostgresFailure) -> [Int64] {
        try connection.transaction { () throws(PostgresFailure) in
            try connection.execute("SELECT pg_advisory_xact_lock($1)", [.int(Self.lockKey)])
            // Behind a long transaction of a running release, an ALTER TABLE would make all others wait with
            // it.
            try connection.execute("SET LOCAL lock_timeout = '10s'")
            try makeTable(connection)
            let present = try digestsOfWhatRan(connection)
            let pending = list.filter { present[$0.number] == nil }
            for migration in list where present[migration.number] != nil {
                try check(migration, ran: present[migration.number], connection)
            }
            for migration in pending { try run(migration, on: connection, now: now) }
            return pending.map(\.number)
        }
    }

    private var table: Identifier { schema / "migration" }

    private func makeTable(_ connection: Connection) throws(PostgresFailure) {
        // Asked first: CREATE SCHEMA wants a right on the database even when the schema is there.
        let found = try connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = $1", [.text(schemaName)])
        if found.isEmpty { try connection.execute("CREATE SCHEMA \(schema)") }
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS \(table) (
                number bigint PRIMARY KEY, release bigint NOT NULL, name text NOT NULL, digest text NOT NULL,
                ran_at timestamptz NOT NULL)
            """)
    }

    /// By number.
    private func digestsOfWhatRan(_ connection: Connection) throws(PostgresFailure) -> [Int64: String] {
        var digests: [Int64: String] = [:]
        for row in try connection.execute("SELECT number, release, digest FROM \(table)") {
            let (number, rowRelease) = (try row.int(0), try row.int(1))
            guard rowRelease <= release &+ 1 else {
                throw PostgresFailure(
                    .schemaTooNew, subject: "schema \(schemaName)",
                    hint: "the tables are of release \(rowRelease), this is release \(release)")
            }
            digests[number] = try row.text(2)
        }
        return digests
    }

    private func check(
        _ migration: Migration, ran digest: String?, _ connection: Connection
    ) throws(PostgresFailure) {
        let row = try connection.execute(Self.digest, [.text(migration.script.text)]).only()
        guard try row.text(0) == digest else {
            throw PostgresFailure(
                .migrationChanged, subject: "migration \(migration.number) \(migration.name)")
        }
    }

    private static let digest = Statement("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')")

    private func run(
        _ migration: Migration, on connection: Connection, now: Int64
    ) throws(PostgresFailure) {
        do throws(PostgresFailure) {
            try connection.run(script: migration.script)
        } catch {
            guard !error.isPassing else { throw error }
            let cause = [error.place, error.hint].compactMap(\.self).joined(separator: ": ")
            var failure = error
            failure.code = .migrationFailed
            failure.subject = "migration \(migration.number) \(migration.name)"
            failure.hint = cause.isEmpty ? nil : cause
            throw failure
        }
        try connection.execute(
            """
            INSERT INTO \(table) (number, release, name, digest, ran_at)
            VALUES ($1, $2, $3, encode(sha256(convert_to($4, 'UTF8')), 'hex'), $5)
            """,
            [
                .int(migration.number), .int(migration.release), .text(migration.name),
                .text(migration.script.text), .timestamp(microseconds: now),
            ])
    }
}

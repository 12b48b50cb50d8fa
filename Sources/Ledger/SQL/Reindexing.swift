import Diagnostics
internal import Record
import Postgres

extension PostgresLedger {
    /// Makes the values by which documents are found anew, where they were made by other rules: what a release or a model
    /// asks by, an earlier one did not store.
    ///
    /// - Parameters:
    ///   - rules: a number that differs where the rules differ; noted when all is done, so that a start that is cut off
    ///     does it again.
    ///   - progress: gets how many documents are done, and of how many.
    ///   - index: gives the values of a document; nil for one that cannot be read, which keeps what it has.
    /// - Returns: how many documents were looked at; 0 where the rules are those in force.
    @discardableResult
    package func reindex(
        _ rules: Int64, progress: (_ done: Int, _ count: Int) -> Void, index: (Document) -> [Document.Index]?
    ) throws(LedgerFailure) -> Int {
        let count = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Reindexing(connection).countIfOther(rules)
        }
        var done = 0
        var last = Int64.min
        while done < count {
            let part = try sessions.repeatable { (connection) throws(PostgresFailure) in
                try Reindexing(connection).documents(behind: last)
            }
            guard let end = part.last?.id else { break }
            try sessions.repeatable { (connection) throws(PostgresFailure) in
                try Reindexing(connection).replace(
                    part.compactMap { id, document in
                        index(document).map { (id, document.sequence, document.key.resource, $0) }
                    })
            }
            done += part.count
            last = end
            progress(done, max(done, count))
        }
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Reindexing(connection).note(rules)
        }
        return done
    }
}

/// The rows of `store_index`, and the number of the rules that made them, which stands among the forms.
private struct Reindexing {
    private static let name = "index"
    private static let step: Int64 = 200

    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// How many documents there are to do; 0 where these are the rules in force.
    func countIfOther(_ rules: Int64) throws(PostgresFailure) -> Int {
        let noted = try connection.execute(
            "SELECT version FROM sluis.form WHERE name = $1", [.text(Self.name)]
        ).map { (row) throws(PostgresFailure) in try row.int(0) }
        guard noted != [rules] else { return 0 }
        return Int(
            try connection.execute("SELECT count(*) FROM sluis.store WHERE record IS NOT NULL").only().int(0))
    }

    func note(_ rules: Int64) throws(PostgresFailure) {
        try connection.transaction { () throws(PostgresFailure) in
            try connection.execute(
                "DELETE FROM sluis.form WHERE name = $1 AND version <> $2", [.text(Self.name), .int(rules)])
            try connection.execute(
                "INSERT INTO sluis.form (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [.text(Self.name), .int(rules)])
        }
    }

    /// In the order in which they were first written.
    func documents(behind id: Int64) throws(PostgresFailure) -> [(id: Int64, document: Document)] {
        try connection.execute(
            """
            SELECT tenant, resource, key, uuid, record, sequence, as_of, source, id FROM sluis.store
            WHERE id > $1 AND record IS NOT NULL ORDER BY id LIMIT $2
            """, [.int(id), .int(Self.step)]
        ).map { (row) throws(PostgresFailure) in (try row.int(8), try Document(row)) }
    }

    /// One that was written again meanwhile has the values of these rules already.
    func replace(
        _ documents: [(id: Int64, sequence: Int64, resource: String, index: [Document.Index])]
    ) throws(PostgresFailure) {
        try connection.transaction { () throws(PostgresFailure) in
            let still = try connection.execute(
                """
                SELECT s.id FROM sluis.store s JOIN unnest($1::bigint[], $2::bigint[]) AS given (id, sequence)
                    USING (id, sequence) FOR UPDATE OF s
                """, [.ints(documents.map(\.id)), .ints(documents.map(\.sequence))]
            ).map { (row) throws(PostgresFailure) in try row.int(0) }
            try connection.execute(
                "DELETE FROM sluis.store_index WHERE document = ANY ($1::bigint[])", [.ints(still)])
            let known = Set(still)
            let rows = documents.filter { known.contains($0.id) }.flatMap { document in
                document.index.map { (document.id, "\(document.resource) \($0.path)", $0.value) }
            }
            try connection.execute(
                """
                INSERT INTO sluis.store_index (document, path, value)
                SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])
                """, [.ints(rows.map(\.0)), .texts(rows.map(\.1)), .byteStrings(rows.map(\.2))])
        }
    }
}

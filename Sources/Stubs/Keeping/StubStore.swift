internal import JSON
internal import Postgres
internal import Threads

/// The resources of a stand-in, as JSON documents in a schema of its own.
///
/// One connection and one transaction at a time: a check and the write that depends on it cannot be parted.
final class StubStore: Sendable {
    private let database: ConnectionString
    private let connection = Monitor<Connection?>(nil)

    private static let schema: SQL = """
        CREATE SCHEMA IF NOT EXISTS stub;
        CREATE TABLE IF NOT EXISTS stub.resource (
            sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            collection text NOT NULL,
            uuid text NOT NULL,
            document jsonb NOT NULL,
            UNIQUE (collection, uuid));
        CREATE INDEX IF NOT EXISTS resource_document ON stub.resource USING gin (document jsonb_path_ops);
        CREATE TABLE IF NOT EXISTS stub.content (uuid text PRIMARY KEY, bytes bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS stub.counter (name text PRIMARY KEY, value bigint NOT NULL);
        """

    init(_ database: ConnectionString) throws(StubsFailure) {
        self.database = database
        try inTransaction { session throws(StubsFailure) in
            try session.run(script: Self.schema)
        }
    }

    /// - Returns: what `body` gives; it is undone when it throws.
    func inTransaction<Value: Sendable>(
        _ body: (Session) throws(StubsFailure) -> Value
    ) throws(StubsFailure) -> Value {
        let result: Result<Value, StubsFailure> = connection.withLock { held in
            do throws(PostgresFailure) {
                let open: Connection
                if let held { open = held } else { open = try Connection(database) }
                held = open
                return try open.transaction { () throws(PostgresFailure) -> Result<Value, StubsFailure> in
                    do throws(StubsFailure) {
                        return .success(try body(Session(open)))
                    } catch {
                        open.abandonTransaction()
                        return .failure(error)
                    }
                }
            } catch {
                if error.isConnectionLost { held = nil }
                return .failure(StubsFailure(error))
            }
        }
        return try result.get()
    }

    /// What can be done within one transaction.
    struct Session {
        private let connection: Connection
        fileprivate init(_ connection: Connection) { self.connection = connection }

        func run(script: SQL) throws(StubsFailure) {
            try guarded { () throws(PostgresFailure) in try connection.run(script: script) }
        }

        func document(_ collection: String, _ uuid: String) throws(StubsFailure) -> Value? {
            try rows(
                "SELECT uuid, document::text FROM stub.resource WHERE collection = $1 AND uuid = $2",
                [.text(collection), .text(uuid)]
            ).first?.document
        }

        /// Those that hold what `part` holds, in the order in which they were made.
        func documents(_ collection: String, holding part: Value = .object([])) throws(StubsFailure)
            -> [Resource]
        {
            try rows(
                """
                SELECT uuid, document::text FROM stub.resource
                WHERE collection = $1 AND document @> $2::jsonb ORDER BY sequence
                """, [.text(collection), .text(utf8: part.bytes)]
            ).map { Resource(collection: collection, uuid: $0.uuid, document: $0.document) }
        }

        /// Makes it, or replaces it.
        func put(_ resource: Resource) throws(StubsFailure) {
            try execute(
                """
                INSERT INTO stub.resource (collection, uuid, document) VALUES ($1, $2, $3::jsonb)
                ON CONFLICT (collection, uuid) DO UPDATE SET document = excluded.document
                """, [.text(resource.collection), .text(resource.uuid), .text(utf8: resource.document.bytes)])
        }

        func remove(_ collection: String, _ uuid: String) throws(StubsFailure) {
            try execute(
                "DELETE FROM stub.resource WHERE collection = $1 AND uuid = $2",
                [.text(collection), .text(uuid)])
        }

        func put(content: [UInt8], of uuid: String) throws(StubsFailure) {
            try execute(
                """
                INSERT INTO stub.content (uuid, bytes) VALUES ($1, $2)
                ON CONFLICT (uuid) DO UPDATE SET bytes = excluded.bytes
                """, [.text(uuid), .bytes(content)])
        }

        func content(of uuid: String) throws(StubsFailure) -> [UInt8]? {
            try guarded { () throws(PostgresFailure) in
                try connection.execute(
                    "SELECT bytes FROM stub.content WHERE uuid = $1" as SQL, [.text(uuid)]
                ).first?.bytes(0)
            }
        }

        /// The next number of a counter, from 1.
        func next(_ counter: String) throws(StubsFailure) -> Int64 {
            try guarded { () throws(PostgresFailure) in
                try connection.execute(
                    """
                    INSERT INTO stub.counter (name, value) VALUES ($1, 1)
                    ON CONFLICT (name) DO UPDATE SET value = stub.counter.value + 1 RETURNING value
                    """ as SQL, [.text(counter)]
                ).only().int(0)
            }
        }

        private func execute(_ sql: SQL, _ values: [Parameter]) throws(StubsFailure) {
            try guarded { () throws(PostgresFailure) in _ = try connection.execute(sql, values) }
        }

        private func rows(
            _ sql: SQL, _ values: [Parameter]
        ) throws(StubsFailure) -> [(uuid: String, document: Value)] {
            try guarded { () throws(PostgresFailure) in
                var result: [(uuid: String, document: Value)] = []
                for row in try connection.execute(sql, values) {
                    // What Postgres gives as the text of a jsonb is JSON.
                    let document = (try? Value(Array(row.text(1).utf8))) ?? .null
                    result.append((try row.text(0), document))
                }
                return result
            }
        }

        private func guarded<Value>(
            _ body: () throws(PostgresFailure) -> Value
        ) throws(StubsFailure) -> Value {
            do throws(PostgresFailure) {
                return try body()
            } catch {
                throw StubsFailure(error)
            }
        }
    }
}

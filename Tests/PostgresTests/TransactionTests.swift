import Diagnostics
import Postgres
import TestSupport
import Testing

@Suite("A transaction") struct TransactionTests {
    let database: ThrowawayPostgres.Database
    let connection: Connection
    let other: Connection

    init() throws {
        database = try ThrowawayPostgres.database()
        connection = try database.connect()
        other = try database.connect()
        try connection.run(
            script: """
                CREATE TABLE thing (id bigint PRIMARY KEY, value bigint NOT NULL DEFAULT 0);
                INSERT INTO thing VALUES (1, 0);
                """)
    }

    func ids() throws -> [Int64] {
        try other.execute("SELECT id FROM thing ORDER BY id").map { try $0.int(0) }
    }

    @Test("is committed when its body returns")
    func commits() throws {
        let result = try connection.transaction { () throws(PostgresFailure) in
            try connection.execute("INSERT INTO thing VALUES (2)")
            #expect(connection.isInTransaction)
            return "done"
        }
        #expect(result == "done")
        #expect(try ids() == [1, 2])
        #expect(!connection.isInTransaction)
    }

    @Test("is undone when its body throws, and the session goes on")
    func undone() throws {
        try expectFailure(.constraintViolated) {
            try connection.transaction { () throws(PostgresFailure) in
                try connection.execute("INSERT INTO thing VALUES (2)")
                try connection.execute("INSERT INTO thing VALUES (1)")
            }
        }
        #expect(try ids() == [1])
        #expect(!connection.isInTransaction)
    }

    @Test("is undone when its body abandons it, and gives what the body gives")
    func abandoned() throws {
        let result = try connection.transaction { () throws(PostgresFailure) in
            try connection.execute("INSERT INTO thing VALUES (2)")
            connection.abandonTransaction()
            return 7
        }
        #expect(result == 7)
        #expect(try ids() == [1])
    }

    @Test("is no success when its body hides a failure of a statement")
    func hidden() throws {
        try expectFailure(.statementRefused) {
            try connection.transaction { () throws(PostgresFailure) in
                try connection.execute("INSERT INTO thing VALUES (2)")
                _ = try? connection.execute("SELECT 1 / 0")
            }
        }
        #expect(try ids() == [1])
    }

    @Test("does not begin within another")
    func nested() throws {
        try expectFailure(.statementRefused) {
            try connection.transaction { () throws(PostgresFailure) in
                try connection.transaction { () throws(PostgresFailure) in }
            }
        }
        #expect(!connection.isInTransaction)
    }

    @Test("is done again when another was in its way, as often as it may")
    func conflict() throws {
        var attempt: Int64 = 0
        try connection.transaction { () throws(PostgresFailure) in
            attempt += 1
            try connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try connection.execute("SELECT * FROM thing")
            if attempt == 1 { try other.execute("UPDATE thing SET value = 5") }
            try connection.execute("UPDATE thing SET value = value + 1")
        }
        #expect(attempt == 2)
        #expect(try other.execute("SELECT value FROM thing").only().int(0) == 6)

        let failure = try expectFailure(.transactionConflict) {
            try connection.transaction(attempts: 2) { () throws(PostgresFailure) in
                attempt += 1
                try connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                try connection.execute("SELECT * FROM thing")
                try other.execute("UPDATE thing SET value = value + 10")
                try connection.execute("UPDATE thing SET value = value + 1")
            }
        }
        #expect(failure.isConflict && failure.isPassing)
        #expect(attempt == 4)
    }

    @Test("is undone by the server when its session dies half way")
    func killed() throws {
        let failure = #expect(throws: PostgresFailure.self) {
            try connection.transaction { () throws(PostgresFailure) in
                try connection.execute("INSERT INTO thing VALUES (2)")
                let id = try connection.execute("SELECT pg_backend_pid()").only().int(0)
                try other.execute("SELECT pg_terminate_backend($1::int, 10000)", [.int(id)])
                try connection.execute("INSERT INTO thing VALUES (3)")
            }
        }
        #expect(failure?.isConnectionLost == true)
        #expect(failure?.isCommitUnknown == false)
        #expect(try ids() == [1])
    }

    /// A trigger that runs within the COMMIT and ends the session.
    func dieAtCommit() throws {
        try other.run(
            script: """
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER die AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION die();
                """)
    }

    @Test("has an unknown outcome when its session dies in the commit")
    func unknown() throws {
        try dieAtCommit()
        let failure = try expectFailure(.commitUnknown) {
            try connection.transaction { () throws(PostgresFailure) in
                _ = try connection.execute("INSERT INTO thing VALUES (2)")
            }
        }
        #expect(failure.isCommitUnknown && failure.isPassing && failure.isConnectionLost)
    }

    static let insert = Statement("INSERT INTO thing (id, value) VALUES ($1, $2) RETURNING value")

    func batch(_ ids: some Sequence<Int64>) -> Batch {
        var batch = Batch()
        for id in ids { batch.add(Self.insert, [.int(id), .int(id &* 2)]) }
        return batch
    }

    @Test("of a batch gives each statement's rows in order", arguments: [0, 1, 2, 3000] as [Int64])
    func pipelined(_ count: Int64) throws {
        let results = try connection.commit(batch(10..<10 + count))
        #expect(try results.map { try $0.only().int(0) } == (10..<10 + count).map { $0 * 2 })
        #expect(try ids() == [1] + (10..<10 + count))
        #expect(!connection.isInTransaction)
        try connection.execute("SELECT 1")
    }

    @Test("of a batch is undone whole, and says which statement it was", arguments: [0, 1, 499])
    func refused(_ index: Int) throws {
        var numbers = Array(Int64(10)..<510)
        numbers[index] = 1
        let failure = try expectFailure(.constraintViolated) { try connection.commit(batch(numbers)) }
        #expect(failure.statementIndex == index)
        #expect(failure.isUniqueViolation)
        #expect(try ids() == [1])
        #expect(!connection.isInTransaction)
        try connection.commit(batch([2]))
        #expect(try ids() == [1, 2])
    }

    @Test("of a batch is undone when a statement at the commit itself fails")
    func refusedAtCommit() throws {
        try other.execute("ALTER TABLE thing ADD UNIQUE (value) DEFERRABLE INITIALLY DEFERRED")
        var batch = batch([2])
        batch.add(Self.insert, [.int(3), .int(4)])
        let failure = try expectFailure(.constraintViolated) { try connection.commit(batch) }
        #expect(failure.statementIndex == nil)
        #expect(!failure.isCommitUnknown)
        #expect(try ids() == [1])
        try connection.execute("SELECT 1")
    }

    @Test("of a batch with other kinds of values than before is undone, and the session goes on")
    func mixed() throws {
        var batch = batch([2])
        batch.add(Self.insert, [.text("3"), .int(0)])
        try expectFailure(.parametersUnexpected) { try connection.commit(batch) }
        #expect(try ids() == [1])
        #expect(!connection.isInTransaction)
        try connection.commit(self.batch([2]))
    }

    @Test("of a batch has an unknown outcome when its session dies in the commit")
    func batchUnknown() throws {
        try dieAtCommit()
        let failure = try expectFailure(.commitUnknown) { try connection.commit(batch([2, 3])) }
        #expect(failure.isCommitUnknown)
        let again = try database.connect()
        #expect(try again.execute("SELECT count(*) FROM thing").only().int(0) == 1)
    }

    @Test("of a batch larger than all buffers between us does not stand still")
    func large() throws {
        let echo = Statement("SELECT $1")
        let bytes = [UInt8](repeating: 7, count: 200_000)
        var batch = Batch()
        for _ in 0..<100 { batch.add(echo, [.bytes(bytes)]) }
        let results = try connection.commit(batch)
        #expect(results.count == 100)
        #expect(try results[99].only().bytes(0) == bytes)
    }

    @Test("can hold batches within it")
    func within() throws {
        try connection.transaction { () throws(PostgresFailure) in
            try connection.run(batch([2, 3]))
            try connection.run(batch([4]))
        }
        #expect(try ids() == [1, 2, 3, 4])
        try expectFailure(.constraintViolated) {
            try connection.transaction { () throws(PostgresFailure) in
                try connection.run(batch([5, 1, 6]))
            }
        }
        #expect(try ids() == [1, 2, 3, 4])
    }
}

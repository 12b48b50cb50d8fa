import Diagnostics
import Postgres
import TestSupport
import Testing
import Threads

@Suite("Migrations") struct MigrationTests {
    let database: ThrowawayPostgres.Database
    let connection: Connection

    init() throws {
        database = try ThrowawayPostgres.database()
        connection = try database.connect()
    }

    static let first = Migration(
        1, release: 1, "things", "CREATE TABLE s.a (x int); CREATE TABLE s.b (x int);")
    static let second = Migration(2, release: 2, "more things", "ALTER TABLE s.a ADD y int")

    func migrations(release: Int64, _ list: Migration...) -> Migrations {
        Migrations(schema: "s", release: release, list)
    }

    @Test("run once, in the order of their numbers, and are recorded")
    func once() throws {
        let migrations = migrations(release: 2, Self.second, Self.first)
        #expect(try migrations.run(on: connection, now: 1_000_000) == [1, 2])
        #expect(try migrations.run(on: connection, now: 2_000_000) == [])
        try connection.execute("SELECT x, y FROM s.a")
        let rows = try connection.execute("SELECT number, release, name, ran_at FROM s.migration ORDER BY 1")
        #expect(try rows.map { try $0.text(2) } == ["things", "more things"])
        #expect(try rows[1].timestamp(3) == 1_000_000)
    }

    @Test("go on from where an older release stopped")
    func goOn() throws {
        try migrations(release: 1, Self.first).run(on: connection, now: 0)
        #expect(try migrations(release: 2, Self.first, Self.second).run(on: connection, now: 0) == [2])
    }

    @Test("of the next release are no obstacle, those of the one after it are")
    func newer() throws {
        try migrations(release: 2, Self.first, Self.second).run(on: connection, now: 0)
        #expect(try migrations(release: 1, Self.first).run(on: connection, now: 0) == [])
        let third = Migration(3, release: 3, "less", "ALTER TABLE s.a DROP x")
        try migrations(release: 3, Self.first, Self.second, third).run(on: connection, now: 0)
        let failure = try expectFailure(.schemaTooNew) {
            try migrations(release: 1, Self.first).run(on: connection, now: 0)
        }
        #expect(
            failure.description
                == "P401 schemaTooNew at schema s: the tables are of release 3, this is release 1")
    }

    @Test("that were changed after they ran are refused")
    func changed() throws {
        try migrations(release: 1, Self.first).run(on: connection, now: 0)
        var other = Self.first
        other.script = "CREATE TABLE s.c (x int)"
        let failure = try expectFailure(.migrationChanged) {
            try migrations(release: 1, other).run(on: connection, now: 0)
        }
        #expect(failure.place == "migration 1 things")
    }

    @Test("are undone, all of them, when one fails")
    func failing() throws {
        let wrong = Migration(2, release: 1, "wrong", "CREATE TABLE s.d (x int); SELECT 1 / 0")
        let failure = try expectFailure(.migrationFailed) {
            try migrations(release: 1, Self.first, wrong).run(on: connection, now: 0)
        }
        #expect(failure.description == "P403 migrationFailed at migration 2 wrong: SQLSTATE 22012")
        let schemas = try connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 's'")
        #expect(schemas.isEmpty)
    }

    @Test("run by eight at once run once")
    func together() throws {
        let migrations = migrations(release: 2, Self.first, Self.second)
        let string = database.connection
        let results = (0..<8).map { _ in OneShot<[Int64]?>() }
        let threads = try results.map { result in
            try Thread.start("migration") {
                result.fulfil(try? migrations.run(on: Connection(string), now: 0))
            }
        }
        let numbers = results.map { $0.wait() ?? nil }
        threads.forEach { $0.join() }
        #expect(!numbers.contains(nil))
        #expect(numbers.compactMap(\.self).flatMap(\.self).sorted() == [1, 2])
    }

    @Test("run in a schema that an administrator made, without the right to make one")
    func leastRights() throws {
        try connection.run(
            script: """
                CREATE ROLE least; CREATE SCHEMA s AUTHORIZATION least; SET SESSION AUTHORIZATION least;
                """)
        #expect(try migrations(release: 1, Self.first).run(on: connection, now: 0) == [1])
        try connection.run(script: "RESET SESSION AUTHORIZATION; DROP OWNED BY least; DROP ROLE least")
    }
}

import Diagnostics
import Postgres
import TestSupport
import Testing

@Suite("A failure of Postgres") struct PostgresFailureTests {
    let database: ThrowawayPostgres.Database
    let connection: Connection

    init() throws {
        database = try ThrowawayPostgres.database()
        connection = try database.connect()
        try connection.run(
            script: """
                CREATE TABLE person (
                    bsn text CONSTRAINT person_key UNIQUE, name varchar(5) NOT NULL, age int CHECK (age >= 0));
                INSERT INTO person VALUES ('999990019', 'Jan', 1);
                """)
    }

    @Test(
        "names table, column and constraint, and none of the values",
        arguments: [
            (
                "INSERT INTO person VALUES ($1, 'x', 1)",
                "P202 constraintViolated at person, constraint person_key",
                "23505"
            ),
            (
                "INSERT INTO person VALUES ($1 || '1', NULL, 1)", "P202 constraintViolated at person.name",
                "23502"
            ),
            (
                "INSERT INTO person VALUES ($1 || '2', 'x', -999990019)",
                "P202 constraintViolated at person, constraint person_age_check", "23514"
            ),
            ("INSERT INTO person VALUES ('x', $1, 1)", "P203 valueRefused", "22001"),
            ("SELECT ($1 || 'x')::int", "P203 valueRefused", "22P02"),
            ("SELECT * FROM nowhere WHERE x = $1", "P201 statementRefused", "42P01"),
        ] as [(SQL, String, String)])
    func places(_ sql: SQL, _ text: String, _ state: String) throws {
        let failure = #expect(throws: PostgresFailure.self) {
            try connection.execute(sql, [.text("999990019")])
        }
        #expect(failure?.description == "\(text): SQLSTATE \(state)")
        #expect(failure?.isPassing == false)
        #expect(failure?.isConnectionLost == false)
        #expect(failure?.isUniqueViolation == (state == "23505"))
        // The session goes on.
        try connection.execute("SELECT 1")
    }

    @Test(
        "says whether the same can succeed later, and whether the session is gone",
        arguments: [
            ("40001", Code.transactionConflict, true, false), ("40P01", .transactionConflict, true, false),
            ("55P03", .transactionConflict, true, false), ("53100", .serverUnavailable, true, false),
            ("53300", .serverUnavailable, true, false), ("57P01", .serverUnavailable, true, true),
            ("57P03", .serverUnavailable, true, true), ("57014", .statementCancelled, true, false),
            ("08006", .connectionLost, true, true), ("25006", .serverReadOnly, true, true),
            ("42501", .statementRefused, false, false), ("XX000", .statementRefused, false, false),
        ] as [(String, Code, Bool, Bool)])
    func kinds(_ state: String, _ code: Code, _ isPassing: Bool, _ isLost: Bool) throws {
        try connection.run(
            script: """
                CREATE FUNCTION fail(state text) RETURNS void LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = state; END $$;
                """)
        let failure = try expectFailure(code) { try connection.execute("SELECT fail($1)", [.text(state)]) }
        #expect(failure.sqlState == state)
        #expect(failure.isPassing == isPassing)
        #expect(failure.isConnectionLost == isLost)
        #expect(!failure.description.contains("secret"))
    }

    @Test("tells a NUL in a text as a value that the server refuses")
    func nul() throws {
        try expectFailure(.valueRefused) { try connection.execute("SELECT $1", [.text("a\0b")]) }
    }

    @Test("shows a server that ended the session as a lost connection, at once and after")
    func terminated() throws {
        let failure = #expect(throws: PostgresFailure.self) {
            try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        }
        #expect(failure?.isConnectionLost == true)
        #expect(failure?.isPassing == true)
        #expect(!connection.isAlive)
        for _ in 0..<2 {
            try expectFailure(.connectionLost) { try connection.execute("SELECT 1") }
        }
    }

    @Test("says where no server answers, without the password", arguments: ["/tmp/nowhere", "127.0.0.1"])
    func unreachable(_ host: String) throws {
        let string = try ConnectionString("host=\(host) port=1 password=geheim user=x dbname=x")
        let failure = try expectFailure(.serverUnreachable) { try Connection(string) }
        #expect(failure.place == "\(host) port 1")
        #expect(failure.isPassing)
        #expect(!failure.description.contains("geheim"))
    }

    @Test("tells an unknown user or database from a server that is away")
    func refused() throws {
        for other in [database.connection.with(database: "nowhere")] {
            let failure = try expectFailure(.serverRefuses) { try Connection(other) }
            #expect(failure.hint == "there is no such database")
            #expect(!failure.isPassing)
        }
    }
}

@Suite("A connection string") struct ConnectionStringTests {
    @Test(
        "prints without its secrets",
        arguments: [
            ("host=a,b user=x password=geheim", "user=x password=*** host=a,b"),
            ("postgresql://x:geheim@a:5/db", "user=x password=*** dbname=db host=a port=5"),
            ("host=a sslpassword=geheim", "host=a sslpassword=***"),
        ])
    func printing(_ text: String, _ printed: String) throws {
        #expect(try ConnectionString(text).description == printed)
    }

    @Test(
        "is refused whole, without being repeated", arguments: ["host", "geheim=1", "host='a", "host=a\0b"])
    func refused(_ text: String) throws {
        let failure = try expectFailure(.connectionStringInvalid) { try ConnectionString(text) }
        #expect(failure.description == "P101 connectionStringInvalid")
    }
}

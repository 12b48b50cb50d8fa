import Diagnostics
import Postgres
import TestSupport
import Testing

/// Expects a failure of that code and gives it.
@discardableResult
func expectFailure<Value>(
    _ code: Code, _ body: () throws -> Value, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws -> PostgresFailure {
    let failure = #expect(throws: PostgresFailure.self, sourceLocation: sourceLocation) { _ = try body() }
    #expect(failure?.code == code, sourceLocation: sourceLocation)
    return try #require(failure, sourceLocation: sourceLocation)
}

@Suite("A statement") struct StatementTests {
    let database: ThrowawayPostgres.Database
    let connection: Connection

    init() throws {
        database = try ThrowawayPostgres.database()
        connection = try database.connect()
    }

    @Test("carries every kind of value there and back")
    func values() throws {
        let row = try connection.execute(
            "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9",
            [
                .bool(true), .int(Int64.min), .double(-0.5), .text("Zoë \u{1F4DC}"), .bytes([0, 255, 0x5c]),
                .timestamp(microseconds: -1), .ints([1, .max]), .texts(["", "\"{,}\\"]),
                .byteStrings([[], [0]]),
            ]
        ).only()
        #expect(try row.bool(0))
        #expect(try row.int(1) == .min)
        #expect(try row.double(2) == -0.5)
        #expect(try row.text(3) == "Zoë \u{1F4DC}")
        #expect(try row.bytes(4) == [0, 255, 0x5c])
        #expect(try row.timestamp(5) == -1)
        #expect(try row.ints(6) == [1, .max])
        #expect(try row.texts(7) == ["", "\"{,}\\"])
        #expect(try row.byteStrings(8) == [[], [0]])
    }

    @Test("carries NULL in every kind of value, and keeps it apart from empty")
    func nulls() throws {
        let row = try connection.execute(
            "SELECT $1, $2, $3, $4, $5, $6, $7, $8",
            [
                .bool(nil), .int(nil), .double(nil), .text(nil), .bytes(nil), .timestamp(microseconds: nil),
                .text(""), .bytes([]),
            ]
        ).only()
        #expect(try row.boolIfAny(0) == nil)
        #expect(try row.intIfAny(1) == nil)
        #expect(try row.doubleIfAny(2) == nil)
        #expect(try row.textIfAny(3) == nil)
        #expect(try row.bytesIfAny(4) == nil)
        #expect(try row.timestampIfAny(5) == nil)
        #expect(try row.text(6).isEmpty && row.bytes(7).isEmpty)
        try expectFailure(.resultUnexpected) { try row.text(3) }
    }

    @Test("passes arrays with NULLs, and empty and missing ones")
    func arrays() throws {
        let row = try connection.execute(
            "SELECT array_to_string($1, ',', 'none'), cardinality($2), $3 IS NULL, cardinality($4), $4[2] IS NULL",
            [.texts(["a", nil]), .ints([]), .texts(nil), .byteStrings([[1], nil])]
        ).only()
        #expect(try row.text(0) == "a,none")
        #expect(try row.int(1) == 0)
        #expect(try row.bool(2))
        #expect(try row.int(3) == 2)
        #expect(try row.bool(4))
    }

    @Test(
        "reads what the server has for numbers, texts and times",
        arguments: [
            ("int2 '-7'", "-7"), ("int4 '7'", "7"), ("oid '4000000000'", "4000000000"), ("'x'::name", "x"),
            ("'x'::varchar", "x"), ("'x '::char(2)", "x "), ("json '[1]'", "[1]"), ("jsonb '[1]'", "[1]"),
            ("float4 '0.5'", "0.5"), ("timestamptz '1970-01-01 00:00:01+00'", "1000000"),
        ] as [(SQL, String)])
    func types(_ value: SQL, _ expected: String) throws {
        let row = try connection.execute("SELECT \(value)").only()
        let number = try? row.int(0)
        let texts = [
            number.map { String($0) }, try? row.text(0), (try? row.double(0)).map { String($0) },
            (try? row.timestamp(0)).map { String($0) },
        ]
        #expect(texts.compactMap(\.self) == [expected])
    }

    @Test("lends and appends the bytes of a field without making a text")
    func bytes() throws {
        let row = try connection.execute("SELECT 'abc'::text, NULL::text").only()
        var arena: [UInt8] = [0x21]
        try row.append(0, to: &arena)
        try row.append(1, to: &arena)
        #expect(arena == Array("!abc".utf8))
        #expect(row.withBytes(0) { $0.count } == 3)
        #expect(row.withBytes(1) { $0.count } == 0)
        #expect(row.withBytes(2) { $0.count } == nil)
        try expectFailure(.resultUnexpected) { try row.append(2, to: &arena) }
    }

    @Test(
        "refuses a column that is not there, of another type, or one row too few",
        arguments: [-1, 1, Int.max])
    func columns(_ column: Int) throws {
        let rows = try connection.execute("SELECT 'x'::text WHERE $1", [.bool(true)])
        try expectFailure(.resultUnexpected) { try rows.only().text(column) }
        try expectFailure(.resultUnexpected) { try rows.only().int(0) }
        let none = try connection.execute("SELECT 1 WHERE $1", [.bool(false)])
        try expectFailure(.resultUnexpected) { try none.only() }
    }

    @Test("is prepared once in each session, and refuses other kinds of values later")
    func prepared() throws {
        let statement = Statement("SELECT $1")
        for number in 0..<3 {
            #expect(try connection.execute(statement, [.int(number)]).only().int(0) == Int64(number))
        }
        #expect(try connection.execute(statement, [.int(nil)]).only().intIfAny(0) == nil)
        try expectFailure(.parametersUnexpected) { try connection.execute(statement, [.text("x")]) }
        try expectFailure(.parametersUnexpected) { try connection.execute(statement) }
        let count = try connection.execute("SELECT count(*) FROM pg_prepared_statements").only().int(0)
        #expect(count == 1)
        #expect(try database.connect().execute(statement, [.text("other")]).only().text(0) == "other")
    }

    @Test("says how many rows it touched")
    func affected() throws {
        try connection.execute("CREATE TABLE thing (id bigint)")
        let sql: SQL = "INSERT INTO thing SELECT * FROM unnest($1)"
        #expect(try connection.execute(sql, [.ints([1, 2, 3])]).affectedCount == 3)
        #expect(try connection.execute("DELETE FROM thing WHERE id > 1").affectedCount == 2)
        #expect(try connection.execute("SELECT id FROM thing").map { try $0.int(0) } == [1])
    }

    @Test(
        "quotes a name so that it can be nothing else",
        arguments: [
            ("bericht", "\"bericht\""), ("a\"; DROP TABLE x; --", "\"a\"\"; DROP TABLE x; --\""),
            ("", "\"\""),
            ("naam\0weg", "\"naam\""), ("Ünï", "\"Ünï\""),
        ])
    func identifiers(_ name: String, _ quoted: String) throws {
        #expect(Identifier(name).quoted == quoted)
        let sql: SQL = "SELECT \(Identifier("s") / Identifier(name)), \(SQL("1"))"
        #expect(sql.text == "SELECT \"s\".\(quoted), 1")
        if !name.isEmpty {
            try connection.execute("CREATE TABLE \(Identifier(name)) (x int)")
            try connection.execute("SELECT x FROM \(Identifier(name))")
        }
    }

    @Test("takes 65535 values and refuses one more, and the session goes on")
    func manyValues() throws {
        let values = [Parameter](repeating: .int(1), count: 65_536)
        try expectFailure(.parametersUnexpected) { try connection.execute("SELECT 1", values) }
        try connection.execute("SELECT 1")
    }

    @Test("carries a value of 20 MiB")
    func large() throws {
        let bytes = [UInt8](repeating: 0xa7, count: 20 << 20)
        let row = try connection.execute("SELECT $1, length($1)", [.bytes(bytes)]).only()
        #expect(try row.int(1) == Int64(bytes.count))
        #expect(try row.bytes(0) == bytes)
    }
}

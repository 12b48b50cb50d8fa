import Diagnostics
import Postgres
import TestSupport
import Testing

@Suite("A copy") struct CopyTests {
    let connection: Connection
    let database: ThrowawayPostgres.Database
    let copy: SQL = "COPY thing (id, name, content) FROM STDIN (FORMAT binary)"

    init() throws {
        database = try ThrowawayPostgres.database()
        connection = try database.connect()
        try connection.execute("CREATE TABLE thing (id bigint PRIMARY KEY, name text, content bytea)")
    }

    func count() throws -> Int64 { try connection.execute("SELECT count(*) FROM thing").only().int(0) }

    @Test("takes rows in, NULL and empty apart", arguments: [0, 1, 20_000])
    func rowsIn(_ count: Int64) throws {
        let copied = try connection.copyIn(copy) { (rows) throws(PostgresFailure) in
            for id in 0..<count {
                try rows.add([.int(id), .text(id == 0 ? nil : "Zoë"), .bytes(id == 0 ? [] : [0, 255])])
            }
        }
        #expect(copied == Int(count))
        #expect(try self.count() == count)
        let odd = try connection.execute("SELECT count(*) FROM thing WHERE name IS NULL AND content = ''")
        #expect(try odd.only().int(0) == min(count, 1))
    }

    @Test("that its source gives up copies nothing, and the session goes on")
    func givenUp() throws {
        try expectFailure(.valueRefused) {
            try connection.copyIn(copy) { (rows) throws(PostgresFailure) in
                try rows.add([.int(1), .text("x"), .bytes(nil)])
                throw PostgresFailure(.valueRefused)
            }
        }
        #expect(try count() == 0)
    }

    @Test("that the server refuses says why, and the session goes on")
    func refused() throws {
        let failure = try expectFailure(.constraintViolated) {
            try connection.copyIn(copy) { (rows) throws(PostgresFailure) in
                for _ in 0..<50_000 { try rows.add([.int(1), .text(nil), .bytes([1, 2, 3])]) }
            }
        }
        #expect(failure.constraint == "thing_pkey")
        try expectFailure(.parametersUnexpected) {
            try connection.copyIn(copy) { (rows) throws(PostgresFailure) in
                try rows.add([.bool(true), .text(nil), .bytes(nil)])
            }
        }
        #expect(try count() == 0)
    }

    @Test("gives rows out piece by piece, and goes on after a reader that stops")
    func rowsOut() throws {
        let out: SQL = "COPY (SELECT n FROM generate_series(1, 1000) n) TO STDOUT"
        var lengths: [Int] = []
        try connection.copyOut(out) { (piece) throws(PostgresFailure) in lengths.append(piece.count) }
        #expect(lengths.count == 1000)
        #expect(lengths.reduce(0, +) == 3893)
        try expectFailure(.valueRefused) {
            try connection.copyOut(out) { (_) throws(PostgresFailure) in
                throw PostgresFailure(.valueRefused)
            }
        }
        try connection.execute("SELECT 1")
    }
}

import Diagnostics
import Postgres
import TestSupport
import Testing

@Suite("A statement") struct StatementTests {
    let database = Result { try ThrowawayPostgres.database() }

    func connection() throws -> Connection { try database.get().connect() }

    @Test("carries every kind of value there and back")
    func values() throws {
        let connection = try connection()
        let row = try connection.execute(
            "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9",
            [
                .bool(true), .int(Int64.min), .double(-0.5), .text("Zoë \u{1F4DC}"), .bytes([0, 255, 0x5c]),
                .timestamp(microseconds: -1), .ints([1, .max]), .texts(["", "\"{,}\\"]), .byteStrings([[], [0]]),
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
}

private import CLibPQ
private import Diagnostics

/// The result of one statement, held in libpq's memory.
@safe package final class Rows: RandomAccessCollection {
    /// Freed with this object; a ``Row`` keeps it alive.
    fileprivate let result: OpaquePointer

    init(_ result: OpaquePointer) {
        unsafe self.result = result
    }

    deinit { unsafe PQclear(result) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { Int(unsafe PQntuples(result)) }
    package subscript(position: Int) -> Row { Row(rows: self, number: Int32(truncatingIfNeeded: position)) }

    /// How many rows an INSERT, UPDATE, DELETE, MERGE or COPY touched, or a SELECT gave.
    package var affectedCount: Int {
        unsafe PQcmdTuples(result).flatMap { unsafe Int(String(cString: $0)) } ?? 0
    }

    /// The one row of a statement that always gives exactly one.
    package func only() throws(PostgresFailure) -> Row {
        guard count == 1, let row = first else {
            throw PostgresFailure(.resultUnexpected, hint: "\(count) rows instead of one")
        }
        return row
    }

    var isFailure: Bool {
        switch unsafe PQresultStatus(result) {
        case PGRES_BAD_RESPONSE, PGRES_FATAL_ERROR, PGRES_NONFATAL_ERROR, PGRES_PIPELINE_ABORTED: true
        default: false
        }
    }

    /// `COMMIT`, `INSERT 0 1`.
    var command: String { unsafe PQcmdStatus(result).map { unsafe String(cString: $0) } ?? "" }
}

/// One row of a result; columns are counted from 0.
///
/// Each reader throws `P206` where the column is missing or has another type, and where it is NULL unless its
/// name says `IfAny`.
package struct Row {
    fileprivate let rows: Rows
    fileprivate let number: Int32

    package func isNull(_ column: Int) throws(PostgresFailure) -> Bool {
        try check(column)
        return unsafe PQgetisnull(rows.result, number, Int32(truncatingIfNeeded: column)) != 0
    }

    /// From an `int8`, `int4`, `int2` or `oid`.
    package func int(_ column: Int) throws(PostgresFailure) -> Int64 { try value(column, Field.int) }
    package func intIfAny(_ column: Int) throws(PostgresFailure) -> Int64? {
        try valueIfAny(column, Field.int)
    }

    package func bool(_ column: Int) throws(PostgresFailure) -> Bool { try value(column, Field.bool) }
    package func boolIfAny(_ column: Int) throws(PostgresFailure) -> Bool? {
        try valueIfAny(column, Field.bool)
    }

    /// From a `float8` or `float4`.
    package func double(_ column: Int) throws(PostgresFailure) -> Double { try value(column, Field.double) }
    package func doubleIfAny(_ column: Int) throws(PostgresFailure) -> Double? {
        try valueIfAny(column, Field.double)
    }

    /// From a `text`, `varchar`, `char(n)`, `name`, `json`, `jsonb` or `xml`; cast other types to `text` in
    /// the SQL.
    package func text(_ column: Int) throws(PostgresFailure) -> String { try value(column, Field.text) }
    package func textIfAny(_ column: Int) throws(PostgresFailure) -> String? {
        try valueIfAny(column, Field.text)
    }

    /// The bytes as they came, of any type: a `bytea`, or UTF-8 of a `text`.
    package func bytes(_ column: Int) throws(PostgresFailure) -> [UInt8] { try value(column, Field.bytes) }
    package func bytesIfAny(_ column: Int) throws(PostgresFailure) -> [UInt8]? {
        try valueIfAny(column, Field.bytes)
    }

    /// From a `timestamptz` (or a `timestamp` in UTC): microseconds since 1970-01-01T00:00:00Z.
    package func timestamp(_ column: Int) throws(PostgresFailure) -> Int64 {
        try value(column, Field.timestamp)
    }
    package func timestampIfAny(_ column: Int) throws(PostgresFailure) -> Int64? {
        try valueIfAny(column, Field.timestamp)
    }

    /// From an `int8[]` or `int4[]` without NULLs.
    package func ints(_ column: Int) throws(PostgresFailure) -> [Int64] { try value(column, Field.ints) }
    /// From a `text[]` or `varchar[]` without NULLs.
    package func texts(_ column: Int) throws(PostgresFailure) -> [String] { try value(column, Field.texts) }
    /// From a `bytea[]` without NULLs.
    package func byteStrings(_ column: Int) throws(PostgresFailure) -> [[UInt8]] {
        try value(column, Field.byteStrings)
    }

    /// Lends the bytes of any type without copying them; empty for NULL.
    package func withBytes<Result, Failure: Error>(
        _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard column >= 0, column < Int(unsafe PQnfields(rows.result)) else { return nil }
        return try unsafe body(field(column).bytes.span)
    }

    /// Adds the bytes of any type to `arena`, nothing for NULL.
    package func append(_ column: Int, to arena: inout [UInt8]) throws(PostgresFailure) {
        try check(column)
        unsafe arena.append(contentsOf: field(column).bytes)
    }

    private func check(_ column: Int) throws(PostgresFailure) {
        let count = Int(unsafe PQnfields(rows.result))
        guard column >= 0, column < count else {
            throw PostgresFailure(.resultUnexpected, subject: "column \(column) of \(count)")
        }
    }

    /// Of a column that exists; the bytes live as long as `rows`.
    private func field(_ column: Int) -> Field {
        let column = Int32(truncatingIfNeeded: column)
        let start = unsafe UnsafeRawPointer(PQgetvalue(rows.result, number, column))
        let count = Int(unsafe PQgetlength(rows.result, number, column))
        return unsafe Field(
            type: PostgresType(oid: PQftype(rows.result, column)),
            bytes: UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count))
    }

    private func value<Value>(
        _ column: Int, _ read: (Field) -> Value?
    ) throws(PostgresFailure) -> Value {
        guard let value = try valueIfAny(column, read) else {
            throw PostgresFailure(.resultUnexpected, subject: "column \(column)", hint: "it is NULL")
        }
        return value
    }

    private func valueIfAny<Value>(
        _ column: Int, _ read: (Field) -> Value?
    ) throws(PostgresFailure) -> Value? {
        if try isNull(column) { return nil }
        let field = field(column)
        guard let value = read(field) else {
            throw PostgresFailure(
                .resultUnexpected, subject: "column \(column)",
                hint: "type \(field.type.oid) was not expected")
        }
        return value
    }
}

/// A value for `$1`, `$2`, … of a statement, or a field of a row that is copied in.
///
/// Each kind also carries NULL, as `nil`, so that a parameter has the same type at every use of a statement.
/// All travel in the server's binary form.
package struct Parameter: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case bool(Bool)
        case int(Int64)
        case double(Double)
        case text(String)
        case bytes([UInt8])
        case timestamp(Int64)
        case ints([Int64])
        case texts([String?])
        case byteStrings([[UInt8]?])
        case untyped([UInt8])
    }

    let type: PostgresType
    let value: Value?

    private init(_ type: PostgresType, _ value: Value?) {
        self.type = type
        self.value = value
    }

    package static func bool(_ value: Bool?) -> Self { Self(.bool, value.map(Value.bool)) }
    /// An `int8`; the server makes it an `int4` or `int2` where the column is one, and refuses what does not
    /// fit.
    package static func int(_ value: Int64?) -> Self { Self(.int8, value.map(Value.int)) }
    @_disfavoredOverload
    package static func int(_ value: Int?) -> Self { Self(.int8, value.map { .int(Int64($0)) }) }
    package static func double(_ value: Double?) -> Self { Self(.float8, value.map(Value.double)) }
    /// A `text`; cast it in the statement for other types: `$1::uuid`, `$1::jsonb`. The server refuses a NUL.
    package static func text(_ value: String?) -> Self { Self(.text, value.map(Value.text)) }
    /// UTF-8 bytes as a `text`, without making a `String`.
    package static func text(utf8 value: [UInt8]?) -> Self { Self(.text, value.map(Value.bytes)) }
    /// A value in the text form of whatever type stands beside it in the statement, so that an index on a column of any
    /// type serves. It ends at a NUL.
    package static func untyped(utf8 value: [UInt8]?) -> Self { Self(.untyped, value.map(Value.untyped)) }
    /// A `bytea`.
    package static func bytes(_ value: [UInt8]?) -> Self { Self(.bytea, value.map(Value.bytes)) }
    /// A `timestamptz`, in microseconds since 1970-01-01T00:00:00Z.
    package static func timestamp(microseconds value: Int64?) -> Self {
        Self(.timestamptz, value.map(Value.timestamp))
    }
    /// An `int8[]`.
    package static func ints(_ value: [Int64]?) -> Self { Self(.int8Array, value.map(Value.ints)) }
    /// A `text[]`, in which an element may be NULL.
    package static func texts(_ value: [String?]?) -> Self { Self(.textArray, value.map(Value.texts)) }
    /// A `bytea[]`, in which an element may be NULL.
    package static func byteStrings(_ value: [[UInt8]?]?) -> Self {
        Self(.byteaArray, value.map(Value.byteStrings))
    }
}

/// The types that this room speaks, by the numbers they have in every Postgres (`pg_type.dat`).
struct PostgresType: Hashable, Sendable {
    let oid: UInt32

    /// The server finds out, and reads the text form.
    static let untyped = Self(oid: 0)
    static let bool = Self(oid: 16)
    static let bytea = Self(oid: 17)
    static let name = Self(oid: 19)
    static let int8 = Self(oid: 20)
    static let int2 = Self(oid: 21)
    static let int4 = Self(oid: 23)
    static let text = Self(oid: 25)
    static let oid = Self(oid: 26)
    static let json = Self(oid: 114)
    static let xml = Self(oid: 142)
    static let unknown = Self(oid: 705)
    static let float4 = Self(oid: 700)
    static let float8 = Self(oid: 701)
    static let byteaArray = Self(oid: 1001)
    static let int4Array = Self(oid: 1007)
    static let textArray = Self(oid: 1009)
    static let int8Array = Self(oid: 1016)
    static let bpchar = Self(oid: 1042)
    static let varchar = Self(oid: 1043)
    static let varcharArray = Self(oid: 1015)
    static let timestamp = Self(oid: 1114)
    static let timestamptz = Self(oid: 1184)
    static let jsonb = Self(oid: 3802)
}

/// Microseconds from 1970, where our clock starts, to 2000, where the server's does.
let postgresEpoch: Int64 = 946_684_800_000_000

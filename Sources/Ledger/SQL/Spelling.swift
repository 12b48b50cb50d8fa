import Diagnostics
import Postgres
import Record
import Threads

/// How values stand in the tables.
extension ObjectKey {
    /// Between the parts of a key, and between keys; no key holds them (see ``Entry/check()``).
    static let partSeparator: Character = "\u{1F}"
    static let separator: Character = "\u{1E}"

    var column: String { "\(tenant)\(Self.partSeparator)\(resource)\(Self.partSeparator)\(value)" }

    init(column: String) {
        let parts = column.split(
            separator: Self.partSeparator, maxSplits: 2, omittingEmptySubsequences: false)
        self.init(
            tenant: parts.first.map(String.init) ?? "",
            resource: parts.dropFirst().first.map(String.init) ?? "",
            value: parts.dropFirst(2).first.map(String.init) ?? "")
    }
}

extension [ObjectKey] {
    /// A list of lists is ragged, which no array of Postgres is: each list is one text, split there.
    var column: String { map(\.column).joined(separator: String(ObjectKey.separator)) }
}

extension WallTime {
    /// Since 1970; the server keeps no finer moments.
    var microseconds: Int64 { seconds &* 1_000_000 &+ Int64(nanoseconds / 1_000) }

    init(microseconds: Int64) {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let isBefore = remainder < 0
        self.init(
            seconds: quotient - (isBefore ? 1 : 0),
            nanoseconds: Int32(truncatingIfNeeded: (remainder + (isBefore ? 1_000_000 : 0)) * 1_000))
    }
}

extension Parameter {
    static func moment(_ value: WallTime?) -> Parameter { .timestamp(microseconds: value?.microseconds) }
    static func key(_ value: ObjectKey?) -> Parameter { .text(value?.column) }
    static func keys(_ values: [ObjectKey]) -> Parameter { .texts(values.map(\.column)) }
}

extension Row {
    func moment(_ column: Int) throws(PostgresFailure) -> WallTime {
        WallTime(microseconds: try timestamp(column))
    }

    func keys(_ column: Int) throws(PostgresFailure) -> [ObjectKey] {
        try texts(column).map { ObjectKey(column: $0) }
    }

    /// From two columns, code and text; nil where the code is NULL.
    func cause(_ column: Int) throws(PostgresFailure) -> Cause? {
        guard let code = try textIfAny(column) else { return nil }
        return Cause(code: code, text: try textIfAny(column + 1) ?? "")
    }

    /// One of a closed list of words.
    func word<Word: RawRepresentable>(
        _ column: Int, _ type: Word.Type
    ) throws(PostgresFailure) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(column)) else {
            throw PostgresFailure(.resultUnexpected, subject: "column \(column)", hint: "an unknown word")
        }
        return word
    }
}

extension LedgerFailure {
    /// What a failure of the database means for the ledger's caller.
    ///
    /// Only what is wrong with the values stays wrong. A right that was taken away, a table that is not there, a
    /// password that was changed: someone mends that, and what waits goes on.
    init(_ failure: PostgresFailure) {
        self.init(
            failure.isPassing
                ? .ledgerUnavailable : failure.isFaultOfValues ? .valuesRefused : .ledgerRefused,
            at: failure.place, hint: "\(failure.code)\(failure.sqlState.map { ", SQLSTATE \($0)" } ?? "")",
            isPassing: !failure.isFaultOfValues)
    }
}

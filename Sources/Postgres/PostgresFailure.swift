private import CLibPQ
package import Diagnostics

/// What went wrong between us and a Postgres server.
///
/// Of the server's report only SQLSTATE, table, column and constraint are read: message and detail hold
/// values.
package struct PostgresFailure: Failure, Equatable {
    package var code: Code
    /// The five characters of the server's answer; nil when it gave none.
    package var sqlState: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    /// A file, a process or an address; nothing of a row.
    package var subject: String?
    package var hint: String?
    /// Which of a ``Batch``'s statements failed, counted from 0.
    package var statementIndex: Int?

    package init(_ code: Code, subject: String? = nil, sqlState: String? = nil, hint: String? = nil) {
        self.code = code
        self.subject = subject
        self.sqlState = sqlState
        self.hint = hint ?? sqlState.map { "SQLSTATE \($0)" }
    }

    package var place: String? {
        if let subject { return subject }
        let relation = [table, column].compactMap(\.self).joined(separator: ".")
        let place = [relation.isEmpty ? nil : relation, constraint.map { "constraint \($0)" }]
            .compactMap(\.self).joined(separator: ", ")
        return place.isEmpty ? nil : place
    }

    /// Whether the same again, later, can succeed; after ``isConnectionLost`` on a new connection.
    package var isPassing: Bool {
        switch code {
        case .serverUnreachable, .connectionLost, .serverUnavailable, .serverReadOnly, .commitUnknown,
            .transactionConflict, .statementCancelled, .clusterStillRunning:
            true
        default: false
        }
    }

    /// Whether the connection is of no use any more; its owner makes another.
    package var isConnectionLost: Bool {
        switch code {
        case .connectionLost, .commitUnknown, .serverUnreachable: true
        // 57P: the server ends the session; 25006: only another connection reaches the primary.
        default: sqlState.map { $0.hasPrefix("57P") || $0 == "25006" } ?? false
        }
    }

    /// Whether it cannot be known if the transaction was committed: look first, then act.
    package var isCommitUnknown: Bool { code == .commitUnknown }

    /// Whether the values that were given are at fault, and not the server, its tables or our rights: the same can
    /// never succeed.
    package var isFaultOfValues: Bool {
        [.valueRefused, .constraintViolated, .parametersUnexpected].contains(code)
    }

    /// Whether the whole transaction, done again at once, can succeed.
    package var isConflict: Bool { code == .transactionConflict }

    /// Whether a row with that key is there already (SQLSTATE 23505).
    package var isUniqueViolation: Bool { sqlState == "23505" }
}

extension PostgresFailure {
    /// What an SQLSTATE means for us (appendix A of the Postgres manual).
    static func code(forSQLState state: String) -> Code {
        switch state {
        case "57P01", "57P02", "57P03", "57P05": .serverUnavailable
        case "57014": .statementCancelled
        case "25006": .serverReadOnly
        case "40001", "40P01", "55P03": .transactionConflict
        case "40003": .commitUnknown
        // A value in another binary form than its column's; the session goes on.
        case "08P01": .parametersUnexpected
        default:
            switch state.prefix(2) {
            case "08": .connectionLost
            case "53": .serverUnavailable
            case "28", "3D": .serverRefuses
            case "23": .constraintViolated
            case "22": .valueRefused
            default: .statementRefused
            }
        }
    }

    /// Reads the failure out of a result that holds one.
    ///
    /// One without an SQLSTATE is libpq's own: the session ended, even where libpq has not seen its end yet.
    init(result: OpaquePointer?) {
        func field(_ letter: Unicode.Scalar) -> String? {
            guard let result = unsafe result,
                let text = unsafe PQresultErrorField(result, Int32(letter.value))
            else { return nil }
            return unsafe String(cString: text)
        }
        guard let state = field("C") else {
            self.init(.connectionLost)
            return
        }
        self.init(Self.code(forSQLState: state), sqlState: state)
        table = field("t")
        column = field("c")
        constraint = field("n")
    }
}

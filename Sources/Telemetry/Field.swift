package import Diagnostics

/// One named value of an event, as it stands in a log line.
///
/// There is no kind for a value out of a bericht, row or document: what is not one of these cannot be logged.
package struct Field: Sendable {
    package enum Value: Sendable {
        /// Names a bericht, row or document: a referentienummer, a table and position.
        case reference(String)
        /// A word that we or the configuration chose: a target, a method, a route, a berichtcode.
        case word(String)
        case number(Int64)
        case flag(Bool)
        /// Written in milliseconds; the field's name gets `_ms`.
        case duration(Duration)
        /// Number and name of the problem.
        case code(Code)
        case words([String])
    }

    package let name: String
    package let value: Value

    init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

/// How urgently a person should look.
package enum Level: UInt8, Sendable, Comparable, CaseIterable {
    case debug, info, warning, error

    package var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

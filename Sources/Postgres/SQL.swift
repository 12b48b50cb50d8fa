import Synchronization

/// The text of a statement: literals, quoted identifiers and other SQL; never a value.
///
/// Values travel as ``Parameter``s. That the compiler refuses anything else in an interpolation is the point
/// of this type:
///
/// ```swift
/// let table = Identifier("sluis") / "bericht"
/// try connection.execute("SELECT id FROM \(table) WHERE referentienummer = $1", [.text(nummer)])
/// ```
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation parts: Interpolation) {
        text = parts.text
    }

    /// Takes literals, ``Identifier``s and ``SQL`` only.
    package struct Interpolation: StringInterpolationProtocol {
        var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ name: Identifier) {
            text += name.quoted
        }

        package mutating func appendInterpolation(_ other: SQL) {
            text += other.text
        }
    }
}

/// A name in a database, quoted so that it can be nothing but a name.
package struct Identifier: Sendable, Hashable, ExpressibleByStringLiteral {
    /// As it stands in SQL: `"sluis"."bericht"`.
    package let quoted: String

    /// Any text is a possible name; a NUL ends it, as it does for the server.
    package init(_ name: String) {
        var quoted = "\""
        for scalar in name.unicodeScalars.prefix(while: { $0.value != 0 }) {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        self.quoted = quoted + "\""
    }

    package init(stringLiteral name: String) {
        self.init(name)
    }

    private init(quoted: String) {
        self.quoted = quoted
    }

    /// The name on the right within the one on the left: schema and table, table and column.
    package static func / (left: Self, right: Self) -> Self {
        Self(quoted: "\(left.quoted).\(right.quoted)")
    }
}

/// A statement that is run often: each connection prepares it at its first use, and runs it by name from then
/// on.
///
/// Declare it once, as a `static let`; the parameters must have the same kinds at every use.
package struct Statement: Sendable {
    private static let count = Atomic<Int>(0)

    package let sql: SQL
    /// Unique in this process.
    let number: Int

    package init(_ sql: SQL) {
        self.sql = sql
        number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    }
}

/// What the error type of every room has in common, so that each edge turns any of them into a Fo bericht, problem
/// details or a log line in one function.
///
/// A failure never holds a value of a bericht, row or document: field names, paths and reference numbers only.
package protocol Failure: Error, Sendable, CustomStringConvertible {
    var code: Code { get }
    /// Where the trouble is: an XPath, `table.column`, JSON pointer, destination; nil when the code says it all.
    var place: String? { get }
    /// The line of a file that asked for it, when there is one.
    var rule: SourceLocation? { get }
    /// What the reader can do here, when that is more than the code's remedy.
    var hint: String? { get }
    /// Whether the same again, later, can succeed.
    var isPassing: Bool { get }
}

extension Failure {
    package var rule: SourceLocation? { nil }
    package var hint: String? { nil }
    package var isPassing: Bool { false }

    /// The one-line form: `mappings/zaak.map:14:5: M202 dateIncomplete at object/startdatum`.
    package var description: String {
        var line = rule.map { "\($0): " } ?? ""
        line += code.description
        if let place { line += " at \(place)" }
        if let hint { line += ": \(hint)" }
        return line
    }
}

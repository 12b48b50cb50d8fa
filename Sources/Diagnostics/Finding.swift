/// One problem found in a file before anything runs.
///
/// Printed as `file:line:column CODE text`, with the corrected line under it where it can be known.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
    package enum Severity: String, Sendable { case error, warning }

    package var severity: Severity
    package var code: Code
    package var location: SourceLocation
    /// One sentence without a full stop; names paths and types, never a value of a person.
    package var text: String
    /// The line as it should read, where that can be known.
    package var correction: String?

    package init(
        _ code: Code, at location: SourceLocation, _ text: String, correction: String? = nil,
        severity: Severity = .error
    ) {
        self.severity = severity
        self.code = code
        self.location = location
        self.text = text
        self.correction = correction
    }

    package var description: String {
        let kind = severity == .warning ? "warning: " : ""
        let line = "\(location) \(code.number) \(kind)\(text)"
        return correction.map { "\(line)\n    write: \($0)" } ?? line
    }
}

extension Sequence<Finding> {
    /// In the order a reader wants them: by file, line and column, each once.
    package func sortedForReading() -> [Finding] {
        var seen: Set<Finding> = []
        return filter { seen.insert($0).inserted }
            .sorted { ($0.location, $0.code.number) < ($1.location, $1.code.number) }
    }
}

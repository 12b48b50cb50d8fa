package import Diagnostics

/// What became of everything that a record says: nothing is lost in silence.
package struct Loss: Sendable {
    /// A path on purpose not mapped, and the mapping author's reason.
    package struct Ignored: Hashable, Sendable {
        package var path: String
        package var reason: String
        package var rule: SourceLocation
    }

    /// Said, and read by a rule.
    package var mapped: [String]
    /// Said, and ignored by name.
    package var ignored: [Ignored]
    /// Said, and no rule reads it or ignores it.
    package var lost: [String]
    /// Mapped, but left out by an `else omit`.
    package var omitted: [Converted.Omission]
}

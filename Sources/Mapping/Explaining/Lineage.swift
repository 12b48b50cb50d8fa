package import Diagnostics

/// The way a mapping is read.
package enum Direction: String, Sendable, CaseIterable {
    /// From the legacy side to the API's.
    case up
    /// From the API's side to the legacy side.
    case down
}

/// Where the value of one target comes from: one rule that writes it.
package struct Lineage: Hashable, Sendable {
    /// The target, from the top of its entity: `rollen.betrokkeneIdentificatie.inpBsn`.
    package var target: String
    /// What is read for it, in order: paths from the top of the other entity, `@` places, or constants in
    /// quotes.
    package var sources: [String]
    /// As the file writes it: `text(80, truncate)`; nil when the value is taken as it is.
    package var converter: String?
    package var rule: SourceLocation

    package init(target: String, sources: [String], converter: String?, rule: SourceLocation) {
        self.target = target
        self.sources = sources
        self.converter = converter
        self.rule = rule
    }
}

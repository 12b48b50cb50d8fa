package import Diagnostics

/// Why one bericht, row or document could not be mapped.
///
/// Names the rule and the path of the value, never the value: it can be a BSN.
package struct MappingFailure: Failure, Equatable {
    package var code: Code
    /// Where the value was looked for, in the terms of the side that was read: `heeft/datumStatusGezet`.
    package var place: String?
    /// The rule that asked for it.
    package var rule: SourceLocation?
    package var hint: String?

    package init(_ code: Code, at place: String?, rule: SourceLocation?, hint: String? = nil) {
        self.code = code
        self.place = place
        self.rule = rule
        self.hint = hint
    }
}

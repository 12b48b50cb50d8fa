package import Diagnostics
package import Record

/// What a mapping made of a record: the record of the other side, and what it left out on purpose.
package struct Converted: Sendable {
    /// Something that `else omit` left out, or an item that no rule takes; counted, shown by `sluis map
    /// --loss`.
    package struct Omission: Hashable, Sendable {
        /// Why: the code that would have failed the bericht without `else omit`.
        package var code: Code
        /// The rule that said so.
        package var rule: SourceLocation
        /// What was left out, in the terms of the side that was read.
        package var place: String

        package init(_ code: Code, rule: SourceLocation, place: String) {
            self.code = code
            self.rule = rule
            self.place = place
        }
    }

    package var record: Record
    /// In the order in which they happened; empty nearly always.
    package var omissions: [Omission]

    package init(record: Record, omissions: [Omission]) {
        self.record = record
        self.omissions = omissions
    }
}

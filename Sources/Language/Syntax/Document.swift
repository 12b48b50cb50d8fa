package import Diagnostics

/// What one file says, before anyone knows what it means: statements with their blocks and comments.
///
/// The rooms above read it: models, mappings, routes and configuration each have their own statements and share this
/// tree and the ``Cursor``.
package struct Document: Hashable, Sendable {
    package var file: String
    package var statements: [Statement]
    /// Comments behind the last statement.
    package var closingComments: [Comment]

    package init(file: String, statements: [Statement], closingComments: [Comment]) {
        self.file = file
        self.statements = statements
        self.closingComments = closingComments
    }
}

/// One statement: a run of tokens, and perhaps a block.
///
/// It ends at the end of its line, behind its block, or at the `}` of the block that holds it. Inside `( )` and `[ ]`
/// line ends do not count, and a line that starts with `|` continues the one before. In a block of one line several
/// pairs (`"J" <-> true   "N" <-> false`) are one statement.
package struct Statement: Hashable, Sendable {
    package var tokens: [Token]
    package var block: Block?
    /// Comment lines before it.
    package var leadingComments: [Comment]
    /// Comments between its tokens, where it takes several lines.
    package var innerComments: [InnerComment]
    /// The comment behind it, or behind the `}` of its block.
    package var trailingComment: Comment?
    package var hasBlankLineBefore: Bool
    /// Of its first token.
    package var location: SourceLocation
    /// Just behind its last token, before the block.
    package var end: SourceLocation

    package struct InnerComment: Hashable, Sendable {
        /// How many of the statement's tokens stand before it.
        package var after: Int
        package var comment: Comment
        /// Whether it has the line for itself.
        package var hasOwnLine: Bool
    }
}

/// `{ … }` of a statement.
package struct Block: Hashable, Sendable {
    package var statements: [Statement]
    /// The comment behind the `{`.
    package var openingComment: Comment?
    /// Comments behind the last statement.
    package var closingComments: [Comment]
    /// Whether `{` and `}` stand on one line.
    package var isOneLine: Bool
    /// Of the `{`.
    package var location: SourceLocation
    /// Just behind the `}`.
    package var end: SourceLocation
}

/// `# …` up to the end of the line.
package struct Comment: Hashable, Sendable {
    /// With its `#`, without blanks at the end.
    package var text: String
    package var location: SourceLocation
    package var hasBlankLineBefore: Bool

    package init(_ text: String, at location: SourceLocation, hasBlankLineBefore: Bool = false) {
        self.text = text
        self.location = location
        self.hasBlankLineBefore = hasBlankLineBefore
    }
}

package import Diagnostics

/// One token of the language, with where it stands and how it was set off from the token before it.
package struct Token: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A path, keyword, name or number: letters, digits and `_ - . / * @ :`. It is one token, however many steps
        /// the path has; the model of its side decides what separates them.
        case word
        /// Text between `"`; ``Token/text`` holds it without quotes and escapes.
        case string
        case both = "<->"
        case up = "->"
        case down = "<-"
        case openBrace = "{"
        case closeBrace = "}"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case pipe = "|"
        case comma = ","
        case equals = "="

        package var isArrow: Bool { self == .both || self == .up || self == .down }

        /// How a finding names this kind.
        package var name: String {
            switch self {
            case .word: "a word"
            case .string: "a text between quotes"
            default: "`\(rawValue)`"
            }
        }
    }

    /// What separated the token from the one before it in its statement.
    package enum Gap: UInt8, Hashable, Sendable { case none, space, wide, line }

    package var kind: Kind
    /// As written; of a string its content.
    package var text: String
    package var location: SourceLocation
    /// The column just behind the last character; a token never takes more than one line.
    package var endColumn: Int
    package var gap: Gap

    package init(_ kind: Kind, _ text: String, at location: SourceLocation, to end: SourceLocation, gap: Gap)
    {
        self.kind = kind
        self.text = text
        self.location = location
        endColumn = end.column
        self.gap = gap
    }

    /// Just behind the last character.
    package var end: SourceLocation {
        SourceLocation(file: location.file, line: location.line, column: endColumn)
    }

    /// Whether nothing stands between this token and the one before it: `text(80)`, `rollen*[…]`, `[…]/naam`.
    package var touchesPrevious: Bool { gap == .none }

    /// As it is written in a file, a string with its quotes and escapes.
    package var spelling: String { kind == .string ? Token.quoted(text) : text }

    /// The text as a string of the language.
    package static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

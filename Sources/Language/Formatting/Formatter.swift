import Diagnostics

extension Statement {
    /// The statement on one line, without its block.
    package var line: String { Spacing.line(tokens) + (block == nil ? "" : " {") }

    /// The statement as it reads with one token replaced by other text: the correction of a finding.
    package func line(replacing token: Token, with text: String) -> String {
        var copy = self
        if let index = copy.tokens.firstIndex(of: token) {
            copy.tokens[index] = Token(token.kind, text, at: token.location, to: token.end, gap: token.gap)
        }
        return copy.line
    }
}

/// How much stands between two tokens.
enum Spacing {
    /// All tokens on one line, single spaces between them.
    static func line(_ tokens: some Sequence<Token>) -> String {
        var line = ""
        var previous: Token?
        for token in tokens {
            if let previous, !isTight(previous, token) { line += " " }
            line += token.spelling
            previous = token
        }
        return line
    }

    /// Whether nothing stands between the two.
    static func isTight(_ previous: Token, _ token: Token) -> Bool {
        switch (previous.kind, token.kind) {
        case (.openParenthesis, _), (.openBracket, _): true
        case (_, .closeParenthesis), (_, .closeBracket), (_, .comma): true
        case (.word, .openParenthesis), (.word, .openBracket), (.closeBracket, .openBracket):
            token.touchesPrevious
        case (.closeParenthesis, .word), (.closeBracket, .word): token.touchesPrevious
        default: false
        }
    }
}

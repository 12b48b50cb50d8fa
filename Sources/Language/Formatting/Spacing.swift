extension Statement {
    /// The statement on one line, without its block.
    package var line: String { Spacing.line(tokens, wide: 1) + (block == nil ? "" : " {") }

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
    /// Words before a rule's left place that get a column of their own.
    static let prefixes: Set<String> = ["key", "must", "when"]
    /// Words behind a rule's right place that start the column of its clauses.
    static let clauses: Set<String> = ["as", "else", "use", "when", "from"]

    /// Tokens on one line: single blanks, and `wide` of them where the author left two or more outside brackets.
    ///
    /// - Parameter depth: how many brackets are open where the line starts.
    static func line(_ tokens: some Sequence<Token>, wide: Int, depth: Int = 0) -> String {
        var line = ""
        var previous: Token?
        var depth = depth
        for token in tokens {
            if token.kind == .closeParenthesis || token.kind == .closeBracket { depth -= 1 }
            if let previous { line += gap(previous, token, wide: depth > 0 ? 1 : wide) }
            if token.kind == .openParenthesis || token.kind == .openBracket { depth += 1 }
            line += token.spelling
            previous = token
        }
        return line
    }

    private static func gap(_ previous: Token, _ token: Token, wide: Int) -> String {
        if isTight(previous, token) { return "" }
        return String(repeating: " ", count: token.gap == .wide ? wide : 1)
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

    /// A statement of a one-line block, or with several arrows: pairs stay three blanks apart, and nothing else does.
    static func flat(_ statement: Statement) -> String {
        var tokens = statement.tokens
        for index in tokens.indices.dropFirst() {
            let previous = tokens[index - 1]
            let isPrefix = index == 1 && prefixes.contains(previous.text)
            let isClause = tokens[index].kind == .word && clauses.contains(tokens[index].text)
            let isTogether =
                previous.kind.isArrow || tokens[index].kind.isArrow || previous.kind == .equals
                || tokens[index].kind == .equals
            if isPrefix || isClause || isTogether, tokens[index].gap == .wide { tokens[index].gap = .space }
        }
        return line(tokens, wide: 3) + block(of: statement)
    }

    /// The block of one line that a statement has, with the blank before it; empty when it has none.
    static func block(of statement: Statement) -> String {
        guard let block = statement.block else { return "" }
        guard !block.statements.isEmpty else { return " { }" }
        return " { " + block.statements.map(flat).joined(separator: "   ") + " }"
    }
}

extension Sequence<Token> {
    /// How many brackets are open behind them.
    var depth: Int {
        reduce(0) { depth, token in
            switch token.kind {
            case .openParenthesis, .openBracket: depth + 1
            case .closeParenthesis, .closeBracket: depth - 1
            default: depth
            }
        }
    }
}

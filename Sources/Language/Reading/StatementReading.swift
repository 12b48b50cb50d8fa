import Diagnostics

/// The reading of one statement's tokens, with the brackets that are open.
struct StatementReading {
    let firstLexeme: Int
    var tokens: [Token] = []
    var comments: [Statement.InnerComment] = []

    private struct Open {
        var token: Token
        /// Its place among the parser's lexemes.
        var lexeme: Int
        /// How many tokens stand before it.
        var before: Int
    }

    private var open: [Open] = []

    init(firstLexeme: Int) { self.firstLexeme = firstLexeme }

    /// Reads tokens up to the end of the statement; its block, and the comment behind it, are left.
    mutating func readTokens(_ parser: inout Parser) {
        while parser.index < parser.lexemes.count, !parser.problems.isFull {
            let lexeme = parser.lexemes[parser.index]
            guard case .token(let token) = lexeme.content else {
                guard takeComment(&parser, lexeme) else { break }
                continue
            }
            let startsLine = lexeme.lineBreaks > 0 && !tokens.isEmpty
            if startsLine, open.isEmpty, token.kind != .pipe { break }
            let endsBrackets = token.kind == .openBrace || token.kind == .closeBrace || token.kind.isArrow
            if endsBrackets, !open.isEmpty, giveUpBrackets(&parser) { return }
            if token.kind == .openBrace || token.kind == .closeBrace { return }
            parser.index += 1
            take(token, at: parser.index - 1, problems: &parser.problems)
            if lexeme.isBroken { open = [] }
        }
        if !open.isEmpty { _ = giveUpBrackets(&parser) }
    }

    private mutating func take(_ token: Token, at lexeme: Int, problems: inout Problems) {
        switch token.kind {
        case .openParenthesis, .openBracket:
            if open.count == Parser.depthLimit {
                problems.report(
                    .nestedTooDeep, at: token.location,
                    "brackets stand more than \(Parser.depthLimit) levels deep")
            }
            // Deeper ones need not be matched any more: one finding is enough.
            if open.count <= Parser.depthLimit {
                open.append(Open(token: token, lexeme: lexeme, before: tokens.count))
            }
        case .closeParenthesis, .closeBracket:
            guard let opener = open.popLast() else {
                problems.report(.bracketNotOpened, at: token.location, "this `\(token.text)` closes nothing")
                return
            }
            let isPair = (opener.token.kind == .openParenthesis) == (token.kind == .closeParenthesis)
            if !isPair {
                problems.report(
                    .bracketNotOpened, at: token.location,
                    "this `\(token.text)` closes `\(opener.token.text)`")
            }
        default: break
        }
        tokens.append(token)
    }

    /// Takes a comment that stands within the statement; says whether it did.
    private mutating func takeComment(_ parser: inout Parser, _ lexeme: Lexeme) -> Bool {
        guard case .comment(let comment) = lexeme.content else { return false }
        guard !open.isEmpty || continues(parser) else { return false }
        comments.append(
            Statement.InnerComment(after: tokens.count, comment: comment, hasOwnLine: lexeme.lineBreaks > 0))
        parser.index += 1
        return true
    }

    /// Whether the next token, behind any comments, is a `|` that starts a line.
    private func continues(_ parser: Parser) -> Bool {
        let next = parser.lexemes[parser.index...].first { $0.kind != nil }
        return next.map { $0.kind == .pipe && $0.lineBreaks > 0 } ?? false
    }

    /// Reports the outermost open bracket. When it was left open on an earlier line, the statement ends with that
    /// line and reading goes on with the next, so that one missing `)` is one problem; says whether it did so.
    private mutating func giveUpBrackets(_ parser: inout Parser) -> Bool {
        guard let first = open.first else { return false }
        parser.problems.report(
            .bracketNotClosed, at: first.token.location, "this `\(first.token.text)` is not closed")
        open = []
        let behind = first.lexeme + 1
        guard let next = parser.lexemes[behind..<parser.index].firstIndex(where: { $0.lineBreaks > 0 }) else {
            return false
        }
        let onItsLine = parser.lexemes[first.lexeme..<next].count { $0.kind != nil }
        // A copy, because the array may have grown to the size of the file.
        tokens = Array(tokens.prefix(first.before + onItsLine))
        comments.removeAll { $0.after > tokens.count }
        parser.index = next
        return true
    }
}

package import Diagnostics

/// Turns the bytes of a file into a ``Document`` that knows none of the constructs.
package struct Parser {
    /// Larger files are refused; a code table of this size belongs in a `.csv` file.
    package static let byteLimit = 16 * 1024 * 1024
    /// Words, signs and comments; each takes memory that its single byte in the file does not show.
    package static let wordLimit = 2_000_000
    /// Blocks within blocks, and brackets within brackets.
    package static let depthLimit = 32

    var lexemes: [Lexeme]
    var index = 0
    var problems: Problems

    /// Reads the whole file, whatever is wrong with it, and reports every problem, sorted.
    ///
    /// The document holds what could be read. It may be interpreted to find more problems, but only one without
    /// findings of severity `error` may be used or formatted.
    package static func parse(file: String, bytes: [UInt8]) -> (document: Document, findings: [Finding]) {
        var document = Document(file: file, statements: [], closingComments: [])
        guard bytes.count <= byteLimit else {
            let start = SourceLocation(file: file, line: 1, column: 1)
            let text = "the file is larger than \(byteLimit / 1024 / 1024) MB and is not read"
            return (document, [Finding(.fileTooLarge, at: start, text)])
        }
        var lexer = Lexer(file: file, bytes: bytes)
        lexer.run()
        var parser = Parser(lexemes: lexer.lexemes, problems: lexer.problems)
        (document.statements, document.closingComments) = parser.readStatements(depth: 0)
        return (document, parser.problems.findings.sortedForReading())
    }

    private init(lexemes: [Lexeme], problems: Problems) {
        self.lexemes = lexemes
        self.problems = problems
    }

    private var lexeme: Lexeme? {
        guard index < lexemes.count, !problems.isFull else { return nil }
        return lexemes[index]
    }

    /// Reads up to the end of the file or, inside a block, up to its `}`, which is left.
    private mutating func readStatements(depth: Int) -> ([Statement], [Comment]) {
        var statements: [Statement] = []
        var comments: [Comment] = []
        while let lexeme {
            switch lexeme.content {
            case .comment(let comment):
                comments.append(comment)
                index += 1
            case .token(let token) where token.kind == .closeBrace:
                if depth > 0 { return (statements, comments) }
                problems.report(.braceNotOpened, at: token.location, "this `}` closes no block")
                index += 1
            case .token:
                statements.append(readStatement(after: comments, depth: depth))
                comments = []
            }
        }
        return (statements, comments)
    }

    private mutating func readStatement(after comments: [Comment], depth: Int) -> Statement {
        var reading = StatementReading(firstLexeme: index)
        reading.readTokens(&self)
        let first = reading.tokens.first
        let start = first?.location ?? location(of: index)
        var statement = Statement(
            tokens: reading.tokens, block: nil, leadingComments: comments, innerComments: reading.comments,
            trailingComment: nil, hasBlankLineBefore: lexemes[reading.firstLexeme].lineBreaks > 1,
            location: start,
            end: reading.tokens.last?.end ?? start)
        if let lexeme, case .token(let brace) = lexeme.content, brace.kind == .openBrace {
            if statement.tokens.isEmpty {
                problems.report(
                    .blockWithoutStatement, at: brace.location, "nothing before this `{` says what it is")
            }
            statement.block = readBlock(from: brace, depth: depth)
        }
        statement.trailingComment = readCommentOnLine()
        return statement
    }

    private func location(of index: Int) -> SourceLocation {
        switch lexemes[min(index, lexemes.count - 1)].content {
        case .token(let token): token.location
        case .comment(let comment): comment.location
        }
    }

    private mutating func readBlock(from brace: Token, depth: Int) -> Block {
        index += 1
        guard depth < Parser.depthLimit else { return skipBlock(from: brace) }
        let opening = readCommentOnLine()
        let (statements, comments) = readStatements(depth: depth + 1)
        var block = Block(
            statements: statements, openingComment: opening, closingComments: comments, isOneLine: false,
            location: brace.location, end: brace.end)
        if let lexeme, case .token(let close) = lexeme.content {
            index += 1
            block.isOneLine = close.location.line == brace.location.line
            block.end = close.end
        } else {
            problems.report(.blockNotClosed, at: brace.location, "the block that starts here is not closed")
        }
        return block
    }

    private mutating func skipBlock(from brace: Token) -> Block {
        problems.report(
            .nestedTooDeep, at: brace.location, "blocks stand more than \(Parser.depthLimit) levels deep")
        var open = 1
        while open > 0, let lexeme {
            if lexeme.kind == .openBrace { open += 1 }
            if lexeme.kind == .closeBrace { open -= 1 }
            index += 1
        }
        return Block(
            statements: [], openingComment: nil, closingComments: [], isOneLine: false,
            location: brace.location,
            end: brace.end)
    }

    /// The comment behind what was read last, on the same line.
    private mutating func readCommentOnLine() -> Comment? {
        guard let lexeme, lexeme.lineBreaks == 0, case .comment(let comment) = lexeme.content else {
            return nil
        }
        index += 1
        return comment
    }
}

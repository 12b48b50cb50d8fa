/// Lays a document out in the one way that all files have.
///
/// Four blanks for each block, at most one empty line, and columns: statements that follow each other without an empty
/// line, each on one line, are aligned at their arrows and clauses, or at their second word and wherever the author
/// left two blanks or more. Formatting twice changes nothing, and no comment is lost.
package struct Formatter {
    private var lines: [String] = []

    /// The text of the file. Only for a document that was parsed without errors: what could not be read is not in it.
    package static func format(_ document: Document) -> String {
        var formatter = Formatter()
        formatter.write(document.statements, closing: document.closingComments, indent: 0)
        return formatter.lines.map { $0 + "\n" }.joined()
    }

    private mutating func write(_ statements: [Statement], closing: [Comment], indent: Int) {
        var isFirst = true
        var rest = statements[...]
        while let first = rest.first {
            let shape = Shape(first)
            // The first of a run may have an empty line before it, the others not.
            var run = rest.prefix(1)
            while shape != .alone, run.endIndex < rest.endIndex {
                let next = rest[run.endIndex]
                guard Shape(next) == shape, !next.hasEmptyLine else { break }
                run = rest.prefix(run.count + 1)
            }
            rest = rest.dropFirst(run.count)
            if shape == .alone {
                writeComments(of: first, indent: indent, isFirst: isFirst)
                writeAlone(first, indent: indent)
            } else {
                writeRun(run, shape, indent: indent, isFirst: isFirst)
            }
            isFirst = false
        }
        for comment in closing {
            if comment.hasBlankLineBefore, !isFirst { lines.append("") }
            lines.append(blanks(indent) + comment.text)
            isFirst = false
        }
    }

    private mutating func writeComments(of statement: Statement, indent: Int, isFirst: Bool) {
        var isFirst = isFirst
        for comment in statement.leadingComments {
            if comment.hasBlankLineBefore, !isFirst { lines.append("") }
            lines.append(blanks(indent) + comment.text)
            isFirst = false
        }
        if statement.hasBlankLineBefore, !isFirst { lines.append("") }
    }

    private mutating func writeRun(_ run: ArraySlice<Statement>, _ shape: Shape, indent: Int, isFirst: Bool) {
        let texts = Columns.aligned(run.map { Columns.cells(of: $0, shape) }, shape)
        let commentColumn =
            zip(run, texts).filter { $0.0.trailingComment != nil }.map { $0.1.width }.max() ?? 0
        for (index, (statement, text)) in zip(run, texts).enumerated() {
            writeComments(of: statement, indent: indent, isFirst: isFirst && index == 0)
            var line = blanks(indent) + text
            if let comment = statement.trailingComment {
                line += blanks(commentColumn - text.width + 2) + comment.text
            }
            lines.append(line)
        }
    }

    /// A statement that takes several lines, or has a block that does, or holds several pairs.
    private mutating func writeAlone(_ statement: Statement, indent: Int) {
        var line = ""
        if statement.isOnOneLine {
            let isPairs = statement.tokens.count { $0.kind.isArrow } > 1
            let hasBlockOnLine = statement.block?.isFlat ?? true
            line = isPairs && hasBlockOnLine ? Spacing.flat(statement) : Columns.alone(statement)
            line = blanks(indent) + line
        } else {
            line = writeTokens(of: statement, indent: indent)
            if statement.block?.isFlat == true { line += Spacing.block(of: statement) }
        }
        guard let block = statement.block, !block.isFlat else {
            return lines.append(line + comment(statement.trailingComment))
        }
        lines.append(line + (statement.tokens.isEmpty ? "{" : " {") + comment(block.openingComment))
        write(block.statements, closing: block.closingComments, indent: indent + 4)
        lines.append(blanks(indent) + "}" + comment(statement.trailingComment))
    }

    /// Keeps the author's lines, the second and later ones indented; returns the last.
    private mutating func writeTokens(of statement: Statement, indent: Int) -> String {
        var comments = statement.innerComments[...]
        var line: [Token] = []
        var start = indent
        var depth = 0
        for (index, token) in statement.tokens.enumerated() {
            if index > 0, token.gap == .line {
                var text = blanks(start) + Spacing.line(line, wide: 2, depth: depth)
                depth += line.depth
                while let inner = comments.first, inner.after == index {
                    comments.removeFirst()
                    if inner.hasOwnLine {
                        lines.append(text)
                        text = blanks(indent + 4) + inner.comment.text
                    } else {
                        text += comment(inner.comment)
                    }
                }
                lines.append(text)
                line = []
                let closes = token.kind == .closeParenthesis || token.kind == .closeBracket
                start = closes ? indent : indent + 4
            }
            line.append(token)
        }
        return blanks(start) + Spacing.line(line, wide: 2, depth: depth)
    }

    private func comment(_ comment: Comment?) -> String { comment.map { "  " + $0.text } ?? "" }
}

func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

extension String {
    /// How many columns it takes.
    var width: Int { unicodeScalars.count }
}

extension Statement {
    var isOnOneLine: Bool { !tokens.dropFirst().contains { $0.gap == .line } }

    /// Whether an empty line stands before it or before one of its comments.
    var hasEmptyLine: Bool { hasBlankLineBefore || leadingComments.contains { $0.hasBlankLineBefore } }
}

extension Block {
    /// Whether it is written on the line of its statement.
    var isFlat: Bool { isOneLine || (statements.isEmpty && openingComment == nil && closingComments.isEmpty) }
}

/// What a statement's columns are cut by.
enum Shape {
    /// One arrow: prefix, left place, arrow, right place, clauses.
    case rule
    /// No arrow: the first word, then what the author set apart.
    case line
    /// Not aligned with others.
    case alone

    init(_ statement: Statement) {
        let arrows = statement.tokens.count { $0.kind.isArrow }
        let isOnOneLine = statement.isOnOneLine && (statement.block?.isFlat ?? true)
        guard isOnOneLine, arrows < 2, !statement.tokens.isEmpty else {
            self = .alone
            return
        }
        self = arrows == 1 ? .rule : .line
    }
}

/// The cells of statements, and how they line up.
enum Columns {
    /// The texts of a statement's columns. The first is the prefix, empty when it has none.
    static func cells(of statement: Statement, _ shape: Shape) -> [String] {
        var tokens = statement.tokens[...]
        var prefix = ""
        if let first = tokens.first, let second = tokens.dropFirst().first,
            Spacing.prefixes.contains(first.text),
            first.kind == .word,
            second.kind == .word || second.kind == .string || second.kind == .openParenthesis
        {
            prefix = first.spelling
            tokens.removeFirst()
        }
        var cells = shape == .rule ? ruleCells(tokens) : lineCells(tokens)
        let block = Spacing.block(of: statement)
        if shape == .rule, cells.count == 3, !block.isEmpty {
            cells.append(String(block.dropFirst()))
        } else {
            cells[cells.count - 1] += block
        }
        return [prefix] + cells
    }

    /// Left place, arrow, right place, clauses.
    private static func ruleCells(_ tokens: ArraySlice<Token>) -> [String] {
        guard let arrow = tokens.firstIndex(where: { $0.kind.isArrow }) else { return lineCells(tokens) }
        let right = tokens[(arrow + 1)...]
        var depth = 0
        let clause = right.dropFirst().firstIndex { token in
            if token.kind == .openParenthesis || token.kind == .openBracket { depth += 1 }
            if token.kind == .closeParenthesis || token.kind == .closeBracket { depth -= 1 }
            return depth <= 0 && token.kind == .word && Spacing.clauses.contains(token.text)
        }
        var cells = [
            Spacing.line(tokens[..<arrow], wide: 2), tokens[arrow].spelling,
            Spacing.line(right[..<(clause ?? right.endIndex)], wide: 2),
        ]
        if let clause { cells.append(Spacing.line(right[clause...], wide: 2)) }
        return cells
    }

    /// The first word, then a cell for each run of tokens that wide gaps set apart.
    private static func lineCells(_ tokens: ArraySlice<Token>) -> [String] {
        var cells: [ArraySlice<Token>] = []
        var start = tokens.startIndex
        var depth = 0
        for index in tokens.indices.dropFirst() {
            let token = tokens[index]
            let previous = tokens[index - 1]
            if previous.kind == .openParenthesis || previous.kind == .openBracket { depth += 1 }
            if previous.kind == .closeParenthesis || previous.kind == .closeBracket { depth -= 1 }
            let isCut = token.gap == .wide || cells.isEmpty
            guard isCut, depth <= 0, !Spacing.isTight(previous, token) else { continue }
            cells.append(tokens[start..<index])
            start = index
        }
        cells.append(tokens[start...])
        return cells.map { Spacing.line($0, wide: 1) }
    }

    /// The rows as lines, without indentation.
    static func aligned(_ rows: [[String]], _ shape: Shape) -> [String] {
        guard rows.count > 1 else { return rows.map { separate($0, shape) } }
        let rows = shape == .rule ? withArrowsAligned(rows) : rows
        let count = rows.map(\.count).max() ?? 0
        var widths = [Int](repeating: 0, count: count)
        for row in rows {
            // A row's last cell is followed by nothing, and makes no column wider.
            for (column, cell) in row.dropLast().enumerated() where shape == .rule || cell.width <= outlier {
                widths[column] = max(widths[column], cell.width)
            }
        }
        // Lines that all start with one word are no table: `codes rsin …`, `codes geslacht …`.
        let gapBehindFirst = shape == .line && Set(rows.map { $0[1] }).count == 1 ? 1 : 2
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() where column > 0 || widths[0] > 0 {
                line += cell
                guard column < row.count - 1 else { continue }
                line += blanks(max(0, widths[column] - cell.width) + (column == 1 ? gapBehindFirst : 2))
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// A cell of a line wider than this stands out of its column, and the others stay close.
    private static let outlier = 40

    /// Where both ways occur, `->` stands under the right end of `<->` and `<-` under its left.
    private static func withArrowsAligned(_ rows: [[String]]) -> [[String]] {
        let arrows = Set(rows.map { $0[2] })
        guard arrows.count > 1 else { return rows }
        return rows.map { row in
            var row = row
            row[2] = row[2] == "->" ? " ->" : row[2] == "<-" ? "<- " : row[2]
            return row
        }
    }

    /// One row that stands alone: single blanks, and two where the author set something apart.
    private static func separate(_ row: [String], _ shape: Shape) -> String {
        let prefix = row[0].isEmpty ? "" : row[0] + " "
        guard shape == .line, row.count > 3 else { return prefix + row.dropFirst().joined(separator: " ") }
        return prefix + row[1] + " " + row[2...].joined(separator: "  ")
    }

    /// A statement whose tokens stand on one line, without its block of several lines.
    static func alone(_ statement: Statement) -> String {
        guard !statement.tokens.isEmpty else { return "" }
        var head = statement
        if head.block?.isFlat == false { head.block = nil }
        let arrows = head.tokens.count { $0.kind.isArrow }
        guard arrows < 2 else { return Spacing.flat(head) }
        let shape: Shape = arrows == 1 ? .rule : .line
        return separate(cells(of: head, shape), shape)
    }
}

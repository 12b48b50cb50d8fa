import Diagnostics
import Language

/// Turns the statements of a `*.map` file into what they say. A statement that cannot be read gives one
/// finding, and the others are read all the same.
struct MappingReader {
    var result: MappingFile
    private(set) var findings: [Finding] = []

    static func read(_ document: Document) -> (file: MappingFile, findings: [Finding]) {
        var reader = MappingReader(result: MappingFile(file: document.file))
        for statement in document.statements { reader.readTop(statement) }
        if reader.result.mapping == nil, reader.result.overlays.isEmpty {
            let start =
                document.statements.first?.location
                ?? SourceLocation(file: document.file, line: 1, column: 1)
            reader.findings.append(
                Finding(.mappingMissing, at: start, "the file holds no `mapping NAME legacy <-> api` line"))
        }
        return (reader.result, reader.findings)
    }

    mutating func attempt(_ work: (inout Self) throws(LanguageFailure) -> Void) {
        do throws(LanguageFailure) { try work(&self) } catch { findings.append(error.finding) }
    }

    // MARK: The file

    private mutating func readTop(_ statement: Statement) {
        attempt { reader throws(LanguageFailure) in
            switch statement.tokens.first.flatMap({ $0.kind == .word ? $0.text : nil }) {
            case "mapping": try reader.readMapping(statement)
            case "codes": try reader.readCodes(statement)
            case "fragment": try reader.readFragment(statement)
            case "overlay": try reader.readOverlay(statement)
            default:
                let body = try reader.readBody(statement)
                guard reader.result.mapping != nil else {
                    reader.findings.append(
                        Finding(
                            .mappingMissing, at: statement.location,
                            "a rule stands before the `mapping NAME legacy <-> api` line"))
                    return
                }
                reader.result.mapping?.body += body
            }
        }
    }

    private mutating func readMapping(_ statement: Statement) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        try cursor.expect("mapping")
        let name = try cursor.expect(.word, "the name of the mapping")
        let legacy = try cursor.expect(.word, "the legacy side, such as `zkn0310:ZAK`")
        try cursor.expect(.both, "`<->`")
        let api = try cursor.expect(.word, "the API's side, such as `zaken:Zaak`")
        try cursor.expectEnd()
        guard result.mapping == nil else {
            findings.append(
                Finding(
                    .mappingMissing, at: statement.location, "a file holds one mapping; this is a second one")
            )
            return
        }
        result.mapping = MappingSyntax(name: name.text, legacy: legacy, api: api, statement: statement)
    }

    private mutating func readFragment(_ statement: Statement) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        try cursor.expect("fragment")
        let name = try cursor.expect(.word, "the name of the fragment")
        let parameters = try readArguments(&cursor, .word, "the name of a parameter")
        try cursor.expectEnd()
        guard let block = statement.block else { throw cursor.expected("the `{` of the fragment's rules") }
        result.fragments.append(
            FragmentSyntax(name: name, parameters: parameters, body: readBlock(block), statement: statement))
    }

    /// `(a, b)`, or nothing.
    private func readArguments(
        _ cursor: inout Cursor, _ kind: Token.Kind, _ what: String
    ) throws(LanguageFailure) -> [Token] {
        guard cursor.take(.openParenthesis) != nil else { return [] }
        var arguments = [try cursor.expect(kind, what)]
        while cursor.take(.comma) != nil { arguments.append(try cursor.expect(kind, what)) }
        try cursor.expect(.closeParenthesis, "`,` or `)`")
        return arguments
    }

    private mutating func readCodes(_ statement: Statement) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        try cursor.expect("codes")
        let name = try cursor.expect(.word, "the name of the table")
        let isAnyCase = cursor.take("any-case") != nil
        var codes = CodesSyntax(
            name: name, isAnyCase: isAnyCase, pairs: [], source: nil, statement: statement)
        if cursor.take("from") != nil {
            codes.source = try cursor.expect(.string, "the name of a `.csv` file")
        } else if statement.block == nil {
            throw cursor.expected("`{` with the pairs, or `from \"file.csv\"`")
        }
        try cursor.expectEnd()
        for line in statement.block?.statements ?? [] {
            attempt { _ throws(LanguageFailure) in codes.pairs += try MappingReader.readPairs(line) }
        }
        result.codes.append(codes)
    }

    /// `"J" <-> true   "1" "2" -> true`: values, an arrow and a value, as often as they come.
    private static func readPairs(_ statement: Statement) throws(LanguageFailure) -> [CodesSyntax.Pair] {
        var cursor = Cursor(statement)
        var pairs: [CodesSyntax.Pair] = []
        while !cursor.isAtEnd {
            var lefts: [Token] = []
            while let value = cursor.take(.string) ?? cursor.take(.word) { lefts.append(value) }
            if lefts.isEmpty { throw cursor.expected("a value") }
            let arrow = try cursor.expectArrow()
            guard let right = cursor.take(.string) ?? cursor.take(.word) else {
                throw cursor.expected("a value")
            }
            pairs += lefts.map { CodesSyntax.Pair(left: $0, arrow: arrow, right: right) }
        }
        if let block = statement.block {
            throw LanguageFailure(
                Finding(.leftOver, at: block.location, "a pair of codes has no block"))
        }
        return pairs
    }

    // MARK: Rules

    mutating func readBlock(_ block: Block) -> [BodySyntax] {
        var body: [BodySyntax] = []
        for statement in block.statements {
            attempt { reader throws(LanguageFailure) in body += try reader.readBody(statement) }
        }
        return body
    }

    private mutating func readBody(_ statement: Statement) throws(LanguageFailure) -> [BodySyntax] {
        let hasArrow = statement.tokens.contains { $0.kind.isArrow }
        switch statement.tokens.first.flatMap({ $0.kind == .word ? $0.text : nil }) {
        case "choice" where !hasArrow: return [.choice(try readChoice(statement))]
        case "ignore" where !hasArrow, "keep" where !hasArrow: return [.ignore(try readIgnore(statement))]
        case "drop" where !hasArrow: return [.drop(try readDrop(statement))]
        case "use" where !hasArrow:
            var cursor = Cursor(statement)
            let use = try readUse(&cursor)
            try cursor.expectEnd()
            return [.use(use)]
        default: return [.rule(try readRule(statement))]
        }
    }

    private mutating func readRule(_ statement: Statement) throws(LanguageFailure) -> RuleSyntax {
        var cursor = Cursor(statement)
        if !statement.tokens.contains(where: { $0.kind.isArrow }) { try refuseUnknownStatement(statement) }
        var isKey = false
        var isMust = false
        while let next = cursor.peek(1), !next.kind.isArrow, next.kind != .pipe, let word = cursor.peek,
            word.text == "key" || word.text == "must", word.kind == .word
        {
            isKey = isKey || word.text == "key"
            isMust = isMust || word.text == "must"
            cursor.position += 1
        }
        if let word = cursor.peek, let next = cursor.peek(1), word.kind == .word, next.kind == .word,
            next.gap != .none, word.text != "first"
        {
            throw LanguageFailure(
                statement.unknown(word, "`key` or `must`", among: ["key", "must", "first"]))
        }
        let left = try cursor.readPlace()
        let arrow = try cursor.expectArrow()
        var rule = RuleSyntax(
            isKey: isKey, isMust: isMust, left: left, arrow: arrow, right: try cursor.readPlace(),
            statement: statement)
        try readClauses(&cursor, into: &rule)
        try cursor.expectEnd()
        if rule.use == nil, let block = statement.block { rule.block = readBlock(block) }
        return rule
    }

    private func refuseUnknownStatement(_ statement: Statement) throws(LanguageFailure) {
        let words = Construct.words
        guard let first = statement.tokens.first else { return }
        guard first.kind == .word, nearest(first.text, among: words) != nil || statement.tokens.count > 1
        else {
            throw LanguageFailure(
                Finding(
                    .expected, at: statement.end,
                    "`<->`, `->` or `<-` is expected here, and the statement ends"))
        }
        if nearest(first.text, among: words) != nil, first.text != "key", first.text != "must" {
            throw LanguageFailure(statement.unknown(first, "a statement of a mapping", among: words))
        }
    }

    private mutating func readClauses(_ cursor: inout Cursor, into rule: inout RuleSyntax)
        throws(LanguageFailure)
    {
        while let token = cursor.peek {
            switch token.kind == .word ? token.text : "" {
            case "as" where rule.converter == nil: rule.converter = try readConverter(&cursor)
            case "else" where rule.otherwise == nil: rule.otherwise = try readElse(&cursor)
            case "when" where rule.condition == nil:
                cursor.position += 1
                rule.condition = try cursor.readCondition()
            case "use" where rule.use == nil: rule.use = try readUse(&cursor)
            default:
                throw cursor.expected(
                    "`as`, `else`, `when`, `use` or `{`", nearestOf: ["as", "else", "when", "use"])
            }
        }
    }

    private func readConverter(_ cursor: inout Cursor) throws(LanguageFailure) -> ConverterSyntax {
        cursor.position += 1
        let start = cursor.position
        let name = try cursor.expect(oneOf: ConverterFact.names, "a converter")
        var arguments: [Token] = []
        if name.text == "codes" {
            arguments = [try cursor.expect(.word, "the name of a table of codes")]
        } else if name.text == "derive" {
            arguments = [try cursor.expect(.word, "the name of a function")]
        } else if cursor.take(.openParenthesis) != nil {
            repeat {
                guard let argument = cursor.take(.word) ?? cursor.take(.string) else {
                    throw cursor.expected("what the converter needs")
                }
                arguments.append(argument)
            } while cursor.take(.comma) != nil
            try cursor.expect(.closeParenthesis, "`,` or `)`")
        }
        return ConverterSyntax(name: name, arguments: arguments, text: cursor.text(from: start))
    }

    private func readElse(_ cursor: inout Cursor) throws(LanguageFailure) -> ElseSyntax {
        cursor.position += 1
        if let token = cursor.take(.string) { return ElseSyntax(kind: .constant(token.text), token: token) }
        let token = try cursor.expect(
            oneOf: ["fail", "omit", "none"], "what happens else, or a text between quotes")
        switch token.text {
        case "omit": return ElseSyntax(kind: .omit, token: token)
        case "none": return ElseSyntax(kind: .none, token: token)
        default: return ElseSyntax(kind: .fail, token: token)
        }
    }

    private mutating func readUse(_ cursor: inout Cursor) throws(LanguageFailure) -> UseSyntax {
        try cursor.expect("use")
        let name = try cursor.expect(.word, "the name of a fragment")
        let arguments = try readArguments(&cursor, .string, "a text between quotes")
        let extra = cursor.statement.block.map { readBlock($0) } ?? []
        return UseSyntax(name: name, arguments: arguments, extra: extra, statement: cursor.statement)
    }

    private mutating func readChoice(_ statement: Statement) throws(LanguageFailure) -> ChoiceSyntax {
        var cursor = Cursor(statement)
        try cursor.expect("choice")
        let name = try cursor.expect(.word, "the name of the choice")
        try cursor.expectEnd()
        guard let block = statement.block else { throw cursor.expected("the `{` of its branches") }
        var choice = ChoiceSyntax(name: name.text, branches: [], otherwise: nil, statement: statement)
        for line in block.statements {
            attempt { reader throws(LanguageFailure) in try reader.readBranch(line, into: &choice) }
        }
        return choice
    }

    private mutating func readBranch(
        _ statement: Statement, into choice: inout ChoiceSyntax
    ) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        if cursor.peek?.text == "else" {
            choice.otherwise = try readElse(&cursor)
            return try cursor.expectEnd()
        }
        try cursor.expect("when")
        let left = try cursor.readCondition()
        let arrow = try cursor.expectArrow()
        let right = try cursor.readCondition()
        try cursor.expectEnd()
        let body = statement.block.map { readBlock($0) } ?? []
        choice.branches.append(
            ChoiceSyntax.Branch(left: left, arrow: arrow, right: right, body: body, statement: statement))
    }

    private func readIgnore(_ statement: Statement) throws(LanguageFailure) -> IgnoreSyntax {
        var cursor = Cursor(statement)
        let isKept = cursor.take("keep") != nil
        if !isKept { try cursor.expect("ignore") }
        var paths = [try cursor.readPath()]
        while cursor.take(.comma) != nil { paths.append(try cursor.readPath()) }
        let reason = try cursor.expect(.string, "`,` or the reason, between quotes")
        try cursor.expectEnd()
        return IgnoreSyntax(isKept: isKept, paths: paths, reason: reason.text, statement: statement)
    }
}

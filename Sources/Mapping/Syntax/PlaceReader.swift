import Diagnostics
import Language

/// Reads places and conditions from a statement.
extension Cursor {
    /// Words that end a place: what may follow it in a rule or a condition.
    private static let clauses: Set<String> = ["as", "else", "when", "use", "and", "in"]

    /// How the tokens from `start` up to here read, single spaces between them.
    func text(from start: Int) -> String {
        var part = statement
        part.tokens = Array(statement.tokens[start..<position])
        part.block = nil
        return part.line
    }

    mutating func readPlace() throws(LanguageFailure) -> PlaceSyntax {
        let start = position
        let location = location
        var terms = [try readTerm()]
        while take(.pipe) != nil { terms.append(try readTerm()) }
        return PlaceSyntax(terms: terms, location: location, text: text(from: start))
    }

    private mutating func readTerm() throws(LanguageFailure) -> TermSyntax {
        if let token = take(.string) { return .constant(token) }
        if let open = take(.openParenthesis) {
            var members = [try readPlace()]
            while take(.comma) != nil { members.append(try readPlace()) }
            try expect(.closeParenthesis, "`,` or the `)` that ends the members")
            return .tuple(members, open)
        }
        return .path(try readPath())
    }

    mutating func readPath() throws(LanguageFailure) -> PathSyntax {
        let start = position
        let isFirst =
            peek(1).map { $0.kind == .word && !Cursor.clauses.contains($0.text) } == true
            && take("first") != nil
        guard let token = peek, token.kind == .word, !Cursor.clauses.contains(token.text) else {
            throw expected("a path, a text or a `(`")
        }
        position += 1
        var rest = token.text[...]
        var levels = 0
        while rest.hasPrefix("../") {
            levels += 1
            rest = rest.dropFirst(3)
        }
        var segments: [PathSyntax.Segment] = []
        try readSegments(of: rest, token, into: &segments)
        while let last = segments.last, last.isRepeat, let next = peek, next.kind == .word,
            next.touchesPrevious,
            next.text.hasPrefix("/") || next.text.hasPrefix(".")
        {
            position += 1
            try readSegments(of: next.text.dropFirst(), next, into: &segments)
        }
        return PathSyntax(
            isFirst: isFirst, levels: levels, segments: segments, token: token, text: text(from: start))
    }

    /// Cuts a word behind each `*`, and reads the selection behind the last.
    private mutating func readSegments(
        of word: Substring, _ token: Token, into segments: inout [PathSyntax.Segment]
    ) throws(LanguageFailure) {
        var rest = word
        while let star = rest.firstIndex(of: "*") {
            segments.append(
                PathSyntax.Segment(path: String(rest[..<star]), isRepeat: true, selection: nil, token: token))
            rest = rest[rest.index(after: star)...]
            if rest.hasPrefix("/") || rest.hasPrefix(".") { rest = rest.dropFirst() }
        }
        if !rest.isEmpty || segments.isEmpty {
            segments.append(
                PathSyntax.Segment(path: String(rest), isRepeat: false, selection: nil, token: token))
        }
        guard peek?.kind == .openBracket, peek?.touchesPrevious == true else { return }
        position += 1
        segments[segments.count - 1].selection = try readCondition()
        segments[segments.count - 1].isRepeat = true
        try expect(.closeBracket, "`and` or the `]` that ends the selection")
    }

    mutating func readCondition() throws(LanguageFailure) -> ConditionSyntax {
        let start = position
        let location = location
        var tests = [try readTest()]
        while take("and") != nil { tests.append(try readTest()) }
        return ConditionSyntax(tests: tests, location: location, text: text(from: start))
    }

    private mutating func readTest() throws(LanguageFailure) -> ConditionSyntax.Test {
        let isNegated = take("not") != nil
        let place = try readPlace()
        if take(.equals) != nil {
            let value = try expect(.string, "the text that it must equal")
            return .init(isNegated: isNegated, place: place, comparison: .equals(value))
        }
        guard take("in") != nil else {
            return .init(isNegated: isNegated, place: place, comparison: .isPresent)
        }
        try expect(.openParenthesis, "the `(` before the texts")
        var values = [try expect(.string, "a text")]
        while take(.comma) != nil { values.append(try expect(.string, "a text")) }
        try expect(.closeParenthesis, "`,` or the `)` that ends the texts")
        return .init(isNegated: isNegated, place: place, comparison: .isOneOf(values))
    }
}

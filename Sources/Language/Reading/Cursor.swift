package import Diagnostics

/// Why a statement cannot be read: the finding for its author.
package struct LanguageFailure: Failure, Hashable {
    package var finding: Finding

    package init(_ finding: Finding) { self.finding = finding }

    package var code: Code { finding.code }
    package var place: String? { nil }
    package var rule: SourceLocation? { finding.location }
    package var hint: String? { finding.text }
}

/// Reads the tokens of one statement from left to right.
///
/// A reader asks for what it expects; what is not there throws a finding that names it, so that each statement gives
/// at most one problem of form and the reader goes on with the next.
/// ```swift
/// var cursor = Cursor(statement)
/// try cursor.expect("route")
/// let name = try cursor.expect(.word, "the name of the route")
/// try cursor.expectEnd()
/// ```
package struct Cursor: Sendable {
    package let statement: Statement
    /// How many tokens were read.
    package var position = 0

    package init(_ statement: Statement) { self.statement = statement }

    /// The next token; nil at the end of the statement.
    package var peek: Token? { peek(0) }

    /// The token that many places on.
    package func peek(_ offset: Int) -> Token? {
        let place = position + offset
        return statement.tokens.indices.contains(place) ? statement.tokens[place] : nil
    }

    package var isAtEnd: Bool { position >= statement.tokens.count }

    /// Where the next token stands, or, at the end, just behind the last one.
    package var location: SourceLocation { peek?.location ?? statement.end }

    /// Reads any token; nil at the end.
    package mutating func next() -> Token? {
        guard let token = peek else { return nil }
        position += 1
        return token
    }

    /// Reads a token of that kind; nil, and nothing read, when another is next.
    package mutating func take(_ kind: Token.Kind) -> Token? {
        guard peek?.kind == kind else { return nil }
        return next()
    }

    /// Reads that word; nil, and nothing read, when something else is next.
    package mutating func take(_ word: String) -> Token? {
        guard let token = peek, token.kind == .word, token.text == word else { return nil }
        return next()
    }

    /// Reads a token of that kind, or throws that `what` is expected: "the name of the route".
    @discardableResult
    package mutating func expect(_ kind: Token.Kind, _ what: String) throws(LanguageFailure) -> Token {
        guard let token = take(kind) else { throw expected(what) }
        return token
    }

    /// Reads that word, or throws that it is expected.
    @discardableResult
    package mutating func expect(_ word: String) throws(LanguageFailure) -> Token {
        guard let token = take(word) else { throw expected("`\(word)`", nearestOf: [word]) }
        return token
    }

    /// Reads one of the words, or throws that one of them is expected and which is nearest.
    package mutating func expect(oneOf words: [String], _ what: String) throws(LanguageFailure) -> Token {
        guard let token = peek, token.kind == .word else { throw expected("\(what): \(Cursor.list(words))") }
        guard words.contains(token.text) else {
            throw LanguageFailure(statement.unknown(token, what, among: words))
        }
        position += 1
        return token
    }

    /// Reads an arrow of any direction.
    package mutating func expectArrow() throws(LanguageFailure) -> Token {
        guard let token = peek, token.kind.isArrow else { throw expected("`<->`, `->` or `<-`") }
        position += 1
        return token
    }

    /// Throws unless everything is read.
    package func expectEnd() throws(LanguageFailure) {
        guard let token = peek else { return }
        throw LanguageFailure(
            Finding(
                .leftOver, at: token.location,
                "`\(token.spelling)` belongs to nothing: the statement ends before it"))
    }

    /// The failure that names what is expected here and what is found instead.
    package func expected(_ what: String, nearestOf candidates: [String] = []) -> LanguageFailure {
        let found = peek.map { ", not \(Cursor.describe($0))" } ?? ", and the statement ends"
        var finding = Finding(.expected, at: location, "\(what) is expected here\(found)")
        if let token = peek, token.kind == .word, let near = nearest(token.text, among: candidates) {
            finding.correction = statement.line(replacing: token, with: near)
        }
        return LanguageFailure(finding)
    }

    private static func describe(_ token: Token) -> String {
        token.kind == .string ? "a text between quotes" : "`\(token.text)`"
    }

    static func list(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension Statement {
    /// The finding for a word that is none of those that can stand there, with the nearest one and the corrected line.
    ///
    /// - Parameters:
    ///   - what: what the word should have been: "a property of zaken:Zaak".
    ///   - code: `M117` unless the room has one of its own.
    package func unknown(
        _ token: Token, _ what: String, among candidates: [String], code: Code = .unknownWord
    ) -> Finding {
        guard let near = nearest(token.text, among: candidates) else {
            let few = candidates.count <= 8 && !candidates.isEmpty ? ": use \(Cursor.list(candidates))" : ""
            return Finding(code, at: token.location, "`\(token.text)` is not \(what)\(few)")
        }
        return Finding(
            code, at: token.location, "`\(token.text)` is not \(what): did you mean `\(near)`?",
            correction: line(replacing: token, with: near))
    }
}

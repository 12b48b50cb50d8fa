import Diagnostics

/// A token or a comment, with what stood before it.
struct Lexeme {
    enum Content {
        case token(Token)
        case comment(Comment)
    }

    var content: Content
    /// How many line ends stand between it and the lexeme before it.
    var lineBreaks: Int
    /// A string that its line does not close; the brackets that the rest of the line would have closed are forgiven.
    var isBroken = false

    /// The token's kind; nil for a comment.
    var kind: Token.Kind? {
        guard case .token(let token) = content else { return nil }
        return token.kind
    }
}

/// Turns the bytes of a file into tokens and comments, reporting what is neither.
struct Lexer {
    let file: String
    let bytes: [UInt8]
    var index = 0
    var line = 1
    var column = 1
    var problems: Problems
    var lexemes: [Lexeme] = []

    private var lineBreaks = 0
    private var blanks = 0
    private var lineOfLastEncodingProblem = 0
    private var noticed: Set<String> = []

    init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        problems = Problems(file: file)
    }

    var location: SourceLocation { SourceLocation(file: file, line: line, column: column) }

    /// The byte that many places on; nil behind the end.
    func byte(_ offset: Int = 0) -> UInt8? {
        let place = index + offset
        return place < bytes.count ? bytes[place] : nil
    }

    /// Reads everything.
    mutating func run() {
        skipByteOrderMark()
        while index < bytes.count, !problems.isFull {
            guard lexemes.count < Parser.wordLimit else {
                return problems.report(
                    .fileTooLarge, at: location, "the file has too many words: the rest is not read")
            }
            readNext()
        }
    }

    private mutating func readNext() {
        let byte = bytes[index]
        switch byte {
        case .space, .tab:
            if byte == .tab { notice("a tab") }
            blanks += 1
            step()
        case .lineFeed, .carriageReturn: readLineEnd()
        case UInt8(ascii: "#"): readComment()
        case UInt8(ascii: "\""): readString(closedBy: "\"")
        case _ where readWrongArrow(): break
        case UInt8(ascii: "<"), UInt8(ascii: "-"):
            if !readArrow() { byte == UInt8(ascii: "-") ? readWord() : readUnexpected() }
        default:
            if let kind = Lexer.punctuation[byte] {
                readPunctuation(kind)
            } else if wordScalarLength() > 0 {
                readWord()
            } else {
                readUnexpected()
            }
        }
    }

    // MARK: Moving

    /// Goes on by one character of `length` bytes.
    mutating func step(_ length: Int = 1) {
        index += length
        column += 1
    }

    private mutating func readLineEnd() {
        if bytes[index] == .carriageReturn {
            notice("a carriage return")
            index += 1
            if byte() == .lineFeed { index += 1 }
        } else {
            index += 1
        }
        line += 1
        column = 1
        lineBreaks += 1
        blanks = 0
    }

    /// A file starts with a mark when an editor of another system wrote it.
    private mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            notice("a byte order mark")
            index = 3
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            problems.report(.notUTF8, at: location, "the file is UTF-16, not UTF-8")
            index = bytes.count
        }
    }

    /// Warns once for each file.
    private mutating func notice(_ what: String) {
        guard noticed.insert(what).inserted else { return }
        problems.report(.plainText, at: location, "\(what) stands here", severity: .warning)
    }

    // MARK: Adding

    mutating func add(_ kind: Token.Kind, _ text: String, from start: SourceLocation, isBroken: Bool = false)
    {
        let gap: Token.Gap = lineBreaks > 0 ? .line : blanks > 1 ? .wide : blanks == 1 ? .space : .none
        let token = Token(kind, text, at: start, to: location, gap: gap)
        lexemes.append(Lexeme(content: .token(token), lineBreaks: lineBreaks, isBroken: isBroken))
        lineBreaks = 0
        blanks = 0
    }

    private static let punctuation: [UInt8: Token.Kind] = [
        UInt8(ascii: "{"): .openBrace, UInt8(ascii: "}"): .closeBrace, UInt8(ascii: "("): .openParenthesis,
        UInt8(ascii: ")"): .closeParenthesis, UInt8(ascii: "["): .openBracket,
        UInt8(ascii: "]"): .closeBracket,
        UInt8(ascii: "|"): .pipe, UInt8(ascii: ","): .comma, UInt8(ascii: "="): .equals,
    ]

    private mutating func readPunctuation(_ kind: Token.Kind) {
        let start = location
        step()
        add(kind, kind.rawValue, from: start)
    }

    private mutating func readArrow() -> Bool {
        let kind: Token.Kind
        switch (byte(), byte(1), byte(2)) {
        case (UInt8(ascii: "<"), UInt8(ascii: "-"), UInt8(ascii: ">")): kind = .both
        case (UInt8(ascii: "<"), UInt8(ascii: "-"), _): kind = .down
        case (UInt8(ascii: "-"), UInt8(ascii: ">"), _): kind = .up
        default: return false
        }
        let start = location
        for _ in kind.rawValue.utf8 { step() }
        add(kind, kind.rawValue, from: start)
        return true
    }

    /// What was meant as an arrow and is spelled as elsewhere (`<=>`, `=>`, `-->`): reported once, and read as the arrow.
    private mutating func readWrongArrow() -> Bool {
        guard Lexer.arrowMarks.contains(bytes[index]) else { return false }
        let marks = bytes[index...].prefix { Lexer.arrowMarks.contains($0) }
        let text = String(decoding: marks, as: UTF8.self)
        let (left, right) = (text.hasPrefix("<"), text.hasSuffix(">"))
        guard left || right, text.count > 1, Token.Kind(rawValue: text)?.isArrow != true else { return false }
        let kind: Token.Kind = left && right ? .both : left ? .down : .up
        let start = location
        problems.report(
            .unexpectedCharacter, at: start, "`\(text)` has no meaning here: write `\(kind.rawValue)`")
        for _ in marks { step() }
        add(kind, kind.rawValue, from: start)
        return true
    }

    private static let arrowMarks = Set("<>=-".utf8)

    private mutating func readWord() {
        let start = location
        let first = index
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "-"), byte(1) == UInt8(ascii: ">") { break }
            let length = wordScalarLength()
            guard length > 0 else { break }
            step(length)
        }
        add(.word, String(decoding: bytes[first..<index], as: UTF8.self), from: start)
    }

    /// How many bytes the word character here takes; 0 when it is none.
    private func wordScalarLength() -> Int {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return 1
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "*"),
            UInt8(ascii: "@"), UInt8(ascii: ":"):
            return 1
        case 0x80...:
            guard let (scalar, length) = decodeScalar() else { return 0 }
            let properties = scalar.properties
            let isMark = properties.generalCategory == .nonspacingMark
            return properties.isAlphabetic || isMark ? length : 0
        default: return 0
        }
    }

    private mutating func readComment() {
        let start = location
        let first = index
        readLineText { _ in false }
        var text = bytes[first..<index]
        while let last = text.last, last == .space || last == .tab { text.removeLast() }
        let comment = Comment(
            String(decoding: text, as: UTF8.self), at: start, hasBlankLineBefore: lineBreaks > 1)
        lexemes.append(Lexeme(content: .comment(comment), lineBreaks: lineBreaks))
        lineBreaks = 0
        blanks = 0
    }

    /// Goes on to the end of the line or the first character that `stops`, reporting what is no text.
    mutating func readLineText(until stops: (Unicode.Scalar) -> Bool) {
        while index < bytes.count, bytes[index] != .lineFeed, bytes[index] != .carriageReturn {
            guard let (scalar, length) = decodeScalar() else {
                reportEncoding()
                step()
                continue
            }
            if stops(scalar) { return }
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            if isControl, scalar != "\t" { reportControlCharacter() }
            step(length)
        }
    }

    // MARK: What is no token

    mutating func reportEncoding() {
        guard line != lineOfLastEncodingProblem else { return }
        lineOfLastEncodingProblem = line
        problems.report(.notUTF8, at: location, "this line is not UTF-8")
    }

    mutating func reportControlCharacter() {
        let value = byte() ?? 0
        let name = value == 0 ? "a NUL" : "control character \(value)"
        problems.report(.controlCharacter, at: location, "\(name) stands here")
    }

    private mutating func readUnexpected() {
        guard let (scalar, length) = decodeScalar() else {
            reportEncoding()
            return step()
        }
        if scalar.value < 0x20 || scalar.value == 0x7F {
            reportControlCharacter()
            while byte() == UInt8(scalar.value) { step() }
            return
        }
        if let closing = Lexer.otherQuotes[scalar] {
            problems.report(
                .unexpectedCharacter, at: location, "`\(scalar)` starts no text: write it between \" quotes")
            return readString(closedBy: closing)
        }
        let advice = Lexer.advice[scalar].map { ": write \($0)" } ?? ""
        problems.report(.unexpectedCharacter, at: location, "`\(scalar)` has no meaning here\(advice)")
        while let next = decodeScalar(), next.scalar == scalar { step(length) }
        blanks += 1
    }

    /// Quotes of other languages and of word processors, with what closes them.
    private static let otherQuotes: [Unicode.Scalar: Unicode.Scalar] = [
        "'": "'", "`": "`", "\u{201C}": "\u{201D}", "\u{201D}": "\u{201D}", "\u{201E}": "\u{201D}",
        "\u{2018}": "\u{2019}", "\u{2019}": "\u{2019}", "\u{00AB}": "\u{00BB}",
    ]

    private static let advice: [Unicode.Scalar: String] = [
        "\u{2194}": "`<->`", "\u{2192}": "`->`", "\u{2190}": "`<-`", "\u{2013}": "`-`", "\u{2014}": "`-`",
        "\u{00A0}": "a plain space", ";": "each statement on a line of its own", "<": "`<->` or `<-`",
        ">": "`<->` or `->`", "+": "text between \" quotes", "&": "`and`", "!": "`not`",
    ]
}

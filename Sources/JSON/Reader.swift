package import Diagnostics

/// Reads one JSON document (RFC 8259) token by token, without a tree.
///
/// Strict: UTF-8 is checked, duplicate keys are refused, numbers stay text, nothing may follow the document.
///
/// ```swift
/// var reader = JSON.Reader(bytes)
/// while true {
///     let token = try reader.next()
///     switch token.kind { … case .end: return }
/// }
/// ```
package struct Reader: Sendable {
    private enum State: UInt8, Sendable {
        /// A value must come.
        case value
        /// A value or `]`.
        case valueOrEnd
        /// A key or `}`.
        case keyOrEnd
        /// `,` or the end of what is open; at the top: the end.
        case separator
    }

    package let bytes: [UInt8]
    private let limits: Limits
    private var offset = 0
    private var state = State.value
    /// True for each open object, false for each open array.
    private var open: [Bool] = []
    private var keys = Keys()

    package init(_ bytes: [UInt8], limits: Limits = Limits()) {
        self.bytes = bytes
        self.limits = limits
    }

    /// How many objects and arrays are open.
    package var depth: Int { open.count }

    /// The next token; after ``Token/Kind/end`` it is `end` again.
    package mutating func next() throws(JSONFailure) -> Token {
        if offset == 0 { try checkStart() }
        skipSpace()
        switch state {
        case .separator: return try separator()
        case .keyOrEnd:
            if peek == UInt8(ascii: "}") { return close(.objectEnd) }
            return try key()
        case .valueOrEnd:
            if peek == UInt8(ascii: "]") { return close(.arrayEnd) }
            return try value()
        case .value: return try value()
        }
    }

    /// Passes over the value that comes next, whatever it holds; as strict as reading it.
    package mutating func skipValue() throws(JSONFailure) {
        let depth = open.count
        repeat {
            if try next().kind == .end { return }
        } while open.count > depth
    }

    /// What a key or string means, or a number as written.
    package func text(of token: Token) -> ArraySlice<UInt8> {
        let written = bytes[token.start..<token.start + token.count]
        return token.isEscaped ? Text.unescape(written)[...] : written
    }

    /// A failure at a token, for those who find fault with what it means.
    package func failure(_ code: Code, at token: Token) -> JSONFailure { failure(code, at: token.start) }

    // MARK: Structure

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func checkStart() throws(JSONFailure) {
        guard bytes.count <= limits.byteCount else { throw failure(.jsonTooLarge, at: limits.byteCount) }
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func separator() throws(JSONFailure) -> Token {
        guard let isObject = open.last else {
            guard offset == bytes.count else { throw failure(.jsonBehindEnd, at: offset) }
            return Token(kind: .end, start: offset, count: 0)
        }
        guard let byte = peek else { throw failure(.jsonTruncated, at: offset) }
        if byte == UInt8(ascii: ",") {
            offset += 1
            skipSpace()
            return isObject ? try key() : try value()
        }
        if isObject, byte == UInt8(ascii: "}") { return close(.objectEnd) }
        if !isObject, byte == UInt8(ascii: "]") { return close(.arrayEnd) }
        throw failure(.jsonMalformed, at: offset)
    }

    private mutating func close(_ kind: Token.Kind) -> Token {
        if open.removeLast() { keys.close() }
        offset += 1
        state = .separator
        return Token(kind: kind, start: offset - 1, count: 1)
    }

    private mutating func start(_ kind: Token.Kind) throws(JSONFailure) -> Token {
        guard open.count < limits.depth else { throw failure(.jsonTooDeep, at: offset) }
        open.append(kind == .objectStart)
        if kind == .objectStart { keys.open() }
        offset += 1
        state = kind == .objectStart ? .keyOrEnd : .valueOrEnd
        return Token(kind: kind, start: offset - 1, count: 1)
    }

    private mutating func key() throws(JSONFailure) -> Token {
        guard let byte = peek else { throw failure(.jsonTruncated, at: offset) }
        guard byte == UInt8(ascii: "\"") else { throw failure(.jsonMalformed, at: offset) }
        var token = try string()
        token.kind = .key
        guard keys.insert(text(of: token)) else { throw failure(.jsonDuplicateKey, at: token.start) }
        skipSpace()
        guard let colon = peek else { throw failure(.jsonTruncated, at: offset) }
        guard colon == UInt8(ascii: ":") else { throw failure(.jsonMalformed, at: offset) }
        offset += 1
        state = .value
        return token
    }

    private mutating func value() throws(JSONFailure) -> Token {
        guard let byte = peek else { throw failure(.jsonTruncated, at: offset) }
        switch byte {
        case UInt8(ascii: "{"): return try start(.objectStart)
        case UInt8(ascii: "["): return try start(.arrayStart)
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "t"): return try literal("true", .true)
        case UInt8(ascii: "f"): return try literal("false", .false)
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure(.jsonMalformed, at: offset)
        }
    }

    // MARK: Values

    private mutating func literal(_ word: StaticString, _ kind: Token.Kind) throws(JSONFailure) -> Token {
        let start = offset
        for scalar in word.description.utf8 {
            guard let byte = peek else { throw failure(.jsonTruncated, at: offset) }
            guard byte == scalar else { throw failure(.jsonMalformed, at: offset) }
            offset += 1
        }
        state = .separator
        return Token(kind: kind, start: start, count: offset - start)
    }

    private mutating func number() throws(JSONFailure) -> Token {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits()
        }
        if peek == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        state = .separator
        return Token(kind: .number, start: start, count: offset - start)
    }

    /// At least one.
    private mutating func digits() throws(JSONFailure) {
        let start = offset
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
        guard offset > start else {
            throw failure(offset == bytes.count ? .jsonTruncated : .jsonMalformed, at: offset)
        }
    }

    private mutating func string() throws(JSONFailure) -> Token {
        let start = offset + 1
        switch Text.scan(bytes.span, from: start) {
        case .end(let end, let isEscaped):
            offset = end + 1
            state = .separator
            return Token(kind: .string, start: start, count: end - start, isEscaped: isEscaped)
        case .fault(let code, let place): throw failure(code, at: place)
        }
    }

    private func failure(_ code: Code, at offset: Int) -> JSONFailure {
        var line = 1
        var column = 1
        for byte in bytes[..<min(offset, bytes.count)] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONFailure(code, line: line, column: column)
    }
}

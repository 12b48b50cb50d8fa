import JSON

/// Results as a fixture keeps them: pretty-printed, keys sorted, LF, and the same on every run.
package enum PlainForm {
    /// A JSON document, indented, the keys of each object in order; as it is when it is no JSON.
    package static func json(_ bytes: [UInt8]) -> String {
        var reader = JSON.Reader(bytes)
        guard let value = try? JSONValue.read(&reader) else { return String(decoding: bytes, as: UTF8.self) }
        var writer = JSON.Writer(isPretty: true)
        value.write(to: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? text : text + "\n"
    }

    /// An XML document that our own writer made, each element on a line unless it holds text.
    package static func xml(_ bytes: [UInt8]) -> String {
        var text = ""
        var depth = 0
        // Whether the last tag was a start: its end then follows on the same line.
        var isBehindStart = false
        for piece in pieces(of: bytes) {
            let written = String(decoding: piece, as: UTF8.self)
            if piece.first != UInt8(ascii: "<") {
                guard written.contains(where: { !$0.isWhitespace }) else { continue }
                text += written
                continue
            }
            let isEnd = written.hasPrefix("</")
            if isEnd { depth -= 1 }
            let staysOnLine = isEnd && isBehindStart
            if !staysOnLine, !text.isEmpty { text += "\n" + String(repeating: "  ", count: max(0, depth)) }
            text += written
            isBehindStart =
                !isEnd && !written.hasSuffix("/>") && !written.hasPrefix("<?")
                && !written.hasPrefix("<!")
            if isBehindStart { depth += 1 }
        }
        return text + "\n"
    }

    /// Places in the files of a mappings folder named the same wherever it lies, and without lines: that a comment was
    /// added above a rule is no other result.
    package static func rulePlaces(_ text: String, folder: String) -> String {
        guard text.contains(".map:") else { return text }
        var result = ""
        var rest = text.replacing("\(folder)/", with: "mappings/")[...]
        while let found = rest.firstRange(of: ".map:") {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...].drop { $0.isASCII && $0.isNumber || $0 == ":" }
        }
        return result + rest
    }

    /// Tags and the text between them.
    private static func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        var quote: UInt8?
        for (index, byte) in bytes.enumerated() {
            let isInTag = start < bytes.count && bytes[start] == UInt8(ascii: "<")
            if isInTag {
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: ">") {
                    pieces.append(bytes[start...index])
                    start = index + 1
                }
            } else if byte == UInt8(ascii: "<"), index > start {
                pieces.append(bytes[start..<index])
                start = index
            }
        }
        if start < bytes.count { pieces.append(bytes[start...]) }
        return pieces
    }
}

/// A JSON document as a tree, for sorting its keys.
private indirect enum JSONValue {
    case object([(key: [UInt8], value: JSONValue)])
    case array([JSONValue])
    case string([UInt8])
    case number([UInt8])
    case boolean(Bool)
    case null

    /// Reads the next value.
    static func read(_ reader: inout JSON.Reader) throws(JSONFailure) -> JSONValue {
        try read(try reader.next(), &reader)
    }

    private static func read(_ token: JSON.Token, _ reader: inout JSON.Reader) throws(JSONFailure)
        -> JSONValue
    {
        switch token.kind {
        case .objectStart:
            var members: [(key: [UInt8], value: JSONValue)] = []
            while true {
                let key = try reader.next()
                guard key.kind == .key else { return .object(members) }
                let name = Array(reader.text(of: key))
                members.append((name, try read(&reader)))
            }
        case .arrayStart:
            var items: [JSONValue] = []
            while true {
                let item = try reader.next()
                guard item.kind != .arrayEnd, item.kind != .end else { return .array(items) }
                items.append(try read(item, &reader))
            }
        case .string: return .string(Array(reader.text(of: token)))
        case .number: return .number(Array(reader.text(of: token)))
        case .true: return .boolean(true)
        case .false: return .boolean(false)
        case .null, .objectEnd, .arrayEnd, .key, .end: return .null
        }
    }

    func write(to writer: inout JSON.Writer) {
        switch self {
        case .object(let members):
            writer.startObject()
            for member in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                writer.key(member.key)
                member.value.write(to: &writer)
            }
            writer.end()
        case .array(let items):
            writer.startArray()
            for item in items { item.write(to: &writer) }
            writer.end()
        case .string(let text): writer.string(text)
        case .number(let text): writer.number(text[...])
        case .boolean(let value): writer.boolean(value)
        case .null: writer.null()
        }
    }
}

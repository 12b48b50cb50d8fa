/// A media type with its parameters: `multipart/related; type="application/xop+xml"; boundary=b` (RFC 9110 section 8.3).
struct MediaType: Sendable, Equatable {
    /// In small letters.
    var name: String
    /// By names in small letters.
    private(set) var parameters: [String: String] = [:]

    /// Reads a field's value; what is malformed in it is left out.
    init(_ text: String) {
        var rest = text[...]
        name = Self.trimmed(rest.prefix { $0 != ";" }).lowercased()
        rest = rest.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let key = Self.trimmed(rest.prefix { $0 != "=" && $0 != ";" }).lowercased()
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard rest.first == "=" else { continue }
            let value = Self.value(&rest)
            if !key.isEmpty, parameters[key] == nil { parameters[key] = value }
            rest = rest.drop { $0 != ";" }
        }
    }

    subscript(_ parameter: String) -> String? { parameters[parameter] }

    /// Behind the equals sign: a token, or text between quotes.
    private static func value(_ rest: inout Substring) -> String {
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" }
            rest = rest[token.endIndex...]
            return trimmed(token)
        }
        rest = rest.dropFirst()
        var text = ""
        while let next = rest.popFirst(), next != "\"" {
            if next == "\\", let escaped = rest.popFirst() { text.append(escaped) } else { text.append(next) }
        }
        return text
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...end])
    }
}

/// An absolute http or https URL, taken apart; only what every reader takes apart in the same way.
///
/// Refused: a user, a fragment, a backslash, characters that should be percent-encoded, empty or dot segments also when
/// they are encoded, an encoded slash, a host that is no name or address. What is refused is never called, so that no
/// two readers see two places in one text.
struct Location: Hashable, Sendable {
    var isSecure: Bool
    /// In lower case, with brackets around an IPv6 address.
    var host: String
    var port: Int
    /// Between slashes, as written; empty for the root.
    var segments: [String]
    var query: String?

    init?(_ url: String) {
        guard url.utf8.count <= 8192, let schemeEnd = url.ranges(of: "://").first else { return nil }
        switch url[..<schemeEnd.lowerBound].lowercased() {
        case "http": isSecure = false
        case "https": isSecure = true
        default: return nil
        }
        let rest = url[schemeEnd.upperBound...]
        guard !rest.contains("#") else { return nil }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.hostAndPort(authority, isSecure: isSecure) else { return nil }
        self.host = host
        self.port = port
        let target = rest[authority.endIndex...]
        let path = target.prefix { $0 != "?" }
        query = path.endIndex < target.endIndex ? String(target[target.index(after: path.endIndex)...]) : nil
        guard let segments = Self.segments(path), query?.utf8.allSatisfy(Self.isQueryByte) ?? true else {
            return nil
        }
        self.segments = segments
    }

    /// Scheme, host and port, the port only where it is not the scheme's own.
    var origin: String {
        let isUsual = port == (isSecure ? 443 : 80)
        return (isSecure ? "https://" : "http://") + host + (isUsual ? "" : ":\(port)")
    }

    var text: String {
        segments.reduce(origin) { $0 + "/" + $1 } + (query.map { "?" + $0 } ?? "")
    }

    private static func hostAndPort(_ text: Substring, isSecure: Bool) -> (String, Int)? {
        var host = text.lowercased()
        var port = isSecure ? 443 : 80
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
            let digits = host[host.index(after: colon)...]
            guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit), let number = Int(digits),
                (1...65535).contains(number)
            else { return nil }
            port = number
            host = String(host[..<colon])
        }
        let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
        let inside = isAddress ? host.dropFirst().dropLast() : host[...]
        let isFit = inside.utf8.allSatisfy { byte in
            isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: isAddress ? ":" : "-")
        }
        return isFit && !inside.isEmpty ? (host, port) : nil
    }

    private static func segments(_ path: Substring) -> [String]? {
        guard !path.isEmpty, path != "/" else { return [] }
        var segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        // A slash at the end is part of the last segment: `/api/` is not `/api`.
        var ending = ""
        if segments.last?.isEmpty == true {
            segments.removeLast()
            ending = "/"
        }
        for segment in segments {
            let plain = segment.lowercased().replacing("%2e", with: ".")
            guard !segment.isEmpty, plain != ".", plain != "..", !plain.contains("%2f"),
                !plain.contains("%5c"),
                !plain.contains("%00"), segment.utf8.allSatisfy(isPathByte)
            else { return nil }
        }
        var texts = segments.map(String.init)
        if let last = texts.popLast() { texts.append(last + ending) }
        return texts
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "-._~%!$&'()*+,;=:@".utf8.contains(byte)
    }

    private static func isQueryByte(_ byte: UInt8) -> Bool {
        isPathByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
    }
}

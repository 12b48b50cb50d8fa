/// The lengths that a pattern of a schema allows, where it is a plain row of characters with repetitions.
struct Pattern: Equatable {
    /// How many characters at least.
    var least = 0
    /// And at most; nil is unbounded.
    var most: Int? = 0
    /// Whether only digits can occur.
    var isDigits = true

    /// Nil for a pattern with groups, alternatives or escapes other than `\d`.
    init?(_ text: String) {
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "[":
                guard let inside = Self.characterClass(&rest) else { return nil }
                isDigits = isDigits && inside.allSatisfy { "0"..."9" ~= $0 || $0 == "-" }
            case "\\":
                guard rest.popFirst() == "d" else { return nil }
            case "(", ")", "|", "*", "+", "?", "{", "}", "]", "^", "$": return nil
            case ".": isDigits = false
            default: isDigits = isDigits && "0"..."9" ~= scalar
            }
            guard let (low, high) = Self.repetition(&rest) else { return nil }
            least += low
            most = most.flatMap { most in high.map { most + $0 } }
        }
        guard most != 0 else { return nil }
    }

    /// What stands between the brackets of a class, up to and without the closing one, which is read too.
    private static func characterClass(_ rest: inout ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
        var inside: [Unicode.Scalar] = []
        while let scalar = rest.popFirst() {
            switch scalar {
            case "]": return inside
            // A class that is subtracted, or stands for all others.
            case "[": return nil
            case "^" where inside.isEmpty: inside.append("x")
            case "\\": inside.append(rest.popFirst() ?? "x")
            default: inside.append(scalar)
            }
        }
        return nil
    }

    /// `{n}`, `{n,m}`, `?`, `*`, `+` or nothing.
    private static func repetition(_ rest: inout ArraySlice<Unicode.Scalar>) -> (Int, Int?)? {
        switch rest.first {
        case "?":
            rest = rest.dropFirst()
            return (0, 1)
        case "*":
            rest = rest.dropFirst()
            return (0, nil)
        case "+":
            rest = rest.dropFirst()
            return (1, nil)
        case "{":
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let text = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end]))
            rest = rest[(end + 1)...]
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            guard let low = parts.first.flatMap({ Int($0) }), low <= 10_000, parts.count <= 2 else {
                return nil
            }
            guard parts.count == 2 else { return (low, low) }
            if parts[1].isEmpty { return (low, nil) }
            guard let high = Int(parts[1]), high <= 10_000 else { return nil }
            return (low, high)
        default: return (1, 1)
        }
    }
}

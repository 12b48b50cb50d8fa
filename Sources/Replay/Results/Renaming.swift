/// Gives the UUIDs of a run names that say in which order they appeared, so that a result does not depend on how many
/// others were drawn before.
package struct Renaming: Sendable {
    private var names: [Substring: String] = [:]

    package init() {}

    /// The text with every UUID replaced: the first that appears is `00000000-0000-4000-8000-000000000001`.
    ///
    /// One renaming goes through all results of a case, so that what is the same in two files stays the same.
    package mutating func apply(to text: String) -> String {
        var result = ""
        var rest = text[...]
        while let dash = rest.utf8.firstIndex(of: UInt8(ascii: "-")) {
            guard let start = rest.utf8.index(dash, offsetBy: -8, limitedBy: rest.startIndex),
                let end = rest.utf8.index(dash, offsetBy: 28, limitedBy: rest.endIndex),
                Renaming.isUUID(rest.utf8[start..<end])
            else {
                let next = rest.utf8.index(after: dash)
                result += rest[..<next]
                rest = rest[next...]
                continue
            }
            result += rest[..<start]
            result += name(of: rest[start..<end])
            rest = rest[end...]
        }
        return result + rest
    }

    private mutating func name(of uuid: Substring) -> String {
        let key = Substring(uuid.lowercased())
        if let name = names[key] { return name }
        let number = String(names.count + 1)
        let name =
            "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - number.count)) + number
        names[key] = name
        return name
    }

    private static func isUUID(_ bytes: Substring.UTF8View) -> Bool {
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { offset, byte in
            switch offset {
            case 8, 13, 18, 23: byte == UInt8(ascii: "-")
            default: Unicode.Scalar(byte).properties.isASCIIHexDigit
            }
        }
    }
}

import Model
import Record

/// A text of a mapping file as the canonical form of the place it stands for.
enum Canonical {
    /// Nil when the place cannot hold it.
    static func value(_ text: String, of type: ElementType) -> String? {
        switch type.base {
        case .text: return holds(text, type) ? text : nil
        case .boolean: return booleans[text]
        case .integer: return integer(text, type)
        case .datum: return datum(text)
        case .tijdstip, .decimal, .duur: return text.isEmpty ? nil : text
        case .content, .group, .geometrie: return nil
        }
    }

    private static let booleans = ["true": "true", "false": "false", "J": "true", "N": "false"]

    private static func holds(_ text: String, _ type: ElementType) -> Bool {
        guard type.enumeration.isEmpty || type.enumeration.contains(text) else { return false }
        if type.isDigits, !text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return false }
        let length = text.unicodeScalars.count
        return length >= type.minLength ?? 0 && length <= type.maxLength ?? .max
    }

    private static func integer(_ text: String, _ type: ElementType) -> String? {
        guard let number = Int(text) else { return nil }
        let digits = String(number)
        return digits.utf8.count <= type.maxLength ?? .max ? digits : nil
    }

    /// `20200309` or `2020-03-09`.
    private static func datum(_ text: String) -> String? {
        let digits = text.filter { $0 != "-" }
        guard digits.utf8.count == 8, let number = Int(digits), number >= 0 else { return nil }
        let date = LocalTime.Civil(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        guard date.isValid else { return nil }
        let all = Array(digits)
        return "\(String(all[0..<4]))-\(String(all[4..<6]))-\(String(all[6..<8]))"
    }
}

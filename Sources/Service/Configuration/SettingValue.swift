internal import Language

/// The value of one setting as it stands in the file, before its kind is known to fit.
struct SettingValue: Sendable {
    var text: String?
    var flag: Bool?
    var number: Int?
    var duration: Duration?

    var address: Configuration.Address? { text.flatMap(Configuration.Address.init) }

    static let sizes: [(unit: String, size: Int)] = [
        ("KB", 1024), ("MB", 1024 * 1024), ("GB", 1024 * 1024 * 1024),
    ]

    /// Reads what stands behind the key; nil when it has not the form of that kind.
    static func read(_ cursor: inout Cursor, as kind: Setting.Kind) -> SettingValue? {
        switch kind {
        case .text, .texts, .address, .zone:
            return cursor.take(.string).map { SettingValue(text: $0.text) }
        case .yesNo:
            if cursor.take("yes") != nil { return SettingValue(flag: true) }
            return cursor.take("no").map { _ in SettingValue(flag: false) }
        case .count(let least):
            guard let number = number(&cursor), number >= least else { return nil }
            return SettingValue(number: number)
        case .number(let bounds):
            guard let number = number(&cursor), bounds.contains(number) else { return nil }
            return SettingValue(number: number)
        case .size:
            guard let number = number(&cursor), let unit = cursor.take(.word)?.text,
                let size = sizes.first(where: { $0.unit == unit })?.size
            else { return nil }
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: size)
            return isTooLarge || product == 0 ? nil : SettingValue(number: product)
        case .duration:
            guard let number = number(&cursor), number <= 1_000_000, let unit = cursor.take(.word)?.text
            else {
                return nil
            }
            switch unit {
            case "ms": return SettingValue(duration: .milliseconds(number))
            case "s": return SettingValue(duration: .seconds(number))
            case "min": return SettingValue(duration: .seconds(60 * number))
            default: return nil
            }
        case .secret:
            return nil
        }
    }

    private static func number(_ cursor: inout Cursor) -> Int? {
        guard let token = cursor.take(.word), let number = Int(token.text), number >= 0 else { return nil }
        return number
    }
}

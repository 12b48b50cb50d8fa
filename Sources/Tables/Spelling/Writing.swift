import Model
import Record

extension Element {
    /// What its columns say for a slot; nil when they cannot say it.
    func cells(of bytes: ArraySlice<UInt8>, _ slot: Slot) -> [Row.Cell]? {
        let count = max(1, table?.columns.count ?? 1)
        switch slot.standing {
        case .absent, .notSent, .nietOndersteund, .nietGeautoriseerd:
            return Array(repeating: .notSent, count: count)
        case .empty, .null, .geenWaarde: return nothing(type.empty, count)
        case .waardeOnbekend, .vastgesteldOnbekend:
            if type.base == .datum, type.allowsIncomplete, type.unknown == nil {
                return date("0001-01-01".utf8.map { $0 }[...], .nothing)
            }
            return nothing(type.unknown ?? type.empty, count)
        case .value:
            switch type.base {
            case .datum: return date(bytes, slot.precision)
            case .tijdstip: return slot.precision == .full ? Moments.local(bytes).map { [.text($0)] } : nil
            default: return [.text(Array(bytes))]
            }
        }
    }

    private func nothing(_ spelled: String?, _ count: Int) -> [Row.Cell]? {
        if let spelled { return Array(repeating: .text(Array(spelled.utf8)), count: count) }
        return isRequired ? nil : Array(repeating: .null, count: count)
    }

    private func date(_ bytes: ArraySlice<UInt8>, _ precision: Precision) -> [Row.Cell]? {
        let parts = bytes.split(separator: UInt8(ascii: "-")).map(Array.init)
        guard parts.count == 3 else { return nil }
        let known = precision == .nothing ? 0 : precision == .year ? 1 : precision == .month ? 2 : 3
        guard known == 3 || type.allowsIncomplete else { return nil }
        if table?.columns.count == 3 { return dateParts(parts, known) }
        guard type.spelling == .eightDigits else { return known == 3 ? [.text(Array(bytes))] : nil }
        return [.text(parts.enumerated().flatMap { $0 < known ? $1 : Self.zeros($1.count) })]
    }

    /// A part that is not known is written as the model says, else as NULL; a date of which nothing is known is zeros, to
    /// tell it from none.
    private func dateParts(_ parts: [[UInt8]], _ known: Int) -> [Row.Cell] {
        parts.enumerated().map { index, part in
            if index < known { return .text(part) }
            if let unknown = type.unknown { return .text(Array(unknown.utf8)) }
            return known == 0 ? .text(Self.zeros(part.count)) : .null
        }
    }

    private static func zeros(_ count: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "0"), count: count)
    }
}

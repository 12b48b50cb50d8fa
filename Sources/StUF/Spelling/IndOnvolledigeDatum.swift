internal import Record

/// `StUF:indOnvolledigeDatum`: how much of a date is known (StUF 03.01 section 3.3.1).
enum IndOnvolledigeDatum {
    /// - Returns: nil for anything but V, D, M and J.
    static func read(_ text: ArraySlice<UInt8>) -> Precision? {
        guard text.count == 1 else { return nil }
        switch text.first {
        case UInt8(ascii: "V"): return .full
        case UInt8(ascii: "D"): return .month
        case UInt8(ascii: "M"): return .year
        case UInt8(ascii: "J"): return .nothing
        default: return nil
        }
    }

    /// The letter; nil where it is left out: a datum that is complete, a moment that is merely cut off.
    static func write(_ precision: Precision) -> UInt8? {
        switch precision {
        case .full, .minute, .day: nil
        case .month: UInt8(ascii: "D")
        case .year: UInt8(ascii: "M")
        case .nothing: UInt8(ascii: "J")
        }
    }
}

extension Precision {
    /// From fine to coarse.
    static func >= (left: Precision, right: Precision) -> Bool { left.rawValue >= right.rawValue }
}

/// What is known of one value: a value, or which kind of "no value".
///
/// The kinds stay apart on the whole way (design section 2, property 4). What StUF says of each is in
/// StUF 03.01 section 3.4.
package enum Standing: UInt8, Sendable, CaseIterable {
    /// Not mentioned. The only standing, with `notSent`, that is not *said*.
    case absent
    /// Left out by replication: the value exists, but was not sent along.
    case notSent
    /// There, with a value (for a group or a repeat: present).
    case value
    /// There, but empty and without a reason: `<x/>`, `""`.
    case empty
    /// JSON `null`, SQL NULL.
    case null
    case geenWaarde
    case waardeOnbekend
    case nietOndersteund
    case nietGeautoriseerd
    case vastgesteldOnbekend

    /// Whether there is a value. Quicker than `==` from another room, which goes through a witness table.
    package var isValue: Bool {
        switch self {
        case .value: true
        default: false
        }
    }
    /// Whether the bericht, row or document mentioned this at all.
    package var isSaid: Bool {
        switch self {
        case .absent, .notSent: false
        default: true
        }
    }
    /// Whether it was said that there is nothing: a target that is written is cleared.
    package var clears: Bool { self == .empty || self == .null || self == .geenWaarde }
}

/// How much of a datum or tijdstip is known; the rest of its bytes means nothing.
package enum Precision: UInt8, Sendable, CaseIterable {
    /// Everything its type has: a whole date, a moment to the second or finer.
    case full
    /// A moment of which only the minute is known.
    case minute
    /// A moment of which only the day is known. (A whole datum is `full`.)
    case day
    /// Year and month: StUF `indOnvolledigeDatum` D.
    case month
    /// Year: StUF `indOnvolledigeDatum` M.
    case year
    /// There is a date, and nothing is known of it: StUF `indOnvolledigeDatum` J.
    case nothing
}

/// What a form says *about* an item or field. Carried with it; no mapping names it.
package struct Marks: Hashable, Sendable {
    package var rawValue: UInt8

    package init() { rawValue = 0 }

    /// What to do with a relation or entity (StUF 03.01 section 5.2.3), or nothing said about it.
    package enum Verwerkingssoort: UInt8, Sendable, CaseIterable {
        case none, toevoegen, wijzigen, verwijderen, identificatie, beeindigen, vervangen, sleutelwijziging,
            ontdubbeling
    }

    package var verwerkingssoort: Verwerkingssoort {
        get { Verwerkingssoort(rawValue: rawValue & 0x0F) ?? .none }
        set { rawValue = rawValue & 0xF0 | newValue.rawValue }
    }

    /// Under investigation: the value may turn out wrong.
    package var isInOnderzoek: Bool {
        get { rawValue & 0x10 != 0 }
        set { rawValue = newValue ? rawValue | 0x10 : rawValue & ~0x10 }
    }
}

/// One place of a ``Record``: trivial, so that reading, mapping and writing copy words and never count references.
package struct Slot: Hashable, Sendable {
    package var standing: Standing
    package var precision: Precision
    package var marks: Marks
    /// Leaf: where its bytes begin in the arena. Repeat: its first item. Content: its index in `contents`.
    package var start: Int32
    /// Leaf: how many bytes. Repeat: how many items.
    package var count: Int32

    package init(
        _ standing: Standing = .absent, precision: Precision = .full, marks: Marks = Marks(),
        start: Int32 = 0,
        count: Int32 = 0
    ) {
        self.standing = standing
        self.precision = precision
        self.marks = marks
        self.start = start
        self.count = count
    }
}

/// Which side a model is of; each has clauses of its own.
enum Side: String {
    case stuf = "StUF"
    case api = "an API"
    case tables = "a database"
}

/// The words that can follow the name of an element.
enum Clause: String, CaseIterable {
    // What it is; exactly one of these, or a block.
    case text, digits, datum, tijdstip, boolean, integer, decimal, duur, geometrie, content
    case enumeration = "enum"
    case like, opaque, link, child
    // What is said of it.
    case required, incomplete, spelled, empty, unknown
    // StUF alone.
    case relation, object, kern, metagegeven
    case answerOnly = "answer-only"
    // An API alone.
    case variesBy = "varies-by"
    case readOnly = "read-only"
    case setBy = "set-by"
    case sizeOf = "size-of"
    case identifiedBy = "identified-by"
    // A database alone.
    case references, rows, columns, padded
    // A facts file alone: what corrects the model it belongs to.
    case one, many, optional, complete, writable, drop, before

    static func words(of side: Side, facts: Bool) -> [String] {
        allCases.filter { $0.sides.contains(side) && (facts || !$0.isOfFacts) }.map(\.rawValue)
    }

    /// The sides that have it.
    var sides: [Side] {
        switch self {
        case .relation, .object, .kern, .metagegeven, .answerOnly: [.stuf]
        case .link, .child, .variesBy, .setBy, .sizeOf, .identifiedBy: [.api]
        case .readOnly: [.api, .tables]
        case .references, .rows, .columns, .padded: [.tables]
        default: [.stuf, .api, .tables]
        }
    }

    var isOfFacts: Bool {
        switch self {
        case .one, .many, .optional, .complete, .writable, .drop, .before: true
        default: false
        }
    }
}

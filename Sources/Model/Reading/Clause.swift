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
    // A facts file alone: what corrects the model it belongs to.
    case one, many, optional, complete, writable, drop

    static func words(legacy: Bool, facts: Bool) -> [String] {
        allCases.filter { legacy ? !$0.isOfAPI : !$0.isOfStUF }.filter { facts || !$0.isOfFacts }
            .map(\.rawValue)
    }

    var isOfFacts: Bool {
        switch self {
        case .one, .many, .optional, .complete, .writable, .drop: true
        default: false
        }
    }

    var isOfStUF: Bool {
        switch self {
        case .relation, .object, .kern, .metagegeven, .answerOnly: true
        default: false
        }
    }

    var isOfAPI: Bool {
        switch self {
        case .link, .child, .variesBy, .readOnly, .setBy, .sizeOf: true
        default: false
        }
    }
}

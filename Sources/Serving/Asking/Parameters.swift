internal import Diagnostics
internal import HTTP

/// What is asked of a list, from a query or from the document of a `_zoek`: each name once; what nobody takes is
/// unknown.
struct Parameters {
    /// What kind of JSON value a parameter is in a document; in a query everything is text.
    enum Kind {
        case text, number, flag

        /// For a refusal.
        fileprivate var form: String {
            switch self {
            case .text: "text"
            case .number: "number"
            case .flag: "true or false"
            }
        }
    }

    /// One that was given.
    private struct Item {
        var name: String
        var value: QuestionDocument.Value
        /// Whether it came in the document of a `_zoek`.
        var isInBody: Bool

        /// One value as text; nil when it is of another kind.
        func text(_ value: QuestionDocument.Value, _ kind: Kind) -> String? {
            switch value {
            case .text(let text) where kind == .text || !isInBody: text
            case .number(let text) where kind == .number: text
            case .flag(let flag) where kind == .flag: flag ? "true" : "false"
            default: nil
            }
        }

        /// The values of a list, which is one text with commas in a query; nil when it is none.
        func texts(_ kind: Kind) -> [String]? {
            switch value {
            case .text(let text) where !isInBody:
                return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            case .list(let items) where isInBody:
                let texts = items.compactMap { self.text($0, kind) }
                return texts.count == items.count ? texts : nil
            default: return nil
            }
        }
    }

    private var items: [Item]
    private var known: Set<String> = []
    private(set) var faults: [ServingFailure.Parameter] = []

    init(_ head: RequestHead) {
        items = head.queryItems.map { Item(name: $0.name, value: .text($0.value), isInBody: false) }
    }

    /// Adds what the document of a `_zoek` holds.
    mutating func add(_ document: QuestionDocument) {
        items += document.values.map { Item(name: $0.name, value: $0.value, isInBody: true) }
    }

    /// Whether it was given, and where.
    func isInBody(_ name: String) -> Bool? { items.first { $0.name == name }?.isInBody }

    /// The value of a parameter; nil when it is not there. One that comes twice is a fault.
    mutating func take(_ name: String, as kind: Kind = .text) -> String? {
        guard let item = item(name) else { return nil }
        let value = item.text(item.value, kind)
        if value == nil { refuse(name, "invalid", "One value is expected: a \(kind.form), and not a list.") }
        return value
    }

    /// The values of a parameter that is a list, so many at least.
    mutating func takeList(
        _ name: String, as kind: Kind = .text, atLeast least: Int, atMost most: Int = Parameters.longest
    ) -> [String]? {
        guard let item = item(name) else { return nil }
        guard let values = item.texts(kind), (least...max(least, most)).contains(values.count) else {
            refuse(name, "invalid", "A list of \(least) to \(most) values is expected, each a \(kind.form).")
            return nil
        }
        return values
    }

    /// The value of a parameter that stands in a query only.
    mutating func takeOutside(_ name: String) -> String? {
        guard isInBody(name) == true else { return take(name) }
        known.insert(name)
        refuse(name, "unknown-parameters", "It belongs in the query.")
        return nil
    }

    /// The most values in one list.
    static let longest = 100

    private mutating func item(_ name: String) -> Item? {
        known.insert(name)
        let found = items.filter { $0.name == name }
        if found.count > 1 { refuse(name, "duplicate", "The parameter comes twice.") }
        return found.first
    }

    /// A whole number of the query, within bounds; `otherwise` when it is not there.
    mutating func number(_ name: String, in bounds: ClosedRange<Int>, otherwise: Int) -> Int {
        guard let text = takeOutside(name) else { return otherwise }
        guard text.utf8.count < 10, let number = Int(text), bounds.contains(number), text.first != "+" else {
            refuse(
                name, "invalid",
                "A whole number from \(bounds.lowerBound) to \(bounds.upperBound) is expected.")
            return otherwise
        }
        return number
    }

    mutating func refuse(_ name: String, _ word: String, _ reason: String) {
        faults.append(ServingFailure.Parameter(name: name, word: word, reason: reason))
    }

    /// To be called when all was asked for.
    ///
    /// - Throws: ``ServingFailure`` with everything that is wrong.
    mutating func finish() throws(ServingFailure) {
        var named: Set<String> = []
        for item in items where !known.contains(item.name) && named.insert(item.name).inserted {
            // The name may be anything, a number of a person included: it is cut off and shown to the asker only.
            refuse(String(item.name.prefix(60)), "unknown-parameters", "The parameter is not known here.")
        }
        guard faults.isEmpty else { throw ServingFailure(.parameterRefused, parameters: faults) }
    }
}

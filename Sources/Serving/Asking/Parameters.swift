internal import Diagnostics
internal import HTTP

/// The parameters of a query, each asked for once; what nobody asked for is unknown.
struct Parameters {
    private let items: [(name: String, value: String)]
    private var known: Set<String> = []
    private(set) var faults: [ServingFailure.Parameter] = []

    init(_ head: RequestHead) {
        items = head.queryItems
    }

    /// The value of a parameter; nil when it is not there. One that comes twice is a fault.
    mutating func take(_ name: String) -> String? {
        known.insert(name)
        let found = items.filter { $0.name == name }
        if found.count > 1 { refuse(name, "duplicate", "The parameter comes twice.") }
        return found.first?.value
    }

    /// A whole number within bounds; `otherwise` when it is not there.
    mutating func number(_ name: String, in bounds: ClosedRange<Int>, otherwise: Int) -> Int {
        guard let text = take(name) else { return otherwise }
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

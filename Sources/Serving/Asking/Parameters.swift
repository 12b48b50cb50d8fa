internal import Diagnostics
internal import HTTP
internal import JSON

/// What is asked of a list, from a query or from the document of a `_zoek`: each name once; what nobody takes is
/// unknown.
struct Parameters {
    /// One that was given.
    private struct Item {
        var name: String
        var values: [String]
        /// Whether it came as a list; in a query a list is one text with commas.
        var isList: Bool
        /// Whether it came in the document of a `_zoek`.
        var isInBody: Bool
        /// Whether it holds what no parameter can: an object, null, a list in a list.
        var isBroken = false
    }

    private var items: [Item]
    private var known: Set<String> = []
    private(set) var faults: [ServingFailure.Parameter] = []

    init(_ head: RequestHead) {
        items = head.queryItems.map {
            Item(name: $0.name, values: [$0.value], isList: false, isInBody: false)
        }
    }

    /// Whether it was given, and where.
    func isInBody(_ name: String) -> Bool? { items.first { $0.name == name }?.isInBody }

    /// The value of a parameter; nil when it is not there. One that comes twice is a fault.
    mutating func take(_ name: String) -> String? {
        guard let item = item(name) else { return nil }
        guard !item.isList, let value = item.values.first else {
            refuse(name, "invalid", "One value is expected, and not a list.")
            return nil
        }
        return value
    }

    /// The values of a parameter that is a list, so many at least.
    mutating func takeList(
        _ name: String, atLeast least: Int, atMost most: Int = Parameters.longest
    ) -> [String]? {
        guard let item = item(name) else { return nil }
        let values =
            item.isList
            ? item.values
            : (item.values.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
        guard !item.isBroken, (least...max(least, most)).contains(values.count) else {
            refuse(name, "invalid", "A list of \(least) to \(most) values is expected.")
            return nil
        }
        return values
    }

    /// The most values in one list.
    static let longest = 100

    private mutating func item(_ name: String) -> Item? {
        known.insert(name)
        let found = items.filter { $0.name == name }
        if found.count > 1 { refuse(name, "duplicate", "The parameter comes twice.") }
        return found.first
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

extension Parameters {
    /// Adds what the document of a `_zoek` holds: texts, numbers, booleans and lists of them.
    ///
    /// - Throws: ``ServingFailure`` `bodyRefused` when it is no such document.
    mutating func add(body: [UInt8], depth: Int) throws(ServingFailure) {
        var limits = JSON.Limits()
        limits.depth = depth
        var reader = JSON.Reader(body, limits: limits)
        do throws(JSONFailure) {
            let start = try reader.next()
            guard start.kind == .objectStart else { throw reader.failure(.jsonMalformed, at: start) }
            while true {
                let key = try reader.next()
                guard key.kind == .key else { break }
                try add(String(decoding: reader.text(of: key), as: UTF8.self), from: &reader)
            }
            _ = try reader.next()
        } catch {
            throw ServingFailure(.bodyRefused, at: error.place, hint: error.code.meaning)
        }
    }

    private mutating func add(_ name: String, from reader: inout JSON.Reader) throws(JSONFailure) {
        let token = try reader.next()
        if let value = Self.text(of: token, in: reader) {
            items.append(Item(name: name, values: [value], isList: false, isInBody: true))
        } else if token.kind == .arrayStart {
            var values: [String] = []
            var isFlat = true
            while true {
                let token = try reader.next()
                if token.kind == .arrayEnd { break }
                if let value = Self.text(of: token, in: reader) {
                    values.append(value)
                } else {
                    isFlat = false
                    try reader.skipRest(of: token)
                }
            }
            items.append(
                Item(
                    name: name, values: isFlat ? values : [], isList: true, isInBody: true, isBroken: !isFlat)
            )
        } else {
            // An object, or null: nothing that is asked for here.
            try reader.skipRest(of: token)
            items.append(Item(name: name, values: [], isList: false, isInBody: true, isBroken: true))
        }
    }

    private static func text(of token: Token, in reader: JSON.Reader) -> String? {
        switch token.kind {
        case .string, .number: String(decoding: reader.text(of: token), as: UTF8.self)
        case .true: "true"
        case .false: "false"
        default: nil
        }
    }
}

extension JSON.Reader {
    /// Passes over what a token began.
    fileprivate mutating func skipRest(of token: Token) throws(JSONFailure) {
        guard token.kind == .objectStart || token.kind == .arrayStart else { return }
        let depth = self.depth
        while self.depth >= depth { if try next().kind == .end { return } }
    }
}

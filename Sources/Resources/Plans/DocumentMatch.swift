internal import JSON
internal import Model

/// Whether a document that an API serves is the one that is to be made (``APIFacts/Child/Match``).
///
/// A path that goes through a link ends at its URL: `roltype.omschrijving` is the URL of the roltype, since one zaaktype
/// has one roltype of a name. URLs are compared as they are: an API builds all of its own in one way.
struct DocumentMatch {
    let match: APIFacts.Child.Match
    let isToTheSecond: Bool

    init(_ planned: PlannedResource) {
        self.init(planned.match, isToTheSecond: planned.isToTheSecond)
    }

    init(_ match: APIFacts.Child.Match, isToTheSecond: Bool = false) {
        self.match = match
        self.isToTheSecond = isToTheSecond
    }

    func callAsFunction(_ left: Value, _ right: Value) -> Bool {
        guard match.equal.allSatisfy({ isEqual($0, left, right) }) else { return false }
        if match.identifiers.isEmpty, match.otherwise.isEmpty { return true }
        let shared = match.identifiers.first {
            Self.text(left, $0) != nil && Self.text(right, $0) != nil
        }
        if let shared { return isEqual(shared, left, right) }
        return match.otherwise.allSatisfy { isEqual($0, left, right) }
            && match.otherwise.contains { Self.text(left, $0) != nil }
    }

    private func isEqual(_ path: String, _ left: Value, _ right: Value) -> Bool {
        if isToTheSecond { return Self.second(left, path) == Self.second(right, path) }
        return Self.text(left, path) == Self.text(right, path)
    }

    /// The moment at a path in UTC, to the second; a date is its first second, anything else as it is.
    static func second(_ document: Value, _ path: String) -> String {
        let text = text(document, path) ?? ""
        let whole = text.utf8.count == 10 ? text + "T00:00:00Z" : text
        let moment = Calendar.canonicalMoment(Array(whole.utf8)[...])
        return moment.map { String(decoding: $0.prefix(19), as: UTF8.self) } ?? text
    }

    /// What stands at a path, or at the link that it goes through; nil for every kind of nothing.
    static func text(_ document: Value, _ path: String) -> String? {
        var value = document
        for step in path.split(separator: ".") {
            if case .string = value { break }
            guard let next = value[String(step)] else { return nil }
            value = next
        }
        switch value {
        case .string(let text): return text.isEmpty ? nil : text
        case .number(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .array(let items): return items.isEmpty ? nil : String(decoding: value.bytes, as: UTF8.self)
        case .object(let members): return members.isEmpty ? nil : String(decoding: value.bytes, as: UTF8.self)
        case .null: return nil
        }
    }
}

internal import Diagnostics
internal import Crypto
internal import HTTP
internal import Model
internal import Record
internal import Resources

/// What the query of a request asks, checked: unknown parameters are refused, never ignored.
struct Asking: Sendable {
    static let defaultPageSize = 100
    static let mostPerPage = 500
    /// Pages are walked, so far pages are refused; a narrower question is the way.
    static let mostPages = 10_000

    private(set) var page = 1
    private(set) var pageSize = defaultPageSize
    private(set) var criteria: [Question.Criterion] = []
    /// Links that were asked for, by path of the link: the identity at the end of the URL.
    private(set) var links: [(path: String, uuid: UUID)] = []
    /// The parent that was asked for, of a collection of children.
    private(set) var parent: String?
    /// The query as sent, without the page.
    private(set) var rest: [(name: String, value: String)] = []

    init(_ head: RequestHead, _ place: Place, base: String) throws(ServingFailure) {
        var wrong: [ServingFailure.Parameter] = []
        var seen: Set<String> = []
        for (name, value) in head.queryItems where !name.isEmpty {
            guard seen.insert(name).inserted else {
                wrong.append(.init(name: name, word: "repeated", reason: "it is given twice"))
                continue
            }
            if name != "page" { rest.append((name, value)) }
            if let problem = take(name, value, place, base) { wrong.append(problem) }
        }
        if place.uuid == nil, case .child(_, let name) = place.kind, parent == nil, wrong.isEmpty {
            wrong.append(.init(name: name, word: "required", reason: "whose \(place.entity.name) is asked?"))
        }
        guard wrong.isEmpty else { throw ServingFailure(.parameterRefused, parameters: wrong) }
    }

    private mutating func take(
        _ name: String, _ value: String, _ place: Place, _ base: String
    ) -> ServingFailure.Parameter? {
        guard place.uuid == nil else { return Self.unknown(name) }
        switch name {
        case "page":
            guard let number = Int(value), (1...Self.mostPages).contains(number) else {
                return .init(name: name, word: "invalid", reason: "a number from 1 to \(Self.mostPages)")
            }
            page = number
        case "pageSize":
            guard let number = Int(value), (1...Self.mostPerPage).contains(number) else {
                return .init(name: name, word: "invalid", reason: "a number from 1 to \(Self.mostPerPage)")
            }
            pageSize = number
        default:
            if case .child(let resource, let parentName) = place.kind {
                guard name == parentName else { return Self.unknown(name) }
                return takeParent(name, value, resource, base)
            }
            return filter(name, value, place)
        }
        return nil
    }

    private mutating func takeParent(
        _ name: String, _ value: String, _ resource: Resource, _ base: String
    ) -> ServingFailure.Parameter? {
        let identity = value.split(separator: "/").last.map(String.init) ?? ""
        guard value.hasPrefix("\(base)/"), let collection = resource.entity.collection,
            value.contains("/\(collection)/"), UUID(identity) != nil
        else { return .init(name: name, word: "bad-url", reason: "a URL that Sluis serves is expected") }
        parent = identity.lowercased()
        return nil
    }

    /// A filter on a property: `identificatie`, `startdatum__gte`, `zaaktype`.
    private mutating func filter(
        _ name: String, _ value: String, _ place: Place
    ) -> ServingFailure.Parameter? {
        let parts = name.split(separator: "_", omittingEmptySubsequences: true)
        let comparisons: [Substring: Question.Comparison] = ["gte": .atLeast, "lte": .atMost]
        var comparison = Question.Comparison.equals
        var path = name
        if parts.count == 2, let found = comparisons[parts[1]], name.contains("__") {
            comparison = found
            path = String(parts[0])
        }
        let resource = Resource(place.entity)
        // The number of a person never stands in a URL.
        guard !Personal.isPersonal(path) else { return Self.unknown(name) }
        if comparison == .equals, let node = resource.shape.node(path), resource.shape.nodes[node].link != nil
        {
            let identity = value.split(separator: "/").last.map(String.init) ?? ""
            guard let uuid = UUID(identity) else {
                return .init(name: name, word: "bad-url", reason: "a URL that Sluis serves is expected")
            }
            links.append((path, uuid))
            return nil
        }
        guard resource.canFind(path) else { return Self.unknown(name) }
        criteria.append(.init(path: path, comparison: comparison, value: Array(value.utf8)))
        return nil
    }

    private static func unknown(_ name: String) -> ServingFailure.Parameter {
        .init(name: name, word: "unknown-parameters", reason: "there is no such parameter here")
    }
}

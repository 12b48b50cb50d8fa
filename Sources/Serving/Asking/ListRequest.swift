internal import Crypto
internal import Diagnostics
internal import HTTP
internal import Model
internal import Record
internal import Resources

/// A list that was asked for: which documents, which page of them, and what stands in full in them.
struct ListRequest {
    /// A filter by the URL of another resource, or of one of several.
    struct Pointer {
        let path: String
        let link: Filter.Link
        let uuids: [UUID]
    }

    /// On properties of what is listed.
    var criteria: [Question.Criterion] = []
    var pointers: [Pointer] = []
    /// Of objects: these only.
    var identities: [UUID]?
    /// Of a child: the object it hangs under.
    var parent: UUID?
    var expansion = Expansion()
    var ordering: Ordering
    var page = 1
    var pageSize = ListRequest.usualSize
    /// Where the page begins, for whoever reads on: without it the pages before are counted off.
    var after: [UInt8]?

    /// Given by `next` (ZGW: "follow `next`").
    static let cursor = "after"
    static let usualSize = 100
    static let sizes = 1...500
    static let pages = 1...100_000_000

    /// Reads a query, and the document of a `_zoek`.
    ///
    /// - Throws: ``ServingFailure`` `parameterRefused` with every parameter that is unknown or wrong.
    init(
        _ parameters: Parameters, of collection: ServedCollection, _ addresses: Addresses
    ) throws(ServingFailure) {
        var parameters = parameters
        ordering = Ordering(reading: &parameters, of: collection)
        if let child = collection.child {
            parent = url(child.facts.parent, collection.root.entity.qualifiedName, &parameters, addresses)
        }
        for filter in collection.filters { read(filter, &parameters, addresses) }
        expansion = Expansion(reading: &parameters, among: collection.expansions)
        if collection.isPaged {
            page = parameters.number("page", in: Self.pages, otherwise: 1)
            pageSize = parameters.number("pageSize", in: Self.sizes, otherwise: Self.usualSize)
            after = parameters.takeOutside(Self.cursor).map { Array($0.utf8) }
        }
        try parameters.finish()
    }

    // MARK: Filters

    private mutating func read(_ filter: Filter, _ parameters: inout Parameters, _ addresses: Addresses) {
        guard let isInBody = parameters.isInBody(filter.name) else { return }
        guard isInBody || !filter.isSearchOnly else {
            _ = parameters.takeList(filter.name, atLeast: 1)
            return parameters.refuse(
                filter.name, "invalid", "Ask it with `_zoek`: it does not belong in a URL.")
        }
        guard
            let given = filter.isList
                ? parameters.takeList(filter.name, as: filter.kind, atLeast: 1)
                : parameters.take(filter.name, as: filter.kind).map({ [$0] })
        else { return }
        switch filter.meaning {
        case .value(let type, let comparison):
            let values = given.filter(type.hasRoom).compactMap { type.canonical(parameter: $0) }
            guard values.count == given.count else { return refuse(filter, type, &parameters) }
            criteria.append(
                Question.Criterion(path: filter.path, comparison: comparison, values: values))
            criteria += filter.besides
        case .isNull:
            guard let text = given.first, text == "true" || text == "false" else {
                return parameters.refuse(filter.name, "invalid", "`true` or `false` is expected.")
            }
            let comparison = text == "true" ? Question.Comparison.absent : .present
            criteria.append(
                Question.Criterion(path: filter.path, comparison: comparison, values: []))
        case .link(let link, _):
            let uuids = given.compactMap { addresses.uuid($0, of: link.resource) }
            guard uuids.count == given.count else { return refuseURL(filter.name, &parameters) }
            pointers.append(Pointer(path: filter.path, link: link, uuids: uuids))
        case .identities:
            let uuids = given.compactMap { UUID($0) }
            guard uuids.count == given.count else {
                return parameters.refuse(filter.name, "invalid", "UUIDs are expected.")
            }
            identities = uuids
        }
    }

    private func refuse(_ filter: Filter, _ type: ElementType, _ parameters: inout Parameters) {
        let isWord = !type.enumeration.isEmpty
        parameters.refuse(
            filter.name, isWord ? "invalid_choice" : "invalid",
            isWord
                ? "One of \(type.enumeration.joined(separator: ", ")) is expected."
                : "The value is not of the property's type.")
    }

    /// The identity in a parameter that holds a URL of ours.
    private func url(
        _ name: String, _ resource: String, _ parameters: inout Parameters, _ addresses: Addresses
    ) -> UUID? {
        guard let text = parameters.take(name) else { return nil }
        guard let uuid = addresses.uuid(text, of: resource) else {
            refuseURL(name, &parameters)
            return nil
        }
        return uuid
    }

    private func refuseURL(_ name: String, _ parameters: inout Parameters) {
        parameters.refuse(name, "bad-url", "The URL of a resource that is served here is expected.")
    }
}

extension Filter {
    /// What its values are in a document, as the description says of them.
    fileprivate var kind: Parameters.Kind {
        switch meaning {
        case .isNull: .flag
        case .link, .identities: .text
        case .value(let type, _):
            switch type.jsonType {
            case "boolean": .flag
            case "integer", "number": .number
            default: .text
            }
        }
    }
}

extension ElementType {
    /// Whether a text is no longer than any value of the property.
    fileprivate func hasRoom(for text: String) -> Bool {
        base != .text || maxLength.map { text.unicodeScalars.count <= $0 } ?? true
    }
}

extension Expansion {
    /// What `expand` asks for, which must be among the choices.
    init(reading parameters: inout Parameters, among choices: [String]) {
        let paths =
            choices.isEmpty ? nil : parameters.takeList("expand", atLeast: 0, atMost: choices.count)
        let isKnown = paths?.allSatisfy(choices.contains) ?? true
        self.init(isKnown ? paths ?? [] : [])
        if !isKnown {
            parameters.refuse(
                "expand", "invalid_choice", "Only of these: \(choices.joined(separator: ", ")).")
        }
    }
}

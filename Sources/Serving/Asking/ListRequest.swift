internal import Crypto
internal import Diagnostics
internal import HTTP
internal import Model
internal import Record
internal import Resources

/// A list that was asked for: which documents, and which page of them.
struct ListRequest {
    /// A filter by the URL of another resource.
    struct Pointer {
        let parameter: String
        let resource: String
        let uuid: UUID
        /// The paths of the objects to compare, and the paths in the resource that give the values.
        let compares: [(path: String, with: String)]
    }

    var criteria: [Question.Criterion] = []
    var pointers: [Pointer] = []
    /// Of a child: the object it hangs under.
    var parent: UUID?
    var page = 1
    var pageSize = ListRequest.usualSize

    static let usualSize = 100
    private static let sizes = 1...500

    /// Reads the query of a list.
    ///
    /// - Throws: ``ServingFailure`` `parameterRefused` with every parameter that is unknown or wrong.
    init(_ head: RequestHead, of collection: ServedCollection, _ addresses: Addresses) throws(ServingFailure)
    {
        var parameters = Parameters(head)
        if let child = collection.child {
            readChild(child, collection, &parameters, addresses)
        } else {
            for element in collection.entity.elements {
                read(element, collection.root, &parameters, addresses)
            }
        }
        if collection.association == nil {
            page = parameters.number("page", in: 1...100_000_000, otherwise: 1)
            pageSize = parameters.number("pageSize", in: Self.sizes, otherwise: Self.usualSize)
        }
        try parameters.finish()
    }

    // MARK: Objects

    private mutating func read(
        _ element: Element, _ resource: Resource, _ parameters: inout Parameters, _ addresses: Addresses
    ) {
        if let link = element.api?.link, !element.isRepeat {
            guard let uuid = url(element.name, link.resource, &parameters, addresses) else { return }
            let compares = link.by.map { (path: "\(element.name).\($0)", with: $0) }
            pointers.append(
                Pointer(parameter: element.name, resource: link.resource, uuid: uuid, compares: compares))
        } else if !element.isGroup, !element.isRepeat, resource.canFind(element.name),
            !Personal.isPersonal(element.name)
        {
            leaf(element, element.name, .equals, &parameters)
            guard element.type.base == .datum else { return }
            leaf(element, "\(element.name)__gte", .atLeast, &parameters)
            leaf(element, "\(element.name)__lte", .atMost, &parameters)
        }
    }

    private mutating func leaf(
        _ element: Element, _ parameter: String, _ comparison: Question.Comparison,
        _ parameters: inout Parameters
    ) {
        guard let text = parameters.take(parameter) else { return }
        guard let value = element.type.canonical(parameter: text) else {
            return parameters.refuse(parameter, "invalid", "The value is not of the property's type.")
        }
        criteria.append(Question.Criterion(path: element.name, comparison: comparison, value: value))
    }

    /// The identity in a parameter that holds a URL of ours.
    private func url(
        _ name: String, _ resource: String, _ parameters: inout Parameters, _ addresses: Addresses
    ) -> UUID? {
        guard let text = parameters.take(name) else { return nil }
        guard let uuid = addresses.uuid(text, of: resource) else {
            parameters.refuse(name, "bad-url", "The URL of a resource that is served here is expected.")
            return nil
        }
        return uuid
    }

    // MARK: Children

    /// Children are listed of one object, or of what they link to.
    private mutating func readChild(
        _ child: APIFacts.Child, _ collection: ServedCollection, _ parameters: inout Parameters,
        _ addresses: Addresses
    ) {
        parent = url(child.parent, collection.root.entity.qualifiedName, &parameters, addresses)
        if let association = collection.association,
            let uuid = url(association.property, association.resource, &parameters, addresses)
        {
            pointers.append(
                Pointer(
                    parameter: association.property, resource: association.resource, uuid: uuid,
                    compares: [(association.path, association.by)]))
        }
        if parent == nil, pointers.isEmpty, parameters.faults.isEmpty {
            parameters.refuse(
                child.parent, "required", "Give the URL of the object whose resources are asked.")
        }
    }
}

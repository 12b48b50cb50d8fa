internal import Crypto
internal import Diagnostics
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources

/// Writes resources with what their `_expand` asks for, and looks up each resource once for one answer.
struct Unfolding {
    let answering: Answering
    private var found: [ObjectKey: StoredObject?] = [:]

    init(answering: Answering) { self.answering = answering }

    /// Writes an object as the document of its root.
    mutating func write(
        _ object: StoredObject, _ expansion: Expansion, _ json: inout Writer
    ) throws(ServingFailure) {
        let place = Place(shape: object.resource.shape, frame: Record.root, prefix: "")
        try answering.documents.write(object.stored, of: object.resource, object.uuid, into: &json) {
            (json: inout Writer) throws(ServingFailure) in
            try expand(object, place, expansion, &json)
        }
    }

    /// Writes one child of an object.
    mutating func write(
        _ number: Int, of object: StoredObject, _ expansion: Expansion, _ json: inout Writer
    ) throws(ServingFailure) {
        let places = object.resource.shape.children(of: object.stored.record)
        guard places.indices.contains(number) else { return json.null() }
        let child = places[number]
        let place = Place(
            shape: child.shape, frame: child.frame, prefix: child.prefix, parent: child.child.parent)
        try answering.documents.writeChild(
            number, of: object.stored, object.resource, object.uuid, into: &json
        ) { (json: inout Writer) throws(ServingFailure) in
            try expand(object, place, expansion, &json)
        }
    }

    /// Where the properties of a document stand in its object.
    private struct Place {
        let shape: Shape
        let frame: Record.Frame
        let prefix: String
        /// Of a child: the property that points to the object itself.
        var parent: String?
    }

    private mutating func expand(
        _ object: StoredObject, _ place: Place, _ expansion: Expansion, _ json: inout Writer
    ) throws(ServingFailure) {
        guard !expansion.isEmpty else { return }
        json.key("_expand")
        json.startObject()
        for (name, rest) in expansion.branches {
            json.key(name)
            if name == place.parent {
                try write(object, rest, &json)
            } else if let node = place.shape.node(place.prefix + name),
                let link = place.shape.nodes[node].link
            {
                if let target = try target(of: link, node, object, place) {
                    try write(target, rest, &json)
                } else {
                    json.null()
                }
            } else {
                try children(name, of: object, rest, &json)
            }
        }
        json.end()
    }

    private mutating func children(
        _ name: String, of object: StoredObject, _ rest: Expansion, _ json: inout Writer
    ) throws(ServingFailure) {
        let children = answering.documents.children(named: name, of: object.stored, object.resource)
        guard children.isList else {
            guard let number = children.numbers.first else { return json.null() }
            return try write(number, of: object, rest, &json)
        }
        json.startArray()
        for number in children.numbers { try write(number, of: object, rest, &json) }
        json.end()
    }

    private mutating func target(
        of link: APIFacts.Link, _ node: Int, _ object: StoredObject, _ place: Place
    ) throws(ServingFailure) -> StoredObject? {
        let source = answering.source
        let target = source.library.target(
            of: link, at: node, of: place.shape, in: place.frame, object.stored.record,
            tenant: source.tenant, hash: source.hash)
        guard let key = target?.key else { return nil }
        if let known = found[key] { return known }
        let object = try source.object(key)
        found[key] = .some(object)
        return object
    }
}

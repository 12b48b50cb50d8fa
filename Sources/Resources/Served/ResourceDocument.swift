package import Crypto
package import JSON
internal import Model
internal import Record

/// Writes resources as their API serves them: each document by itself, links as URLs, every property of the model
/// there, with `""`, `null` or `[]` where nothing is known.
package struct ResourceDocument: Sendable {
    private let library: ResourceLibrary
    private let addresses: Addresses
    private let tenant: String
    private let hash: KeyedHash

    package init(library: ResourceLibrary, addresses: Addresses, tenant: String, hash: KeyedHash) {
        self.library = library
        self.addresses = addresses
        self.tenant = tenant
        self.hash = hash
    }

    /// Writes a root: a zaak, a document, a zaaktype.
    ///
    /// - Parameter more: writes what stands behind its properties.
    package func write<Failed: Error>(
        _ stored: Stored, of resource: Resource, _ uuid: UUID, into json: inout Writer,
        _ more: (inout Writer) throws(Failed) -> Void
    ) throws(Failed) {
        json.startObject()
        head(resource.entity.qualifiedName, uuid, &json)
        let document = Document(
            stored: stored, resource: resource, url: addresses.url(resource.entity.qualifiedName, uuid))
        properties(resource.entity.elements, resource.shape, Record.root, document, &json)
        try more(&json)
        json.end()
    }

    /// Writes one child of a root: a rol, a status; null when there is none.
    ///
    /// - Parameters:
    ///   - number: its place among ``Stored/children``.
    ///   - more: writes what stands behind its properties.
    package func writeChild<Failed: Error>(
        _ number: Int, of stored: Stored, _ resource: Resource, _ uuid: UUID, into json: inout Writer,
        _ more: (inout Writer) throws(Failed) -> Void
    ) throws(Failed) {
        let places = resource.shape.children(of: stored.record)
        guard places.indices.contains(number), stored.children.indices.contains(number),
            let entity = library.models.entity(stored.children[number].resource)
        else { return json.null() }
        let place = places[number]
        json.startObject()
        head(entity.qualifiedName, stored.children[number].uuid, &json)
        json.key(place.child.parent)
        url(resource.entity.qualifiedName, uuid, &json)
        let elements = entity.elements.filter { $0.name != place.child.parent }
        let document = Document(
            stored: stored, resource: resource,
            url: addresses.url(entity.qualifiedName, stored.children[number].uuid))
        properties(elements, place.shape, place.frame, document, &json, prefix: place.prefix)
        try more(&json)
        json.end()
    }

    /// The children that stand in a root's document under that name, by their places among ``Stored/children``: all, or
    /// of a collection that can only grow the newest, under the name of the resource: `status`.
    package func children(
        named name: String, of stored: Stored, _ resource: Resource
    ) -> (numbers: [Int], isList: Bool) {
        for (index, node) in resource.shape.nodes.enumerated() {
            guard let child = node.child, Self.name(of: child, node) == name else { continue }
            let numbers = stored.children.indices.filter { stored.children[$0].resource == child.resource }
            guard let items = node.items else { return (numbers, false) }
            guard child.change == .appendOnly else { return (numbers, true) }
            let frames = Array(stored.record.items(index))
            let newest = ItemMatch(child, shape: items).moment
                .flatMap { newestItem(frames, of: stored.record, $0) }
                .flatMap { frames.firstIndex(of: $0) }
            return (newest.flatMap { numbers.indices.contains($0) ? [numbers[$0]] : [] } ?? [], false)
        }
        return ([], false)
    }

    private static func name(of child: APIFacts.Child, _ node: Shape.Node) -> String {
        node.items != nil && child.change == .appendOnly ? child.servedName : node.element.name
    }

    /// What is being written: the whole object, and the URL of this document of it.
    private struct Document {
        let stored: Stored
        let resource: Resource
        let url: String?
        var record: Record { stored.record }
    }

    private func head(_ resource: String, _ uuid: UUID, _ json: inout Writer) {
        json.key("url")
        url(resource, uuid, &json)
        json.key("uuid")
        json.string(uuid.description)
    }

    private func url(_ resource: String, _ uuid: UUID, _ json: inout Writer) {
        if let url = addresses.url(resource, uuid) { json.string(url) } else { json.null() }
    }

    // MARK: Properties

    private func properties(
        _ elements: [Element], _ shape: Shape, _ frame: Record.Frame, _ document: Document,
        _ json: inout Writer,
        prefix: String = ""
    ) {
        for element in elements {
            guard let index = shape.node(prefix + element.name) else { continue }
            let node = shape.nodes[index]
            guard isOfThisVariant(element, shape, frame, document.record) else { continue }
            if let child = node.child {
                guard document.resource.entity.documents(child) else { continue }
                children(child, node, document, &json)
            } else if !isLeftOut(node, document.record.slot(index, in: frame)) {
                json.key(element.name)
                value(index, shape, frame, document, &json)
            }
        }
    }

    private func isLeftOut(_ node: Shape.Node, _ slot: Slot) -> Bool {
        guard node.isLeftOut, slot.standing != .value else { return false }
        return slot.standing != .waardeOnbekend || !node.type.spellsUnknown
    }

    private func value(
        _ index: Int, _ shape: Shape, _ frame: Record.Frame, _ document: Document, _ json: inout Writer
    ) {
        let node = shape.nodes[index]
        let record = document.record
        let slot = record.slot(index, in: frame)
        if let link = node.link {
            let target = library.target(
                of: link, at: index, of: shape, in: frame, record, tenant: tenant, hash: hash)
            if let target { url(link.resource, target.key.uuid, &json) } else { json.null() }
        } else if let items = node.items {
            json.startArray()
            for item in record.items(index, in: frame) { self.item(items, item, document, &json) }
            json.end()
        } else if slot.standing != .value {
            if slot.standing == .waardeOnbekend {
                json.unknown(node.type)
            } else {
                json.noValue(of: node.type)
            }
        } else if node.isGroup {
            json.startObject()
            let path = shape.layout.nodes[index].path
            properties(node.element.members, shape, frame, document, &json, prefix: "\(path).")
            json.end()
        } else if node.type.base == .content {
            // Content is a resource of its own below the document.
            optional(document.url.map { "\($0)/download" }, &json)
        } else {
            json.value(record.bytes(of: slot), slot.precision, as: node.type)
        }
    }

    private func item(_ shape: Shape, _ frame: Record.Frame, _ document: Document, _ json: inout Writer) {
        if shape.isValue, let value = shape.top.first {
            return self.value(value, shape, frame, document, &json)
        }
        json.startObject()
        properties(shape.top.map { shape.nodes[$0].element }, shape, frame, document, &json)
        json.end()
    }

    /// A child stands in its root's document as its URL, several as a list of them.
    private func children(
        _ child: APIFacts.Child, _ node: Shape.Node, _ document: Document, _ json: inout Writer
    ) {
        let name = Self.name(of: child, node)
        let (numbers, isList) = children(named: name, of: document.stored, document.resource)
        let urls = numbers.map { addresses.url(child.resource, document.stored.children[$0].uuid) }
        json.key(name)
        guard isList else { return optional(urls.first ?? nil, &json) }
        json.startArray()
        for case let url? in urls { json.string(url) }
        json.end()
    }

    private func optional(_ url: String?, _ json: inout Writer) {
        if let url { json.string(url) } else { json.null() }
    }

    /// Whether a member of a group whose shape differs exists in the shape that this one has.
    private func isOfThisVariant(
        _ element: Element, _ shape: Shape, _ frame: Record.Frame, _ record: Record
    ) -> Bool {
        guard let variants = element.api?.variants, !variants.isEmpty,
            let name = shape.nodes.lazy.compactMap({ $0.element.api?.discriminator }).first,
            let property = shape.node(name)
        else { return true }
        return variants.contains { record.bytes(property, in: frame).elementsEqual($0.utf8) }
    }
}

extension APIFacts.Child {
    /// The name of one such document: `status` of `zaken:Status`.
    package var servedName: String {
        let name = resource.drop { $0 != ":" }.dropFirst()
        return name.prefix(1).lowercased() + name.dropFirst()
    }
}

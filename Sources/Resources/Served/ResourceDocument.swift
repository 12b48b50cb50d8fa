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
    package func write(_ stored: Stored, of resource: Resource, _ uuid: UUID, into json: inout Writer) {
        json.startObject()
        head(resource.entity.qualifiedName, uuid, &json)
        let document = Document(stored: stored, url: addresses.url(resource.entity.qualifiedName, uuid))
        properties(resource.entity.elements, resource.shape, Record.root, document, &json)
        json.end()
    }

    /// Writes one child of a root: a rol, a status.
    ///
    /// - Parameter number: its place among ``Stored/children``.
    /// - Returns: false when there is no such child.
    package func writeChild(
        _ number: Int, of stored: Stored, _ resource: Resource, _ uuid: UUID, into json: inout Writer
    ) -> Bool {
        let places = resource.shape.children(of: stored.record)
        guard places.indices.contains(number), stored.children.indices.contains(number),
            let entity = library.models.entity(stored.children[number].resource)
        else { return false }
        let place = places[number]
        json.startObject()
        head(entity.qualifiedName, stored.children[number].uuid, &json)
        json.key(place.child.parent)
        url(resource.entity.qualifiedName, uuid, &json)
        let prefix = place.shape === resource.shape ? "\(resource.shape.layout.nodes[place.node].path)." : ""
        let elements = entity.elements.filter { $0.name != place.child.parent }
        let document = Document(
            stored: stored, url: addresses.url(entity.qualifiedName, stored.children[number].uuid))
        properties(elements, place.shape, place.frame, document, &json, prefix: prefix)
        json.end()
        return true
    }

    /// What is being written: the whole object, and the URL of this document of it.
    private struct Document {
        let stored: Stored
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
                children(child, index, node, document, &json)
            } else {
                json.key(element.name)
                value(index, shape, frame, document, &json)
            }
        }
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
            if slot.standing == .waardeOnbekend, let unknown = node.type.unknown {
                json.string(unknown)
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

    /// A child stands in its root's document as its URL, several as a list of them; of a collection that can only grow
    /// it is the newest one, under the name of the resource: `status`.
    private func children(
        _ child: APIFacts.Child, _ index: Int, _ node: Shape.Node, _ document: Document, _ json: inout Writer
    ) {
        let stored = document.stored
        let places = stored.children.indices.filter { stored.children[$0].resource == child.resource }
        let urls = places.map { addresses.url(child.resource, stored.children[$0].uuid) }
        guard let items = node.items else {
            json.key(node.element.name)
            return optional(urls.first ?? nil, &json)
        }
        guard child.change == .appendOnly else {
            json.key(node.element.name)
            json.startArray()
            for case let url? in urls { json.string(url) }
            json.end()
            return
        }
        let frames = Array(document.record.items(index))
        let moment = ItemMatch(child, shape: items).moment
        let newest = moment.flatMap { newestItem(frames, of: document.record, $0) }.flatMap {
            frames.firstIndex(of: $0)
        }
        json.key(lowerFirst(child.resource))
        optional(newest.flatMap { $0 < urls.count ? urls[$0] : nil }, &json)
    }

    private func optional(_ url: String?, _ json: inout Writer) {
        if let url { json.string(url) } else { json.null() }
    }

    /// `zaken:Status` is `status` in a document.
    private func lowerFirst(_ resource: String) -> String {
        let name = resource.drop { $0 != ":" }.dropFirst()
        return name.prefix(1).lowercased() + name.dropFirst()
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

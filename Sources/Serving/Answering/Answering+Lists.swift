internal import Crypto
internal import Diagnostics
internal import HTTP
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources

/// One page of a list, found.
private struct Found<Item> {
    var items: [Item]
    var total: Int
    var isLast: Bool
    /// Where the next page begins, where the store goes on from a key.
    var next: [UInt8]?

    static var nothing: Found { Found(items: [], total: 0, isLast: true) }

    /// A page of what is at hand as a whole.
    static func page(_ list: ListRequest, of all: [Item]) -> Found {
        let page = all.dropFirst((list.page - 1) * list.pageSize).prefix(list.pageSize)
        return Found(items: Array(page), total: all.count, isLast: page.endIndex == all.endIndex)
    }
}

extension Answering {
    /// A page of objects.
    func roots(
        _ collection: ServedCollection, _ list: ListRequest, _ asked: Asked
    ) throws(ServingFailure) -> Response {
        var found = Found<StoredObject>.nothing
        if var question = question(asked, list, collection) {
            if let identities = list.identities {
                found = .page(list, of: list.ordering.sorted(try objects(identities, question, collection)))
            } else if !list.ordering.isEmpty {
                // The store has one order only: of a list in another all are read, as long as they are not too many.
                found = .page(list, of: list.ordering.sorted(try source.all(question)))
            } else {
                question.after = list.after
                question.skip = list.after == nil ? (list.page - 1) * list.pageSize : 0
                let page = try source.page(question)
                found = Found(
                    items: page.objects, total: page.total, isLast: page.next == nil, next: page.next)
            }
        }
        return try pages(found, list, collection, asked, from: found.items.map(\.document)) {
            (unfolding, object, json) throws(ServingFailure) in
            try unfolding.write(object, list.expansion, &json)
        }
    }

    /// The objects with those identities that meet a question.
    private func objects(
        _ identities: [UUID], _ question: Question, _ collection: ServedCollection
    ) throws(ServingFailure) -> [StoredObject] {
        var objects: [StoredObject] = []
        for uuid in Set(identities) {
            if let object = try source.object(collection.name, uuid),
                collection.root.meets(question.criteria, object.stored.record)
            {
                objects.append(object)
            }
        }
        return objects.sorted { $0.document.key < $1.document.key }
    }

    /// A page of children, or, of a child that is there to link two objects, all of them.
    func children(
        _ collection: ServedCollection, _ list: ListRequest, _ asked: Asked
    ) throws(ServingFailure) -> Response {
        let children = try children(list, collection, asked)
        guard collection.isPaged else {
            var json = Writer()
            var unfolding = Unfolding(answering: self)
            json.startArray()
            for child in children {
                try unfolding.write(child.number, of: child.object, list.expansion, &json)
            }
            json.end()
            return .json(json.bytes, from: children.map(\.object.document), collection, for: asked.head)
        }
        let found = Found.page(list, of: children)
        return try pages(found, list, collection, asked, from: found.items.map(\.object.document)) {
            (unfolding, child, json) throws(ServingFailure) in
            try unfolding.write(child.number, of: child.object, list.expansion, &json)
        }
    }

    private typealias FoundChild = (object: StoredObject, number: Int)

    private func children(
        _ list: ListRequest, _ collection: ServedCollection, _ asked: Asked
    ) throws(ServingFailure) -> [FoundChild] {
        var objects: [StoredObject] = []
        if let parent = list.parent {
            if let object = try source.object(collection.root.entity.qualifiedName, parent) {
                objects = [object]
            }
        } else if let question = question(asked, list, collection) {
            objects = try source.all(question)
        }
        return objects.flatMap { object in
            let places = object.resource.shape.children(of: object.stored.record)
            return object.stored.children.indices.filter { number in
                object.stored.children[number].resource == collection.name
                    && places.indices.contains(number)
                    && isWanted(places[number], of: object, list, asked)
            }.map { (object, $0) }
        }
    }

    /// Whether a child meets what is asked of it, and links to what the pointers lead to.
    private func isWanted(
        _ child: Shape.ChildPlace, of object: StoredObject, _ list: ListRequest, _ asked: Asked
    ) -> Bool {
        let record = object.stored.record
        guard object.resource.meets(list.criteria, child, of: record) else { return false }
        return zip(list.pointers, asked.pointed).allSatisfy { pointer, wanted in
            guard let node = child.shape.node(child.prefix + pointer.path),
                let link = child.shape.nodes[node].link
            else { return false }
            let target = source.library.target(
                of: link, at: node, of: child.shape, in: child.frame, record, tenant: source.tenant,
                hash: source.hash)
            return target.map { target in wanted.contains { $0.document.key == target.key } } ?? false
        }
    }

    // MARK: Pages

    /// A page as the ZGW standard has it.
    private func pages<Item>(
        _ found: Found<Item>, _ list: ListRequest, _ collection: ServedCollection, _ asked: Asked,
        from documents: [Document],
        _ write: (inout Unfolding, Item, inout Writer) throws(ServingFailure) -> Void
    ) throws(ServingFailure) -> Response {
        // What is read on from a key may have come to its end meanwhile; a page that is counted is there or not.
        guard list.page == 1 || list.after != nil || !found.items.isEmpty else {
            throw ServingFailure(.servedNotFound)
        }
        var unfolding = Unfolding(answering: self)
        var json = Writer()
        json.startObject()
        json.key("count")
        json.number(found.total)
        json.key("next")
        link(found.isLast ? nil : list.page + 1, after: found.next, asked, &json)
        json.key("previous")
        link(list.page > 1 ? list.page - 1 : nil, after: nil, asked, &json)
        json.key("results")
        json.startArray()
        for item in found.items { try write(&unfolding, item, &json) }
        json.end()
        json.end()
        return .json(json.bytes, from: documents, collection, for: asked.head)
    }

    /// The URL of another page of the same list.
    private func link(_ page: Int?, after: [UInt8]?, _ asked: Asked, _ json: inout Writer) {
        guard let page else { return json.null() }
        var items = asked.head.queryItems.filter { $0.name != "page" && $0.name != ListRequest.cursor }
        items.append(("page", String(page)))
        if let after { items.append((ListRequest.cursor, String(decoding: after, as: UTF8.self))) }
        let query = items.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        json.string("\(addresses.base)\(asked.destination.template)?\(query.joined(separator: "&"))")
    }
}

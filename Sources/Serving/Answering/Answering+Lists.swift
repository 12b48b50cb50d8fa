internal import Crypto
internal import Diagnostics
internal import HTTP
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources
internal import Threads

extension Answering {
    /// A page of objects.
    func roots(
        _ collection: ServedCollection, _ list: ListRequest, _ asked: Asked
    ) throws(ServingFailure) -> Response {
        guard let question = question(asked, list, collection) else {
            return try pages(list, collection, asked.head, total: 0, isLast: true, asOf: nil) { _ in }
        }
        guard let page = try cursors.page(list.page, of: question, in: source) else {
            throw ServingFailure(.servedNotFound)
        }
        let asOf = page.objects.map(\.document.asOf).max()
        return try pages(
            list, collection, asked.head, total: page.total, isLast: page.next == nil, asOf: asOf
        ) { json in
            for object in page.objects { write(object, &json) }
        }
    }

    /// A page of the children of one object, or, of a child that is there to link two objects, all of them.
    func children(
        _ collection: ServedCollection, _ list: ListRequest, _ asked: Asked
    ) throws(ServingFailure) -> Response {
        let found = try found(collection, list, asked)
        let asOf = found.map(\.object.document.asOf).max()
        guard collection.association == nil else {
            var json = Writer()
            json.startArray()
            for child in found { write(child.number, of: child.object, &json) }
            json.end()
            return .json(json.bytes, asOf: asOf, for: asked.head)
        }
        let first = (list.page - 1) * list.pageSize
        guard list.page == 1 || first < found.count else { throw ServingFailure(.servedNotFound) }
        let page = found.dropFirst(first).prefix(list.pageSize)
        return try pages(
            list, collection, asked.head, total: found.count, isLast: page.endIndex == found.endIndex,
            asOf: asOf
        ) { json in
            for child in page { write(child.number, of: child.object, &json) }
        }
    }

    private typealias FoundChild = (object: StoredObject, number: Int)

    private func found(
        _ collection: ServedCollection, _ list: ListRequest, _ asked: Asked
    ) throws(ServingFailure) -> [FoundChild] {
        var objects: [StoredObject] = []
        if let parent = list.parent {
            if let object = try source.object(collection.root.entity.qualifiedName, parent) {
                objects = [object]
            }
        } else if let question = question(asked, list, collection) {
            objects = try all(question)
        }
        var found: [FoundChild] = []
        for object in objects {
            for number in object.stored.children.indices
            where object.stored.children[number].resource == collection.name
                && isWanted(number, of: object, collection, asked)
            {
                found.append((object, number))
            }
        }
        return found
    }

    /// Every object that meets a question, as long as there are not too many for one answer.
    private func all(_ question: Question) throws(ServingFailure) -> [StoredObject] {
        var question = question
        question.limit = 500
        var objects: [StoredObject] = []
        while true {
            let page = try source.page(question)
            guard page.total <= 5_000 else { throw ServingFailure(.questionTooWide, at: question.resource) }
            objects += page.objects
            guard let next = page.next else { return objects }
            question.after = next
        }
    }

    /// Whether a child links to what the pointers lead to.
    private func isWanted(
        _ number: Int, of object: StoredObject, _ collection: ServedCollection, _ asked: Asked
    ) -> Bool {
        guard let association = collection.association, let pointer = asked.pointed.first else { return true }
        let places = object.resource.shape.children(of: object.stored.record)
        guard let wanted = pointer, places.indices.contains(number),
            let node = places[number].shape.node(association.property),
            let link = places[number].shape.nodes[node].link
        else { return false }
        let target = source.library.target(
            of: link, at: node, of: places[number].shape, in: places[number].frame, object.stored.record,
            tenant: source.tenant, hash: source.hash)
        return target?.key == wanted.document.key
    }

    /// A page as the ZGW standard has it.
    private func pages(
        _ list: ListRequest, _ collection: ServedCollection, _ head: RequestHead, total: Int, isLast: Bool,
        asOf: WallTime?, _ results: (inout Writer) -> Void
    ) throws(ServingFailure) -> Response {
        var json = Writer()
        json.startObject()
        json.key("count")
        json.number(total)
        json.key("next")
        link(isLast ? nil : list.page + 1, collection, head, &json)
        json.key("previous")
        link(list.page > 1 ? list.page - 1 : nil, collection, head, &json)
        json.key("results")
        json.startArray()
        results(&json)
        json.end()
        json.end()
        return .json(json.bytes, asOf: asOf, for: head)
    }

    /// The URL of another page of the same list.
    private func link(_ page: Int?, _ collection: ServedCollection, _ head: RequestHead, _ json: inout Writer)
    {
        guard let page else { return json.null() }
        var items = head.queryItems.filter { $0.name != "page" }
        items.append(("page", String(page)))
        let query = items.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        json.string("\(addresses.base)\(collection.path)?\(query.joined(separator: "&"))")
    }
}

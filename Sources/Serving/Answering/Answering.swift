internal import Crypto
internal import Diagnostics
internal import HTTP
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources

/// One request, read: what is asked, and what must be at rest before it can be answered.
struct Asked: Sendable {
    let head: RequestHead
    let destination: Destination
    /// Of a list.
    var list: ListRequest?
    /// The objects that pointers lead to; nil for one that leads to nothing.
    var pointed: [StoredObject?] = []
    /// The objects that the request is about.
    var objects: [ObjectKey] = []

    /// The resource for a report.
    var resource: String? {
        switch destination {
        case .list(let collection), .one(let collection, _), .download(let collection, _): collection.name
        case .ready, .nothing: nil
        }
    }
}

/// Answers what is asked about the resources of one deployment: straight-line code that reads the store.
struct Answering: Sendable {
    let source: StoreSource
    let addresses: Addresses
    let documents: ResourceDocument
    let cursors = Cursors()

    init(source: StoreSource, base: String) {
        self.source = source
        addresses = Addresses(base: base, library: source.library)
        documents = ResourceDocument(
            library: source.library, addresses: addresses, tenant: source.tenant, hash: source.hash)
    }

    // MARK: What is asked

    /// Reads a request, and finds the objects that it is about.
    func asked(_ head: RequestHead, _ destination: Destination) throws(ServingFailure) -> Asked {
        var asked = Asked(head: head, destination: destination)
        switch destination {
        case .ready, .nothing: break
        case .one(let collection, let uuid), .download(let collection, let uuid):
            var parameters = Parameters(head)
            try parameters.finish()
            if let object = try source.object(collection.name, uuid) { asked.objects = [object.document.key] }
        case .list(let collection):
            try read(ListRequest(head, of: collection, addresses), of: collection, into: &asked)
        }
        return asked
    }

    private func read(
        _ list: ListRequest, of collection: ServedCollection, into asked: inout Asked
    ) throws(ServingFailure) {
        asked.list = list
        if let parent = list.parent,
            let object = try source.object(collection.root.entity.qualifiedName, parent)
        {
            asked.objects.append(object.document.key)
        }
        for pointer in list.pointers {
            let object = try source.object(pointer.resource, pointer.uuid)
            asked.pointed.append(object)
            if let object { asked.objects.append(object.document.key) }
        }
        if collection.isRoot, let question = question(asked, list, collection) {
            asked.objects += try source.objects(namedBy: question)
        }
    }

    /// What is asked of the store; nil when a pointer leads to nothing, so that nothing can meet it.
    func question(_ asked: Asked, _ list: ListRequest, _ collection: ServedCollection) -> Question? {
        var criteria = list.criteria
        for (pointer, object) in zip(list.pointers, asked.pointed) {
            guard let object else { return nil }
            for (path, with) in pointer.compares {
                guard let node = object.resource.shape.node(with), let value = object.stored.record.text(node)
                else { return nil }
                criteria.append(Question.Criterion(path: path, comparison: .equals, value: Array(value.utf8)))
            }
        }
        return Question(
            resource: collection.root.entity.qualifiedName, criteria: criteria, limit: list.pageSize,
            caller: .local)
    }

    // MARK: The answer

    /// Answers from what the store holds now.
    func answer(_ asked: Asked) throws(ServingFailure) -> Response {
        switch asked.destination {
        case .ready, .nothing: throw ServingFailure(.servedNotFound)
        case .one(let collection, let uuid): return try one(collection, uuid, asked.head)
        case .download(let collection, let uuid): return try download(collection, uuid)
        case .list(let collection):
            guard let list = asked.list else { throw ServingFailure(.servedNotFound) }
            if collection.isRoot { return try roots(collection, list, asked) }
            return try children(collection, list, asked)
        }
    }

    private func one(
        _ collection: ServedCollection, _ uuid: UUID, _ head: RequestHead
    ) throws(ServingFailure) -> Response {
        guard let object = try source.object(collection.name, uuid) else {
            throw ServingFailure(.servedNotFound)
        }
        var json = Writer()
        if collection.isRoot {
            write(object, &json)
        } else {
            let child = ChildIdentity(resource: collection.name, uuid: uuid)
            guard let number = object.stored.children.firstIndex(of: child), write(number, of: object, &json)
            else {
                throw ServingFailure(.servedNotFound)
            }
        }
        return .json(json.bytes, asOf: object.document.asOf, for: head)
    }

    /// Writes an object as the document of its root.
    func write(_ object: StoredObject, _ json: inout Writer) {
        documents.write(object.stored, of: object.resource, object.uuid, into: &json)
    }

    /// Writes one child of an object.
    @discardableResult
    func write(_ number: Int, of object: StoredObject, _ json: inout Writer) -> Bool {
        documents.writeChild(number, of: object.stored, object.resource, object.uuid, into: &json)
    }
}

extension StoredObject {
    var uuid: UUID { UUID(document.uuid) ?? document.key.uuid }
}

internal import Crypto
internal import Diagnostics
internal import HTTP
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources
internal import Threads

/// One request, read: what is asked, and what must be at rest before it can be answered.
struct Asked: Sendable {
    let head: RequestHead
    let destination: Destination
    /// Of a list.
    var list: ListRequest?
    /// Of an API that is asked by documents.
    var question: DocumentQuestion?
    /// The objects that each pointer of the list leads to.
    var pointed: [[StoredObject]] = []
    /// What stands in full in one resource.
    var expansion = Expansion()
    /// The objects that the request is about.
    var objects: [ObjectKey] = []

    /// The resource for a report.
    var resource: String? { destination.collection?.name }
}

/// Answers what is asked about the resources of one deployment: straight-line code that reads the store.
struct Answering: Sendable {
    let source: StoreSource
    let addresses: Addresses
    let documents: ResourceDocument
    let settings: RestAPI.Settings
    /// The day on which an age is counted.
    let today: @Sendable () -> LocalTime.Civil

    /// Does something on a thread that may wait; false when too much waits already.
    var aside: @Sendable (@escaping Workers.Work) -> Bool

    init(
        source: StoreSource, base: String, settings: RestAPI.Settings, time: TimeSource,
        aside: @escaping @Sendable (@escaping Workers.Work) -> Bool
    ) {
        self.aside = aside
        today = { LocalTime.local(of: LocalTime.Civil(seconds: Int(time.wall().seconds))) }
        self.source = source
        self.settings = settings
        addresses = Addresses(base: base, library: source.library)
        documents = ResourceDocument(
            library: source.library, addresses: addresses, tenant: source.tenant, hash: source.hash)
    }

    // MARK: What is asked

    /// Reads a request, and finds the objects that it is about.
    func asked(
        _ head: RequestHead, _ body: [UInt8], _ destination: Destination
    ) throws(ServingFailure) -> Asked {
        var asked = Asked(head: head, destination: destination)
        var parameters = Parameters(head)
        switch destination {
        case .ready, .nothing: break
        case .description, .page: try parameters.finish()
        case .one(let collection, let uuid):
            asked.expansion = Expansion(reading: &parameters, among: collection.expansions)
            try parameters.finish()
            asked.objects = try source.objects(identifiedBy: uuid, collection.name)
        case .download(let collection, let uuid):
            try parameters.finish()
            asked.objects = try source.objects(identifiedBy: uuid, collection.name)
        case .questions(let collection):
            let question = try DocumentQuestion(head, body, of: collection, depth: settings.jsonDepth)
            asked.question = question
            asked.objects = question.keys(source)
        case .search(let collection):
            parameters.add(try QuestionDocument(body, depth: settings.jsonDepth))
            try read(ListRequest(parameters, of: collection, addresses), of: collection, into: &asked)
        case .list(let collection):
            try read(ListRequest(parameters, of: collection, addresses), of: collection, into: &asked)
        }
        return asked
    }

    private func read(
        _ list: ListRequest, of collection: ServedCollection, into asked: inout Asked
    ) throws(ServingFailure) {
        asked.list = list
        if let parent = list.parent {
            asked.objects += try source.objects(identifiedBy: parent, collection.root.entity.qualifiedName)
        }
        for uuid in list.identities ?? [] {
            asked.objects += try source.objects(identifiedBy: uuid, collection.name)
        }
        for pointer in list.pointers {
            var found: [StoredObject] = []
            for uuid in pointer.uuids {
                asked.objects += try source.objects(identifiedBy: uuid, pointer.link.resource)
                if let object = try source.object(pointer.link.resource, uuid) { found.append(object) }
            }
            asked.pointed.append(found)
        }
        if collection.isRoot, let question = question(asked, list, collection) {
            asked.objects += try source.objects(namedBy: question)
        }
    }

    /// What is asked of the store; nil when a pointer leads to nothing, so that nothing can meet it.
    ///
    /// Of children it only finds the objects that may have them.
    func question(_ asked: Asked, _ list: ListRequest, _ collection: ServedCollection) -> Question? {
        var criteria = list.criteria
        for (pointer, objects) in zip(list.pointers, asked.pointed) {
            for (path, with) in pointer.link.compares {
                let values = objects.compactMap { object in
                    object.resource.shape.node(with).flatMap { object.stored.record.text($0) }
                }
                guard !values.isEmpty else { return nil }
                criteria.append(
                    Question.Criterion(
                        path: path, comparison: values.count == 1 ? .equals : .oneOf,
                        values: values.map { Array($0.utf8) }))
            }
        }
        if let child = collection.child {
            criteria = criteria.compactMap { criterion in
                var criterion = criterion
                criterion.path = "\(child.element.name).\(criterion.path)"
                return collection.root.canFind(criterion.path) ? criterion : nil
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
        case .description(let api, let edition): return .json(description(api, edition).json, for: asked.head)
        case .page(let api): return Page(description: description(api, .v30)).response
        case .one(let collection, let uuid): return try one(collection, uuid, asked)
        case .download(let collection, let uuid): return try download(collection, uuid)
        case .questions(let collection):
            guard let question = asked.question else { throw ServingFailure(.servedNotFound) }
            return try answer(question, collection)
        case .list(let collection), .search(let collection):
            guard let list = asked.list else { throw ServingFailure(.servedNotFound) }
            if collection.isRoot { return try roots(collection, list, asked) }
            return try children(collection, list, asked)
        }
    }

    private func description(_ api: ServedAPI, _ edition: Description.Edition) -> Description {
        Description(
            api: api, library: source.library, edition: edition, addresses: addresses,
            contact: settings.contact, requiresCrs: settings.requiresCrs)
    }

    private func one(
        _ collection: ServedCollection, _ uuid: UUID, _ asked: Asked
    ) throws(ServingFailure) -> Response {
        guard let object = try source.object(collection.name, uuid) else {
            throw ServingFailure(.servedNotFound)
        }
        var json = Writer()
        var unfolding = Unfolding(answering: self)
        if collection.isRoot {
            try unfolding.write(object, asked.expansion, &json)
        } else {
            let child = ChildIdentity(resource: collection.name, uuid: uuid)
            guard let number = object.stored.children.firstIndex(of: child) else {
                throw ServingFailure(.servedNotFound)
            }
            try unfolding.write(number, of: object, asked.expansion, &json)
        }
        return .json(json.bytes, from: [object.document], collection, for: asked.head)
    }
}

extension StoredObject {
    var uuid: UUID { UUID(document.uuid) ?? document.key.uuid }
}

package import Crypto
internal import Diagnostics
package import Ledger
internal import Model
package import Record
package import Resources
internal import Threads

/// The own store as a ``Source``: answers a question about what Sluis itself serves.
///
/// A question that names an object first waits, bounded, until nothing about it is on its way (design section 5, "Read
/// your writes"); it is never answered with "not found" or an older state while a write is open.
package struct StoreSource: Source {
    /// How many documents are read at a time when criteria have to be tested on the records.
    private static let page = 100

    private let ledger: any Ledger
    private let library: ResourceLibrary
    private let tenant: String
    private let hash: KeyedHash
    private let target: String
    private let patience: Duration

    /// - Parameters:
    ///   - target: the name of the target that writes the store.
    ///   - patience: how long a question waits for what is on its way.
    package init(
        ledger: any Ledger, library: ResourceLibrary, tenant: String, hash: KeyedHash, target: String,
        patience: Duration
    ) {
        self.ledger = ledger
        self.library = library
        self.tenant = tenant
        self.hash = hash
        self.target = target
        self.patience = patience
    }

    /// - Throws: ``ServingFailure`` `writesOpen` when something about a named object stays on its way, `servedNotFound`;
    ///   ``LedgerFailure``.
    package func answer(_ question: Question) throws -> Answer {
        guard let resource = library.resource(question.resource) else {
            throw ServingFailure(.servedNotFound, at: question.resource)
        }
        try awaitWrites(question, resource)
        var asked = question
        asked.criteria = []
        var left: [Question.Criterion] = []
        for criterion in question.criteria {
            guard resource.canFind(criterion.path) else {
                left.append(criterion)
                continue
            }
            var criterion = criterion
            criterion.value = Resource.criterion(criterion.path, criterion.value, hash: hash)
            asked.criteria.append(criterion)
        }
        return left.isEmpty ? try found(asked, resource) : try tested(asked, left, resource)
    }

    /// The same answer with what the store keeps beside the records: the identities of their children.
    package func documents(
        _ question: Question
    ) throws -> (found: [(uuid: UUID, stored: Stored)], next: [UInt8]?, total: Int) {
        guard let resource = library.resource(question.resource) else {
            throw ServingFailure(.servedNotFound, at: question.resource)
        }
        try awaitWrites(question, resource)
        var asked = question
        asked.criteria = question.criteria.map { criterion in
            var criterion = criterion
            criterion.value = Resource.criterion(criterion.path, criterion.value, hash: hash)
            return criterion
        }
        let page = try ledger.list(asked, tenant: tenant)
        let found = try page.documents.compactMap { document -> (uuid: UUID, stored: Stored)? in
            guard let uuid = UUID(document.uuid) else { return nil }
            return try opened(document, resource).map { (uuid, $0) }
        }
        return (found, page.next, page.total)
    }

    /// The objects served under one identity, or holding the child with it; nil when there is none.
    package func stored(
        resource name: String, uuid: String
    ) throws -> (document: Document, stored: Stored)? {
        guard let resource = library.resource(name),
            let document = try ledger.document(tenant: tenant, resource: name, uuid: uuid)
        else { return nil }
        return try opened(document, resource).map { (document, $0) }
    }

    private func found(_ question: Question, _ resource: Resource) throws -> Answer {
        let page = try ledger.list(question, tenant: tenant)
        let found = try page.documents.compactMap { document in
            try opened(document, resource).map { Answer.Found(uuid: document.uuid, record: $0.record) }
        }
        return Answer(found: found, next: page.next, total: page.total)
    }

    /// Tests what the store cannot find by on the records themselves, reading on until there are enough.
    private func tested(
        _ question: Question, _ criteria: [Question.Criterion], _ resource: Resource
    ) throws -> Answer {
        var question = question
        let limit = question.limit
        question.limit = Self.page
        var found: [Answer.Found] = []
        while true {
            let answer = try self.found(question, resource)
            found += answer.found.filter { each in
                criteria.allSatisfy { resource.meets($0, each.record) }
            }
            guard found.count <= limit, let next = answer.next else { break }
            question.after = next
        }
        return Answer(
            found: Array(found.prefix(limit)), next: found.count > limit ? [] : nil, total: found.count)
    }

    private func opened(_ document: Document, _ resource: Resource) throws -> Stored? {
        try document.record.map {
            try Stored(decoding: $0, layout: resource.shape.layout, onUnknown: { _ in })
        }
    }

    // MARK: Reading one's writes

    private func awaitWrites(_ question: Question, _ resource: Resource) throws {
        let objects = try named(by: question, resource)
        guard !objects.isEmpty else { return }
        let outcome = OneShot<Bool>()
        ledger.watch(objects, target: target, within: patience) { outcome.fulfil($0) }
        guard outcome.wait(until: nil) == true else {
            throw ServingFailure(.writesOpen, at: question.resource, isPassing: true)
        }
    }

    /// The objects that a question names by their whole key; else those there are that meet what it gives of the key.
    private func named(by question: Question, _ resource: Resource) throws -> [ObjectKey] {
        let equals = question.criteria.filter { $0.comparison == .equals }
        let given = resource.entity.key.compactMap { path in equals.first { $0.path == path } }
        guard let last = given.last else { return [] }
        if given.count == resource.entity.key.count {
            let values = given.map {
                String(
                    decoding: Resource.criterion($0.path, $0.value, hash: hash), as: UTF8.self)
            }
            return [ObjectKey(tenant: tenant, resource: question.resource, values: values)]
        }
        guard last.path == resource.entity.key.last else { return [] }
        var some = question
        some.criteria = given
        some.after = nil
        some.limit = 10
        return try ledger.list(some, tenant: tenant).documents.map(\.key)
    }
}

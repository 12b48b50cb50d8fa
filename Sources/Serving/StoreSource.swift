package import Crypto
private import Diagnostics
package import Ledger
private import Model
package import Record
package import Resources
private import Threads

/// The own store as a ``Source``: answers a question about what Sluis itself serves.
///
/// A question that names an object first waits, bounded, until nothing about it is on its way (design section 5, "Read
/// your writes"); it is never answered with "not found" or an older state while a write is open.
package struct StoreSource: Source {
    /// How many documents are read at a time when criteria have to be tested on the records.
    private static let step = 100
    /// How many documents are looked at for one answer.
    private static let most = 5_000
    /// How many objects a question may stand for that does not name one wholly, and still be waited for.
    private static let named = 10

    let library: ResourceLibrary
    let tenant: String
    let hash: KeyedHash
    let target: String
    let patience: Duration
    let ledger: any Ledger

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

    /// - Throws: ``ServingFailure`` `writesOpen` when something about a named object stays on its way, `servedNotFound`,
    ///   `questionTooWide`, or what the ledger could not do.
    package func answer(_ question: Question) throws -> Answer {
        let objects = try objects(namedBy: question)
        if !objects.isEmpty {
            let outcome = OneShot<Bool>()
            ledger.watch(objects, target: target, within: patience) { outcome.fulfil($0) }
            guard outcome.wait(until: nil) == true else { throw Self.writesOpen(question.resource) }
        }
        let page = try page(question)
        let found = page.objects.map {
            Answer.Found(uuid: $0.document.uuid, record: $0.stored.record, kept: $0.stored.kept)
        }
        return Answer(found: found, next: page.next, total: page.total)
    }

    package func cursor(of uuid: String, in resource: String) throws -> [UInt8]? {
        guard let uuid = UUID(uuid), let object = try object(resource, uuid),
            object.document.uuid == uuid.description
        else { return nil }
        return object.cursor
    }

    static func writesOpen(_ resource: String) -> ServingFailure {
        ServingFailure(.writesOpen, at: resource, isPassing: true)
    }

    // MARK: Reading, as it is now

    /// The object with that key; nil when there is none.
    func object(_ key: ObjectKey) throws(ServingFailure) -> StoredObject? {
        try asking { () throws(LedgerFailure) in try ledger.document(key) }.map(opened) ?? nil
    }

    /// The object that is served under that identity, or that holds the child with it; nil when there is none.
    func object(_ resource: String, _ uuid: UUID) throws(ServingFailure) -> StoredObject? {
        try asking { () throws(LedgerFailure) in
            try ledger.document(tenant: tenant, resource: resource, uuid: uuid.description)
        }.map(opened) ?? nil
    }

    /// What meets a question, in the order of the keys.
    func page(_ question: Question) throws(ServingFailure) -> StoredPage {
        let resource = try resource(question.resource)
        guard resource.canFind(question.criteria) else { return try tested(question, resource) }
        return try listed(finding(question, resource))
    }

    /// Every object that meets a question, as long as there are not too many for one answer.
    func all(_ question: Question) throws(ServingFailure) -> [StoredObject] {
        var question = question
        question.limit = Self.step
        var objects: [StoredObject] = []
        while true {
            let page = try page(question)
            guard page.total <= Self.most else {
                throw ServingFailure(.questionTooWide, at: question.resource)
            }
            objects += page.objects
            guard let next = page.next else { return objects }
            question.after = next
        }
    }

    private func resource(_ name: String) throws(ServingFailure) -> Resource {
        guard let resource = library.resource(name) else { throw ServingFailure(.servedNotFound, at: name) }
        return resource
    }

    /// The question with what the store finds by, spelled as it is stored.
    private func finding(_ question: Question, _ resource: Resource) -> Question {
        var question = question
        question.criteria = question.criteria.filter { resource.canFind($0) }.map {
            Resource.finding($0, hash: hash)
        }
        return question
    }

    private func listed(_ question: Question) throws(ServingFailure) -> StoredPage {
        let page = try asking { () throws(LedgerFailure) in try ledger.list(question, tenant: tenant) }
        var objects: [StoredObject] = []
        for document in page.documents {
            if let object = try opened(document) { objects.append(object) }
        }
        return StoredPage(objects: objects, next: page.next, total: page.total)
    }

    /// Tests all criteria on the records of what the store finds by some of them.
    private func tested(_ question: Question, _ resource: Resource) throws(ServingFailure) -> StoredPage {
        var asked = finding(question, resource)
        asked.limit = Self.step
        asked.after = nil
        asked.skip = 0
        var found: [StoredObject] = []
        var seen = 0
        while true {
            let page = try listed(asked)
            guard page.total <= Self.most, seen <= Self.most else {
                throw ServingFailure(.questionTooWide, at: question.resource)
            }
            seen += page.objects.count
            found += page.objects.filter { resource.meets(question.criteria, $0.stored.record) }
            guard let next = page.next else { break }
            asked.after = next
        }
        let rest: ArraySlice<StoredObject>
        if let after = question.after {
            rest = found.drop { !after.lexicographicallyPrecedes($0.cursor) }
        } else {
            rest = found.dropFirst(max(question.skip, 0))
        }
        let objects = Array(rest.prefix(max(question.limit, 0)))
        return StoredPage(
            objects: objects, next: objects.count < rest.count ? objects.last?.cursor : nil,
            total: found.count)
    }

    private func opened(_ document: Document) throws(ServingFailure) -> StoredObject? {
        guard let record = document.record else { return nil }
        let resource = try resource(document.key.resource)
        do {
            let stored = try Stored(decoding: record, layout: resource.shape.layout, onUnknown: { _ in })
            return StoredObject(document: document, stored: stored, resource: resource)
        } catch {
            throw ServingFailure(.servedUnreadable, at: document.key.resource)
        }
    }

    private func asking<Value>(_ body: () throws(LedgerFailure) -> Value) throws(ServingFailure) -> Value {
        do {
            return try body()
        } catch {
            throw ServingFailure(error)
        }
    }

    // MARK: Reading one's writes

    /// The objects that a question names by their whole key; else those that meet what it gives of the key: the ones
    /// that are there, and the ones that are still being made.
    func objects(namedBy question: Question) throws(ServingFailure) -> [ObjectKey] {
        let resource = try resource(question.resource)
        let equals = question.criteria.filter { $0.comparison == .equals }
        let given = resource.entity.key.compactMap { path in equals.first { $0.path == path } }
        guard let last = given.last, last.path == resource.entity.key.last else { return [] }
        let values = given.map {
            String(decoding: Resource.criterion($0.path, $0.value, hash: hash), as: UTF8.self)
        }
        if given.count == resource.entity.key.count {
            return [ObjectKey(tenant: tenant, resource: question.resource, values: values)]
        }
        let some = Question(
            resource: question.resource, criteria: given, limit: Self.named, caller: question.caller)
        let there = try listed(finding(some, resource)).objects.map(\.document.key)
        let value = values.last ?? ""
        let made = try open(question.resource, ending: ObjectKey.ending(of: [value]), Self.named)
        return there + made.filter { $0.ends(with: value) && !there.contains($0) }
    }

    /// The object with that identity, or that holds the child with it; or the one that is being made under it.
    func objects(identifiedBy uuid: UUID, _ resource: String) throws(ServingFailure) -> [ObjectKey] {
        if let object = try object(resource, uuid) { return [object.document.key] }
        return try open(resource, ending: "", Self.most).filter { $0.uuid == uuid }
    }

    private func open(
        _ resource: String, ending: String, _ limit: Int
    ) throws(ServingFailure) -> [ObjectKey] {
        try asking { () throws(LedgerFailure) in
            try ledger.open(resource, tenant: tenant, ending: ending, target: target, limit: limit)
        }
    }
}

/// One object as it is stored now.
struct StoredObject: Sendable {
    let document: Document
    let stored: Stored
    let resource: Resource

    /// Where a page behind it begins.
    var cursor: [UInt8] { Array(document.key.value.utf8) }
}

/// Some of the objects that meet a question.
struct StoredPage: Sendable {
    var objects: [StoredObject]
    var next: [UInt8]?
    var total: Int
}

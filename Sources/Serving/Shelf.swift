internal import Crypto
internal import Diagnostics
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources
internal import Threads

/// A document to be answered: JSON, and of which moment it is.
struct Page: Sendable {
    var json: [UInt8]
    /// Of one resource: when its state was so.
    var asOf: WallTime?
}

/// Reads the own store and writes what the API shows of it.
struct Shelf: Sendable {
    let ledger: any Ledger
    let source: StoreSource
    let library: ResourceLibrary
    let tenant: String
    let hash: KeyedHash

    /// Asks the store the least it can be asked.
    func probe() throws {
        _ = try ledger.unexpanded(receivedBefore: WallTime(seconds: 0), limit: 1)
    }

    func page(_ place: Place, _ asking: Asking, base: String) throws -> Page {
        let writer = ResourceDocument(
            library: library, addresses: Addresses(base: base, library: library), tenant: tenant, hash: hash)
        guard let kept = place.kept(library) else { throw ServingFailure(.servedNotFound) }
        if let uuid = place.uuid { return try one(place, uuid, kept, writer) }
        if case .child = place.kind { return try children(place, asking, kept, writer, base) }
        return try list(place, asking, kept, writer, base)
    }

    /// A document of the store, opened.
    private func open(_ resource: String, _ uuid: String) throws -> (
        document: Document, stored: Stored, kept: Resource
    ) {
        guard let document = try ledger.document(tenant: tenant, resource: resource, uuid: uuid),
            let bytes = document.record, let kept = library.resource(document.key.resource)
        else { throw ServingFailure(.servedNotFound) }
        let stored = try Stored(decoding: bytes, layout: kept.shape.layout, onUnknown: { _ in })
        return (document, stored, kept)
    }

    private func one(_ place: Place, _ uuid: String, _ kept: Resource, _ writer: ResourceDocument) throws
        -> Page
    {
        let (document, stored, kept) = try open(place.entity.qualifiedName, uuid)
        guard let root = UUID(document.uuid) else { throw ServingFailure(.servedUnreadable) }
        var json = Writer()
        if case .child = place.kind {
            let number = stored.children.firstIndex { $0.uuid.description == uuid }
            guard let number, writer.writeChild(number, of: stored, kept, root, into: &json) else {
                throw ServingFailure(.servedNotFound)
            }
        } else {
            writer.write(stored, of: kept, root, into: &json)
        }
        return Page(json: json.bytes, asOf: document.asOf)
    }

    private func children(
        _ place: Place, _ asking: Asking, _ kept: Resource, _ writer: ResourceDocument, _ base: String
    ) throws -> Page {
        let (document, stored, kept) = try open(kept.entity.qualifiedName, asking.parent ?? "")
        guard let root = UUID(document.uuid) else { throw ServingFailure(.servedUnreadable) }
        let numbers = stored.children.indices.filter {
            stored.children[$0].resource == place.entity.qualifiedName
        }
        let from = min((asking.page - 1) * asking.pageSize, numbers.count)
        let shown = numbers[from..<min(from + asking.pageSize, numbers.count)]
        guard asking.page == 1 || !shown.isEmpty else { throw ServingFailure(.servedNotFound) }
        var json = Writer()
        let hasNext = from + shown.count < numbers.count
        envelope(numbers.count, hasNext: hasNext, place, asking, base, into: &json) { json in
            for number in shown { _ = writer.writeChild(number, of: stored, kept, root, into: &json) }
        }
        return Page(json: json.bytes, asOf: document.asOf)
    }

    private func list(
        _ place: Place, _ asking: Asking, _ kept: Resource, _ writer: ResourceDocument, _ base: String
    ) throws -> Page {
        var question = Question(
            resource: place.entity.qualifiedName, criteria: asking.criteria, limit: asking.pageSize,
            caller: .local)
        guard try addLinks(asking, kept, to: &question) else {
            var json = Writer()
            envelope(0, hasNext: false, place, asking, base, into: &json) { _ in }
            return Page(json: json.bytes)
        }
        var answer = try source.documents(question)
        for _ in 1..<asking.page {
            guard let next = answer.next else { throw ServingFailure(.servedNotFound) }
            question.after = next
            answer = try source.documents(question)
        }
        var json = Writer()
        envelope(answer.total, hasNext: answer.next != nil, place, asking, base, into: &json) { json in
            for (uuid, stored) in answer.found { writer.write(stored, of: kept, uuid, into: &json) }
        }
        return Page(json: json.bytes)
    }

    /// Turns URLs of linked resources into criteria on what they are looked up by.
    ///
    /// - Returns: false when a URL names nothing: then nothing can be linked to it.
    private func addLinks(_ asking: Asking, _ kept: Resource, to question: inout Question) throws -> Bool {
        for (path, uuid) in asking.links {
            guard let node = kept.shape.node(path), let link = kept.shape.nodes[node].link,
                let found = try source.stored(resource: link.resource, uuid: uuid.description),
                let linked = library.resource(link.resource)
            else { return false }
            for property in link.by {
                guard let node = linked.shape.node(property) else { return false }
                question.criteria.append(
                    .init(
                        path: "\(path).\(property)", comparison: .equals,
                        value: Array(found.stored.record.bytes(node))))
            }
        }
        return true
    }

    /// `count`, `next`, `previous` and `results`, as the ZGW APIs page.
    private func envelope(
        _ count: Int, hasNext: Bool, _ place: Place, _ asking: Asking, _ base: String,
        into json: inout Writer, _ results: (inout Writer) -> Void
    ) {
        let collection = Addresses(base: base, library: library).collection(place.entity.qualifiedName) ?? ""
        func page(_ number: Int) -> String {
            let items = asking.rest + [(name: "page", value: "\(number)")]
            let query = items.map { "\(Form.encoded($0.name))=\(Form.encoded($0.value))" }
            return "\(collection)?\(query.joined(separator: "&"))"
        }
        json.startObject()
        json.key("count")
        json.number(count)
        json.key("next")
        hasNext ? json.string(page(asking.page + 1)) : json.null()
        json.key("previous")
        asking.page > 1 ? json.string(page(asking.page - 1)) : json.null()
        json.key("results")
        json.startArray()
        results(&json)
        json.end()
        json.end()
    }
}

internal import Crypto
internal import HTTP
internal import JSON
internal import Threads

/// A request, read as far as it can be without looking at what is there.
struct Asked: Sendable {
    var method: HTTP.Method
    var collection: Collection
    var uuid: String?
    /// `_zoek`, `lock`, `unlock`, `download`.
    var action: String?
    var query: [(name: String, value: String)] = []
    var body: Value?
}

/// What a stand-in answers when it does not refuse.
struct Reply: Sendable {
    var status: Int
    var body: Value?
    var content: [UInt8]?
    var location: String?

    init(_ status: Int, _ body: Value? = nil, location: String? = nil) {
        self.status = status
        self.body = body
        self.location = location
    }
}

/// Answers one request within one transaction.
struct Desk {
    let session: StubStore.Session
    let base: String
    let now: WallTime
    let caller: Application

    func answer(_ asked: Asked) throws(StubsFailure) -> Reply {
        try checkScope(asked)
        let collection = asked.collection
        switch (asked.method, asked.uuid, asked.action) {
        case (.post, nil, "_zoek"?) where collection.path == "zaken": return try search(asked)
        case (.post, let uuid?, "lock"?): return try lock(try there(collection, uuid))
        case (.post, let uuid?, "unlock"?): return try unlock(try there(collection, uuid), asked.body)
        case (.get, let uuid?, "download"?):
            guard let content = try session.content(of: uuid) else { throw Refusal.notFound.failure }
            var reply = Reply(200)
            reply.content = content
            return reply
        case (_, _, .some): throw Refusal.notFound.failure
        case (.get, nil, _), (.head, nil, _): return try list(asked)
        case (.get, let uuid?, _), (.head, let uuid?, _):
            let document = try view(try visible(collection, uuid))
            return Reply(200, try expanded(document, try expansion(asked)))
        case (.post, nil, _): return try create(collection, asked.body ?? .null)
        case (.put, let uuid?, _), (.patch, let uuid?, _):
            return try update(
                try visible(collection, uuid), asked.body ?? .null, isWhole: asked.method == .put, collection)
        case (.delete, let uuid?, _): return try remove(try visible(collection, uuid))
        default: throw Refusal.methodNotAllowed.failure
        }
    }

    private func checkScope(_ asked: Asked) throws(StubsFailure) {
        let isAction = asked.action != nil
        guard isAction || asked.collection.methods.contains(asked.method) else {
            throw Refusal.methodNotAllowed.failure
        }
        let scope = Application.scope(asked.collection, asked.method, asked.action)
        // Who may make a zaak may also set its first status, and read the types (ztc-014).
        let other = scope == "zaken.statussen.toevoegen" ? "zaken.aanmaken" : "zaken.lezen"
        let isOther = scope == "zaken.statussen.toevoegen" || scope == "catalogi.lezen"
        guard caller.may(scope) || isOther && caller.may(other) else { throw Refusal.forbidden.failure }
    }

    // MARK: What is there

    func there(_ collection: Collection, _ uuid: String) throws(StubsFailure) -> Resource {
        guard let document = try session.document(collection.path, uuid) else {
            throw Refusal.notFound.failure
        }
        return Resource(collection: collection.path, uuid: uuid, document: document)
    }

    /// One that the caller may see.
    private func visible(_ collection: Collection, _ uuid: String) throws(StubsFailure) -> Resource {
        let resource = try there(collection, uuid)
        guard try isVisible(resource) else { throw Refusal.forbidden.failure }
        return resource
    }

    /// Whether the caller's rights reach the zaaktype of a zaak, or of the zaak that something belongs to.
    func isVisible(_ resource: Resource) throws(StubsFailure) -> Bool {
        guard let zaaktypen = caller.zaaktypen else { return true }
        let zaak = resource.collection == "zaken" ? resource.document : try linked(resource.document["zaak"])
        guard let zaak else { return true }
        let code = try linked(zaak["zaaktype"])?["identificatie"]?.text
        return code.map(zaaktypen.contains) ?? false
    }

    /// The document that a URL of this server leads to.
    func linked(_ url: Value?) throws(StubsFailure) -> Value? {
        guard let (collection, uuid) = Self.place(url) else { return nil }
        return try session.document(collection, uuid)
    }

    /// The collection and UUID at the end of a URL.
    static func place(_ url: Value?) -> (collection: String, uuid: String)? {
        let parts = (url?.text ?? "").split(separator: "/")
        return parts.count < 2 ? nil : (String(parts[parts.count - 2]), String(parts[parts.count - 1]))
    }

    func children(_ collection: String, of name: String, _ url: Value?) throws(StubsFailure) -> [Resource] {
        guard let url else { return [] }
        return try session.documents(collection, holding: .object([.init(name, url)]))
    }

    func url(_ resource: Resource) -> Value {
        let api = Collection.all.first { $0.path == resource.collection }?.api ?? "zaken"
        return .string("\(base)/\(api)/api/v1/\(resource.collection)/\(resource.uuid)")
    }
}

internal import Crypto
internal import HTTP
internal import Model
internal import Resources

/// One API that is served.
struct ServedAPI: Sendable {
    /// Of its model: `zaken`.
    let name: String
    /// `/zaken/api/v1`.
    let root: String
    let version: String
    /// In the order of the model.
    let collections: [ServedCollection]
    /// Whether it has no GET, so that nothing of a person stands in a URL.
    let isAskedByPost: Bool
}

/// What a path leads to.
enum Destination: Sendable {
    case list(ServedCollection)
    /// Its list, asked with a document instead of a query.
    case search(ServedCollection)
    /// A collection that is asked by documents alone.
    case questions(ServedCollection)
    case one(ServedCollection, UUID)
    case download(ServedCollection, UUID)
    /// Its OpenAPI document.
    case description(ServedAPI, Description.Edition)
    /// The page about it for people.
    case page(ServedAPI)
    case ready
    /// Nothing; below an API it still answers with that API's version.
    case nothing(ServedAPI?)

    /// What a log may show of the path: never an identity.
    var template: String {
        switch self {
        case .list(let collection), .questions(let collection): collection.path
        case .search(let collection): "\(collection.path)/_zoek"
        case .one(let collection, _): "\(collection.path)/{uuid}"
        case .download(let collection, _): "\(collection.path)/{uuid}/download"
        case .description(let api, let edition): "\(api.root)/\(edition.file)"
        case .page(let api): "\(api.root)/\(Self.pageName)"
        case .ready: "/readyz"
        case .nothing: "-"
        }
    }

    /// What it can be asked with.
    var methods: [HTTP.Method] {
        switch self {
        case .search, .questions: [.post, .options]
        default: [.get, .head, .options]
        }
    }

    var takesBody: Bool {
        switch self {
        case .search, .questions: true
        default: false
        }
    }

    var version: String? {
        switch self {
        case .nothing(let api): api?.version
        case .description(let api, _), .page(let api): api.version
        default: collection?.version
        }
    }

    /// How the API spells its refusals.
    var dialect: Problem.Dialect {
        switch self {
        case .questions: .brp
        case .nothing(let api?): api.isAskedByPost ? .brp : .zgw
        default: .zgw
        }
    }

    var collection: ServedCollection? {
        switch self {
        case .list(let collection), .search(let collection), .questions(let collection),
            .one(let collection, _), .download(let collection, _):
            collection
        case .description, .page, .ready, .nothing: nil
        }
    }

    static let pageName = "documentatie"

    /// Whether every origin may read it (API Design Rule publish-openapi).
    var isForAllOrigins: Bool {
        if case .description = self { return true }
        return false
    }
}

/// The paths of every API that a model describes.
struct RouteTable: Sendable {
    let apis: [ServedAPI]
    private let bySegments: [(root: [String], api: Int, collections: [String: ServedCollection])]

    init(_ library: ResourceLibrary) {
        apis = library.models.all.compactMap { model in
            guard case .api(let root) = model.kind else { return nil }
            let version = model.served.version ?? "1.0.0"
            let collections = model.entities.compactMap { entity in
                entity.collection.flatMap {
                    ServedCollection(entity, path: "\(root)/\($0)", version: version, library)
                }
            }
            return ServedAPI(
                name: model.name, root: root, version: version, collections: collections,
                isAskedByPost: model.served.isAskedByPost)
        }
        bySegments = apis.enumerated().map { index, api in
            let named = api.collections.compactMap { served in served.entity.collection.map { ($0, served) } }
            return (
                api.root.split(separator: "/").map(String.init), index,
                Dictionary(named, uniquingKeysWith: { first, _ in first })
            )
        }
    }

    /// Where decoded path segments lead. A slash at the end leads nowhere (API Design Rule no-trailing-slash).
    func destination(_ segments: [String]) -> Destination {
        if segments == ["readyz"] { return .ready }
        for (root, api, collections) in bySegments where segments.starts(with: root) {
            let rest = segments.dropFirst(root.count)
            let nothing = Destination.nothing(apis[api])
            guard let name = rest.first else { return nothing }
            if rest.count == 1, !collections.isEmpty, let own = own(name, of: apis[api]) { return own }
            guard let collection = collections[name] else { return nothing }
            return destination(Array(rest.dropFirst()), in: collection) ?? nothing
        }
        return .nothing(nil)
    }

    /// What an API has besides its collections.
    private func own(_ name: String, of api: ServedAPI) -> Destination? {
        switch name {
        case Description.Edition.v30.file: .description(api, .v30)
        case Description.Edition.v31.file: .description(api, .v31)
        case Destination.pageName: .page(api)
        default: nil
        }
    }

    private func destination(_ rest: [String], in collection: ServedCollection) -> Destination? {
        if collection.isAskedByPost { return rest.isEmpty ? .questions(collection) : nil }
        guard let first = rest.first else { return .list(collection) }
        if rest == ["_zoek"], collection.hasSearch { return .search(collection) }
        guard let uuid = UUID(first) else { return nil }
        if rest.count == 1 { return .one(collection, uuid) }
        return rest.count == 2 && rest[1] == "download" && collection.hasContent
            ? .download(collection, uuid) : nil
    }
}

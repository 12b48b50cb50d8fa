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
}

/// What a path leads to.
enum Destination: Sendable {
    case list(ServedCollection)
    /// Its list, asked with a document instead of a query.
    case search(ServedCollection)
    case one(ServedCollection, UUID)
    case download(ServedCollection, UUID)
    /// Its OpenAPI document.
    case description(ServedAPI, Description.Edition)
    /// The page about it for people.
    case page(ServedAPI)
    case ready
    /// Nothing; below an API it still answers with that API's version.
    case nothing(version: String?)

    /// What a log may show of the path: never an identity.
    var template: String {
        switch self {
        case .list(let collection): collection.path
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
        case .search: [.post, .options]
        default: [.get, .head, .options]
        }
    }

    var takesBody: Bool {
        if case .search = self { return true }
        return false
    }

    var version: String? {
        switch self {
        case .nothing(let version): version
        case .description(let api, _), .page(let api): api.version
        default: collection?.version
        }
    }

    var collection: ServedCollection? {
        switch self {
        case .list(let collection), .search(let collection), .one(let collection, _),
            .download(let collection, _):
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
            guard case .api(let root) = model.kind, !Self.postOnly.contains(model.name) else { return nil }
            let version = Self.versions[model.name] ?? "1.0.0"
            let collections = model.entities.compactMap { entity in
                entity.collection.flatMap {
                    ServedCollection(entity, path: "\(root)/\($0)", version: version, library)
                }
            }
            return ServedAPI(name: model.name, root: root, version: version, collections: collections)
        }
        bySegments = apis.enumerated().map { index, api in
            let named = api.collections.compactMap { served in served.entity.collection.map { ($0, served) } }
            return (
                api.root.split(separator: "/").map(String.init), index,
                Dictionary(named, uniquingKeysWith: { first, _ in first })
            )
        }
    }

    /// The versions of the standard whose documents the shipped models describe (source-apis 1.1).
    private static let versions = [
        "zaken": "1.5.1", "catalogi": "1.3.1", "documenten": "1.4.2", "besluiten": "1.1.0", "brp": "2.7.0",
    ]

    /// APIs without a GET: the BRP API asks by POST alone, so that no burgerservicenummer stands in a URL
    /// (BRP API Personen 2.7.0). Nothing of them is served yet.
    private static let postOnly: Set = ["brp"]

    /// Where decoded path segments lead. A slash at the end leads nowhere (API Design Rule no-trailing-slash).
    func destination(_ segments: [String]) -> Destination {
        if segments == ["readyz"] { return .ready }
        for (root, api, collections) in bySegments where segments.starts(with: root) {
            let rest = segments.dropFirst(root.count)
            let nothing = Destination.nothing(version: apis[api].version)
            guard let name = rest.first else { return nothing }
            if rest.count == 1, !collections.isEmpty, let own = own(name, of: apis[api]) { return own }
            guard let collection = collections[name] else { return nothing }
            return destination(Array(rest.dropFirst()), in: collection) ?? nothing
        }
        return .nothing(version: nil)
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
        guard let first = rest.first else { return .list(collection) }
        if rest == ["_zoek"], collection.hasSearch { return .search(collection) }
        guard let uuid = UUID(first) else { return nil }
        if rest.count == 1 { return .one(collection, uuid) }
        return rest.count == 2 && rest[1] == "download" && collection.hasContent
            ? .download(collection, uuid) : nil
    }
}

internal import Crypto
internal import Model
internal import Record
internal import Resources

/// One collection that is served, and where its documents are found.
struct ServedCollection: Sendable {
    /// What each document is: `zaken:Rol`.
    let entity: Entity
    /// The objects that hold the documents: themselves, or those they are children of.
    let root: Resource
    /// Of a child: where it hangs.
    let child: APIFacts.Child?
    /// Of a child that is there to link its object to another one: the property that points to that one, and the path
    /// by which objects are found through it.
    let association: Association?
    /// Without a base: `/zaken/api/v1/rollen`.
    let path: String
    /// The version of its API: `1.5.1`.
    let version: String

    struct Association: Sendable {
        /// `zaak`.
        let property: String
        /// `zaken:Zaak`.
        let resource: String
        /// `zaakinformatieobjecten.zaak.identificatie`.
        let path: String
        /// `identificatie`.
        let by: String
    }

    var name: String { entity.qualifiedName }
    var isRoot: Bool { child == nil }
}

/// What a path leads to.
enum Destination: Sendable {
    case list(ServedCollection)
    case one(ServedCollection, UUID)
    case download(ServedCollection, UUID)
    case ready
    /// Nothing; below an API it still answers with that API's version.
    case nothing(version: String?)

    /// What a log may show of the path: never an identity.
    var template: String {
        switch self {
        case .list(let collection): collection.path
        case .one(let collection, _): "\(collection.path)/{uuid}"
        case .download(let collection, _): "\(collection.path)/{uuid}/download"
        case .ready: "/readyz"
        case .nothing: "-"
        }
    }

    var version: String? {
        switch self {
        case .list(let collection), .one(let collection, _), .download(let collection, _): collection.version
        case .ready: nil
        case .nothing(let version): version
        }
    }
}

/// The paths of every API that a model describes.
struct RouteTable: Sendable {
    private struct API: Sendable {
        let root: [String]
        let version: String
        let collections: [String: ServedCollection]
    }

    private let apis: [API]
    private let byResource: [String: ServedCollection]

    init(_ library: ResourceLibrary) {
        var apis: [API] = []
        var byResource: [String: ServedCollection] = [:]
        for model in library.models.all {
            guard case .api(let root) = model.kind else { continue }
            let version = Self.versions[model.name] ?? "1.0.0"
            var collections: [String: ServedCollection] = [:]
            for entity in model.entities {
                guard let name = entity.collection,
                    let served = Self.served(entity, path: "\(root)/\(name)", version: version, library)
                else { continue }
                collections[name] = served
                byResource[served.name] = served
            }
            let segments = root.split(separator: "/").map(String.init)
            apis.append(API(root: segments, version: version, collections: collections))
        }
        self.apis = apis
        self.byResource = byResource
    }

    /// The versions of the standard whose documents the shipped models describe (source-apis 1.1).
    private static let versions = ["zaken": "1.5.1", "catalogi": "1.3.1", "documenten": "1.4.2"]

    func collection(of resource: String) -> ServedCollection? { byResource[resource] }

    /// Where decoded path segments lead. A slash at the end leads nowhere (API Design Rule no-trailing-slash).
    func destination(_ segments: [String]) -> Destination {
        if segments == ["readyz"] { return .ready }
        for api in apis where segments.starts(with: api.root) {
            let rest = segments.dropFirst(api.root.count)
            guard let name = rest.first, let collection = api.collections[name] else {
                return .nothing(version: api.version)
            }
            return destination(Array(rest.dropFirst()), in: collection) ?? .nothing(version: api.version)
        }
        return .nothing(version: nil)
    }

    private func destination(_ rest: [String], in collection: ServedCollection) -> Destination? {
        guard let first = rest.first else { return .list(collection) }
        guard let uuid = UUID(first) else { return nil }
        if rest.count == 1 { return .one(collection, uuid) }
        let hasContent =
            collection.isRoot && collection.root.shape.nodes.contains { $0.type.base == .content }
        return rest.count == 2 && rest[1] == "download" && hasContent ? .download(collection, uuid) : nil
    }

    /// How an entity is served: by itself when it has a key, else below the object that has it as a child.
    private static func served(
        _ entity: Entity, path: String, version: String, _ library: ResourceLibrary
    ) -> ServedCollection? {
        if !entity.key.isEmpty, let root = library.resource(entity.qualifiedName) {
            return ServedCollection(
                entity: entity, root: root, child: nil, association: nil, path: path, version: version)
        }
        for name in library.names {
            guard let root = library.resource(name),
                let node = root.shape.nodes.first(where: { $0.child?.resource == entity.qualifiedName })
            else { continue }
            return ServedCollection(
                entity: entity, root: root, child: node.child, association: association(of: node, root),
                path: path, version: version)
        }
        return nil
    }

    private static func association(
        of node: Shape.Node, _ root: Resource
    ) -> ServedCollection.Association? {
        guard let equal = node.child?.match.equal.first,
            let path = root.associations.first(where: { $0 == "\(node.element.name).\(equal)" }),
            let dot = equal.firstIndex(of: "."),
            let link = node.element.member(String(equal[..<dot]))?.api?.link
        else { return nil }
        return ServedCollection.Association(
            property: String(equal[..<dot]), resource: link.resource, path: path,
            by: String(equal[equal.index(after: dot)...]))
    }
}

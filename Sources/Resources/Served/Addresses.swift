package import Crypto
package import Model
private import Record

/// Where the served resources are: URLs from the configured public base, never from a request.
package struct Addresses: Sendable {
    /// Without a slash at the end: `https://sluis.example.nl`.
    package let base: String
    private let library: ResourceLibrary

    package init(base: String, library: ResourceLibrary) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.library = library
    }

    /// The URL of one resource: `https://…/zaken/api/v1/rollen/5af2…`; nil when it is not served.
    package func url(_ resource: String, _ uuid: UUID) -> String? {
        collection(resource).map { "\($0)/\(uuid)" }
    }

    /// The URL of a collection; nil when the resource is not served.
    package func collection(_ resource: String) -> String? {
        guard let entity = library.models.entity(resource), let collection = entity.collection,
            let root = library.models.root(of: entity)
        else { return nil }
        return "\(base)\(root)/\(collection)"
    }

    /// The identity at the end of the URL of a resource; nil when it is the URL of something else, or another host's.
    package func uuid(_ url: String, of resource: String) -> UUID? {
        guard let collection = collection(resource), url.hasPrefix("\(collection)/") else { return nil }
        return UUID(url.dropFirst(collection.count + 1))
    }
}

extension Models {
    /// The path below which the API of an entity is served: `/zaken/api/v1`; nil for StUF.
    package func root(of entity: Entity) -> String? {
        guard case .api(let root)? = model(entity.model)?.kind else { return nil }
        return root
    }
}

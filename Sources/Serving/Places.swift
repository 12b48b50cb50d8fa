internal import Diagnostics
internal import Model
internal import Resources

/// What a path of an API names.
struct Place: Sendable {
    enum Kind: Sendable {
        /// A resource of its own: a zaak, a zaaktype.
        case root
        /// A part of another one with a URL of its own: a rol of a zaak, by the property that points to it.
        case child(of: Resource, parent: String)
    }

    /// What its documents are: `zaken:Rol`.
    let entity: Entity
    let kind: Kind
    /// Nil for the whole collection.
    let uuid: String?

    /// The resource that the store keeps.
    func kept(_ library: ResourceLibrary) -> Resource? {
        if case .child(let parent, _) = kind { return parent }
        return library.resource(entity.qualifiedName)
    }
}

/// Every path that is served, derived from the models.
struct Places: Sendable {
    private struct Entry: Sendable {
        let segments: [String]
        let entity: Entity
        let kind: Place.Kind
    }

    private let entries: [Entry]

    init(_ library: ResourceLibrary) {
        var entries: [Entry] = []
        for name in library.names {
            guard let entity = library.models.entity(name), let collection = entity.collection,
                let root = library.models.root(of: entity)
            else { continue }
            let segments = root.split(separator: "/").map(String.init) + [collection]
            entries.append(
                Entry(segments: segments, entity: entity, kind: Self.kind(of: entity, library)))
        }
        self.entries = entries
    }

    private static func kind(of entity: Entity, _ library: ResourceLibrary) -> Place.Kind {
        for name in library.names {
            guard let parent = library.resource(name) else { continue }
            for node in parent.shape.nodes {
                guard let child = node.child, child.resource == entity.qualifiedName else { continue }
                return .child(of: parent, parent: child.parent)
            }
        }
        return .root
    }

    /// - Throws: `servedNotFound` for a path that names no collection or resource.
    func place(of segments: [String]) throws(ServingFailure) -> Place {
        for entry in entries where segments.starts(with: entry.segments) {
            switch segments.count - entry.segments.count {
            case 0: return Place(entity: entry.entity, kind: entry.kind, uuid: nil)
            case 1: return Place(entity: entry.entity, kind: entry.kind, uuid: segments.last?.lowercased())
            default: continue
            }
        }
        throw ServingFailure(.servedNotFound)
    }

    /// The path without what identifies, for logs.
    func route(of segments: [String]) -> String {
        guard let entry = entries.first(where: { segments.starts(with: $0.segments) }) else { return "other" }
        let path = "/" + entry.segments.joined(separator: "/")
        return segments.count > entry.segments.count ? "\(path)/{uuid}" : path
    }
}

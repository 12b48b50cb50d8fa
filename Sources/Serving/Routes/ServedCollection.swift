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
    let child: Child?
    /// Without a base: `/zaken/api/v1/rollen`.
    let path: String
    /// The version of its API: `1.5.1`.
    let version: String
    /// What its list can be asked for.
    let filters: [Filter]
    /// How it is asked by documents, where it has no GET.
    let served: ServedFacts
    /// What can stand in full beside its URL, as `expand` names it: `status.statustype`.
    let expansions: [String]

    struct Child: Sendable {
        let facts: APIFacts.Child
        /// The property of the root: `rollen`.
        let element: Element
        /// Of a child that is there to link its object to another one.
        let association: Association?
    }

    /// The property that points to the other object, and the path by which objects are found through it.
    struct Association: Sendable {
        /// `zaak`.
        let property: String
        /// `zaakinformatieobjecten.zaak.identificatie`.
        let path: String
    }

    var name: String { entity.qualifiedName }
    /// What it can be asked by documents of its own.
    var questions: [APIQuestion] { served.questions(about: name) }
    /// What `ordering` may name; none: it has no `ordering`.
    var orders: [String] { isRoot ? served.orders[name] ?? [] : [] }
    var isAskedByPost: Bool { served.isAskedByPost }
    var isRoot: Bool { child == nil }
    /// Whether lists come in pages; what links two objects is listed as a whole (ZGW, "Pagination").
    var isPaged: Bool { child?.association == nil }
    /// Whether it has a `_zoek`: what has children, for which a query has no room or which a URL must not name.
    var hasSearch: Bool { isRoot && filters.contains(where: \.isSearchOnly) }
    /// Whether its documents have content of their own to be fetched.
    var hasContent: Bool { isRoot && root.shape.nodes.contains { $0.type.base == .content } }

    /// Whether it has a geometry in the standard, so that a request says which coordinates it speaks; also where our
    /// model has none (source-apis 1.2, "Headers").
    var hasGeometry: Bool { name == "zaken:Zaak" }
}

extension ServedCollection {
    /// How an entity is served: by itself when it has a key, else below the object that has it as a child; nil when
    /// neither.
    init?(_ entity: Entity, path: String, version: String, _ library: ResourceLibrary) {
        self.entity = entity
        self.path = path
        self.version = version
        served = library.models.model(entity.model)?.served ?? ServedFacts()
        expansions = Expansion.choices(of: entity, library)
        if !entity.key.isEmpty, let resource = library.resource(entity.qualifiedName) {
            root = resource
            child = nil
            filters = Filter.ofObjects(resource, library)
            return
        }
        for name in library.names {
            guard let root = library.resource(name),
                let node = root.shape.nodes.first(where: { $0.child?.resource == entity.qualifiedName }),
                let facts = node.child
            else { continue }
            self.root = root
            child = Child(
                facts: facts, element: node.element, association: Self.association(of: node, facts, root))
            filters = Filter.ofChildren(entity, facts, library)
            return
        }
        return nil
    }

    private static func association(
        of node: Shape.Node, _ facts: APIFacts.Child, _ root: Resource
    ) -> Association? {
        guard let equal = facts.match.equal.first, let dot = equal.firstIndex(of: "."),
            let path = root.associations.first(where: { $0 == "\(node.element.name).\(equal)" })
        else { return nil }
        return Association(property: String(equal[..<dot]), path: path)
    }
}

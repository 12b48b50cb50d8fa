import Model
import Record

/// What paths can name at one point of one side of a mapping: the members of the entity, of a group or of an
/// item.
final class Scope: Sendable {
    let entity: Entity
    /// The layout of the record or item that the rules here see.
    let layout: Layout
    /// The group within that layout; empty at its top.
    let prefix: String
    let members: [Element]
    /// From the top of the entity, through every repeat.
    let path: String
    /// What holds the item; nil at the top of the entity.
    let outer: Scope?
    /// The repeat whose items are seen; nil at the top of the entity.
    let collection: NodePlace?
    /// The group or repeat whose members these are; nil at the top of the entity.
    let element: Element?

    init(_ entity: Entity) {
        self.entity = entity
        layout = entity.layout
        prefix = ""
        members = entity.elements
        path = ""
        outer = nil
        collection = nil
        element = nil
    }

    private init(
        _ base: Scope, layout: Layout, prefix: String, members: [Element], path: String, outer: Scope?,
        collection: NodePlace?, element: Element?
    ) {
        entity = base.entity
        self.layout = layout
        self.prefix = prefix
        self.members = members
        self.path = path
        self.outer = outer
        self.collection = collection
        self.element = element
    }

    /// The members of a group.
    func group(_ place: NodePlace) -> Scope {
        Scope(
            self, layout: layout, prefix: layout.nodes[place.node].path, members: place.element.members,
            path: place.path, outer: outer, collection: collection, element: place.element)
    }

    /// The members of each item of a repeat.
    func items(_ place: NodePlace) -> Scope {
        Scope(
            self, layout: layout.nodes[place.node].items ?? layout, prefix: "",
            members: place.element.members,
            path: place.path, outer: top, collection: place, element: place.element)
    }

    /// The whole record or item that this is a part of.
    var top: Scope {
        guard !prefix.isEmpty else { return self }
        let members = collection?.element.members ?? entity.elements
        return Scope(
            self, layout: layout, prefix: "", members: members, path: collection?.path ?? "", outer: outer,
            collection: collection, element: collection?.element)
    }

    /// How reports name it: `zaken:Zaak`, `rollen of zaken:Zaak`.
    var name: String { path.isEmpty ? entity.qualifiedName : "`\(path)` of \(entity.qualifiedName)" }

    func join(_ path: String, _ step: String) -> String {
        path.isEmpty ? step : "\(path)\(entity.separator)\(step)"
    }

    enum Find {
        case found(NodePlace)
        case unknown(step: String, nearest: String?)
        /// A step before the last may occur more than once.
        case throughRepeat(String)
    }

    /// What a path of steps names here.
    func find(_ steps: String, levels: Int = 0) -> Find {
        if steps == ".", let collection, prefix.isEmpty, let node = layout.node(".") {
            return .found(NodePlace(node: node, levels: levels, element: collection.element, path: path))
        }
        switch Resolution.of(steps, among: members, separator: entity.separator) {
        case .unknown(let step, let nearest): return .unknown(step: step, nearest: nearest)
        case .found(let chain):
            if let element = chain.dropLast().first(where: \.isRepeat) { return .throughRepeat(element.name) }
            guard let last = chain.last, let node = layout.node(join(prefix, steps)) else {
                return .unknown(step: steps, nearest: nil)
            }
            return .found(NodePlace(node: node, levels: levels, element: last, path: join(path, steps)))
        }
    }
}

/// A place that a path names: a leaf, a group or a repeat of one side.
struct NodePlace: Sendable {
    /// Its number in the layout of the record or item that holds it.
    var node: Int
    /// How many items up that record or item is.
    var levels: Int
    var element: Element
    /// From the top of the entity, through every repeat.
    var path: String

    var type: ElementType { element.type }
}

package import Model
package import Record

/// A resource's layout with what its model says of each node, found once: what reading, writing and merging go by.
package final class Shape: Sendable {
    /// A class, so that to look at one copies nothing of what its model says.
    package final class Node: Sendable {
        package let element: Element
        /// UTF-8 of the name of the property.
        package let name: [UInt8]
        /// The nodes of a single group's members, in order; of a repeat none.
        package let members: [Int]
        /// Of a repeat: the shape of its items.
        package let items: Shape?
        package let isGroup: Bool
        /// What its model says, at hand.
        let isRequired: Bool
        let isReadOnly: Bool
        /// Whether the API alone decides it, and nothing that is written makes it so.
        let isGiven: Bool
        let sizeOf: String?
        let isContent: Bool
        let spellsUnknown: Bool
        let mayBeEmpty: Bool
        /// Of a repeat: how its items are known again; nil where the model does not say.
        let match: ItemMatch?

        init(element: Element, name: [UInt8], members: [Int], items: Shape?, isGroup: Bool) {
            self.element = element
            self.name = name
            self.members = members
            self.items = items
            self.isGroup = isGroup
            isRequired = element.isRequired
            isReadOnly = element.api?.isReadOnly == true
            isGiven = element.api?.isReadOnly == true && element.api?.setBy == nil
            sizeOf = element.api?.sizeOf
            isContent = element.type.base == .content
            spellsUnknown = element.type.spellsUnknown
            mayBeEmpty = element.type.mayBeEmpty
            match = items.flatMap { items in
                element.api?.child.map { ItemMatch($0, shape: items) }
                    ?? element.api?.match.map { ItemMatch($0, shape: items) }
            }
        }

        package var type: ElementType { element.type }
        package var link: APIFacts.Link? { element.api?.link }
        /// Whether it is left out where it has no value; a list without items stays.
        package var isLeftOut: Bool { items == nil && element.api?.isLeftOut == true }
        package var child: APIFacts.Child? { element.api?.child }
    }

    package let layout: Layout
    /// One for each node of the layout.
    package let nodes: [Node]
    /// The nodes that belong to no group.
    package let top: [Int]
    /// Whether the items are values themselves: their only node is named `.`.
    package let isValue: Bool
    /// The nodes that are links.
    let links: [(node: Int, link: APIFacts.Link)]
    /// The repeats in whose items, at any depth, there are links.
    let linkedItems: [(node: Int, items: Shape)]

    /// The shape of a resource's whole layout.
    package convenience init(_ entity: Entity) {
        self.init(entity.layout, elements: entity.elements, separator: entity.separator, value: nil)
    }

    /// - Parameter value: of a repeat of values, the element itself: it is what the node `.` stands for.
    private init(_ layout: Layout, elements: [Element], separator: Character, value: Element?) {
        self.layout = layout
        isValue = value != nil
        var nodes: [Node] = []
        for (index, node) in layout.nodes.enumerated() {
            let found = node.path == "." ? value : nil
            guard
                let element = found
                    ?? Resolution.of(node.path, among: elements, separator: separator).element
            else { preconditionFailure("a layout holds its model's elements only") }
            let items = node.items.map {
                Shape(
                    $0, elements: element.members, separator: separator,
                    value: element.isGroup ? nil : element)
            }
            nodes.append(
                Node(
                    element: element, name: Array(node.name.utf8),
                    members: layout.nodes.indices.filter { layout.nodes[$0].parent == index },
                    items: items, isGroup: items == nil && element.isGroup))
        }
        self.nodes = nodes
        links = nodes.enumerated().compactMap { index, node in
            node.items?.isValue != false ? node.link.map { (index, $0) } : nil
        }
        linkedItems = nodes.enumerated().compactMap { index, node in
            guard let items = node.items, !items.isValue else { return nil }
            return items.links.isEmpty && items.linkedItems.isEmpty ? nil : (index, items)
        }
        top = layout.nodes.indices.filter { layout.nodes[$0].parent == nil }
    }

    /// The node of that path; nil when there is none.
    package func node(_ path: String) -> Int? { layout.node(path) }

    /// The node with that name among a group's members or the top; nil when there is none.
    func member(named name: ArraySlice<UInt8>, of group: Int?) -> Int? {
        let members = group.map { nodes[$0].members } ?? top
        return members.first { nodes[$0].name[...] == name }
    }
}

/// One resource that documents are made of: what its model says, and its shape.
package struct Resource: Sendable {
    package let entity: Entity
    package let shape: Shape
    /// Paths of the links that alone tell the items of a child apart: such a child is there to link two objects.
    package let associations: [String]
    /// Paths into repeats by which their objects are found.
    let foundWithin: [String]
    /// Paths of the root by which questions that the API is asked find them.
    let asked: AskedPaths
    let findPlan: FindPlan

    /// - Parameter questions: that the API is asked about the resource.
    package init(_ entity: Entity, questions: [APIQuestion] = []) {
        self.entity = entity
        shape = Shape(entity)
        associations = shape.associations
        foundWithin = associations + shape.identifiers
        asked = AskedPaths(questions)
        findPlan = FindPlan(shape, entity, within: foundWithin, asked: asked)
    }
}

/// Every resource of the models in force, ready to be read and written.
package struct ResourceLibrary: Sendable {
    package let models: Models
    private let resources: [String: Resource]

    package init(_ models: Models) {
        self.models = models
        resources = Dictionary(
            models.all.filter { !$0.isLegacy }.flatMap { model in
                model.entities.map { entity in
                    let name = entity.qualifiedName
                    return (name, Resource(entity, questions: model.served.questions(about: name)))
                }
            },
            uniquingKeysWith: { first, _ in first })
    }

    /// The resource with that name: `zaken:Zaak`; nil when no model has it.
    package func resource(_ qualifiedName: String) -> Resource? { resources[qualifiedName] }

    /// The names of all resources, in order.
    package var names: [String] { resources.keys.sorted() }
}

internal import Model
internal import Record
internal import XML

/// How an entity is written: its elements in schema order, with the tags made once.
struct WritingPlan: Sendable {
    struct Item: Sendable {
        let name: String
        let tag: Tag
        let type: ElementType
        /// Its node in the layout of the frame around it.
        let node: Int
        let isRepeat: Bool
        /// See ``PathTrie/Step/valueNode``.
        let valueNode: Int
        let isRequired: Bool
        let isKerngegeven: Bool
        let isMetagegeven: Bool
        let isAnswerOnly: Bool
        let entiteittype: String?
        let isRelation: Bool
        let isGerelateerde: Bool
        let attributes: [Attribute]
        let members: [Item]

        var isGroup: Bool { type.base == .group }
    }

    struct Attribute: Sendable {
        let tag: Tag
        let type: ElementType
        let node: Int
    }

    let items: [Item]

    init(_ entity: Entity, prefixes: Prefixes) {
        items = Self.items(
            entity.elements, layout: entity.layout, path: "", separator: entity.separator, prefixes: prefixes)
    }

    /// Paths of the indications by which an answer says which of the items of a relation is meant:
    /// `heeft/indicatieLaatsteStatus`.
    var choosing: Set<String> {
        Set(
            items.filter(\.isRepeat).flatMap { item in
                item.members.filter { $0.isAnswerOnly && $0.type.base == .boolean }
                    .map { "\(item.name)/\($0.name)" }
            })
    }

    private static func items(
        _ elements: [Element], layout: Layout, path: String, separator: Character, prefixes: Prefixes
    ) -> [Item] {
        elements.filter { !$0.isAttribute }.compactMap { element in
            let own = path.isEmpty ? element.name : "\(path)\(separator)\(element.name)"
            guard let node = layout.node(own) else { return nil }
            let items = layout.nodes[node].items
            let inner = items ?? layout
            let innerPath = items == nil ? own : ""
            let facts = element.stuf
            return Item(
                name: element.name, tag: prefixes.tag(element.localName, in: facts?.namespace ?? ""),
                type: element.type, node: node, isRepeat: items != nil,
                valueNode: items?.node(".") ?? node, isRequired: element.isRequired,
                isKerngegeven: facts?.isKerngegeven ?? false, isMetagegeven: facts?.isMetagegeven ?? false,
                isAnswerOnly: facts?.isAnswerOnly ?? false,
                entiteittype: facts?.entiteittype, isRelation: facts?.role == .relation,
                isGerelateerde: facts?.role == .gerelateerde,
                attributes: attributes(
                    element, layout: inner, path: innerPath, separator: separator, prefixes: prefixes),
                members: Self.items(
                    element.members, layout: inner, path: innerPath, separator: separator, prefixes: prefixes)
            )
        }
    }

    private static func attributes(
        _ element: Element, layout: Layout, path: String, separator: Character, prefixes: Prefixes
    ) -> [Attribute] {
        element.members.filter(\.isAttribute).compactMap { member in
            let own = path.isEmpty ? member.name : "\(path)\(separator)\(member.name)"
            guard let node = layout.node(own) else { return nil }
            return Attribute(
                tag: prefixes.tag(member.localName, in: member.stuf?.namespace ?? ""), type: member.type,
                node: node)
        }
    }
}

internal import Model
internal import Record
internal import XML

/// The paths of one entity as a state machine: (step, name) → step. A reader follows it with one look-up an element.
struct PathTrie: Sendable {
    /// Trivial, so that a reader takes it for every element without counting references.
    struct Step: Sendable {
        enum Kind: UInt8, Sendable {
            case group, leaf, content
            /// A shape, in elements of GML.
            case geometrie
            /// A group of which the model knows no members: passed over.
            case opaque
        }

        let kind: Kind
        let type: ValueType
        let isRepeat: Bool
        /// Of a datum or tijdstip: whether it may be known in part.
        let allowsIncomplete: Bool
        /// Its node in the layout of the frame around it.
        let node: Int
        /// A repeat of leaves keeps the value itself in this node of its items; else the node is ``node``.
        let valueNode: Int
        /// Whether ``PathTrie/noValues(of:)`` has any.
        let hasNoValues: Bool
        /// Whether ``PathTrie/attributes(of:)`` has any.
        let hasAttributes: Bool
    }

    /// What is seldom asked of a step.
    private struct Details: Sendable {
        let name: String
        let path: String
        let noValues: [NoValueText]
        var attributes: [Attribute] = []
    }

    struct NoValueText: Sendable {
        let text: [UInt8]
        let standing: Standing
    }

    struct Attribute: Sendable {
        let name: Name
        let type: ValueType
        /// In the frame of the value.
        let node: Int
    }

    static let root = 0
    let steps: [Step]
    private let details: [Details]
    /// Open addressing; keys are (step, name), -1 is free.
    private var keys: [Int64]
    private var targets: [Int32]

    init(_ entity: Entity, names: inout Names) {
        var builder = Builder(separator: entity.separator)
        builder.add(entity.elements, below: Self.root, layout: entity.layout, path: "", names: &names)
        steps = builder.steps
        details = builder.details
        let edges = builder.edges
        var size = 16
        while size < edges.count * 2 { size *= 2 }
        keys = Array(repeating: -1, count: size)
        targets = Array(repeating: -1, count: size)
        for edge in edges {
            let key = Self.key(edge.step, edge.name)
            var slot = Self.slot(key, size)
            while keys[slot] >= 0, keys[slot] != key { slot = (slot + 1) & (size - 1) }
            keys[slot] = key
            targets[slot] = Int32(edge.target)
        }
    }

    /// The step that an element with that name leads to; -1 when the model does not know it there.
    func step(from step: Int, by name: Name) -> Int {
        let key = Self.key(step, name)
        var slot = Self.slot(key, keys.count)
        while keys[slot] >= 0 {
            if keys[slot] == key { return Int(targets[slot]) }
            slot = (slot + 1) & (keys.count - 1)
        }
        return -1
    }

    /// `isVan/gerelateerde/code`; empty for the object itself.
    func path(of step: Int) -> String { details[step].path }

    /// `inp.bsn`
    func name(of step: Int) -> String { details[step].name }

    /// Texts that say that there is no value, where senders write such: `0`, `00010101`.
    func noValues(of step: Int) -> [NoValueText] { details[step].noValues }

    func attributes(of step: Int) -> [Attribute] { details[step].attributes }

    private static func key(_ step: Int, _ name: Name) -> Int64 { Int64(step) << 32 | Int64(name.number) }

    private static func slot(_ key: Int64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15) >> 33) & (size - 1)
    }

    private struct Builder {
        let separator: Character
        var steps = [
            Step(
                kind: .group, type: .group, isRepeat: false, allowsIncomplete: false,
                node: -1, valueNode: -1,
                hasNoValues: false, hasAttributes: false)
        ]
        var details = [Details(name: "object", path: "", noValues: [])]
        var edges: [(step: Int, name: Name, target: Int)] = []

        init(separator: Character) { self.separator = separator }

        /// - Parameter path: of the group around the elements, from the root of the layout.
        mutating func add(
            _ elements: [Element], below parent: Int, layout: Layout, path: String, names: inout Names
        ) {
            for element in elements where !element.isAttribute {
                let own = path.isEmpty ? element.name : "\(path)\(separator)\(element.name)"
                guard let node = layout.node(own) else { continue }
                let items = layout.nodes[node].items
                let target = steps.count
                let noValues = Self.noValues(of: element.type)
                steps.append(
                    Step(
                        kind: Self.kind(of: element), type: element.type.base, isRepeat: items != nil,
                        allowsIncomplete: element.type.allowsIncomplete, node: node,
                        valueNode: items?.node(".") ?? node,
                        hasNoValues: !noValues.isEmpty,
                        hasAttributes: element.members.contains(where: \.isAttribute)))
                let around = details[parent].path
                details.append(
                    Details(
                        name: element.name, path: around.isEmpty ? element.name : "\(around)/\(element.name)",
                        noValues: noValues))
                let name = names.add(
                    namespace: element.stuf?.namespace ?? "", local: String(element.localName))
                edges.append((parent, name, target))
                let inner = items ?? layout
                let innerPath = items == nil ? own : ""
                details[target].attributes = attributes(
                    of: element, layout: inner, path: innerPath, names: &names)
                add(element.members, below: target, layout: inner, path: innerPath, names: &names)
            }
        }

        private static func noValues(of type: ElementType) -> [NoValueText] {
            [(type.empty, Standing.empty), (type.unknown, .waardeOnbekend)].compactMap { text, standing in
                text.map { NoValueText(text: Array($0.utf8), standing: standing) }
            }
        }

        private static func kind(of element: Element) -> Step.Kind {
            if element.type.base == .content { return .content }
            if element.type.base == .geometrie { return .geometrie }
            guard element.isGroup else { return .leaf }
            return element.members.isEmpty ? .opaque : .group
        }

        private func attributes(
            of element: Element, layout: Layout, path: String, names: inout Names
        ) -> [Attribute] {
            element.members.filter(\.isAttribute).compactMap { member in
                let own = path.isEmpty ? member.name : "\(path)\(separator)\(member.name)"
                guard let node = layout.node(own) else { return nil }
                let name = names.add(
                    namespace: member.stuf?.namespace ?? "", local: String(member.localName))
                return Attribute(name: name, type: member.type.base, node: node)
            }
        }
    }
}

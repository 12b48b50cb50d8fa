/// What a value means. How it is spelled is the business of each form (`StUF/Spelling`, `Resources/Spelling`).
///
/// The bytes of a slot hold the *canonical* form of its type, the same on every side:
///
/// | type | canonical bytes |
/// | --- | --- |
/// | text | UTF-8, as said; leading zeros and spaces survive |
/// | datum | `2020-03-09`; unknown parts are `01`, with the slot's ``Precision`` saying which |
/// | tijdstip | UTC, `2020-03-09T07:01:04Z` or with a fraction without trailing zeros `…04.25Z`; with precision `day` or coarser the local date, spelled as a datum |
/// | boolean | `true`, `false` |
/// | integer | digits, `-` in front when negative, no leading zeros |
/// | decimal | as integer, with `.` and at least one digit after it where there is a fraction; no trailing zeros |
/// | duur | ISO 8601 duration, `P5D` |
/// | geometrie | compact GeoJSON in ETRS89 degrees, see ``Geometry`` |
/// | content | none: the slot points into `contents` |
/// | group | none: present or not |
package enum ValueType: UInt8, Sendable, CaseIterable {
    case text, datum, tijdstip, boolean, integer, decimal, duur, content, group, geometrie
}

/// The shape of a ``Record``, derived from a model: one slot for every leaf, group and repeat that counts.
///
/// A single group is flattened into its parent's slots; a repeat has a layout of its own for its items. The number of
/// a node is the number of its slot. Nodes stand in the order of the model, a group before its members.
package final class Layout: Sendable {
    package struct Node: Sendable {
        /// One step of the path: `gerelateerde`, `@bestandsnaam`, `rollen`.
        package let name: String
        /// The whole path from the layout's root, steps joined by the separator of its side (`/` or `.`).
        package let path: String
        package let type: ValueType
        /// The layout of its items when this is a repeat.
        package let items: Layout?
        /// The group that holds it; nil at the top of the layout.
        package let parent: Int?

        package var isRepeat: Bool { items != nil }

        package init(name: String, path: String, type: ValueType, items: Layout?, parent: Int?) {
            self.name = name
            self.path = path
            self.type = type
            self.items = items
            self.parent = parent
        }
    }

    /// For reports: `zkn0310:ZAK`, `zaken:Zaak`, and below it `zaken:Zaak/rollen`.
    package let name: String
    package let nodes: [Node]
    /// The type of each node: what is asked for every value, without its names.
    package let types: [ValueType]
    /// The nodes that are repeats, and those that stand in no group.
    package let repeats: [Int]
    package let top: [Int]
    /// Every layout below this one, each before the layouts below it.
    package let below: [Layout]
    /// For each node: how far behind this layout its item layout stands in `[self] + below`; 0 when it is no repeat.
    package let itemOffset: [Int32]
    /// The slots of a new record or item, which are copied as one stretch of memory.
    let blankSlots: [Slot]
    let blankItems: [Int32]
    /// How records are stored: of each node what it holds, and its path as bytes.
    let kinds: [StoredKind]
    let pathBytes: [[UInt8]]
    /// The nodes in the order of their paths.
    let sorted: [Int]
    /// For this layout and each of `below` the number of each node's path; equal paths have one number.
    let pathNumbers: [[Int32]]
    let pathCount: Int
    private let indexByPath: [String: Int]

    package init(name: String, nodes: [Node]) {
        self.name = name
        self.nodes = nodes
        types = nodes.map(\.type)
        repeats = nodes.indices.filter { nodes[$0].isRepeat }
        top = nodes.indices.filter { nodes[$0].parent == nil }
        blankSlots = Array(repeating: Slot(), count: nodes.count)
        blankItems = Array(repeating: -1, count: nodes.count)
        var paths: [String: Int] = [:]
        for (index, node) in nodes.enumerated() { paths[node.path] = index }
        indexByPath = paths
        var below: [Layout] = []
        var offsets = [Int32](repeating: 0, count: nodes.count)
        for (index, node) in nodes.enumerated() {
            guard let items = node.items else { continue }
            offsets[index] = Int32(1 + below.count)
            below.append(items)
            below += items.below
        }
        self.below = below
        itemOffset = offsets
        kinds = nodes.map(\.kind)
        pathBytes = nodes.map { Array($0.path.utf8) }
        sorted = nodes.indices.sorted { nodes[$0].path < nodes[$1].path }
        var numbers: [String: Int32] = [:]
        pathNumbers = ([nodes] + below.map(\.nodes)).map { nodes in
            nodes.map { node in
                let number = numbers[node.path] ?? Int32(numbers.count)
                numbers[node.path] = number
                return number
            }
        }
        pathCount = numbers.count
    }

    /// The node at that path; nil when the layout does not hold it.
    package func node(_ path: String) -> Int? { indexByPath[path] }

    package func isRepeat(_ node: Int) -> Bool { itemOffset[node] > 0 }
}

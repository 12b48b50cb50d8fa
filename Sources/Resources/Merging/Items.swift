internal import Model
internal import Record

/// One item of a repeat in one record: a rol, a status.
struct Item {
    let record: Record
    let frame: Record.Frame

    var verwerkingssoort: Marks.Verwerkingssoort { record.marks(of: frame).verwerkingssoort }
}

extension Record {
    /// The items of a repeat with the record they belong to.
    func all(_ node: Int, in frame: Frame) -> [Item] {
        items(node, in: frame).map { Item(record: self, frame: $0) }
    }
}

/// Whether two items of a collection are the same one, as the model says (``APIFacts/Child/Match``).
struct ItemMatch: Sendable {
    private let shape: Shape
    private let equal: [Int]
    private let identifiers: [Int]
    private let otherwise: [Int]
    /// In a collection that can only grow, moments are compared to the second: the API allows one item in each.
    private let isToTheSecond: Bool

    init(_ child: APIFacts.Child, shape: Shape) {
        self.init(child.match, shape: shape, isToTheSecond: child.change == .appendOnly)
    }

    init(_ match: APIFacts.Child.Match, shape: Shape, isToTheSecond: Bool = false) {
        self.shape = shape
        equal = match.equal.compactMap(shape.node)
        identifiers = match.identifiers.compactMap(shape.node)
        otherwise = match.otherwise.compactMap(shape.node)
        self.isToTheSecond = isToTheSecond
    }

    func callAsFunction(_ left: Item, _ right: Item) -> Bool {
        guard equal.allSatisfy({ isEqual($0, left, right) }) else { return false }
        if identifiers.isEmpty, otherwise.isEmpty { return true }
        if let shared = identifiers.first(where: { hasValue($0, left) && hasValue($0, right) }) {
            return isEqual(shared, left, right)
        }
        return otherwise.allSatisfy { isEqual($0, left, right) } && otherwise.contains { hasValue($0, left) }
    }

    /// Whether both are of one kind: what pairs the "was" and the "wordt" of an item that changed altogether.
    func isSameKind(_ left: Item, _ right: Item) -> Bool {
        equal.first.map { isEqual($0, left, right) } ?? true
    }

    /// The moment that orders a collection that can only grow; nil when it is ordered by none.
    var moment: Int? { equal.first { shape.nodes[$0].type.base == .tijdstip } }

    private func hasValue(_ node: Int, _ item: Item) -> Bool {
        let slot = item.record.slot(node, in: item.frame)
        return slot.standing == .value && slot.count > 0
    }

    private func isEqual(_ node: Int, _ left: Item, _ right: Item) -> Bool {
        if isToTheSecond, shape.nodes[node].type.base == .tijdstip {
            return second(node, left) == second(node, right)
        }
        return shape.says(node, left, sameAs: right)
    }

    private func second(_ node: Int, _ item: Item) -> ArraySlice<UInt8> {
        item.record.bytes(node, in: item.frame).prefix(19)
    }
}

extension Shape {
    /// Whether a node has the same value in both; every kind of no value is like another.
    func says(_ index: Int, _ left: Item, sameAs right: Item) -> Bool {
        let slots = (left.record.slot(index, in: left.frame), right.record.slot(index, in: right.frame))
        let node = nodes[index]
        if let items = node.items {
            let (mine, others) = (
                left.record.all(index, in: left.frame), right.record.all(index, in: right.frame)
            )
            return mine.count == others.count
                && zip(mine, others).allSatisfy { items.says(items.top, $0, sameAs: $1) }
        }
        guard slots.0.standing == .value, slots.1.standing == .value else {
            return slots.0.standing != .value && slots.1.standing != .value
        }
        if node.isGroup { return says(node.members, left, sameAs: right) }
        guard slots.0.precision == slots.1.precision else { return false }
        if node.isContent {
            return left.record.content(index, in: left.frame) == right.record.content(index, in: right.frame)
        }
        return left.record.bytes(of: slots.0) == right.record.bytes(of: slots.1)
    }

    func says(_ nodes: [Int], _ left: Item, sameAs right: Item) -> Bool {
        nodes.allSatisfy { says($0, left, sameAs: right) }
    }
}

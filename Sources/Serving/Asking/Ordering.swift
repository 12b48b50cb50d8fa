internal import Model
internal import Record
internal import Resources

/// `ordering=-startdatum,identificatie`: by which properties a list is put in order (Zaken API 1.5.1, `ordering`).
struct Ordering: Sendable {
    private var steps: [(path: String, isDescending: Bool)] = []

    var isEmpty: Bool { steps.isEmpty }

    static let name = "ordering"

    /// What it may name.
    static func choices(of collection: ServedCollection) -> [String] {
        collection.orders.flatMap { [$0, "-\($0)"] }
    }

    init(reading parameters: inout Parameters, of collection: ServedCollection) {
        let choices = Self.choices(of: collection)
        guard !choices.isEmpty, let given = parameters.takeList(Self.name, atLeast: 1) else { return }
        guard given.allSatisfy(choices.contains) else {
            parameters.refuse(
                Self.name, "invalid_choice", "Only of these: \(choices.joined(separator: ", ")).")
            return
        }
        steps = given.map { ($0.hasPrefix("-") ? String($0.dropFirst()) : $0, $0.hasPrefix("-")) }
    }

    /// The objects in order; those that are equal in it stay as they are. What has no value comes last, or first where
    /// the order is turned around.
    func sorted(_ objects: [StoredObject]) -> [StoredObject] {
        guard let shape = objects.first?.resource.shape else { return objects }
        let nodes = steps.compactMap { step in
            shape.node(step.path).map { (node: $0, isDescending: step.isDescending) }
        }
        return objects.enumerated().sorted { left, right in
            for (node, isDescending) in nodes {
                let (first, second) = isDescending ? (right, left) : (left, right)
                if Self.precedes(first.element, second.element, node) { return true }
                if Self.precedes(second.element, first.element, node) { return false }
            }
            return left.offset < right.offset
        }.map(\.element)
    }

    private static func precedes(_ left: StoredObject, _ right: StoredObject, _ node: Int) -> Bool {
        let (first, second) = (left.stored.record, right.stored.record)
        guard first.slot(node).standing == .value else { return false }
        guard second.slot(node).standing == .value else { return true }
        let (one, other) = (first.bytes(node), second.bytes(node))
        // A whole number with more digits is larger.
        if left.resource.shape.nodes[node].type.base == .integer, one.count != other.count {
            return one.count < other.count
        }
        return one.lexicographicallyPrecedes(other)
    }
}

package import JSON
internal import Model
package import Record

/// Writes what is wanted of a resource, for an API that leaves out what has no value: no null, no `false`, no empty
/// group or list (BRP API Personen 2.7.0).
package struct ResourceExcerpt: Sendable {
    private let automatic: Set<String>

    /// - Parameter automatic: properties that are there unasked, wherever something beside them is wanted. The members
    ///   of such a group that say something about a property beside it (`naam.inOnderzoek.voornamen`) are there only
    ///   when that property is wanted.
    package init(automatic: [String]) {
        self.automatic = Set(automatic)
    }

    /// - Parameter derived: what the record does not hold, by the name of a property at the top.
    package func write(
        _ fields: Fields, of resource: Resource, _ record: Record, derived: [String: Int],
        into json: inout Writer
    ) {
        json.startObject()
        let place = Place(shape: resource.shape, frame: Record.root, record: record, prefix: "")
        members(resource.entity.elements, fields, place, derived, &json)
        json.end()
    }

    private struct Place {
        let shape: Shape
        let frame: Record.Frame
        let record: Record
        let prefix: String

        func slot(_ node: Int) -> Slot { record.slot(node, in: frame) }

        func within(_ group: Int) -> Place {
            Place(
                shape: shape, frame: frame, record: record, prefix: "\(shape.layout.nodes[group].path).")
        }
    }

    private func members(
        _ elements: [Element], _ fields: Fields, _ place: Place, _ derived: [String: Int],
        _ json: inout Writer
    ) {
        for element in elements {
            guard let wanted = wanted(element, among: elements, fields) else { continue }
            if let number = derived[element.name] {
                json.key(element.name)
                json.number(number)
            } else if let node = place.shape.node(place.prefix + element.name), shows(node, wanted, place) {
                json.key(element.name)
                value(node, wanted, place, &json)
            }
        }
    }

    /// What is wanted of one of the elements of a group; nil when it is not.
    private func wanted(_ element: Element, among elements: [Element], _ fields: Fields) -> Fields? {
        if let wanted = fields[element.name] { return wanted }
        // Which of its shapes a group has can be told by nothing else.
        if elements.contains(where: { $0.api?.discriminator == element.name }) { return .whole }
        guard automatic.contains(element.name) else { return nil }
        let mirrored = element.members.filter { member in
            fields[member.name] != nil || !elements.contains { $0.name == member.name }
        }
        return element.members.isEmpty
            ? .whole : .some(Dictionary(mirrored.map { ($0.name, .whole) }, uniquingKeysWith: { a, _ in a }))
    }

    /// Whether anything of it would be written.
    private func shows(_ node: Int, _ wanted: Fields, _ place: Place) -> Bool {
        let slot = place.slot(node)
        let type = place.shape.nodes[node].type
        guard place.shape.nodes[node].items == nil else {
            return place.record.firstItem(node, in: place.frame) != nil
        }
        guard slot.standing == .value else { return slot.standing == .waardeOnbekend && type.spellsUnknown }
        if place.shape.nodes[node].isGroup {
            let elements = place.shape.nodes[node].element.members
            let inner = place.within(node)
            return elements.contains { element in
                guard let wanted = self.wanted(element, among: elements, wanted),
                    let member = place.shape.node(inner.prefix + element.name)
                else { return false }
                return shows(member, wanted, inner)
            }
        }
        return type.base != .boolean || place.record.bytes(of: slot).elementsEqual("true".utf8)
    }

    private func value(_ node: Int, _ wanted: Fields, _ place: Place, _ json: inout Writer) {
        let shape = place.shape.nodes[node]
        let slot = place.slot(node)
        if let items = shape.items {
            json.startArray()
            for frame in place.record.items(node, in: place.frame) {
                let item = Place(shape: items, frame: frame, record: place.record, prefix: "")
                if items.isValue, let value = items.top.first {
                    self.value(value, .whole, item, &json)
                } else {
                    json.startObject()
                    members(items.top.map { items.nodes[$0].element }, wanted, item, [:], &json)
                    json.end()
                }
            }
            json.end()
        } else if slot.standing != .value {
            json.unknown(shape.type)
        } else if shape.isGroup {
            json.startObject()
            members(shape.element.members, wanted, place.within(node), [:], &json)
            json.end()
        } else {
            json.value(place.record.bytes(of: slot), slot.precision, as: shape.type)
        }
    }
}

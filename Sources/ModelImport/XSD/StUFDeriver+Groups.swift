import Model

/// The named groups of a model.
extension StUFDeriver {
    /// Gives names to the shapes that stand in several places or in another model, and puts the others in place.
    func assemble(_ entities: [String: [DerivedEntity]]) -> [DerivedModel] {
        var wanted: [String: [DerivedEntity]] = entities
        var groups: [String: [String: [DerivedElement]]] = [:]
        var waiting: [(marker: String, namespace: String)] = []
        for (namespace, entities) in entities {
            wanted[namespace] = entities.map { entity in
                var entity = entity
                entity.elements = placed(entity.elements, in: namespace, &waiting)
                return entity
            }
        }
        while let next = waiting.popLast() {
            guard let shape = markers[next.marker], groups[next.namespace]?[next.marker] == nil else {
                continue
            }
            groups[next.namespace, default: [:]][next.marker] = []
            groups[next.namespace, default: [:]][next.marker] = placed(
                shapes[shape] ?? [], in: next.namespace, &waiting)
        }
        return Swift.Set(wanted.keys).union(groups.keys).sorted { Self.model(of: $0) < Self.model(of: $1) }
            .map { namespace in
                let groups = (groups[namespace] ?? [:]).map { marker, elements in
                    DerivedGroup(name: groupName(marker), elements: elements)
                }
                return DerivedModel(
                    name: Self.model(of: namespace),
                    kind: .stuf(namespace: namespace, prefix: schemas.prefix(of: namespace)),
                    entities: wanted[namespace] ?? [], groups: groups.sorted { $0.name < $1.name })
            }
    }

    private func placed(
        _ elements: [DerivedElement], in namespace: String,
        _ waiting: inout [(marker: String, namespace: String)]
    ) -> [DerivedElement] {
        elements.map { element in
            var element = element
            if case .like(let marker) = element.form, let shape = markers[marker] {
                let home = shape.change.namespace
                if home == namespace, uses[marker] == 1 {
                    element.form = .group
                    element.members = placed(shapes[shape] ?? [], in: namespace, &waiting)
                } else {
                    waiting.append((marker, home))
                    let name = groupName(marker)
                    element.form = .like(home == namespace ? name : "\(Self.model(of: home)):\(name)")
                }
            } else {
                element.members = placed(element.members, in: namespace, &waiting)
            }
            return element
        }
    }

    /// The name of the type, with that of its answer where they differ in more than that.
    private func groupName(_ marker: String) -> String {
        guard let shape = markers[marker] else { return marker }
        let isAlone =
            markers.values.count { $0.change == shape.change && $0.answer != shape.answer } == 0
        return isAlone || shape.answer == nil
            ? shape.change.local : "\(shape.change.local)_\(shape.answer?.local ?? "")"
    }
}

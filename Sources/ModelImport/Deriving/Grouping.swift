import Model

/// Puts members that occur more than once into a group, so that a file says each thing once.
enum Grouping {
    static func grouped(_ model: DerivedModel) -> DerivedModel {
        var counts: [[DerivedElement]: Int] = [:]
        for entity in model.entities { count(entity.elements, into: &counts) }
        var names: [[DerivedElement]: String] = [:]
        var groups: [DerivedGroup] = []
        var model = model
        for index in model.entities.indices {
            model.entities[index].elements = placed(
                model.entities[index].elements, counts, &names, &groups, taken: model.entities.map(\.name))
        }
        model.groups += groups.sorted { $0.name < $1.name }
        return model
    }

    private static func count(_ elements: [DerivedElement], into counts: inout [[DerivedElement]: Int]) {
        for element in elements where !element.members.isEmpty {
            if canBeGroup(element) {
                counts[element.members, default: 0] += 1
                // What stands in a group is there once, however often the group is used.
                guard counts[element.members] == 1 else { continue }
            }
            count(element.members, into: &counts)
        }
    }

    private static func canBeGroup(_ element: DerivedElement) -> Bool {
        element.form == .group && element.discriminator == nil && element.members.count > 1
            && !element.origin.isEmpty
    }

    private static func placed(
        _ elements: [DerivedElement], _ counts: [[DerivedElement]: Int],
        _ names: inout [[DerivedElement]: String], _ groups: inout [DerivedGroup], taken: [String]
    ) -> [DerivedElement] {
        elements.map { element in
            guard !element.members.isEmpty else { return element }
            var element = element
            guard canBeGroup(element), counts[element.members, default: 0] > 1 else {
                element.members = placed(element.members, counts, &names, &groups, taken: taken)
                return element
            }
            if names[element.members] == nil {
                var name = element.origin
                var number = 2
                while taken.contains(name) || names.values.contains(name) {
                    name = "\(element.origin)\(number)"
                    number += 1
                }
                names[element.members] = name
                groups.append(
                    DerivedGroup(
                        name: name,
                        elements: placed(element.members, counts, &names, &groups, taken: taken)))
            }
            element.form = .like(names[element.members] ?? element.origin)
            element.members = []
            return element
        }
    }
}

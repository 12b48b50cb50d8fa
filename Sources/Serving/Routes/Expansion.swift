internal import Model
internal import Resources

/// What stands in full under `_expand`, beside the URLs of a document: a tree of properties.
struct Expansion: Sendable {
    private(set) var branches: [(name: String, rest: Expansion)] = []

    /// Levels of `expand` (Zaken API 1.5.1, "expand").
    private static let depth = 3

    var isEmpty: Bool { branches.isEmpty }

    /// The tree of paths such as `status.statustype`.
    init(_ paths: [String] = []) {
        for path in paths { add(path.split(separator: ".").map(String.init)[...]) }
    }

    private mutating func add(_ steps: ArraySlice<String>) {
        guard let first = steps.first else { return }
        let index = branches.firstIndex { $0.name == first } ?? branches.endIndex
        if index == branches.endIndex { branches.append((first, Expansion())) }
        branches[index].rest.add(steps.dropFirst())
    }

    // MARK: What there is to choose from

    /// Every path that documents of an entity can be expanded by, in alphabetical order.
    static func choices(of entity: Entity, _ library: ResourceLibrary) -> [String] {
        choices(of: entity, library, within: [entity.qualifiedName]).sorted()
    }

    private static func choices(
        of entity: Entity, _ library: ResourceLibrary, within: [String]
    ) -> [String] {
        guard within.count <= depth else { return [] }
        return entity.elements.flatMap { element -> [String] in
            let (name, resource): (String, String)
            if let child = element.api?.child {
                (name, resource) = (
                    child.change == .appendOnly ? child.servedName : element.name, child.resource
                )
            } else if let link = element.api?.link, !element.isRepeat {
                (name, resource) = (element.name, link.resource)
            } else {
                return []
            }
            // What leads back to where it came from stays a URL.
            guard !within.contains(resource), let next = library.models.entity(resource),
                next.collection != nil
            else { return [] }
            let rest = choices(of: next, library, within: within + [resource])
            return [name] + rest.map { "\(name).\($0)" }
        }
    }
}

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
        return branches(of: entity, library).flatMap { branch -> [String] in
            // What leads back to where it came from stays a URL.
            guard !within.contains(branch.entity.qualifiedName) else { return [] }
            let rest = choices(of: branch.entity, library, within: within + [branch.entity.qualifiedName])
            return [branch.name] + rest.map { "\(branch.name).\($0)" }
        }
    }

    /// One property that leads to other documents.
    struct Branch {
        let name: String
        let entity: Entity
        let isList: Bool
    }

    /// The properties of an entity that lead to documents which are served.
    static func branches(of entity: Entity, _ library: ResourceLibrary) -> [Branch] {
        entity.elements.compactMap { element in
            let (name, resource): (String, String)
            let isList: Bool
            if let child = element.api?.child {
                let isNewest = element.isRepeat && child.change == .appendOnly
                (name, resource) = (isNewest ? child.servedName : element.name, child.resource)
                isList = element.isRepeat && !isNewest
            } else if let link = element.api?.link, !element.isRepeat {
                (name, resource) = (element.name, link.resource)
                isList = false
            } else {
                return nil
            }
            guard let next = library.models.entity(resource), next.collection != nil else { return nil }
            return Branch(name: name, entity: next, isList: isList)
        }
    }
}

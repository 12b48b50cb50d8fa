package import JSON
package import Model
private import Record

/// One document that is to be made: the root of a graph, or a child that points to it.
package struct PlannedResource: Sendable {
    /// The API that serves it: `zaken`.
    package var api: String
    /// `rollen`.
    package var collection: String
    /// As it is sent, links as URLs; of a child without the property that points to the root.
    package var document: Value
    /// Of a child: the property that points to the root.
    package var parent: String?
    /// How it is found again: of the root its key, of a child the model's match rule.
    var match: APIFacts.Child.Match
    /// In a collection that can only grow, moments are compared to the second.
    var isToTheSecond = false
    /// Of a child of which a root has one at most: whatever is there is it.
    var isOnlyOne = false
    /// Of the root: what its properties are.
    var elements: [Element] = []
}

extension PlannedResource {
    /// The documents that a graph is made of, in the order in which they must be made: the root, then its children as
    /// the model lists them, and last those by which the API sets a property of the root, in the order of their moments.
    ///
    /// - Parameter graph: the root with its children nested under their names, and every link a URL.
    /// - Returns: nil when a resource of it is in no model, or is served nowhere.
    package static func all(of graph: Value, _ entity: Entity, _ models: Models) -> [PlannedResource]? {
        guard let root = root(of: graph, entity) else { return nil }
        var result = [root]
        let setters = setters(of: entity)
        let children = entity.elements.filter { $0.api?.child != nil }
        let ordered =
            children.filter { !setters.contains($0.name) } + children.filter { setters.contains($0.name) }
        for element in ordered {
            guard let child = element.api?.child, let value = graph[element.name], value != .null else {
                continue
            }
            guard let planned = items(value, child, models) else { return nil }
            result += planned
        }
        return result
    }

    /// The root alone; nil when it is served nowhere.
    package static func root(of graph: Value, _ entity: Entity) -> PlannedResource? {
        guard let collection = entity.collection, let said = graph.members else { return nil }
        let hidden = Set(entity.elements.filter { isLeftOut($0) }.map(\.name))
        let own = said.filter { !hidden.contains($0.key) && !$0.key.hasPrefix("_") }
        return PlannedResource(
            api: entity.model, collection: collection, document: .object(own),
            match: .init(equal: entity.key), elements: entity.elements)
    }

    /// The children by which the API sets a property of the root: a status sets the einddatum.
    static func setters(of entity: Entity) -> Set<String> {
        Set(entity.elements.compactMap { $0.api?.setBy.map { String($0.prefix { $0 != entity.separator }) } })
    }

    /// Of the root its key; nil when nothing would tell it from others.
    package var query: [MakePlan.Criterion]? {
        guard isOnlyOne || !match.equal.isEmpty else { return nil }
        var query: [MakePlan.Criterion] = []
        for path in match.equal {
            guard let text = DocumentMatch.text(document, path) else { return nil }
            query.append(.init(name: path, value: text))
        }
        return query
    }

    /// Whether a document that has the key of this root is what was sent, and not another's: a property that is content is
    /// a URL there.
    func isMeant(by found: Value) -> Bool {
        (document.members ?? []).allSatisfy { member in
            let element = elements.first { $0.name == member.key }
            if element?.type.base == .content { return true }
            return Patch.isSame(member.value, found[member.key] ?? .null, element)
        }
    }

    /// Whether it is no property that is sent: a child, or what the API decides.
    private static func isLeftOut(_ element: Element) -> Bool {
        element.api?.child != nil || element.api?.isReadOnly == true || element.api?.setBy != nil
    }

    private static func items(
        _ value: Value, _ child: APIFacts.Child, _ models: Models
    ) -> [PlannedResource]? {
        guard let entity = models.entity(child.resource), let collection = entity.collection else {
            return nil
        }
        let hidden = Set(entity.elements.filter { isLeftOut($0) }.map(\.name))
        let items = (value.items ?? [value]).map { item in
            PlannedResource(
                api: entity.model, collection: collection,
                document: .object(
                    (item.members ?? []).filter { !$0.key.hasPrefix("_") && !hidden.contains($0.key) }),
                parent: child.parent, match: child.match, isToTheSecond: child.change == .appendOnly,
                isOnlyOne: value.items == nil)
        }
        return inOrder(items, of: child, by: \.document)
    }

    /// In the order of their moments, where a collection can only grow.
    static func inOrder<Item>(_ items: [Item], of child: APIFacts.Child, by document: (Item) -> Value)
        -> [Item]
    {
        guard child.change == .appendOnly, let moment = child.match.equal.first else { return items }
        return items.enumerated().sorted {
            let moments = (
                DocumentMatch.second(document($0.element), moment),
                DocumentMatch.second(document($1.element), moment)
            )
            return (moments.0, $0.offset) < (moments.1, $1.offset)
        }.map(\.element)
    }
}

internal import JSON
internal import Model
private import Record

/// What has to be written so that an object with its children is what a change says. The same table as ``Collection``
/// has for the own store (zds-to-zgw-mapping.md, 5.4), over documents whose links are URLs.
struct GraphDifference: Sendable {
    /// Two statussen of other types would have one moment.
    struct MomentTaken: Error {}

    private let graph: Value
    private let entity: Entity
    private let models: Models
    private let isWhole: Bool
    private let endTypes: Set<String>

    init(graph: Value, entity: Entity, models: Models, isWhole: Bool, endTypes: Set<String>) {
        self.graph = graph
        self.entity = entity
        self.models = models
        self.isWhole = isWhole
        self.endTypes = endTypes
    }

    /// Where the children of the root are listed.
    func place(of element: Element, _ root: String) -> MakePlan.Place? {
        guard let child = element.api?.child, let resource = models.entity(child.resource),
            let collection = resource.collection
        else { return nil }
        return .list(
            api: resource.model, collection: collection, query: [.init(name: child.parent, value: root)])
    }

    /// In the order in which they must be made: the root, then all that goes, then all that comes, and last what sets a
    /// property of the root.
    ///
    /// - Parameter owed: what was taken away to be made anew, by its collection.
    func writes(
        over root: Value, _ children: [String: [Value]], owed: [String: [Value]] = [:]
    ) -> Result<[Write], MomentTaken> {
        var result: [Write] = []
        let url = root["url"]?.text ?? ""
        let patch = Patch.of(graph, over: root, entity.elements)
        if !patch.isEmpty, let collection = entity.collection {
            result.append(.patch(collection: collection, url: url, body: .object(patch)))
        }
        let setters = PlannedResource.setters(of: entity)
        var made: [Write] = []
        for element in entity.elements.filter({ !setters.contains($0.name) })
            + entity.elements.filter({ setters.contains($0.name) })
        {
            guard let said = graph[element.name], let child = element.api?.child,
                let resource = models.entity(child.resource), let collection = resource.collection
            else { continue }
            var run = ChildrenRun(
                element, child, api: resource.model, collection: collection, root: url,
                present: children[element.name] ?? [], owed: owed[collection] ?? [], isWhole: isWhole)
            if child.change == .appendOnly {
                guard run.append(said.items ?? [], endTypes: endTypes) else { return .failure(MomentTaken()) }
            } else if element.isRepeat {
                run.each(said.items ?? [])
            } else {
                run.only(said)
            }
            result += run.gone
            made += run.made
        }
        return .success(result + made)
    }
}

/// What differs between properties said and properties that are there.
enum Patch {
    /// The properties that have to be sent, as they are to be.
    static func of(_ said: Value, over present: Value, _ elements: [Element]) -> [Value.Member] {
        var result: [Value.Member] = []
        for member in said.members ?? [] {
            guard let element = elements.first(where: { $0.name == member.key }), isSent(element) else {
                continue
            }
            let old = present[member.key] ?? .null
            let new = merged(member.value, over: old, element)
            if !isSame(new, old, element) { result.append(.init(member.key, new)) }
        }
        return result
    }

    static func isSent(_ element: Element) -> Bool {
        element.api?.child == nil && element.api?.isReadOnly != true && element.api?.setBy == nil
    }

    /// A group keeps what is not said of it; a list whose items say what becomes of each keeps the others.
    private static func merged(_ said: Value, over old: Value, _ element: Element) -> Value {
        if element.isRepeat, let items = said.items {
            guard let match = element.api?.match, items.contains(where: { $0[mark] != nil }) else {
                return .array(items.map(bare))
            }
            return .array(each(items, old.items ?? [], DocumentMatch(match)))
        }
        guard element.isGroup, element.api?.link == nil, case .object(let members) = said,
            element.type.base != .geometrie, var result = old.members.map(Value.object)
        else { return said }
        for member in members { result[member.key] = member.value }
        return result
    }

    static let mark = "_verwerkingssoort"

    private static func each(_ items: [Value], _ old: [Value], _ match: DocumentMatch) -> [Value] {
        var result = old
        for item in items {
            let place = result.firstIndex { match($0, item) }
            switch (item[mark]?.text ?? "", place) {
            case ("identificatie", _): continue
            case ("verwijderen", let place?), ("beeindigen", let place?): result.remove(at: place)
            case ("verwijderen", nil), ("beeindigen", nil): continue
            case (_, let place?):
                for member in bare(item).members ?? [] { result[place][member.key] = member.value }
            case (_, nil): result.append(bare(item))
            }
        }
        return result
    }

    static func bare(_ item: Value) -> Value {
        item.members.map { .object($0.filter { !$0.key.hasPrefix("_") }) } ?? item
    }

    // MARK: Comparing

    static func isSame(_ said: Value, _ present: Value, _ element: Element?) -> Bool {
        if isNothing(said), isNothing(present) { return true }
        switch (said, present) {
        case (.string(let left), .string(let right)):
            guard element?.type.base == .tijdstip else { return left == right }
            return DocumentMatch.second(said, "") == DocumentMatch.second(present, "")
        case (.number(let left), .number(let right)): return left == right || Double(left) == Double(right)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1, nil) }
        case (.object(let members), .object):
            return members.allSatisfy { member in
                isSame(member.value, present[member.key] ?? .null, element?.member(member.key))
            }
        default: return said == present
        }
    }

    static func isNothing(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let items): items.isEmpty
        case .object(let members): members.allSatisfy { isNothing($0.value) }
        case .bool, .number: false
        }
    }
}

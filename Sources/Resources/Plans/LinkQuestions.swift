private import Diagnostics
package import JSON
package import Model

/// Puts URLs in the place of what links are looked up by (`"zaaktype": {"identificatie": "B1026"}`), before a graph can be
/// sent. Pure: it says what has to be asked and is given the answers.
///
/// Types belong to a zaaktype version (zds-to-zgw-mapping.md, 3): roltypen, statustypen and resultaattypen are asked as
/// the lists of the zaaktype of the zaak, other types by their name and then taken from those that the zaaktype lists.
package struct Links: Sendable {
    package enum Resolution: Sendable {
        case resolved(Value)
        /// These must be known first: lists with all their pages, or the one document of a URL.
        case asks([MakePlan.Place])
    }

    /// The type that other types belong to a version of.
    private static let scope = "catalogi:ZaakType"

    fileprivate let models: Models
    fileprivate let today: String
    fileprivate let settled: Set<String>
    /// What was answered so far.
    package var known: [MakePlan.Place: [Value]] = [:]

    /// - Parameters:
    ///   - today: the day on which a type must be valid, `2026-11-24`.
    ///   - settled: URLs that were chosen before, by an earlier run or by what is there: chosen again, also when another
    ///     version came since. A zaak keeps its version.
    package init(_ models: Models, today: String, settled: Set<String> = []) {
        self.models = models
        self.today = today
        self.settled = settled
    }

    /// - Parameter zaaktype: the URL of the zaaktype that other types are those of, where the graph does not say it.
    /// - Throws: ``ResourcesFailure`` for a link that leads nowhere, or to more than one thing.
    package func resolve(
        _ graph: Value, of entity: Entity, zaaktype: String? = nil
    ) throws(ResourcesFailure) -> Resolution {
        var run = LinkRun(links: self, root: graph, scope: zaaktype)
        if zaaktype == nil { run.scope = try run.findScope(entity) }
        let resolved = try run.members(graph, entity.elements, "")
        return run.asks.isEmpty ? .resolved(resolved) : .asks(run.asks)
    }

    /// The links of a resource that say which zaaktype it has.
    fileprivate static func isScope(_ element: Element) -> Bool { element.api?.link?.resource == scope }
}

private struct LinkRun {
    let links: Links
    let root: Value
    /// The URL of the zaaktype.
    var scope: String?
    private(set) var asks: [MakePlan.Place] = []

    init(links: Links, root: Value, scope: String?) {
        self.links = links
        self.root = root
        self.scope = scope
    }

    // MARK: Walking

    mutating func members(
        _ value: Value, _ elements: [Element], _ path: String
    ) throws(ResourcesFailure) -> Value {
        guard case .object(var members) = value else { return value }
        for index in members.indices {
            guard let element = elements.first(where: { $0.name == members[index].key }) else { continue }
            members[index].value = try self.value(members[index].value, element, "\(path)\(element.name)")
        }
        return .object(members)
    }

    private mutating func value(
        _ value: Value, _ element: Element, _ path: String
    ) throws(ResourcesFailure) -> Value {
        switch value {
        case .array(let items):
            var result: [Value] = []
            for item in items { result.append(try self.value(item, element, path)) }
            return .array(result)
        case .object:
            guard let link = element.api?.link else {
                return try members(value, element.members, "\(path).")
            }
            return try find(link, value, path)?["url"] ?? value
        default: return value
        }
    }

    /// The zaaktype of the graph itself, or of the zaak that a child of it links to.
    mutating func findScope(_ entity: Entity) throws(ResourcesFailure) -> String? {
        if let element = entity.elements.first(where: Links.isScope), let link = element.api?.link {
            guard let said = root[element.name], said.members != nil else { return root[element.name]?.text }
            return try find(link, said, element.name)?["url"]?.text
        }
        for child in entity.elements where child.api?.child != nil {
            guard let first = root[child.name]?.items?.first else { continue }
            for member in child.members {
                guard let link = member.api?.link, let said = first[member.name],
                    let scoped = links.models.entity(link.resource)?.elements.first(where: Links.isScope)
                else { continue }
                return try find(link, said, "\(child.name).\(member.name)")?[scoped.name]?.text
            }
        }
        return nil
    }

    // MARK: Finding

    /// What a link leads to; nil when that has to be asked first.
    private mutating func find(
        _ link: APIFacts.Link, _ said: Value, _ path: String
    ) throws(ResourcesFailure) -> Value? {
        guard let target = links.models.entity(link.resource), let collection = target.collection else {
            throw ResourcesFailure(.linkUnsaid, at: path)
        }
        var wanted: [MakePlan.Criterion] = []
        for name in link.by {
            guard let text = DocumentMatch.text(said, name) else {
                throw ResourcesFailure(.linkUnsaid, at: path, hint: "by \(name)")
            }
            wanted.append(.init(name: name, value: text))
        }
        let isListed = target.key.contains { $0.contains(".") }
        let place: MakePlan.Place
        if isListed {
            guard let scope else {
                guard asks.isEmpty else { return nil }
                throw ResourcesFailure(.linkUnsaid, at: path, hint: "the zaaktype is not known")
            }
            let name = target.key.first.map { String($0.prefix { $0 != "." }) } ?? ""
            place = .list(api: target.model, collection: collection, query: [.init(name: name, value: scope)])
        } else {
            place = .list(api: target.model, collection: collection, query: query(wanted, target))
        }
        guard let found = answer(place) else { return nil }
        let isVersioned = target.elements.contains { $0.name == "concept" }
        var fit = found.filter { item in wanted.allSatisfy { DocumentMatch.text(item, $0.name) == $0.value } }
        if fit.isEmpty, isListed {
            // Old applications cut names off.
            fit = found.filter { item in
                wanted.allSatisfy { DocumentMatch.text(item, $0.name)?.hasPrefix($0.value) ?? false }
            }
        }
        if isVersioned, !isListed, link.resource != "catalogi:ZaakType", let scope {
            guard let zaaktype = answer(.page(scope)) else { return nil }
            let listed = Set(zaaktype.first?[collection]?.items?.compactMap(\.text) ?? [])
            let own = fit.filter { listed.contains($0["url"]?.text ?? "") }
            if !own.isEmpty { fit = own }
        }
        return try choose(fit, link, said, path, isVersioned: isVersioned)
    }

    private func choose(
        _ fit: [Value], _ link: APIFacts.Link, _ said: Value, _ path: String, isVersioned: Bool
    ) throws(ResourcesFailure) -> Value {
        if let chosen = fit.first(where: { links.settled.contains($0["url"]?.text ?? "") }) { return chosen }
        var left = isVersioned ? fit.filter { isValid($0) } : fit
        if left.count > 1 {
            let nearer = left.filter { item in
                link.with.allSatisfy { name in
                    DocumentMatch.text(said, name).map { $0 == DocumentMatch.text(item, name) } ?? true
                }
            }
            if !nearer.isEmpty { left = nearer }
        }
        guard let chosen = left.first else {
            throw ResourcesFailure(.linkNotFound, at: path, hint: told(link, said))
        }
        guard left.count == 1 else {
            throw ResourcesFailure(.linkAmbiguous, at: path, hint: "\(left.count) fit: \(told(link, said))")
        }
        return chosen
    }

    /// `zaaktype B9998`: names of a catalogue are no data of persons. Of anything else only what it is.
    private func told(_ link: APIFacts.Link, _ said: Value) -> String {
        let name = String(link.resource.drop { $0 != ":" }.dropFirst())
        guard link.resource.hasPrefix("catalogi:") else { return name }
        return ([name] + link.by.compactMap { DocumentMatch.text(said, $0) }).joined(separator: " ")
    }

    /// Begun today or before, and not ended today or before.
    private func isValid(_ type: Value) -> Bool {
        let (begin, end) = (type["beginGeldigheid"]?.text ?? "", type["eindeGeldigheid"]?.text ?? "")
        return begin <= links.today && (end.isEmpty || end > links.today)
    }

    /// By what the link says, and the rest of the key as the graph itself has it; of types the published ones.
    private func query(_ wanted: [MakePlan.Criterion], _ target: Entity) -> [MakePlan.Criterion] {
        var query = wanted
        for name in target.key where !wanted.contains(where: { $0.name == name }) {
            if let text = root[name]?.text { query.append(.init(name: name, value: text)) }
        }
        if target.elements.contains(where: { $0.name == "concept" }) {
            query.append(.init(name: "status", value: "definitief"))
        }
        return query
    }

    private mutating func answer(_ place: MakePlan.Place) -> [Value]? {
        if let found = links.known[place] { return found }
        if !asks.contains(place) { asks.append(place) }
        return nil
    }
}

internal import Model
internal import Record
internal import Resources

/// One thing that a list can be asked for: a parameter of its query, a property of what is sent to its `_zoek`.
///
/// The served parameters and their description are both made of these.
struct Filter: Sendable {
    enum Meaning: Sendable {
        /// The property is compared with the value that is given, or with one of them (`__in`).
        case value(ElementType, Question.Comparison)
        /// Whether the property has no value (`__isnull`).
        case isNull
        /// The URL of another resource, or of one of several.
        case link(Link, isList: Bool)
        /// The identities of the resources themselves (`uuid__in`).
        case identities
    }

    /// A URL stands for the properties by which the resource is linked to.
    struct Link: Sendable {
        /// `catalogi:ZaakType`.
        let resource: String
        /// Paths of what is listed, and the paths in the resource that give the values.
        let compares: [(path: String, with: String)]
    }

    /// `startdatum__gte`.
    let name: String
    /// The property that is asked about, as it is described.
    let element: Element?
    /// In what is listed: `startdatum`, `rollen.betrokkeneIdentificatie.inpBsn`.
    let path: String
    let meaning: Meaning
    /// What must be the case besides: a name of a medewerker is of no other kind of betrokkene.
    var besides: [Question.Criterion] = []
    /// Whether it is only asked with `_zoek`: lists, and numbers of persons, which never stand in a URL.
    var isSearchOnly = false

    var isList: Bool {
        switch meaning {
        case .value(_, .oneOf), .link(_, isList: true), .identities: true
        default: false
        }
    }

    /// What else its values can be asked for: dates by what lies before and behind them.
    private static let dates: [(suffix: String, comparison: Question.Comparison)] = [
        ("", .equals), ("__gt", .above), ("__gte", .atLeast), ("__lt", .below), ("__lte", .atMost),
    ]
}

extension Filter {
    /// The filters of a collection of objects that have a key.
    static func ofObjects(_ resource: Resource, _ library: ResourceLibrary) -> [Filter] {
        let hasSearch = resource.entity.elements.contains { $0.api?.child != nil }
        var filters = resource.entity.elements.flatMap { element -> [Filter] in
            if let child = element.api?.child { return ofChild(child, element, resource, library) }
            if let link = element.api?.link, !element.isRepeat {
                return links(element, link, at: element.name, library)
            }
            let isFound = !element.isGroup && !element.isRepeat && resource.canFind(element.name)
            return isFound ? values(element, isKey: resource.entity.key.contains(element.name)) : []
        }
        if hasSearch {
            let identities = Filter(
                name: "uuid__in", element: nil, path: "", meaning: .identities, isSearchOnly: true)
            filters.append(identities)
        } else {
            filters.removeAll(where: \.isSearchOnly)
        }
        return filters
    }

    /// The filters of a collection of children; their paths are those of a child.
    static func ofChildren(
        _ entity: Entity, _ child: APIFacts.Child, _ library: ResourceLibrary
    ) -> [Filter] {
        let filters = entity.elements.flatMap { element -> [Filter] in
            if let link = element.api?.link {
                return element.name == child.parent
                    ? [] : Array(links(element, link, at: element.name, library).prefix(1))
            }
            let isWord = !element.type.enumeration.isEmpty || element.type.base == .boolean
            return isWord && !element.isGroup && !element.isRepeat
                ? [value(element, .equals, suffix: "")] : []
        }
        return filters + child.match.identifiers.flatMap { identifier($0, among: entity.elements) }
    }

    // MARK: Values

    private static func values(_ element: Element, isKey: Bool) -> [Filter] {
        if element.type.base == .datum {
            return dates.map { value(element, $0.comparison, suffix: $0.suffix) }
                + [
                    Filter(
                        name: "\(element.name)__isnull", element: element, path: element.name,
                        meaning: .isNull)
                ]
        }
        let isWord = isKey || !element.type.enumeration.isEmpty
        return [value(element, .equals, suffix: "")]
            + (isWord ? [value(element, .oneOf, suffix: "__in")] : [])
    }

    private static func value(
        _ element: Element, _ comparison: Question.Comparison, suffix: String
    ) -> Filter {
        Filter(
            name: element.name + suffix, element: element, path: element.name,
            meaning: .value(element.type, comparison), isSearchOnly: Personal.isPersonal(element.name))
    }

    private static func links(
        _ element: Element, _ link: APIFacts.Link, at path: String, _ library: ResourceLibrary
    ) -> [Filter] {
        let name = path.split(separator: ".").joined(separator: "__")
        let compares = link.by.map { (path: "\(path).\($0)", with: $0) }
        let target = Link(resource: link.resource, compares: compares)
        let one = Filter(
            name: name, element: element, path: path, meaning: .link(target, isList: false))
        let isWholeKey = library.resource(link.resource)?.entity.key == link.by && link.by.count == 1
        guard isWholeKey else { return [one] }
        let several = Filter(
            name: "\(name)__in", element: element, path: path, meaning: .link(target, isList: true),
            isSearchOnly: true)
        return [one, several]
    }

    // MARK: Children

    /// What objects are asked for by their children: `rol__betrokkeneIdentificatie__medewerker__identificatie`,
    /// `resultaat__resultaattype`.
    private static func ofChild(
        _ child: APIFacts.Child, _ element: Element, _ resource: Resource, _ library: ResourceLibrary
    ) -> [Filter] {
        let name = child.servedName
        guard element.isRepeat else {
            return element.members.compactMap { member in
                guard let link = member.api?.link else { return nil }
                let path = "\(element.name).\(member.name)"
                // What else identifies a resultaattype, its zaaktype, the zaak itself links to.
                let key = library.resource(link.resource)?.entity.key ?? []
                let own = key.filter { !link.by.contains($0) && resource.shape.node($0) != nil }
                let compares =
                    link.by.map { (path: "\(path).\($0)", with: $0) } + own.map { (path: $0, with: $0) }
                return Filter(
                    name: "\(name)__\(member.name)", element: member, path: path,
                    meaning: .link(Link(resource: link.resource, compares: compares), isList: false))
            }
        }
        return child.match.identifiers.flatMap { identifier($0, among: element.members) }.map { filter in
            Filter(
                name: "\(name)__\(filter.name)", element: filter.element,
                path: "\(element.name).\(filter.path)", meaning: filter.meaning,
                besides: filter.besides.map { criterion in
                    var criterion = criterion
                    criterion.path = "\(element.name).\(criterion.path)"
                    return criterion
                }, isSearchOnly: filter.isSearchOnly)
        }
    }

    /// What identifies a child; of a group whose shape differs once for each shape that has it.
    private static func identifier(_ path: String, among elements: [Element]) -> [Filter] {
        guard case .found(let chain) = Resolution.of(path, among: elements, separator: "."),
            let element = chain.last
        else { return [] }
        let steps = chain.map(\.name)
        func filter(_ names: [String], _ besides: [Question.Criterion]) -> Filter {
            Filter(
                name: names.joined(separator: "__"), element: element, path: path,
                meaning: .value(element.type, .equals), besides: besides,
                isSearchOnly: Personal.isPersonal(path))
        }
        let variants = element.api?.variants ?? []
        guard let place = chain.firstIndex(where: { $0.api?.discriminator != nil }), !variants.isEmpty,
            let discriminator = chain[place].api?.discriminator
        else { return [filter(steps, [])] }
        return variants.map { variant in
            let names = steps[...place] + [camelCase(variant)] + steps[(place + 1)...]
            let kind = (steps[..<place] + [discriminator]).joined(separator: ".")
            let besides = Question.Criterion(path: kind, comparison: .equals, value: Array(variant.utf8))
            return filter(Array(names), variants.count > 1 ? [besides] : [])
        }
    }

    /// `natuurlijk_persoon` is `natuurlijkPersoon` in the name of a parameter.
    private static func camelCase(_ word: String) -> String {
        let parts = word.split(separator: "_")
        return parts.prefix(1).joined()
            + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

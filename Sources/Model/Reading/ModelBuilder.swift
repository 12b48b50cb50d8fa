import Diagnostics
import Language
import Record

/// Looks up the names that models use, and builds their elements.
struct ModelBuilder {
    /// One entity with more elements, groups counted where they are used, is a mistake: groups that double each other.
    static let elementLimit = 20_000

    let sources: [ModelSource]
    private(set) var findings: [Finding] = []
    private var elementCount = 0

    init(_ sources: [ModelSource]) { self.sources = sources }

    mutating func build() -> [Model] {
        var models: [Model] = []
        for source in sources {
            if let twin = models.first(where: { $0.name == source.name }) {
                report(
                    .nameTwice, at: source.location,
                    "`\(source.name)` is the model of \(twin.location) already")
                continue
            }
            // A group that no entity uses is built all the same, so that its mistakes are found.
            for group in source.groups { buildGroup(group, of: source) }
            let entities = source.entities.map { entity($0, of: source) }
            checkCollections(of: source)
            models.append(
                Model(
                    name: source.name, kind: source.kind, entities: entities,
                    served: served(source.served, of: source, entities), location: source.location))
        }
        return models
    }

    mutating func report(_ code: Code, at location: SourceLocation, _ text: String) {
        findings.append(Finding(code, at: location, text))
    }

    mutating func report(_ finding: Finding) { findings.append(finding) }

    private mutating func buildGroup(_ group: GroupSource, of model: ModelSource) {
        guard elementCount < Self.elementLimit else { return }
        elementCount = 0
        _ = elements(group.elements, of: model, within: ["\(model.name):\(group.name.text)"])
    }

    private mutating func entity(_ source: EntitySource, of model: ModelSource) -> Entity {
        elementCount = 0
        let elements = elements(
            withoutParts(source.elements), of: model, within: ["\(model.name):\(source.name.text)"])
        let entity = Entity(
            name: source.name.text, model: model.name, collection: source.collection?.text,
            key: source.key.map(\.text), elements: elements, separator: model.side == .stuf ? "/" : ".",
            location: source.name.location)
        check(entity, source)
        return entity
    }

    /// - Parameter stack: the groups and resources that these elements stand in.
    mutating func elements(
        _ sources: [ElementSource], of model: ModelSource, within stack: [String]
    ) -> [Element] {
        sources.map { element($0, of: model, within: stack) }
    }

    private mutating func element(
        _ source: ElementSource, of model: ModelSource, within stack: [String]
    ) -> Element {
        elementCount += 1
        if elementCount == Self.elementLimit {
            report(
                .entityTooLarge, at: source.name.location,
                "\(stack.first ?? model.name) has more than \(Self.elementLimit) elements, its groups included"
            )
        }
        checkType(source)
        var type = ElementType(.group)
        var members: [Element] = []
        var api = APIFacts(
            isReadOnly: source.isReadOnly, setBy: source.setBy?.text, sizeOf: source.sizeOf?.text,
            match: match(source), isLeftOut: model.leavesOut, discriminator: source.discriminator?.text,
            variants: source.variants)
        var table = TableFacts(
            reference: source.reference?.text, isReadOnly: source.isReadOnly,
            columns: source.columns.map(\.text), isPadded: source.isPadded)
        switch source.form {
        case .leaf(let leaf):
            type = leafType(leaf, source, model)
            members = elements(source.members, of: model, within: stack)
        case .group: members = elements(source.members, of: model, within: stack)
        case .like(let name): members = elements(like: name, source, of: model, within: stack)
        case .link(let resource, let by, let with):
            (api.link, members) = link(to: resource, by: by, with: with, source, of: model)
        case .child(let resource, let child):
            (api.child, members) = self.child(resource, child, source, of: model, within: stack)
        case .rows(let name, let by, let order):
            (table.rows, members) = rows(of: name, by: by, order: order, source, of: model, within: stack)
        case .opaque, nil: break
        }
        return Element(
            name: source.localName, type: type, isRepeat: source.isRepeat, isRequired: source.isRequired,
            members: elementCount < Self.elementLimit ? members : [],
            stuf: model.side == .stuf ? stufFacts(source, of: model) : nil,
            api: model.side == .api ? api : nil,
            table: model.side == .tables ? table : nil,
            location: source.name.location)
    }

    /// How an item of a repeat is known again; nil where the model does not say.
    private func match(_ source: ElementSource) -> APIFacts.Child.Match? {
        guard !source.identifiers.isEmpty else { return nil }
        return APIFacts.Child.Match(
            equal: [], identifiers: source.identifiers.map(\.text), otherwise: source.otherwise.map(\.text))
    }

    private func leafType(_ leaf: ElementType, _ source: ElementSource, _ model: ModelSource) -> ElementType {
        var type = leaf
        type.allowsIncomplete = source.isIncomplete
        type.spelling = source.spelling
        // A list of values says itself whether empty is one of them.
        type.empty = source.empty ?? (leaf.enumeration.isEmpty ? model.emptyByType[leaf.base] : nil)
        type.unknown = source.unknown
        return type
    }

    private mutating func stufFacts(_ source: ElementSource, of model: ModelSource) -> StUFFacts {
        let isGerelateerde = source.localName == "gerelateerde"
        return StUFFacts(
            namespace: namespace(of: source, in: model), entiteittype: source.entiteittype,
            role: isGerelateerde ? .gerelateerde : source.role, isKerngegeven: source.isKerngegeven,
            isMetagegeven: source.isMetagegeven, isAnswerOnly: source.isAnswerOnly)
    }

    /// The XML namespace: of an element the model's own, of an attribute none, unless a prefix names another.
    private mutating func namespace(of source: ElementSource, in model: ModelSource) -> String {
        let isAttribute = source.localName.hasPrefix("@")
        switch source.prefix {
        case "StUF": return Namespace.stuf
        case "xmime" where isAttribute: return Namespace.xmime
        case nil:
            guard !isAttribute, case .stuf(let uri, _) = model.kind else { return "" }
            return uri
        case let prefix?:
            let local = isAttribute ? source.localName.dropFirst() : source.localName[...]
            report(
                source.statement.unknown(
                    source.name,
                    "\(isAttribute ? "an attribute" : "an element") of a namespace that models know (`\(prefix)`)",
                    among: isAttribute ? ["@StUF:\(local)", "@xmime:\(local)"] : ["StUF:\(local)"],
                    code: .prefixUnknown))
            return ""
        }
    }

    // MARK: Members from elsewhere

    private mutating func elements(
        like name: Token, _ source: ElementSource, of model: ModelSource, within stack: [String]
    ) -> [Element] {
        let (home, local) = place(of: name, from: model)
        guard let home, let group = home.group(local) else {
            let known =
                model.groups.map(\.name.text)
                + sources.flatMap { model in
                    model.groups.map { "\(model.name):\($0.name.text)" }
                }
            report(source.statement.unknown(name, "a group of a model", among: known, code: .groupUnknown))
            return []
        }
        let qualified = "\(home.name):\(local)"
        guard !stack.contains(qualified) else {
            report(.groupRecursive, at: name.location, "`\(name.text)` would stand inside itself")
            return []
        }
        guard elementCount < Self.elementLimit else { return [] }
        return elements(group.elements, of: home, within: stack + [qualified])
    }

    private mutating func link(
        to name: Token, by: [Token], with: [Token], _ source: ElementSource, of model: ModelSource
    ) -> (APIFacts.Link?, [Element]) {
        guard let (home, target) = resource(name, source, of: model) else { return (nil, []) }
        var members: [Element] = []
        for path in by + with {
            guard let found = target.elements.first(where: { $0.localName == path.text }),
                case .leaf(let leaf)? = found.form
            else {
                let leaves = target.elements.filter { if case .leaf? = $0.form { true } else { false } }
                report(
                    source.statement.unknown(
                        path, "a value of \(home.name):\(target.name.text)", among: leaves.map(\.localName),
                        code: .modelPathUnknown))
                continue
            }
            members.append(
                Element(
                    name: found.localName, type: leafType(leaf, found, home), isRequired: found.isRequired,
                    api: APIFacts(isReadOnly: found.isReadOnly), location: path.location))
        }
        let link = APIFacts.Link(
            resource: "\(home.name):\(target.name.text)", by: by.map(\.text), with: with.map(\.text))
        return (link, members)
    }

    private mutating func child(
        _ name: Token, _ child: ChildSource, _ source: ElementSource, of model: ModelSource,
        within stack: [String]
    ) -> (APIFacts.Child?, [Element]) {
        guard let (home, target) = resource(name, source, of: model) else { return (nil, []) }
        let qualified = "\(home.name):\(target.name.text)"
        guard !stack.contains(qualified) else {
            report(.groupRecursive, at: name.location, "`\(name.text)` would stand inside itself")
            return (nil, [])
        }
        let match = APIFacts.Child.Match(
            equal: child.equal.map(\.text), identifiers: child.identifiers.map(\.text),
            otherwise: child.otherwise.map(\.text))
        check(child, of: target, source)
        let members = elements(
            target.elements.filter { $0.localName != child.parent?.text }, of: home,
            within: stack + [qualified])
        for path in child.equal + child.identifiers + child.otherwise {
            check(path, among: members, of: qualified)
        }
        return (
            APIFacts.Child(
                resource: qualified, parent: child.parent?.text ?? "", match: match,
                change: child.change ?? .replaceOnly), members
        )
    }

    private mutating func resource(
        _ name: Token, _ source: ElementSource, of model: ModelSource
    ) -> (ModelSource, EntitySource)? {
        let (home, local) = place(of: name, from: model)
        guard let home, home.side == .api, let target = home.entity(local) else {
            let known =
                model.entities.map(\.name.text)
                + sources.filter { $0.side == .api }.flatMap { model in
                    model.entities.map { "\(model.name):\($0.name.text)" }
                }
            report(
                source.statement.unknown(name, "a resource of a model", among: known, code: .resourceUnknown))
            return nil
        }
        return (home, target)
    }

    /// `adres` is of this model, `bg0310:adres` of that one.
    private func place(of name: Token, from model: ModelSource) -> (ModelSource?, String) {
        guard let colon = name.text.firstIndex(of: ":") else { return (model, name.text) }
        let home = name.text[..<colon]
        return (sources.first { $0.name == home }, String(name.text[name.text.index(after: colon)...]))
    }
}

internal import JSON
internal import Model

/// What becomes of the children in one collection.
struct ChildrenRun {
    private let element: Element
    private let child: APIFacts.Child
    private let api: String
    private let collection: String
    private let root: String
    private var present: [Value]
    private let isWhole: Bool
    private let match: DocumentMatch
    private(set) var gone: [Write] = []
    private(set) var made: [Write] = []
    /// Items that are to be made, to be found once.
    private var adds: [Value] = []

    init(
        _ element: Element, _ child: APIFacts.Child, api: String, collection: String, root: String,
        present: [Value], owed: [Value], isWhole: Bool
    ) {
        self.element = element
        self.child = child
        self.api = api
        self.collection = collection
        self.root = root
        self.isWhole = isWhole
        let match = DocumentMatch(child.match, isToTheSecond: child.change == .appendOnly)
        self.match = match
        // What was taken away and is not made yet counts as there, without a URL.
        self.present = present + owed.filter { heir in !present.contains { match($0, heir) } }
    }

    // MARK: Kinds of collections

    /// The one child that a root has at most.
    mutating func only(_ said: Value) {
        guard !Patch.isNothing(said) else { return present.forEach { remove($0) } }
        guard let there = present.first else { return add(said) }
        change(there, to: said)
    }

    mutating func each(_ items: [Value]) {
        if isWhole || items.isEmpty {
            for there in present where !items.contains(where: { match($0, there) }) { remove(there) }
        }
        for item in items {
            let there = present.first { match($0, item) }
            switch item[Patch.mark]?.text ?? "" {
            case "identificatie": continue
            case "verwijderen", "beeindigen": there.map { remove($0) }
            case "toevoegen":
                guard let there else { add(item); continue }
                if there["url"] == nil { change(there, to: item) }
            default: if let there { change(there, to: item) } else { add(item) }
            }
        }
    }

    /// - Returns: false when another one has the moment of one of them.
    mutating func append(_ items: [Value], endTypes: Set<String>) -> Bool {
        let link = element.members.first { $0.api?.link != nil }?.name ?? ""
        for item in PlannedResource.inOrder(items, of: child, by: { $0 }) {
            let soort = item[Patch.mark]?.text ?? ""
            guard !["identificatie", "verwijderen", "beeindigen"].contains(soort) else { continue }
            let type = item[link]?.text ?? ""
            if let there = (present + adds).first(where: { match($0, item) }) {
                guard there[link]?.text == type else { return false }
                continue
            }
            // A zaak ends once.
            if endTypes.contains(type), present.contains(where: { $0[link]?.text == type }) { continue }
            add(item)
        }
        return true
    }

    // MARK: Writes

    private mutating func add(_ item: Value) {
        let bare = Patch.bare(item)
        guard !adds.contains(where: { !child.match.equal.isEmpty && match($0, bare) }) else { return }
        adds.append(bare)
        var body = Value.object((bare.members ?? []).filter { isSent($0.key) })
        body[child.parent] = .string(root)
        made.append(.make(api: api, collection: collection, body: body))
    }

    private mutating func remove(_ item: Value, heir: Value? = nil) {
        guard let url = item["url"]?.text else { return }
        present.removeAll { $0["url"] == item["url"] }
        gone.append(.delete(collection: collection, url: url, heir: heir))
    }

    /// Changed where it is where the API can, else made anew with what is not said as it was.
    private mutating func change(_ there: Value, to item: Value) {
        let patch = Patch.of(Patch.bare(item), over: there, element.members)
        guard !patch.isEmpty || there["url"] == nil else { return }
        if child.change == .inPlace, let url = there["url"]?.text {
            return made.append(.patch(collection: collection, url: url, body: .object(patch)))
        }
        var whole = Value.object(
            (there.members ?? []).filter { isSent($0.key) && !Patch.isNothing($0.value) })
        for member in patch { whole[member.key] = member.value }
        remove(there, heir: whole)
        add(whole)
    }

    private func isSent(_ name: String) -> Bool { element.member(name).map(Patch.isSent) ?? false }
}

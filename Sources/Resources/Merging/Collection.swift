internal import Diagnostics
internal import Model
internal import Record

/// What becomes of the items of one collection: which stay, which go, which are made.
///
/// The table of verwerkingssoorten is that of updateZaak (ZDS 1.1, "wijzigen van rollen"): T of what is there does
/// nothing, W replaces, V deletes, I does nothing; without a mark an item is added, or changed where it is there.
struct Collection {
    enum Content {
        /// As it was.
        case kept(Item)
        /// From what the change says, over an item that is the same one.
        case made(Item, over: Item?)
    }

    struct Entry {
        var content: Content
        /// Nil: it gets a new one.
        var identity: ChildIdentity?

        var item: Item {
            switch content {
            case .kept(let item), .made(let item, _): item
            }
        }
    }

    let child: APIFacts.Child
    let shape: Shape
    let path: String
    private let match: ItemMatch
    private(set) var entries: [Entry]
    private(set) var isChanged = false
    /// What is to be made once all deletes are done.
    private var adds: [Item] = []

    init(
        child: APIFacts.Child, shape: Shape, match: ItemMatch, path: String, stored: [Item],
        identities: [ChildIdentity]
    ) {
        self.child = child
        self.shape = shape
        self.path = path
        self.match = match
        entries = stored.enumerated().map { index, item in
            Entry(
                content: .kept(item), identity: index < identities.count ? identities[index] : nil)
        }
    }

    /// - Parameter isWhole: whether what the change does not name is no longer there.
    mutating func plan(before: [Item], after: [Item], isWhole: Bool) throws(ResourcesFailure) {
        if isWhole, child.change != .appendOnly {
            let count = entries.count
            entries = entries.filter { entry in after.contains { match($0, entry.item) } }
            if entries.count != count { isChanged = true }
        }
        for item in before.dropPairs(with: after, by: match) where item.verwerkingssoort.deletes {
            delete(item)
        }
        for (number, item) in after.enumerated() {
            try plan(item, was: before.pair(of: number, in: after, by: match))
        }
        for item in adds { entries.append(Entry(content: .made(item, over: nil), identity: nil)) }
        adds = []
    }

    private mutating func plan(_ item: Item, was: Item?) throws(ResourcesFailure) {
        if child.change == .appendOnly { return try append(item) }
        switch item.verwerkingssoort {
        case .identificatie: return
        case .verwijderen, .beeindigen: delete(isHere(item) ? item : was ?? item)
        case .toevoegen:
            if !isHere(item) { add(item) }
        case .none, .wijzigen, .vervangen, .sleutelwijziging, .ontdubbeling:
            change(item, was: was)
        }
    }

    private mutating func change(_ item: Item, was: Item?) {
        if let was, !match(was, item), let old = position(of: was) {
            if isHere(item) { return remove(at: old) }
            entries[old] = Entry(
                content: .made(item, over: nil),
                identity: child.change == .inPlace ? entries[old].identity : nil)
            isChanged = true
        } else if let own = position(of: item) {
            guard case .kept(let stored) = entries[own].content, !shape.isSaid(item, by: stored) else {
                return
            }
            entries[own] = Entry(
                content: .made(item, over: stored),
                identity: child.change == .inPlace ? entries[own].identity : nil)
            isChanged = true
        } else {
            add(item)
        }
    }

    /// A collection that can only grow: the same item again is nothing new, another one at its moment is refused.
    private mutating func append(_ item: Item) throws(ResourcesFailure) {
        guard !item.verwerkingssoort.deletes, item.verwerkingssoort != .identificatie else { return }
        let same = entries.first { match($0.item, item) }?.item ?? adds.first { match($0, item) }
        guard let same else { return add(item) }
        for (index, node) in shape.nodes.enumerated() where node.link != nil {
            guard shape.says(index, same, sameAs: item) else {
                throw ResourcesFailure(.statusMomentTaken, at: path)
            }
        }
    }

    private mutating func add(_ item: Item) {
        guard !adds.contains(where: { match($0, item) }) else { return }
        adds.append(item)
        isChanged = true
    }

    private mutating func delete(_ item: Item) {
        if let index = position(of: item) { remove(at: index) }
    }

    private mutating func remove(at index: Int) {
        entries.remove(at: index)
        isChanged = true
    }

    private func isHere(_ item: Item) -> Bool { position(of: item) != nil }
    private func position(of item: Item) -> Int? { entries.firstIndex { match($0.item, item) } }
}

extension Marks.Verwerkingssoort {
    fileprivate var deletes: Bool { self == .verwijderen || self == .beeindigen }
}

extension Shape {
    /// Whether everything that an item says is so in another one already.
    fileprivate func isSaid(_ item: Item, by stored: Item) -> Bool {
        isSaid(top, item, by: stored)
    }

    private func isSaid(_ nodes: [Int], _ item: Item, by stored: Item) -> Bool {
        nodes.allSatisfy { index in
            let node = self.nodes[index]
            let slot = item.slot(index)
            if node.element.api?.isReadOnly == true { return true }
            if node.isGroup, !slot.standing.clears { return isSaid(node.members, item, by: stored) }
            return !(slot.standing == .value || slot.standing.clears) || says(index, item, sameAs: stored)
        }
    }
}

extension [Item] {
    /// The item that stood where that item of `after` stands now: the same one of those of its kind.
    fileprivate func pair(of number: Int, in after: [Item], by match: ItemMatch) -> Item? {
        let rank = after[..<number].count { match.isSameKind($0, after[number]) }
        let alike = filter { match.isSameKind($0, after[number]) }
        return rank < alike.count ? alike[rank] : nil
    }

    /// The items that nothing of `after` stands in the place of.
    fileprivate func dropPairs(with after: [Item], by match: ItemMatch) -> [Item] {
        enumerated().filter { number, item in
            let rank = self[..<number].count { match.isSameKind($0, item) }
            return rank >= after.count { match.isSameKind($0, item) }
        }.map(\.element)
    }
}

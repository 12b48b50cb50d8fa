internal import Crypto
internal import Diagnostics
internal import Model
internal import Record

/// One change being applied: builds the new record beside the stored one.
struct MergeRun {
    private let resource: Resource
    private let change: Change
    private let after: Record
    private let stored: Stored?
    /// The identities of stored children, by the node they stand in.
    private let identities: [Int: [ChildIdentity]]
    private var nextIdentity = 0

    private(set) var record: Record
    private(set) var children: [ChildIdentity] = []
    private(set) var changed: [String] = []

    var result: Stored {
        Stored(
            record: record, children: children, tellings: stored?.tellings ?? [:],
            kept: stored?.kept ?? Kept())
    }

    init(_ resource: Resource, _ change: Change, after: Record, stored: Stored?) {
        self.resource = resource
        self.change = change
        self.after = after
        self.stored = stored
        record = Record(resource.shape.layout)
        var identities: [Int: [ChildIdentity]] = [:]
        if let stored {
            let places = resource.shape.children(of: stored.record)
            for (place, identity) in zip(places, stored.children) {
                identities[place.node, default: []].append(identity)
            }
        }
        self.identities = identities
    }

    mutating func root() throws(ResourcesFailure) {
        try merge(
            resource.shape.top, of: resource.shape,
            old: stored.map { Item(record: $0.record, frame: Record.root) },
            new: Item(record: after, frame: Record.root), into: Record.root, "")
    }

    // MARK: Properties

    /// Writes each node: the new value where one was said, else the old one.
    private mutating func merge(
        _ nodes: [Int], of shape: Shape, old: Item?, new: Item?, into frame: Record.Frame, _ prefix: String
    ) throws(ResourcesFailure) {
        for index in nodes {
            let node = shape.nodes[index]
            if let content = node.sizeOf {
                mergeSize(index, of: shape, content, old: old, new: new, into: frame)
            } else if node.isGiven {
                copy(index, of: shape, from: old, into: frame)
            } else if let items = node.items {
                let path = prefix + shape.layout.nodes[index].path
                try mergeRepeat(index, of: shape, items, old: old, new: new, into: frame, path)
            } else if node.isGroup {
                try mergeGroup(index, of: shape, old: old, new: new, into: frame, prefix)
            } else {
                try mergeLeaf(index, of: shape, old: old, new: new, into: frame, prefix)
            }
        }
    }

    /// Notes that a node became different. Of an object that is new nobody asks which.
    private mutating func note(_ index: Int, of shape: Shape, _ prefix: String) {
        guard stored != nil else { return }
        changed.append(prefix + shape.layout.nodes[index].path)
    }

    private mutating func mergeLeaf(
        _ index: Int, of shape: Shape, old: Item?, new: Item?, into frame: Record.Frame, _ prefix: String
    ) throws(ResourcesFailure) {
        let node = shape.nodes[index]
        let slot = new?.slot(index) ?? Slot()
        let hadValue = old?.slot(index).standing == .value
        switch slot.standing {
        case .value:
            copy(index, of: shape, from: new, into: frame)
            guard let old, let new, shape.says(index, old, sameAs: new) else {
                return note(index, of: shape, prefix)
            }
        case .empty, .null, .geenWaarde:
            if hadValue, node.isRequired, !node.mayBeEmpty {
                throw ResourcesFailure(.requiredByAPI, at: prefix + shape.layout.nodes[index].path)
            }
            record.set(index, in: frame, to: slot.standing)
            if hadValue { note(index, of: shape, prefix) }
        case .waardeOnbekend where node.spellsUnknown:
            record.set(index, in: frame, to: slot.standing)
            if old?.slot(index).standing != slot.standing { note(index, of: shape, prefix) }
        // The API has no way to say it; the old application that asks is told so all the same.
        case .waardeOnbekend where !hadValue: record.set(index, in: frame, to: slot.standing)
        default: copy(index, of: shape, from: old, into: frame)
        }
    }

    /// The size of a content follows the content.
    private mutating func mergeSize(
        _ index: Int, of shape: Shape, _ content: String, old: Item?, new: Item?, into frame: Record.Frame
    ) {
        let path = shape.layout.nodes[index].path
        let sibling = path.dropLast(shape.layout.nodes[index].name.count) + content
        guard let node = shape.node(String(sibling)),
            let said = new.flatMap({ $0.record.content(node, in: $0.frame) })
        else { return copy(index, of: shape, from: old, into: frame) }
        record.set(index, in: frame, to: String(said.byteCount))
    }

    private mutating func mergeGroup(
        _ index: Int, of shape: Shape, old: Item?, new: Item?, into frame: Record.Frame, _ prefix: String
    ) throws(ResourcesFailure) {
        let node = shape.nodes[index]
        let hadValue = old?.slot(index).standing == .value
        if let standing = new?.slot(index).standing, standing.clears {
            if hadValue, node.isRequired {
                throw ResourcesFailure(.requiredByAPI, at: prefix + shape.layout.nodes[index].path)
            }
            record.set(index, in: frame, to: standing)
            if hadValue { note(index, of: shape, prefix) }
            return
        }
        let before = changed.count
        try merge(node.members, of: shape, old: old, new: new, into: frame, prefix)
        if let link = node.link {
            forgetWhatHungOnTheOldTarget(link, index, of: shape, new: new, in: frame, before)
        }
        let hasValue = node.members.contains { member in
            let standing = record.slot(member, in: frame).standing
            return standing == .value || standing == .waardeOnbekend && shape.nodes[member].spellsUnknown
        }
        if hasValue {
            record.set(index, in: frame, to: .value)
            if !hadValue {
                if changed.count == before { note(index, of: shape, prefix) }
                if old != nil { try checkRequired(node.members, of: shape, frame, prefix) }
            }
        } else if let old, old.slot(index).standing != .absent {
            record.set(index, in: frame, to: hadValue ? .null : old.slot(index).standing)
        }
        if let child = node.child, hasValue { keepIdentity(of: child, index) }
    }

    /// A link that points elsewhere takes with it what was only read through the old one.
    private mutating func forgetWhatHungOnTheOldTarget(
        _ link: APIFacts.Link, _ index: Int, of shape: Shape, new: Item?, in frame: Record.Frame,
        _ before: Int
    ) {
        guard changed.count > before else { return }
        let own = shape.layout.nodes[index].path
        guard
            changed[before...].contains(where: { path in link.by.contains { path.hasSuffix("\(own).\($0)") } }
            )
        else { return }
        for path in link.with {
            guard let member = shape.node("\(own).\(path)"), new?.slot(member).standing.isSaid != true else {
                continue
            }
            record.set(member, in: frame, to: .absent)
        }
    }

    private mutating func keepIdentity(of child: APIFacts.Child, _ node: Int) {
        children.append(identities[node]?.first ?? newIdentity(of: child))
    }

    private mutating func newIdentity(of child: APIFacts.Child) -> ChildIdentity {
        let object = change.objects.first ?? ObjectKey(tenant: "", resource: "", value: "")
        let seed = "\(object.tenant)\n\(object.resource)\n\(object.value)\n\(change.position)"
        nextIdentity += 1
        return ChildIdentity(
            resource: child.resource, uuid: .derived(seed: Array(seed.utf8), ordinal: nextIdentity))
    }

    /// Copies a node with all below it, as it is.
    private mutating func copy(_ index: Int, of shape: Shape, from item: Item?, into frame: Record.Frame) {
        guard let item else { return }
        let node = shape.nodes[index]
        let slot = item.slot(index)
        if let items = node.items {
            record.set(index, in: frame, to: slot.standing)
            for old in item.record.all(index, in: item.frame) {
                let new = record.appendItem(index, in: frame)
                for member in items.top { copy(member, of: items, from: old, into: new) }
            }
        } else if node.isGroup {
            record.set(index, in: frame, to: slot.standing)
            for member in node.members { copy(member, of: shape, from: item, into: frame) }
        } else if node.isContent, let content = item.record.content(index, in: item.frame) {
            record.set(index, in: frame, to: content)
        } else {
            record.set(index, in: frame, from: slot, of: item.record)
        }
    }

    // MARK: Items

    private mutating func mergeRepeat(
        _ index: Int, of shape: Shape, _ items: Shape, old: Item?, new: Item?, into frame: Record.Frame,
        _ path: String
    ) throws(ResourcesFailure) {
        let standing = new?.slot(index).standing ?? .absent
        if let child = shape.nodes[index].child {
            return try mergeCollection(index, items, child, old: old, new: new, path)
        }
        guard standing == .value || standing.clears else {
            return copy(index, of: shape, from: old, into: frame)
        }
        let isEach = try mergeEach(index, of: shape, items, old: old, new: new, into: frame, path)
        if !isEach { copy(index, of: shape, from: new, into: frame) }
        for item in record.items(index, in: frame) {
            try checkRequired(items.top, of: items, item, "\(path).")
        }
        guard !isEach else {
            let now = Item(record: record, frame: frame)
            if old.map({ !shape.says(index, $0, sameAs: now) }) ?? true { changed.append(path) }
            return
        }
        guard let old, let new, shape.says(index, old, sameAs: new) else {
            if old != nil || standing == .value { changed.append(path) }
            return
        }
    }

    /// Merges a list of the document itself item by item, where its items say what becomes of each (relations do) and
    /// the model says how one is known again: a change of one partner leaves the others as they are.
    ///
    /// - Returns: false when the list is given as a whole.
    private mutating func mergeEach(
        _ index: Int, of shape: Shape, _ items: Shape, old: Item?, new: Item?, into frame: Record.Frame,
        _ path: String
    ) throws(ResourcesFailure) -> Bool {
        let said = new.map { $0.record.all(index, in: $0.frame) } ?? []
        guard let match = shape.nodes[index].match, change.kind != .snapshot,
            said.contains(where: { $0.verwerkingssoort != .none })
        else { return false }
        var entries: [(old: Item?, new: Item?)] =
            (old?.record.all(index, in: old?.frame ?? Record.root) ?? [])
            .map { ($0, nil) }
        for item in said where item.verwerkingssoort != .identificatie {
            let place = entries.firstIndex { entry in
                (entry.old.map { match($0, item) } ?? false) || (entry.new.map { match($0, item) } ?? false)
            }
            switch (item.verwerkingssoort, place) {
            case (.verwijderen, let place?), (.beeindigen, let place?): entries.remove(at: place)
            case (.verwijderen, nil), (.beeindigen, nil): continue
            case (_, let place?): entries[place].new = item
            case (_, nil): entries.append((nil, item))
            }
        }
        let known = changed
        for entry in entries {
            let item = record.appendItem(index, in: frame)
            try merge(items.top, of: items, old: entry.old, new: entry.new, into: item, "\(path).")
        }
        changed = known
        if entries.isEmpty { record.set(index, in: frame, to: .empty) }
        return true
    }

    private mutating func mergeCollection(
        _ index: Int, _ shape: Shape, _ child: APIFacts.Child, old: Item?, new: Item?, _ path: String
    ) throws(ResourcesFailure) {
        guard let match = self.resource.shape.nodes[index].match else { return }
        var collection = Collection(
            child: child, shape: shape, match: match, path: path,
            stored: old?.record.all(index, in: Record.root) ?? [], identities: identities[index] ?? [])
        let standing = new?.slot(index).standing ?? .absent
        if standing.isSaid {
            try collection.plan(
                before: change.before?.all(index, in: Record.root) ?? [],
                after: new?.record.all(index, in: Record.root) ?? [],
                isWhole: change.kind == .snapshot || standing.clears)
        } else if let before = change.before {
            try collection.plan(before: before.all(index, in: Record.root), after: [], isWhole: false)
        }
        if collection.isChanged { changed.append(path) }
        let paths = changed
        for entry in collection.entries {
            let frame = record.appendItem(index)
            switch entry.content {
            case .kept(let item): for member in shape.top { copy(member, of: shape, from: item, into: frame) }
            case .made(let item, let base):
                try merge(shape.top, of: shape, old: base, new: item, into: frame, "\(path).")
                try checkRequired(shape.top, of: shape, frame, "\(path).")
            }
            children.append(entry.identity ?? newIdentity(of: child))
        }
        changed = paths
        if collection.entries.isEmpty, let old, old.slot(index).standing != .absent {
            record.set(index, to: .empty)
        }
        if child.change == .appendOnly { markNewest(index, shape, match) }
    }

    /// In a collection that can only grow, a boolean that the API sets says which item is the newest.
    private mutating func markNewest(_ index: Int, _ shape: Shape, _ match: ItemMatch) {
        let flags = shape.top.filter {
            shape.nodes[$0].type.base == .boolean && shape.nodes[$0].isReadOnly
        }
        guard let moment = match.moment, !flags.isEmpty else { return }
        let items = Array(record.items(index))
        let newest = newestItem(items, of: record, moment)
        for item in items {
            for flag in flags { record.set(flag, in: item, to: item == newest ? "true" : "false") }
        }
    }

    // MARK: What the API asks

    /// Refuses what lacks a value that the API asks for, in what is newly made.
    func checkRequired(
        _ nodes: [Int], of shape: Shape, _ frame: Record.Frame, _ prefix: String
    ) throws(ResourcesFailure) {
        for index in nodes {
            let node = shape.nodes[index]
            let standing = record.slot(index, in: frame).standing
            let isSpelled = node.mayBeEmpty || standing == .waardeOnbekend && node.spellsUnknown
            if node.isRequired, standing != .value, !isSpelled, !node.isReadOnly,
                exists(node, of: shape, in: frame)
            {
                throw ResourcesFailure(.requiredByAPI, at: prefix + shape.layout.nodes[index].path)
            }
            guard standing == .value, node.isGroup else { continue }
            // What else is read through a link is the other resource's business.
            let members = node.members.filter { node.link?.by.contains(shape.layout.nodes[$0].name) != false }
            try checkRequired(members, of: shape, frame, prefix)
        }
    }

    /// Whether a member of a group whose shape differs exists in the shape that this one has.
    private func exists(_ node: Shape.Node, of shape: Shape, in frame: Record.Frame) -> Bool {
        guard let variants = node.element.api?.variants, !variants.isEmpty else { return true }
        let discriminators = shape.nodes.compactMap { $0.element.api?.discriminator }
        for name in discriminators {
            guard let property = shape.node(name) else { continue }
            return variants.contains { record.bytes(property, in: frame).elementsEqual($0.utf8) }
        }
        return true
    }
}

extension ElementType {
    /// Whether the API can say that there is a value and that it is not known.
    var spellsUnknown: Bool { unknown != nil || base == .datum && spelling == .brp }

    /// Whether the API takes the type's spelling of empty for a property that it asks for.
    var mayBeEmpty: Bool { empty != nil && enumeration.isEmpty && (minLength ?? 0) == 0 }
}

extension Item {
    func slot(_ node: Int) -> Slot { record.slot(node, in: frame) }
}

/// The item with the latest moment; of equal ones the last.
func newestItem(_ items: [Record.Frame], of record: Record, _ moment: Int) -> Record.Frame? {
    var newest: Record.Frame?
    for item in items {
        guard let held = newest else {
            newest = item
            continue
        }
        let (left, right) = (record.bytes(moment, in: held), record.bytes(moment, in: item))
        if !right.lexicographicallyPrecedes(left) { newest = item }
    }
    return newest
}

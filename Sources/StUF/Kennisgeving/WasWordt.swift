internal import Record

/// Makes one change of the old and the new object of a kennisgeving (StUF 03.01 sections 5.2.5 to 5.2.7).
///
/// - A leaf is what the new object says of it; the old object's values only tell what they were.
/// - Items of a repeat are paired by their order. Where the new object has an item without content, the old one's
///   content says which item goes: it is taken with the verwerkingssoort it has (V not relevant, E ended).
/// - A relation that is replaced (R) becomes two items: the old one ended (E), the new one added (T).
/// - An item that only the old object has goes when it carries V or E, and is else not mentioned.
/// - Some senders leave the empty ones out, and then an old V stands opposite a new T: the one goes, the other comes.
///
/// A relation that occurs once is no item: an empty new one is geenWaarde, which clears it.
struct WasWordt {
    /// One of the two objects.
    private struct Object {
        let record: Record
        let emptyItems: Set<Record.Frame>

        init(_ object: ReadObject) {
            record = object.record
            emptyItems = object.emptyItems
        }

        func isEmpty(_ item: Record.Frame?) -> Bool {
            guard let item else { return true }
            return !emptyItems.isEmpty && emptyItems.contains(item)
        }

        func marks(_ item: Record.Frame?) -> Marks { item.map { record.marks(of: $0) } ?? Marks() }
    }

    private let was: Object
    private let wordt: Object
    private var change: Record

    static func merge(was: ReadObject?, wordt: ReadObject) -> Record {
        guard was != nil || !wordt.emptyItems.isEmpty else { return wordt.record }
        let wordt = Object(wordt)
        var merging = WasWordt(
            was: was.map(Object.init) ?? wordt, wordt: wordt,
            change: Record(wordt.record.layout, sharing: wordt.record))
        merging.change.setMarks(wordt.record.marks(of: Record.root), of: Record.root)
        merging.merge(was == nil ? nil : Record.root, Record.root, into: Record.root)
        return merging.change
    }

    /// Merges a frame of each; the old one's has nothing to say where it is nil.
    private mutating func merge(_ old: Record.Frame?, _ new: Record.Frame, into frame: Record.Frame) {
        change.share(new, of: wordt.record, in: frame)
        for node in wordt.record.layout(of: new).repeats { mergeItems(node, old, new, into: frame) }
    }

    private mutating func mergeItems(
        _ node: Int, _ old: Record.Frame?, _ new: Record.Frame, into frame: Record.Frame
    ) {
        var oldItem = old.flatMap { was.record.firstItem(node, in: $0) }
        var newItem = wordt.record.firstItem(node, in: new)
        let standing = wordt.record.slot(node, in: new).standing
        if newItem == nil, standing.isSaid { change.set(node, in: frame, to: standing) }
        while oldItem != nil || newItem != nil {
            mergeItem(node, oldItem, newItem, into: frame)
            oldItem = oldItem.flatMap { was.record.nextItem(after: $0) }
            newItem = newItem.flatMap { wordt.record.nextItem(after: $0) }
        }
    }

    private mutating func mergeItem(
        _ node: Int, _ oldItem: Record.Frame?, _ newItem: Record.Frame?, into frame: Record.Frame
    ) {
        let old = was.isEmpty(oldItem) ? nil : oldItem
        let new = wordt.isEmpty(newItem) ? nil : newItem
        let oldSoort = was.marks(oldItem).verwerkingssoort
        let newSoort = wordt.marks(newItem).verwerkingssoort
        let soort = newSoort == .none ? oldSoort : newSoort
        if let old, new == nil, soort == .verwijderen || soort == .beeindigen {
            return append(node, old, of: was, soort, into: frame)
        }
        guard let new else { return }
        if let old, oldSoort == .verwijderen || oldSoort == .beeindigen, newSoort == .toevoegen {
            append(node, old, of: was, oldSoort, into: frame)
            return append(node, new, of: wordt, .toevoegen, into: frame)
        }
        if let old, soort == .vervangen {
            append(node, old, of: was, .beeindigen, into: frame)
            return append(node, new, of: wordt, .toevoegen, into: frame)
        }
        let item = change.appendItem(node, in: frame, marks: wordt.marks(new))
        merge(old, new, into: item)
    }

    /// Takes an item of one of the two as it is.
    private mutating func append(
        _ node: Int, _ item: Record.Frame, of object: Object, _ soort: Marks.Verwerkingssoort,
        into frame: Record.Frame
    ) {
        var marks = object.marks(item)
        marks.verwerkingssoort = soort
        copyAll(item, of: object, into: change.appendItem(node, in: frame, marks: marks))
    }

    private mutating func copyAll(_ from: Record.Frame, of object: Object, into frame: Record.Frame) {
        let layout = object.record.layout(of: from)
        for node in layout.types.indices {
            guard layout.isRepeat(node) else {
                copy(node, layout.types[node], of: object, in: from, into: frame)
                continue
            }
            var item = object.record.firstItem(node, in: from)
            let standing = object.record.slot(node, in: from).standing
            if item == nil, standing.isSaid { change.set(node, in: frame, to: standing) }
            while let next = item {
                if !object.isEmpty(next) {
                    copyAll(
                        next, of: object,
                        into: change.appendItem(node, in: frame, marks: object.marks(next)))
                }
                item = object.record.nextItem(after: next)
            }
        }
    }

    private mutating func copy(
        _ node: Int, _ type: ValueType, of object: Object, in from: Record.Frame, into frame: Record.Frame
    ) {
        let slot = object.record.slot(node, in: from)
        guard slot.isKnown else { return }
        if type == .content, let content = object.record.content(node, in: from) {
            change.set(node, in: frame, to: content)
            change.setMarks(slot.marks, node: node, in: frame)
        } else if type == .group {
            change.set(node, in: frame, to: slot.standing)
            change.setMarks(slot.marks, node: node, in: frame)
        } else {
            change.set(node, in: frame, from: slot, of: object.record)
        }
    }
}

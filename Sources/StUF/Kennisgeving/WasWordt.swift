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
enum WasWordt {
    static func merge(was: EntityReader?, wordt: EntityReader) -> Record {
        guard was != nil || !wordt.emptyItems.isEmpty else { return wordt.record }
        var change = Record(wordt.record.layout)
        change.setMarks(wordt.record.marks(of: Record.root), of: Record.root)
        merge(
            Side(reader: was, frame: Record.root), Side(reader: wordt, frame: Record.root), into: &change,
            frame: Record.root)
        return change
    }

    /// One frame of one of the two records; a frame of nil has nothing to say.
    private struct Side {
        var reader: EntityReader?
        var frame: Record.Frame?

        func items(_ node: Int) -> [Record.Frame] {
            guard let reader, let frame else { return [] }
            return Array(reader.record.items(node, in: frame))
        }

        var soort: Marks.Verwerkingssoort {
            guard let reader, let frame else { return .none }
            return reader.record.marks(of: frame).verwerkingssoort
        }

        var isEmpty: Bool {
            guard let reader, let frame else { return true }
            return reader.emptyItems.contains(frame)
        }

        func at(_ frame: Record.Frame?) -> Side { Side(reader: reader, frame: frame) }
    }

    private static func merge(_ was: Side, _ wordt: Side, into change: inout Record, frame: Record.Frame) {
        guard let reader = wordt.reader, let from = wordt.frame else { return }
        for (node, description) in change.layout(of: frame).nodes.enumerated() {
            let slot = reader.record.slot(node, in: from)
            if !description.isRepeat {
                copy(slot, node, of: reader.record, in: from, into: &change, frame: frame)
                continue
            }
            let old = was.items(node)
            let new = wordt.items(node)
            if new.isEmpty, slot.standing.isSaid { change.set(node, in: frame, to: slot.standing) }
            for index in 0..<max(old.count, new.count) {
                mergeItem(
                    was.at(index < old.count ? old[index] : nil),
                    wordt.at(index < new.count ? new[index] : nil), node, into: &change, frame: frame)
            }
        }
    }

    private static func mergeItem(
        _ was: Side, _ wordt: Side, _ node: Int, into change: inout Record, frame: Record.Frame
    ) {
        let hasOld = !was.isEmpty
        let hasNew = !wordt.isEmpty
        let soort = wordt.soort == .none ? was.soort : wordt.soort
        if hasOld, !hasNew, soort == .verwijderen || soort == .beeindigen {
            return append(was, node, soort, into: &change, frame: frame)
        }
        guard hasNew else { return }
        if hasOld, was.soort == .verwijderen || was.soort == .beeindigen, wordt.soort == .toevoegen {
            append(was, node, was.soort, into: &change, frame: frame)
            return append(wordt, node, .toevoegen, into: &change, frame: frame)
        }
        if soort == .vervangen, hasOld {
            append(was, node, .beeindigen, into: &change, frame: frame)
            return append(wordt, node, .toevoegen, into: &change, frame: frame)
        }
        let item = change.appendItem(node, in: frame, marks: marks(of: wordt))
        merge(was, wordt, into: &change, frame: item)
    }

    /// Takes one side's item as it is.
    private static func append(
        _ side: Side, _ node: Int, _ soort: Marks.Verwerkingssoort, into change: inout Record,
        frame: Record.Frame
    ) {
        var marks = marks(of: side)
        marks.verwerkingssoort = soort
        let item = change.appendItem(node, in: frame, marks: marks)
        merge(side.at(nil), side, into: &change, frame: item)
    }

    private static func marks(of side: Side) -> Marks {
        guard let reader = side.reader, let frame = side.frame else { return Marks() }
        return reader.record.marks(of: frame)
    }

    private static func copy(
        _ slot: Slot, _ node: Int, of record: borrowing Record, in from: Record.Frame,
        into change: inout Record,
        frame: Record.Frame
    ) {
        let type = change.layout(of: frame).nodes[node].type
        if type == .content, let content = record.content(node, in: from) {
            change.set(node, in: frame, to: content)
            change.setMarks(slot.marks, node: node, in: frame)
        } else if type == .group {
            change.set(node, in: frame, to: slot.standing)
            change.setMarks(slot.marks, node: node, in: frame)
        } else {
            change.set(node, in: frame, from: slot, of: record)
        }
    }
}

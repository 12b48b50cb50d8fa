package import Record

/// Finds the values of a record by the paths of a vraag.
package enum Elements {
    /// The first value at a path; nil when there is none.
    package static func first(_ path: String, of record: borrowing Record) -> [UInt8]? {
        var found: [UInt8]?
        VraagReader.leaves(of: record, in: Record.root, path: "") { own, slot, bytes in
            if found == nil, own == path, slot.standing == .value { found = Array(bytes) }
        }
        return found
    }

    /// Whether one of the values at its path is as a test wants it, and as complete.
    package static func meets(_ test: Vraag.Test, _ record: borrowing Record) -> Bool {
        var isMet = false
        VraagReader.leaves(of: record, in: Record.root, path: "") { path, slot, bytes in
            guard path == test.path, slot.standing == .value, slot.precision == test.precision else { return }
            let known = test.precision.knownByteCount
            if bytes.prefix(known).elementsEqual(test.value.prefix(known)) { isMet = true }
        }
        return isMet
    }

    /// The record with only those items of a repeat that say what the tests want of them.
    package static func choosing(_ choices: [Vraag.Test], of record: Record) -> Record {
        guard !choices.isEmpty else { return record }
        var kept = Record(record.layout, sharing: record)
        kept.setMarks(record.marks(of: Record.root), of: Record.root)
        kept.share(Record.root, of: record, in: Record.root)
        for node in record.layout.repeats {
            let name = record.layout.nodes[node].path
            let own = choices.filter { $0.path.hasPrefix("\(name)/") }
            let standing = record.slot(node, in: Record.root).standing
            if record.firstItem(node, in: Record.root) == nil, standing.isSaid {
                kept.set(node, in: Record.root, to: standing)
            }
            for item in record.items(node, in: Record.root)
            where own.allSatisfy({ says($0, name, item, record) }) {
                kept.copy(
                    item, of: record,
                    into: kept.appendItem(node, in: Record.root, marks: record.marks(of: item)))
            }
        }
        return kept
    }

    private static func says(_ test: Vraag.Test, _ name: String, _ item: Record.Frame, _ record: Record)
        -> Bool
    {
        var isSaid = false
        VraagReader.leaves(of: record, in: item, path: name) { path, slot, bytes in
            if path == test.path, slot.standing == .value, bytes.elementsEqual(test.value) { isSaid = true }
        }
        return isSaid
    }
}

extension Record {
    /// Copies what a frame says, its repeats included, into an empty one of the same layout.
    fileprivate mutating func copy(_ from: Frame, of other: Record, into frame: Frame) {
        share(from, of: other, in: frame)
        for node in other.layout(of: from).repeats {
            let standing = other.slot(node, in: from).standing
            if other.firstItem(node, in: from) == nil, standing.isSaid { set(node, in: frame, to: standing) }
            for item in other.items(node, in: from) {
                copy(item, of: other, into: appendItem(node, in: frame, marks: other.marks(of: item)))
            }
        }
    }
}

extension Precision {
    /// Of `2020-03-09`: how much of it is known.
    fileprivate var knownByteCount: Int {
        switch self {
        case .nothing: 0
        case .year: 4
        case .month: 7
        default: 100
        }
    }
}

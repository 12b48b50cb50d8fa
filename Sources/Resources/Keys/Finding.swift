package import Crypto
internal import Model
package import Record

extension Resource {
    /// The values by which a stored object can be found, each with its path: its key, the keys of what its root links to,
    /// its root's dates and enumerations, and the numbers of persons anywhere in it, as keyed hashes.
    ///
    /// A ``Question`` may filter on these paths and on no others.
    package func findable(in record: Record, hash: KeyedHash) -> [(path: String, value: [UInt8])] {
        var found: [(path: String, value: [UInt8])] = []
        collect(shape, Record.root, of: record, prefix: "", hash: hash, into: &found)
        return found
    }

    private func collect(
        _ shape: Shape, _ frame: Record.Frame, of record: Record, prefix: String, hash: KeyedHash,
        into found: inout [(path: String, value: [UInt8])]
    ) {
        let isRoot = frame == Record.root
        for (index, node) in shape.nodes.enumerated() {
            guard record.slot(index, in: frame).standing == .value else { continue }
            let path = prefix + shape.layout.nodes[index].path
            if let items = node.items {
                for item in record.items(index, in: frame) {
                    collect(items, item, of: record, prefix: "\(path).", hash: hash, into: &found)
                }
            } else if Personal.isPersonal(path) {
                found.append((path, Array(hash.text(record.bytes(index, in: frame)).utf8)))
            } else if isRoot, isFindable(index, path) {
                found.append((path, Array(record.bytes(index))))
            }
        }
    }

    /// Whether questions may filter on that path of the root.
    private func isFindable(_ index: Int, _ path: String) -> Bool {
        let node = shape.nodes[index]
        if node.isGroup { return false }
        if entity.key.contains(path) || node.type.base == .datum || !node.type.enumeration.isEmpty {
            return true
        }
        guard let parent = shape.layout.nodes[index].parent else { return false }
        return shape.nodes[parent].link != nil
    }

    /// The value of a criterion as ``findable(in:hash:)`` gives it.
    package static func criterion(_ path: String, _ value: [UInt8], hash: KeyedHash) -> [UInt8] {
        Personal.isPersonal(path) ? Array(hash.text(value).utf8) : value
    }
}

extension Resource {
    /// Whether ``findable(in:hash:)`` gives values for that path.
    package func canFind(_ path: String) -> Bool {
        if Personal.isPersonal(path) { return true }
        return shape.node(path).map { isFindable($0, path) } ?? false
    }

    /// Whether a value at the criterion's path, in any item on the way, meets it.
    package func meets(_ criterion: Question.Criterion, _ record: Record) -> Bool {
        meets(criterion, criterion.path[...], shape, Record.root, record)
    }

    private func meets(
        _ criterion: Question.Criterion, _ path: Substring, _ shape: Shape, _ frame: Record.Frame,
        _ record: Record
    ) -> Bool {
        if let node = shape.node(String(path)), shape.nodes[node].items == nil {
            let slot = record.slot(node, in: frame)
            return slot.standing == .value && criterion.accepts(record.bytes(of: slot))
        }
        for (index, node) in shape.nodes.enumerated() {
            guard let items = node.items else { continue }
            let own = shape.layout.nodes[index].path
            guard path.hasPrefix("\(own).") else { continue }
            let rest = path.dropFirst(own.count + 1)
            if record.items(index, in: frame).contains(where: { meets(criterion, rest, items, $0, record) }) {
                return true
            }
        }
        return false
    }
}

extension Question.Criterion {
    fileprivate func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
        switch comparison {
        case .equals: bytes.elementsEqual(value)
        case .atLeast: !bytes.lexicographicallyPrecedes(value)
        case .atMost: !value.lexicographicallyPrecedes(bytes)
        case .contains:
            value.isEmpty
                || bytes.indices.contains { bytes[$0...].starts(with: value) }
        }
    }
}

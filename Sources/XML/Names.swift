/// A name as a number: equal names of one ``Names`` table have equal numbers, so that matching a path compares words.
///
/// Names that are not in the table get numbers behind it, which mean something within one document only
/// (``Reader/namespace(of:)``, ``Reader/local(of:)``).
package struct Name: Hashable, Sendable {
    package let number: Int32

    package init(number: Int32) { self.number = number }
}

/// Every (namespace, local name) a program knows, each with its ``Name``. Filled once, then only read.
package struct Names: Sendable {
    /// Where a name stands in ``bytes``: the namespace, then the local part.
    private struct Entry: Sendable {
        var start: Int32
        var namespaceCount: Int32
        var localCount: Int32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Open addressing; -1 is free. Its size is a power of two, at least twice the number of entries.
    private var table: [Int32] = Array(repeating: -1, count: 64)

    package init() {}

    package var count: Int { entries.count }

    /// The name with that namespace (empty: none) and local part; made when it is new.
    package mutating func add(namespace: String, local: String) -> Name {
        add(namespace: Array(namespace.utf8).span, local: Array(local.utf8).span)
    }

    mutating func add(namespace: borrowing Span<UInt8>, local: borrowing Span<UInt8>) -> Name {
        if let known = find(namespace: namespace, local: local) { return known }
        let name = Name(number: Int32(entries.count))
        entries.append(
            Entry(
                start: Int32(bytes.count), namespaceCount: Int32(namespace.count),
                localCount: Int32(local.count)))
        for index in 0..<namespace.count { bytes.append(namespace[index]) }
        for index in 0..<local.count { bytes.append(local[index]) }
        if entries.count * 2 > table.count {
            grow()
        } else {
            place(name)
        }
        return name
    }

    package func namespace(of name: Name) -> ArraySlice<UInt8> {
        let entry = entries[Int(name.number)]
        return bytes[Int(entry.start)..<Int(entry.start + entry.namespaceCount)]
    }

    package func local(of name: Name) -> ArraySlice<UInt8> {
        let entry = entries[Int(name.number)]
        let start = Int(entry.start + entry.namespaceCount)
        return bytes[start..<start + Int(entry.localCount)]
    }

    func find(namespace: borrowing Span<UInt8>, local: borrowing Span<UInt8>) -> Name? {
        var slot = Self.hash(namespace, local) & (table.count - 1)
        while table[slot] >= 0 {
            if isEntry(Int(table[slot]), namespace, local) { return Name(number: table[slot]) }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    private func isEntry(
        _ number: Int, _ namespace: borrowing Span<UInt8>, _ local: borrowing Span<UInt8>
    ) -> Bool {
        let entry = entries[number]
        guard Int(entry.localCount) == local.count, Int(entry.namespaceCount) == namespace.count else {
            return false
        }
        let localStart = Int(entry.start + entry.namespaceCount)
        for index in 0..<local.count where bytes[localStart + index] != local[index] { return false }
        for index in 0..<namespace.count where bytes[Int(entry.start) + index] != namespace[index] {
            return false
        }
        return true
    }

    private mutating func grow() {
        table = Array(repeating: -1, count: table.count * 2)
        for number in entries.indices { place(Name(number: Int32(number))) }
    }

    private mutating func place(_ name: Name) {
        var slot = Self.hash(namespace(of: name).span, local(of: name).span) & (table.count - 1)
        while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = name.number
    }

    /// Only the end of a namespace counts: that is where they differ.
    private static func hash(_ namespace: borrowing Span<UInt8>, _ local: borrowing Span<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in max(0, namespace.count - 4)..<namespace.count {
            hash = (hash ^ UInt64(namespace[index])) &* 0x100_0000_01b3
        }
        for index in 0..<local.count { hash = (hash ^ UInt64(local[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7FFF_FFFF)
    }
}

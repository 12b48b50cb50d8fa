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
    private struct Entry: Sendable {
        var namespace: Int32
        /// Where the local name stands in ``bytes``.
        var start: Int32
        var count: Int32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    private(set) var namespaces: [[UInt8]] = []
    /// Open addressing; -1 is free. Its size is a power of two, at least twice the number of entries.
    private var table: [Int32] = Array(repeating: -1, count: 64)

    package init() {}

    package var count: Int { entries.count }

    /// The name with that namespace (empty: none) and local part; made when it is new.
    package mutating func add(namespace: String, local: String) -> Name {
        add(namespace: addNamespace(Array(namespace.utf8)), local: Array(local.utf8).span)
    }

    /// The number of a namespace; made when it is new.
    mutating func addNamespace(_ uri: [UInt8]) -> Int32 {
        if let known = namespaces.firstIndex(of: uri) { return Int32(known) }
        namespaces.append(uri)
        return Int32(namespaces.count - 1)
    }

    mutating func add(namespace: Int32, local: borrowing Span<UInt8>) -> Name {
        if let known = find(namespace: namespace, local: local) { return known }
        let name = Name(number: Int32(entries.count))
        entries.append(Entry(namespace: namespace, start: Int32(bytes.count), count: Int32(local.count)))
        for index in 0..<local.count { bytes.append(local[index]) }
        if entries.count * 2 > table.count {
            grow()
        } else {
            place(name)
        }
        return name
    }

    package func namespace(of name: Name) -> ArraySlice<UInt8> {
        namespaces[Int(entries[Int(name.number)].namespace)][...]
    }

    package func local(of name: Name) -> ArraySlice<UInt8> {
        let entry = entries[Int(name.number)]
        return bytes[Int(entry.start)..<Int(entry.start + entry.count)]
    }

    func find(namespace: Int32, local: borrowing Span<UInt8>) -> Name? {
        var slot = Self.hash(namespace, local) & (table.count - 1)
        while table[slot] >= 0 {
            let entry = entries[Int(table[slot])]
            if entry.namespace == namespace, Int(entry.count) == local.count, isText(entry, local) {
                return Name(number: table[slot])
            }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    private func isText(_ entry: Entry, _ local: borrowing Span<UInt8>) -> Bool {
        for index in 0..<local.count where bytes[Int(entry.start) + index] != local[index] { return false }
        return true
    }

    private mutating func grow() {
        table = Array(repeating: -1, count: table.count * 2)
        for number in entries.indices { place(Name(number: Int32(number))) }
    }

    private mutating func place(_ name: Name) {
        var slot = Self.hash(entries[Int(name.number)].namespace, local(of: name).span) & (table.count - 1)
        while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = name.number
    }

    private static func hash(_ namespace: Int32, _ local: borrowing Span<UInt8>) -> Int {
        var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(truncatingIfNeeded: namespace)
        for index in 0..<local.count { hash = (hash ^ UInt64(local[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7FFF_FFFF)
    }
}

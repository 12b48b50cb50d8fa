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
    struct Entry: Sendable {
        var namespace: [UInt8]
        var local: [UInt8]
    }

    private(set) var entries: [Entry] = []
    /// Open addressing; -1 is free. Its size is a power of two, at least twice the number of entries.
    private var table: [Int32] = Array(repeating: -1, count: 64)

    package init() {}

    package var count: Int { entries.count }

    /// The name with that namespace (empty: none) and local part; made when it is new.
    package mutating func add(namespace: String, local: String) -> Name {
        add(Entry(namespace: Array(namespace.utf8), local: Array(local.utf8)))
    }

    mutating func add(_ entry: Entry) -> Name {
        if let known = find(namespace: entry.namespace.span, local: entry.local.span) { return known }
        let name = Name(number: Int32(entries.count))
        entries.append(entry)
        if entries.count * 2 > table.count {
            grow()
        } else {
            place(name)
        }
        return name
    }

    package func namespace(of name: Name) -> [UInt8] { entries[Int(name.number)].namespace }
    package func local(of name: Name) -> [UInt8] { entries[Int(name.number)].local }

    func find(namespace: borrowing Span<UInt8>, local: borrowing Span<UInt8>) -> Name? {
        var slot = Self.hash(namespace, local) & (table.count - 1)
        while table[slot] >= 0 {
            let number = table[slot]
            let entry = entries[Int(number)]
            if Self.equal(entry.local.span, local), Self.equal(entry.namespace.span, namespace) {
                return Name(number: number)
            }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    private mutating func grow() {
        table = Array(repeating: -1, count: table.count * 2)
        for number in entries.indices { place(Name(number: Int32(number))) }
    }

    private mutating func place(_ name: Name) {
        let entry = entries[Int(name.number)]
        var slot = Self.hash(entry.namespace.span, entry.local.span) & (table.count - 1)
        while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = name.number
    }

    /// Only the end of a namespace counts: that is where they differ.
    private static func hash(_ namespace: borrowing Span<UInt8>, _ local: borrowing Span<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in max(0, namespace.count - 8)..<namespace.count {
            hash = (hash ^ UInt64(namespace[index])) &* 0x100_0000_01b3
        }
        for index in 0..<local.count { hash = (hash ^ UInt64(local[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7FFF_FFFF)
    }

    private static func equal(_ left: borrowing Span<UInt8>, _ right: borrowing Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }
}

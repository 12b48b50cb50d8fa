private import Glibc

/// A name as a number: equal names of one ``Names`` table have equal numbers, so that matching a path compares words.
///
/// Names that are not in the table get numbers behind it, which mean something within one document only
/// (``Reader/namespace(of:)``, ``Reader/local(of:)``).
package struct Name: Hashable, Sendable {
    package let number: Int32

    package init(number: Int32) { self.number = number }

    // Readers compare names for every element: without this each goes through a witness table of another room.
    @inlinable
    package static func == (left: Name, right: Name) -> Bool { left.number == right.number }
}

/// Every (namespace, local name) a program knows, each with its ``Name``. Filled once, then only read.
///
/// A document has few namespaces and looks each up once; its names are then found by their local part alone.
package struct Names: Sendable {
    /// A stretch of ``bytes``.
    private struct Text: Sendable {
        var start: Int32
        var count: Int32
    }

    private struct Entry: Sendable {
        var namespace: Int32
        /// Namespace, NUL, local part, NUL: what the canonical form says of a name.
        var spelled: Text
        var local: Text
    }

    private struct Place: Sendable {
        static let free = Place(hash: 0, number: -1)
        var hash: UInt32
        var number: Int32
    }

    private var bytes: [UInt8] = []
    private var namespaces: [Text] = []
    private var entries: [Entry] = []
    /// Open addressing. Its size is a power of two, at least twice the number of entries.
    private var table: [Place] = Array(repeating: .free, count: 64)

    package init() {}

    package var count: Int { entries.count }

    /// The name with that namespace (empty: none) and local part; made when it is new.
    package mutating func add(namespace: String, local: String) -> Name {
        let number = add(namespace: Array(namespace.utf8).span)
        return add(local: Array(local.utf8).span, in: number)
    }

    /// The number of a namespace; made when it is new.
    mutating func add(namespace: borrowing Span<UInt8>) -> Int32 {
        if let known = find(namespace: namespace) { return known }
        namespaces.append(append(namespace))
        return Int32(namespaces.count - 1)
    }

    /// - Parameter namespace: a number of this table.
    mutating func add(local: borrowing Span<UInt8>, in namespace: Int32) -> Name {
        if let known = find(local: local, in: namespace) { return known }
        let name = Name(number: Int32(entries.count))
        let start = bytes.count
        bytes += self.namespace(namespace)
        bytes.append(0)
        let own = append(local)
        bytes.append(0)
        entries.append(
            Entry(
                namespace: namespace,
                spelled: Text(start: Int32(start), count: Int32(bytes.count - start)), local: own))
        if entries.count * 2 > table.count {
            grow()
        } else {
            place(name)
        }
        return name
    }

    package func namespace(of name: Name) -> ArraySlice<UInt8> {
        slice(namespaces[Int(entries[Int(name.number)].namespace)])
    }

    /// The namespace with that number.
    func namespace(_ number: Int32) -> ArraySlice<UInt8> { slice(namespaces[Int(number)]) }

    package func local(of name: Name) -> ArraySlice<UInt8> { slice(entries[Int(name.number)].local) }

    func append(spelled name: Name, to other: inout [UInt8]) {
        let text = entries[Int(name.number)].spelled
        // The entry lies within the bytes by construction.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe other.append(
                contentsOf: UnsafeBufferPointer(
                    rebasing: bytes[Int(text.start)..<Int(text.start + text.count)]))
        }
    }

    func spelledCount(of name: Name) -> Int32 { entries[Int(name.number)].spelled.count }

    /// The number of a namespace; nil when no name of this table has it.
    func find(namespace: borrowing Span<UInt8>) -> Int32? {
        for number in namespaces.indices where isEqual(namespaces[number], namespace) {
            return Int32(number)
        }
        return nil
    }

    func find(local: borrowing Span<UInt8>, in namespace: Int32) -> Name? {
        let hash = Self.hash(local, namespace)
        var index = Int(hash) & (table.count - 1)
        while table[index].number >= 0 {
            let place = table[index]
            if place.hash == hash, isEntry(Int(place.number), local, namespace) {
                return Name(number: place.number)
            }
            index = (index + 1) & (table.count - 1)
        }
        return nil
    }

    private func isEntry(_ number: Int, _ local: borrowing Span<UInt8>, _ namespace: Int32) -> Bool {
        entries[number].namespace == namespace && isEqual(entries[number].local, local)
    }

    private func slice(_ text: Text) -> ArraySlice<UInt8> {
        bytes[Int(text.start)..<Int(text.start + text.count)]
    }

    private mutating func append(_ text: borrowing Span<UInt8>) -> Text {
        let start = bytes.count
        for index in 0..<text.count { bytes.append(text[index]) }
        return Text(start: Int32(start), count: Int32(text.count))
    }

    private func isEqual(_ text: Text, _ other: borrowing Span<UInt8>) -> Bool {
        guard Int(text.count) == other.count else { return false }
        guard text.count > 0 else { return true }
        let mine = bytes.span.extracting(Int(text.start)..<Int(text.start + text.count))
        // Both are as long as the count that is given.
        return unsafe mine.withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { other in
                guard let left = mine.baseAddress, let right = other.baseAddress else { return false }
                return unsafe memcmp(left, right, mine.count) == 0
            }
        }
    }

    private mutating func grow() {
        table = Array(repeating: .free, count: table.count * 2)
        for number in entries.indices { place(Name(number: Int32(number))) }
    }

    private mutating func place(_ name: Name) {
        let hash = Self.hash(local(of: name).span, entries[Int(name.number)].namespace)
        var index = Int(hash) & (table.count - 1)
        while table[index].number >= 0 { index = (index + 1) & (table.count - 1) }
        table[index] = Place(hash: hash, number: name.number)
    }

    private static func hash(_ local: borrowing Span<UInt8>, _ namespace: Int32) -> UInt32 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(UInt32(bitPattern: namespace))
        for index in 0..<local.count { hash = (hash ^ UInt64(local[index])) &* 0x100_0000_01b3 }
        return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    }
}

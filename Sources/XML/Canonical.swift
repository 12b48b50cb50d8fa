/// The canonical form of a stretch of a document, for a hash by which two ways of writing the same are equal.
///
/// Namespace and local name, attributes sorted, text; prefixes, comments, the order of attributes, how text was cut in
/// pieces and white space between elements do not count (design section 5, "effectively once"). Text of nothing but
/// white space counts only when it is longer than 4 KB.
package struct Canonical: Sendable {
    private static let longestSpace = 4096
    /// What was told so far; take from it what you hash.
    package var bytes: [UInt8] = []
    private var space: [UInt8] = []
    private var isInText = false
    private var order: [Int] = []
    /// For each name: which one it was in the order of first appearance; -1 when it was not there yet.
    private var seen: [Int32] = []
    private var seenCount: Int32 = 0

    package init() {}

    /// Adds one event of `events`.
    package mutating func add(_ event: Event, of events: borrowing Events, reader: borrowing Reader) {
        switch event.kind {
        case .start:
            endText()
            append(event.name, new: 1, known: 5, reader)
            sortAttributes(event, events, reader)
            for index in order {
                append(events.attributes[index].name, new: 2, known: 6, reader)
                bytes += events.value(events.attributes[index])
            }
        case .text: add(text: events.text(event))
        case .end:
            endText()
            bytes.append(4)
        }
    }

    /// By namespace and name; there are few.
    private mutating func sortAttributes(
        _ event: Event, _ events: borrowing Events, _ reader: borrowing Reader
    ) {
        order.removeAll(keepingCapacity: true)
        if event.count == 1 { return order.append(Int(event.start)) }
        for index in Int(event.start)..<Int(event.start) + Int(event.count) {
            var place = order.count
            while place > 0,
                precedes(events.attributes[index].name, events.attributes[order[place - 1]].name, reader)
            { place -= 1 }
            order.insert(index, at: place)
        }
    }

    private func precedes(_ left: Name, _ right: Name, _ reader: borrowing Reader) -> Bool {
        let (mine, other) = (reader.namespace(of: left), reader.namespace(of: right))
        if mine != other { return mine.lexicographicallyPrecedes(other) }
        return reader.local(of: left).lexicographicallyPrecedes(reader.local(of: right))
    }

    private mutating func add(text: ArraySlice<UInt8>) {
        if isInText {
            bytes += text
            return
        }
        let isSpace = text.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
        if isSpace, space.count + text.count <= Self.longestSpace {
            space += text
            return
        }
        isInText = true
        bytes.append(3)
        bytes += space
        bytes += text
        space.removeAll(keepingCapacity: true)
    }

    private mutating func endText() {
        isInText = false
        space.removeAll(keepingCapacity: true)
    }

    /// A name in full where it appears first, and after that by the number of its first appearance.
    private mutating func append(_ name: Name, new: UInt8, known: UInt8, _ reader: borrowing Reader) {
        let number = Int(name.number)
        if number >= seen.count { seen += repeatElement(-1, count: number + 64 - seen.count) }
        if seen[number] >= 0 {
            bytes.append(known)
            bytes.append(UInt8(truncatingIfNeeded: seen[number]))
            bytes.append(UInt8(truncatingIfNeeded: seen[number] >> 8))
            return
        }
        seen[number] = seenCount
        seenCount += 1
        bytes.append(new)
        bytes += reader.namespace(of: name)
        bytes.append(0)
        bytes += reader.local(of: name)
        bytes.append(0)
    }
}

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
    private var order: [Int32] = []
    /// A name is spelled where it first appears; later its number among those that appeared stands for it. By ``Name``:
    /// that number, -1 while it did not appear.
    private var ordinals: [Int32] = []
    private var appeared: Int32 = 0

    package init() {}

    /// Adds one of the `events`.
    package mutating func add(_ index: Int, of events: borrowing Events, reader: borrowing Reader) {
        let event = events.list[index]
        switch event.kind {
        case .start:
            endText()
            bytes.append(1)
            append(event.name, reader)
            if event.count > 0 { addAttributes(event, events, reader) }
        case .text: addText(event, events, isLast: index + 1 == events.list.count)
        case .end:
            endText()
            bytes.append(4)
        }
    }

    private mutating func addAttributes(
        _ event: Event, _ events: borrowing Events, _ reader: borrowing Reader
    ) {
        order.removeAll(keepingCapacity: true)
        for index in event.start..<event.start + event.count {
            let name = events.attributes[Int(index)].name
            order.append(index)
            var place = order.count - 1
            while place > 0, reader.precedes(name, events.attributes[Int(order[place - 1])].name) {
                order.swapAt(place, place - 1)
                place -= 1
            }
        }
        for index in order {
            let attribute = events.attributes[Int(index)]
            bytes.append(2)
            append(attribute.name, reader)
            events.append(attribute.start, attribute.count, to: &bytes)
        }
    }

    /// - Parameter isLast: more of the text may come with the next events; any other is whole.
    private mutating func addText(_ event: Event, _ events: borrowing Events, isLast: Bool) {
        if !isInText {
            if events.isBlank(event), space.count + Int(event.count) <= Self.longestSpace {
                if isLast { events.append(event.start, event.count, to: &space) }
                return
            }
            isInText = true
            bytes.append(3)
            if !space.isEmpty { bytes += space }
        }
        events.append(event.start, event.count, to: &bytes)
    }

    private mutating func endText() {
        isInText = false
        if !space.isEmpty { space.removeAll(keepingCapacity: true) }
    }

    private mutating func append(_ name: Name, _ reader: borrowing Reader) {
        let index = Int(name.number)
        if index >= ordinals.count {
            ordinals.append(contentsOf: repeatElement(-1, count: index + 256 - ordinals.count))
        }
        guard ordinals[index] < 0 else { return append(number: ordinals[index]) }
        append(number: appeared)
        ordinals[index] = appeared
        appeared += 1
        reader.append(spelled: name, to: &bytes)
    }

    /// Seven bits a byte, the lowest first.
    private mutating func append(number: Int32) {
        var rest = UInt32(bitPattern: number)
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}

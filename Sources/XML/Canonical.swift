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

    package init() {}

    /// Adds one event of `events`.
    package mutating func add(_ event: Event, of events: borrowing Events, reader: borrowing Reader) {
        switch event.kind {
        case .start:
            endText()
            bytes.append(1)
            append(event.name, reader)
            let attributes = events.attributes(of: event).map { attribute in
                (
                    name: reader.namespace(of: attribute.name) + [0] + reader.local(of: attribute.name),
                    value: events.value(attribute)
                )
            }
            for (name, value) in attributes.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
                bytes.append(2)
                bytes += name
                bytes.append(0)
                bytes += value
            }
        case .text: add(text: events.text(event))
        case .end:
            endText()
            bytes.append(4)
        }
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

    private mutating func append(_ name: Name, _ reader: borrowing Reader) {
        bytes += reader.namespace(of: name)
        bytes.append(0)
        bytes += reader.local(of: name)
    }
}

/// One thing a document says. Trivial, so that a consumer in another room goes through them as through an array.
package struct Event: Sendable {
    package enum Kind: UInt8, Sendable { case start, text, end }

    package var kind: Kind
    /// The element that starts or ends; of text: the element it stands in.
    package var name: Name
    /// 1-based.
    package var line: Int32
    /// Start: the first of its attributes in ``Events/attributes``. Text: the first of its bytes in ``Events/arena``.
    package var start: Int32
    /// How many attributes or bytes.
    package var count: Int32
}

package struct Attribute: Sendable {
    package var name: Name
    /// Its value in ``Events/arena``: UTF-8, character references resolved.
    package var start: Int32
    package var count: Int32
}

/// What the last chunk of a document said, in order. Text comes in pieces of any size.
package struct Events: Sendable {
    package internal(set) var list: [Event] = []
    package internal(set) var attributes: [Attribute] = []
    package internal(set) var arena: [UInt8] = []

    package init() {}

    package func text(_ event: Event) -> ArraySlice<UInt8> {
        guard event.kind == .text else { return [] }
        return arena[Int(event.start)..<Int(event.start) + Int(event.count)]
    }

    /// Appends what ``text(_:)`` would give, without holding on to all other text meanwhile.
    package func append(textOf event: Event, to bytes: inout [UInt8]) {
        guard event.kind == .text else { return }
        append(event.start, event.count, to: &bytes)
    }

    func append(_ start: Int32, _ count: Int32, to bytes: inout [UInt8]) {
        // Within the arena by construction, which lives for the length of the call.
        unsafe arena.withUnsafeBufferPointer { arena in
            unsafe bytes.append(
                contentsOf: UnsafeBufferPointer(rebasing: arena[Int(start)..<Int(start + count)]))
        }
    }

    /// Whether a text is nothing but white space.
    package func isBlank(_ event: Event) -> Bool {
        guard event.kind == .text else { return true }
        return unsafe arena.withUnsafeBufferPointer { arena in
            for index in Int(event.start)..<Int(event.start + event.count) {
                let byte = unsafe arena[index]
                guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return false }
            }
            return true
        }
    }

    package func value(_ attribute: Attribute) -> ArraySlice<UInt8> {
        arena[Int(attribute.start)..<Int(attribute.start) + Int(attribute.count)]
    }

    package func attributes(of event: Event) -> ArraySlice<Attribute> {
        guard event.kind == .start else { return [] }
        return attributes[Int(event.start)..<Int(event.start) + Int(event.count)]
    }

    /// The value of one attribute of an element that starts; nil when it does not have it.
    package func value(of name: Name, in event: Event) -> ArraySlice<UInt8>? {
        guard event.kind == .start else { return nil }
        for index in Int(event.start)..<Int(event.start) + Int(event.count)
        where attributes[index].name == name {
            return value(attributes[index])
        }
        return nil
    }

    /// Makes room for what a chunk of that size says at most, as a rule.
    mutating func reserve(byteCount: Int) {
        list.reserveCapacity(byteCount / 16)
        attributes.reserveCapacity(byteCount / 48)
        arena.reserveCapacity(byteCount)
    }

    mutating func removeAll() {
        list.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
    }
}

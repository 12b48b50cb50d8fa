internal import Diagnostics

/// Turns what the parser calls out into ``Events``, and counts what the ``Limits`` bound.
///
/// Pointers are valid within the call only, except those of names: they belong to the parser's dictionary, stand for
/// one text each and live as long as the parser, so that they can serve as keys.
@safe struct Recorder {
    /// The addresses of two texts of the parser's dictionary.
    private struct Key: Equatable {
        var namespace: Int
        var local: Int
    }

    var events = Events()
    private(set) var failure: XMLFailure?
    private(set) var depth = 0
    /// Of the document's own names: those behind the table.
    private var own = Names()
    /// The parser that calls; the recorder does not own it.
    var parser: UnsafeMutableRawPointer?
    private(set) var hasRoot = false
    /// Rises with everything that is told, pieces of text that are joined included.
    private(set) var eventCount = 0
    private let names: Names
    private let limits: Limits
    private var open: [Name] = []
    private var namespaces: [(address: Int, known: Int32, own: Int32)] = []
    private var keys = Array(repeating: Key(namespace: 0, local: 0), count: 256)
    private var numbers = [Int32](repeating: -1, count: 256)

    /// Whether a root element began and ended.
    var isComplete: Bool { hasRoot && depth == 0 }

    init(names: Names, limits: Limits) {
        self.names = names
        self.limits = limits
    }

    mutating func fail(_ code: Code, line: Int) {
        if failure == nil { failure = XMLFailure(code, line: line) }
    }

    /// - Parameter attributes: five pointers each: local, prefix, namespace, value, end of value.
    mutating func start(
        local: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, attributeCount: Int,
        attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, line: Int
    ) {
        hasRoot = true
        eventCount &+= 1
        depth += 1
        guard depth <= limits.depth else { return fail(.xmlTooDeep, line: line) }
        guard attributeCount <= limits.attributes else { return fail(.xmlTooManyAttributes, line: line) }
        guard let name = unsafe name(local: local, namespace: namespace, line: line) else { return }
        let first = events.attributes.count
        for index in 0..<attributeCount {
            guard let five = unsafe attributes.map({ unsafe $0 + 5 * index }), let local = unsafe five[0],
                let value = unsafe five[3], let end = unsafe five[4],
                let name = unsafe self.name(local: local, namespace: five[2], line: line)
            else { continue }
            let start = events.arena.count
            unsafe appendValue(UnsafeBufferPointer(start: value, count: end - value))
            events.attributes.append(
                Attribute(name: name, start: Int32(start), count: Int32(events.arena.count - start)))
        }
        open.append(name)
        events.list.append(
            Event(
                kind: .start, name: name, line: Int32(clamping: line), start: Int32(first),
                count: Int32(events.attributes.count - first)))
    }

    mutating func end(line: Int) {
        eventCount &+= 1
        depth -= 1
        guard let name = open.popLast() else { return }
        events.list.append(
            Event(kind: .end, name: name, line: Int32(clamping: line), start: 0, count: 0))
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) {
        eventCount &+= 1
        guard let name = open.last else { return }
        let start = events.arena.count
        unsafe events.arena.append(contentsOf: bytes)
        if let last = events.list.indices.last, events.list[last].kind == .text {
            events.list[last].count += Int32(bytes.count)
            return
        }
        events.list.append(
            Event(
                kind: .text, name: name, line: Int32(clamping: line), start: Int32(start),
                count: Int32(bytes.count)))
    }

    /// libxml2 hands `&` in a value over as `&#38;`, and everything else resolved.
    private mutating func appendValue(_ value: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while start < value.count {
            var end = start
            while end < value.count, unsafe value[end] != UInt8(ascii: "&") { end += 1 }
            let isReference = end < value.count
            unsafe events.arena.append(
                contentsOf: UnsafeBufferPointer(rebasing: value[start..<(isReference ? end + 1 : end)]))
            start = isReference ? end + 5 : end
        }
    }

    private mutating func name(
        local: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, line: Int
    ) -> Name? {
        let key = Key(namespace: Int(bitPattern: namespace), local: Int(bitPattern: local))
        let slot = (key.local >> 3 ^ key.namespace >> 5) & 255
        if keys[slot] == key { return Name(number: numbers[slot]) }
        guard let name = unsafe lookUp(local: local, namespace: namespace, line: line) else { return nil }
        keys[slot] = key
        numbers[slot] = name.number
        return name
    }

    private mutating func lookUp(
        local: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, line: Int
    ) -> Name? {
        guard let number = unsafe namespaceNumber(namespace, line: line) else { return nil }
        let local = unsafe Span(_unsafeElements: Self.text(local))
        if number.known >= 0, let known = names.find(namespace: number.known, local: local) { return known }
        if let met = own.find(namespace: number.own, local: local) {
            return Name(number: Int32(names.count) + met.number)
        }
        guard own.count < limits.unknownNames else {
            fail(.xmlTooManyNames, line: line)
            return nil
        }
        return Name(number: Int32(names.count) + own.add(namespace: number.own, local: local).number)
    }

    /// The numbers of a namespace in the table (-1: it is not there) and in the document's own names.
    private mutating func namespaceNumber(
        _ uri: UnsafePointer<UInt8>?, line: Int
    ) -> (known: Int32, own: Int32)? {
        let address = Int(bitPattern: uri)
        for namespace in namespaces where namespace.address == address {
            return (namespace.known, namespace.own)
        }
        let text = unsafe uri.map { unsafe Array(Self.text($0)) } ?? []
        guard namespaces.count < limits.namespaces else {
            fail(.xmlTooManyNames, line: line)
            return nil
        }
        let known = names.namespaces.firstIndex(of: text).map { Int32($0) } ?? -1
        let own = self.own.addNamespace(text)
        namespaces.append((address, known, own))
        return (known, own)
    }

    /// A NUL-terminated text.
    private static func text(_ text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        while unsafe text[count] != 0 { count += 1 }
        return unsafe UnsafeBufferPointer(start: text, count: count)
    }

    func namespace(of name: Name) -> ArraySlice<UInt8> {
        let number = Int(name.number) - names.count
        return number < 0 ? names.namespace(of: name) : own.namespace(of: Name(number: Int32(number)))
    }

    func local(of name: Name) -> ArraySlice<UInt8> {
        let number = Int(name.number) - names.count
        return number < 0 ? names.local(of: name) : own.local(of: Name(number: Int32(number)))
    }
}

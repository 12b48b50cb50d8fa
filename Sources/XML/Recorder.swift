internal import Diagnostics
private import Glibc

/// Turns what the parser calls out into ``Events``, and counts what the ``Limits`` bound.
///
/// Pointers are valid within the call only, except those of names: they belong to the parser's dictionary, stand for
/// one text each and live as long as the parser, so that they can serve as keys.
@safe struct Recorder: ~Copyable {
    /// The addresses of two texts of the parser's dictionary.
    private struct Key: Equatable {
        var namespace: Int
        var local: Int
    }

    /// A namespace of the document: its address, and its numbers in the two tables; -1 where it is in neither yet.
    private struct Namespace {
        var address: Int
        var known: Int32
        var own: Int32
    }

    var events = Events()
    private(set) var failure: XMLFailure?
    /// Whether there is a failure: asked after each event.
    private(set) var hasFailed = false
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
    /// Whether the last of the events is a text, to which more of it may be added.
    private var isInText = false
    private var namespaces: [Namespace] = []
    /// Names by address; one that is not here is looked up by its text.
    private var keys = Array(repeating: Key(namespace: 0, local: 0), count: Self.keyCount)
    private var numbers = [Int32](repeating: -1, count: Self.keyCount)
    private static let keyCount = 512
    /// What earlier documents of the same parser left in `own` and `namespaces`.
    private var oldNames = 0
    private var oldNamespaces = 0

    /// Whether a root element began and ended.
    var isComplete: Bool { hasRoot && depth == 0 }

    init(names: Names, limits: Limits) {
        self.names = names
        self.limits = limits
    }

    /// Whether what this document's names take may be kept for the next.
    var remembersLittle: Bool { own.count < 256 && namespaces.count < 64 }

    /// Takes the events away, and makes room for those of a chunk of that size.
    mutating func startChunk(byteCount: Int) {
        events.removeAll()
        events.reserve(byteCount: byteCount)
        isInText = false
    }

    /// Forgets the document, not its names.
    mutating func startAnew() {
        startChunk(byteCount: 0)
        failure = nil
        hasFailed = false
        depth = 0
        hasRoot = false
        eventCount = 0
        open.removeAll(keepingCapacity: true)
        oldNames = own.count
        oldNamespaces = namespaces.count
    }

    mutating func fail(_ code: Code, line: Int) {
        guard !hasFailed else { return }
        hasFailed = true
        failure = XMLFailure(code, line: line)
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
        isInText = false
        events.list.append(
            Event(
                kind: .start, name: name, line: Int32(clamping: line), start: Int32(first),
                count: Int32(events.attributes.count - first)))
    }

    mutating func end(line: Int) {
        eventCount &+= 1
        depth -= 1
        guard let name = open.popLast() else { return }
        isInText = false
        events.list.append(
            Event(kind: .end, name: name, line: Int32(clamping: line), start: 0, count: 0))
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) {
        eventCount &+= 1
        guard let name = open.last else { return }
        let start = events.arena.count
        unsafe events.arena.append(contentsOf: bytes)
        guard !isInText else {
            events.list[events.list.count - 1].count += Int32(bytes.count)
            return
        }
        isInText = true
        events.list.append(
            Event(
                kind: .text, name: name, line: Int32(clamping: line), start: Int32(start),
                count: Int32(bytes.count)))
    }

    /// libxml2 hands `&` in a value over as `&#38;`, and everything else resolved.
    private mutating func appendValue(_ value: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while start < value.count, let rest = unsafe value.baseAddress.map({ unsafe $0 + start }) {
            let found = unsafe memchr(rest, Int32(UInt8(ascii: "&")), value.count - start)
            let end = unsafe found.map { unsafe start + UnsafeRawPointer(rest).distance(to: $0) }
            unsafe events.arena.append(
                contentsOf: UnsafeBufferPointer(rebasing: value[start..<(end.map { $0 + 1 } ?? value.count)]))
            start = end.map { $0 + 5 } ?? value.count
        }
    }

    private mutating func name(
        local: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, line: Int
    ) -> Name? {
        let key = Key(namespace: Int(bitPattern: namespace), local: Int(bitPattern: local))
        let slot = Int(
            truncatingIfNeeded: (UInt(bitPattern: key.local ^ key.namespace << 1) &* 0x9E37_79B9_7F4A_7C15)
                >> 55)
        if keys[slot] == key { return Name(number: numbers[slot]) }
        guard let name = unsafe lookUp(local: local, namespace: namespace, line: line) else { return nil }
        keys[slot] = key
        numbers[slot] = name.number
        return name
    }

    private mutating func lookUp(
        local: UnsafePointer<UInt8>, namespace: UnsafePointer<UInt8>?, line: Int
    ) -> Name? {
        guard let index = unsafe lookUp(namespace, line: line) else { return nil }
        let local = unsafe Self.span(local)
        return unsafe lookUp(Span(_unsafeElements: local), in: index, line: line)
    }

    /// - Returns: where the namespace stands in ``namespaces``.
    private mutating func lookUp(_ namespace: UnsafePointer<UInt8>?, line: Int) -> Int? {
        let address = Int(bitPattern: namespace)
        for index in namespaces.indices where namespaces[index].address == address { return index }
        guard namespaces.count - oldNamespaces <= limits.namespaces else {
            fail(.xmlTooManyNames, line: line)
            return nil
        }
        let text = unsafe namespace.map { unsafe Self.span($0) } ?? UnsafeBufferPointer(start: nil, count: 0)
        let span = unsafe Span(_unsafeElements: text)
        namespaces.append(Namespace(address: address, known: names.find(namespace: span) ?? -1, own: -1))
        if namespaces[namespaces.count - 1].known < 0 {
            namespaces[namespaces.count - 1].own = own.add(namespace: span)
        }
        return namespaces.count - 1
    }

    private mutating func lookUp(_ local: borrowing Span<UInt8>, in index: Int, line: Int) -> Name? {
        let namespace = namespaces[index]
        if namespace.known >= 0 {
            if let known = names.find(local: local, in: namespace.known) { return known }
        }
        if namespace.own >= 0 {
            if let met = own.find(local: local, in: namespace.own) {
                return Name(number: Int32(names.count) + met.number)
            }
        } else {
            namespaces[index].own = own.add(namespace: names.namespace(namespace.known).span)
        }
        guard own.count - oldNames < limits.unknownNames else {
            fail(.xmlTooManyNames, line: line)
            return nil
        }
        return Name(number: Int32(names.count) + own.add(local: local, in: namespaces[index].own).number)
    }

    /// A NUL-terminated text.
    private static func span(_ text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: text, count: strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)))
    }

    func namespace(of name: Name) -> ArraySlice<UInt8> {
        let number = Int(name.number) - names.count
        return number < 0 ? names.namespace(of: name) : own.namespace(of: Name(number: Int32(number)))
    }

    func local(of name: Name) -> ArraySlice<UInt8> {
        let number = Int(name.number) - names.count
        return number < 0 ? names.local(of: name) : own.local(of: Name(number: Int32(number)))
    }

    /// Appends what the canonical form says of a name.
    func append(spelled name: Name, to bytes: inout [UInt8]) {
        let number = Int(name.number) - names.count
        if number < 0 {
            names.append(spelled: name, to: &bytes)
        } else {
            own.append(spelled: Name(number: Int32(number)), to: &bytes)
        }
    }

    /// An order that depends on nothing but the names.
    func precedes(_ left: Name, _ right: Name) -> Bool {
        let (mine, other) = (spelledCount(of: left), spelledCount(of: right))
        if mine != other { return mine < other }
        let (local, otherLocal) = (self.local(of: left), self.local(of: right))
        if local != otherLocal { return local.lexicographicallyPrecedes(otherLocal) }
        return namespace(of: left).lexicographicallyPrecedes(namespace(of: right))
    }

    private func spelledCount(of name: Name) -> Int32 {
        let number = Int(name.number) - names.count
        return number < 0 ? names.spelledCount(of: name) : own.spelledCount(of: Name(number: Int32(number)))
    }
}

private import Diagnostics

/// How records are stored: by the names of their paths, so that a record outlives changes of its model.
///
/// A frame is its marks, the number of nodes of which something is known, and these. A node is the number of
/// its path in a table that grows as paths appear, a head (standing, kind, which of the following are there),
/// marks and precision where they say something, and what its kind holds: bytes, content, or the frames of
/// its items.
private let version = UInt8(Record.storedVersion)

/// What a node holds, told apart without a layout, so that unknown paths can be passed over.
enum StoredKind: UInt8, Sendable { case leaf, content, group, items }

private enum Head {
    static let standing: UInt8 = 0x0F
    static let kindShift: UInt8 = 4
    static let hasMarks: UInt8 = 0x40
    static let hasPrecision: UInt8 = 0x80
}

extension Record {
    /// Of the form that ``encoded()`` writes; a new one for whatever an older release could not read.
    package static let storedVersion: Int64 = 1

    /// The record as it is stored; ``init(decoding:layout:onUnknown:)`` reads it.
    package func encoded() -> [UInt8] {
        var encoder = Encoder(layout)
        encoder.writer.byte(version)
        encoder.frame(Record.root, of: self)
        return encoder.writer.bytes
    }

    /// Reads a record that was stored, under the layout as it is now.
    ///
    /// - Parameter onUnknown: hears of each path that the layout does not hold, or holds as something else; its values
    ///   are left out.
    /// - Throws: `encodingUnknown` for anything ``encoded()`` did not write.
    package init(
        decoding bytes: [UInt8], layout: Layout, onUnknown: (String) -> Void
    ) throws(RecordFailure) {
        self.init(layout)
        var reader = ByteReader(bytes)
        guard bytes.count < Int32.max, try reader.byte() == version else { throw reader.failure() }
        var decoder = Decoder(reader: reader)
        var unknown: [String] = []
        try decoder.frame(Record.root, of: &self, unknown: &unknown)
        guard decoder.reader.isAtEnd else { throw decoder.reader.failure() }
        unknown.forEach(onUnknown)
    }
}

extension Layout.Node {
    var kind: StoredKind {
        if isRepeat { return .items }
        return type == .group ? .group : type == .content ? .content : .leaf
    }
}

private struct Encoder {
    var writer = ByteWriter(byteCount: 2_048)
    /// By a path's number in the layout, its number in this encoding; -1 where it has not stood there yet.
    private var numbers: [Int32]
    private var count: Int32 = 0

    init(_ layout: Layout) {
        numbers = Array(repeating: -1, count: layout.pathCount)
    }

    mutating func frame(_ frame: Record.Frame, of record: borrowing Record) {
        let layout = record.layout(of: frame)
        writer.byte(record.marks(of: frame).rawValue)
        writer.number(layout.kinds.indices.count { record.slot($0, in: frame).isKnown })
        let pathNumbers = record.layout.pathNumbers[record.layoutNumber(of: frame)]
        for index in layout.kinds.indices {
            let slot = record.slot(index, in: frame)
            guard slot.isKnown else { continue }
            path(Int(pathNumbers[index]), layout.pathBytes[index])
            node(index, slot, layout.kinds[index], in: frame, of: record)
        }
    }

    private mutating func node(
        _ index: Int, _ slot: Slot, _ kind: StoredKind, in frame: Record.Frame, of record: borrowing Record
    ) {
        writer.byte(
            slot.standing.rawValue | kind.rawValue << Head.kindShift
                | (slot.marks == Marks() ? 0 : Head.hasMarks)
                | (slot.precision == .full ? 0 : Head.hasPrecision))
        if slot.marks != Marks() { writer.byte(slot.marks.rawValue) }
        if slot.precision != .full { writer.byte(slot.precision.rawValue) }
        guard slot.standing == .value else { return }
        switch kind {
        case .leaf: writer.string(record.bytes(of: slot))
        case .content: content(record.content(index, in: frame))
        case .group: break
        case .items:
            writer.number(slot.count)
            var item = record.firstItem(index, in: frame)
            while let next = item {
                self.frame(next, of: record)
                item = record.nextItem(after: next)
            }
        }
    }

    private mutating func content(_ content: Record.Content?) {
        writer.byte(content == nil ? 0 : 1)
        guard let content else { return }
        writer.number(content.id)
        writer.number(content.byteCount)
    }

    private mutating func path(_ path: Int, _ bytes: [UInt8]) {
        guard numbers[path] < 0 else { return writer.number(numbers[path]) }
        writer.number(count)
        numbers[path] = count
        count += 1
        writer.string(bytes)
    }
}

private struct Decoder {
    /// Unknown repeats within unknown repeats are passed over this deep.
    static let depthLimit = 64

    var reader: ByteReader
    private var paths: [ArraySlice<UInt8>] = []

    init(reader: ByteReader) { self.reader = reader }

    mutating func frame(
        _ frame: Record.Frame, of record: inout Record, unknown: inout [String]
    ) throws(RecordFailure) {
        record.setMarks(Marks(rawValue: try reader.byte()), of: frame)
        let layout = record.layout(of: frame)
        var next = 0
        for _ in 0..<(try reader.count()) {
            let path = try path()
            let head = try head()
            if let node = Self.node(path, of: layout, from: next), layout.kinds[node] == head.kind {
                next = node + 1
                try value(head, node, in: frame, of: &record, unknown: &unknown)
            } else {
                unknown.append(String(decoding: path, as: UTF8.self))
                try pass(head, depth: 0)
            }
        }
    }

    /// The node with that path: the next one that has it, as most were stored in the order of the layout.
    private static func node(_ path: ArraySlice<UInt8>, of layout: Layout, from next: Int) -> Int? {
        layout.pathBytes[next...].firstIndex { $0.count == path.count && $0[...] == path }
            ?? layout.node(String(decoding: path, as: UTF8.self))
    }

    private mutating func value(
        _ head: (slot: Slot, kind: StoredKind), _ node: Int, in frame: Record.Frame, of record: inout Record,
        unknown: inout [String]
    ) throws(RecordFailure) {
        if head.slot.standing != .value {
            record.set(node, in: frame, to: head.slot.standing)
        } else {
            switch head.kind {
            case .leaf:
                record.set(node, in: frame, to: try reader.string(), precision: head.slot.precision)
            case .content:
                if let content = try content() {
                    record.set(node, in: frame, to: content)
                } else {
                    record.set(node, in: frame, to: .value)
                }
            case .group: record.set(node, in: frame, to: .value)
            case .items:
                record.set(node, in: frame, to: .value)
                for _ in 0..<(try reader.count()) {
                    let item = record.appendItem(node, in: frame)
                    try self.frame(item, of: &record, unknown: &unknown)
                }
            }
        }
        record.setMarks(head.slot.marks, node: node, in: frame)
    }

    private mutating func pass(_ head: (slot: Slot, kind: StoredKind), depth: Int) throws(RecordFailure) {
        guard head.slot.standing == .value else { return }
        guard depth < Self.depthLimit else { throw reader.failure() }
        switch head.kind {
        case .leaf: _ = try reader.string()
        case .content: _ = try content()
        case .group: break
        case .items:
            for _ in 0..<(try reader.count()) {
                _ = try reader.byte()
                for _ in 0..<(try reader.count()) {
                    _ = try path()
                    try pass(try self.head(), depth: depth + 1)
                }
            }
        }
    }

    private mutating func head() throws(RecordFailure) -> (slot: Slot, kind: StoredKind) {
        let head = try reader.byte()
        guard let standing = Standing(rawValue: head & Head.standing),
            let kind = StoredKind(rawValue: head >> Head.kindShift & 0x03)
        else { throw reader.failure() }
        var slot = Slot(standing)
        if head & Head.hasMarks != 0 { slot.marks = Marks(rawValue: try reader.byte()) }
        if head & Head.hasPrecision != 0 {
            guard let precision = Precision(rawValue: try reader.byte()) else { throw reader.failure() }
            slot.precision = precision
        }
        return (slot, kind)
    }

    private mutating func content() throws(RecordFailure) -> Record.Content? {
        guard try reader.byte() != 0 else { return nil }
        return Record.Content(
            id: Int64(truncatingIfNeeded: try reader.number()),
            byteCount: Int64(truncatingIfNeeded: try reader.number()))
    }

    private mutating func path() throws(RecordFailure) -> ArraySlice<UInt8> {
        let number = try reader.number()
        if number < paths.count { return paths[Int(number)] }
        guard number == paths.count else { throw reader.failure() }
        paths.append(try reader.string())
        return paths[Int(number)]
    }
}

extension Slot {
    /// Whether anything at all is known of the node: a standing, or a mark on what is absent.
    package var isKnown: Bool { standing != .absent || marks != Marks() }
}

extension Marks {
    fileprivate init(rawValue: UInt8) {
        self.init()
        self.rawValue = rawValue
    }
}

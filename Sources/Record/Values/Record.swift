/// Values under a ``Layout``: trivial slots over one arena of bytes.
///
/// A record holds one frame of slots for its root and one for each item of each repeat, all in one array, so that a
/// record costs a handful of allocations however many fields and items it has. Frames and nodes are named by number;
/// a frame number is valid for this record only, and items are only ever appended.
package struct Record: Sendable {
    /// Number of a frame: `Record.root`, or what ``appendItem(_:in:marks:)`` and ``items(_:in:)`` gave.
    package typealias Frame = Int32
    /// The frame of the record itself.
    package static let root: Frame = 0

    /// Large content (a base64 document), kept outside the record.
    package struct Content: Hashable, Sendable {
        /// Names the content in the ledger's `part`, or in a replay's memory.
        package var id: Int64
        /// Decoded size.
        package var byteCount: Int64

        package init(id: Int64, byteCount: Int64) {
            self.id = id
            self.byteCount = byteCount
        }
    }

    private struct FrameEntry: Sendable {
        /// 0 for the root's layout, else one more than its place in `layout.below`.
        var layout: Int32
        var firstSlot: Int32
        var parent: Frame
        var next: Frame
        var marks: Marks
    }

    package let layout: Layout
    private var frames: [FrameEntry]
    private var slots: [Slot]
    private var arena: [UInt8]
    private var lastItems: [Int32]
    package private(set) var contents: [Content]

    /// A record in which nothing is said.
    package init(_ layout: Layout) {
        self.layout = layout
        frames = [FrameEntry(layout: 0, firstSlot: 0, parent: -1, next: -1, marks: Marks())]
        slots = layout.blankSlots
        lastItems = layout.blankItems
        arena = []
        contents = []
    }

    /// A record in which nothing is said, with room for so many bytes of values, and for some items.
    package init(_ layout: Layout, byteCount: Int) {
        self.layout = layout
        let size = layout.nodes.count
        frames = []
        frames.reserveCapacity(16)
        frames.append(FrameEntry(layout: 0, firstSlot: 0, parent: -1, next: -1, marks: Marks()))
        slots = []
        slots.reserveCapacity(size + 128)
        slots.append(contentsOf: layout.blankSlots)
        lastItems = []
        lastItems.reserveCapacity(size + 128)
        lastItems.append(contentsOf: layout.blankItems)
        arena = []
        arena.reserveCapacity(byteCount)
        contents = []
    }

    /// A record in which nothing is said, with room for as much as another holds.
    package init(_ layout: Layout, roomFor other: borrowing Record) {
        self.init(layout, sharing: other)
        arena.removeAll(keepingCapacity: true)
        contents = []
    }

    /// The same with the other's bytes at hand, so that ``share(_:in:_:)`` copies no more than a slot.
    package init(_ layout: Layout, sharing other: borrowing Record) {
        self.layout = layout
        let size = layout.nodes.count
        frames = []
        frames.reserveCapacity(other.frames.count + 2)
        frames.append(FrameEntry(layout: 0, firstSlot: 0, parent: -1, next: -1, marks: Marks()))
        slots = []
        slots.reserveCapacity(max(other.slots.count, size))
        slots.append(contentsOf: layout.blankSlots)
        lastItems = []
        lastItems.reserveCapacity(max(other.slots.count, size))
        lastItems.append(contentsOf: layout.blankItems)
        arena = other.arena
        contents = other.contents
    }

    // MARK: Reading

    package func layout(of frame: Frame) -> Layout {
        let index = frames[Int(frame)].layout
        return index == 0 ? layout : layout.below[Int(index) - 1]
    }

    /// Where the frame's layout stands in `[layout] + layout.below`.
    func layoutNumber(of frame: Frame) -> Int { Int(frames[Int(frame)].layout) }

    package func slot(_ node: Int, in frame: Frame = root) -> Slot {
        slots[Int(frames[Int(frame)].firstSlot) + node]
    }

    /// The canonical bytes of a leaf that has a value; empty for any other.
    package func bytes(_ node: Int, in frame: Frame = root) -> ArraySlice<UInt8> {
        bytes(of: slot(node, in: frame))
    }

    /// The canonical bytes of a leaf's slot of this record.
    package func bytes(of slot: Slot) -> ArraySlice<UInt8> {
        guard slot.standing.isValue, slot.count > 0 else { return [] }
        return arena[Int(slot.start)..<Int(slot.start) + Int(slot.count)]
    }

    /// The value of a leaf as text; nil when it has no value. For reports and tests: it allocates.
    package func text(_ node: Int, in frame: Frame = root) -> String? {
        let slot = slot(node, in: frame)
        guard slot.standing == .value else { return nil }
        return String(decoding: bytes(of: slot), as: UTF8.self)
    }

    /// The content of a content leaf that has a value.
    package func content(_ node: Int, in frame: Frame = root) -> Content? {
        let slot = slot(node, in: frame)
        guard slot.standing == .value, slot.count > 0 else { return nil }
        return contents[Int(slot.start)]
    }

    /// The items of a repeat, in order.
    package func items(_ node: Int, in frame: Frame = root) -> Items {
        let slot = slot(node, in: frame)
        return Items(record: self, first: slot.standing == .value && slot.count > 0 ? slot.start : -1)
    }

    /// The first item of a repeat; nil when it has none. With ``nextItem(after:)`` the way through the items that
    /// allocates and counts nothing.
    package func firstItem(_ node: Int, in frame: Frame = root) -> Frame? {
        let slot = slot(node, in: frame)
        return slot.standing.isValue && slot.count > 0 ? slot.start : nil
    }

    /// The item behind this one in the same repeat.
    package func nextItem(after item: Frame) -> Frame? {
        let next = frames[Int(item)].next
        return next < 0 ? nil : next
    }

    package struct Items: Sequence, IteratorProtocol {
        let record: Record
        var first: Frame

        package mutating func next() -> Frame? {
            guard first >= 0 else { return nil }
            defer { first = record.frames[Int(first)].next }
            return first
        }
    }

    /// What the form said about the item (verwerkingssoort); of the root: about the object.
    package func marks(of frame: Frame) -> Marks { frames[Int(frame)].marks }

    /// How many frames there are: the root and every item.
    package var frameCount: Int { frames.count }

    /// The frame that holds this item; nil for the root.
    package func parent(of frame: Frame) -> Frame? {
        let parent = frames[Int(frame)].parent
        return parent < 0 ? nil : parent
    }

    // MARK: Writing

    /// Sets a leaf to a value given in canonical bytes.
    package mutating func set(
        _ node: Int, in frame: Frame = root, to bytes: some Sequence<UInt8>, precision: Precision = .full
    ) {
        let start = arena.count
        arena.append(contentsOf: bytes)
        let index = Int(frames[Int(frame)].firstSlot) + node
        slots[index] = Slot(
            .value, precision: precision, marks: slots[index].marks, start: Int32(start),
            count: Int32(arena.count - start))
    }

    /// The same for bytes that stand in an array already.
    package mutating func set(
        _ node: Int, in frame: Frame = root, to bytes: ArraySlice<UInt8>, precision: Precision = .full
    ) {
        let start = arena.count
        arena.append(contentsOf: bytes)
        let index = Int(frames[Int(frame)].firstSlot) + node
        slots[index] = Slot(
            .value, precision: precision, marks: slots[index].marks, start: Int32(start),
            count: Int32(bytes.count))
    }

    /// Sets a leaf to a value given as text.
    package mutating func set(
        _ node: Int, in frame: Frame = root, to text: String, precision: Precision = .full
    ) {
        set(node, in: frame, to: text.utf8, precision: precision)
    }

    /// Copies a leaf of another record: value or kind of no value, precision and marks.
    package mutating func set(
        _ node: Int, in frame: Frame = root, from slot: Slot, of other: borrowing Record
    ) {
        let index = Int(frames[Int(frame)].firstSlot) + node
        var copy = slot
        if slot.standing == .value, slot.count > 0 {
            copy.start = Int32(arena.count)
            arena.append(contentsOf: other.arena[Int(slot.start)..<Int(slot.start) + Int(slot.count)])
        }
        slots[index] = copy
    }

    /// Sets a leaf to a slot of the record that this one was made with by ``init(_:sharing:)``, or to a part of its
    /// bytes: value or kind of no value, precision and marks.
    package mutating func share(_ node: Int, in frame: Frame = root, _ slot: Slot) {
        slots[Int(frames[Int(frame)].firstSlot) + node] = slot
    }

    /// Shares everything but repeats that is known in a frame of the record that this one was made with.
    package mutating func share(_ from: Frame, of other: borrowing Record, in frame: Frame) {
        let layout = layout(of: frame)
        let read = Int(other.frames[Int(from)].firstSlot)
        let written = Int(frames[Int(frame)].firstSlot)
        for node in layout.itemOffset.indices where layout.itemOffset[node] == 0 {
            let slot = other.slots[read + node]
            if slot.isKnown { slots[written + node] = slot }
        }
    }

    /// Says that a leaf, group or repeat has no value, of the given kind; or that a group or repeat is there
    /// (`.value`; a repeat then has no items yet).
    package mutating func set(_ node: Int, in frame: Frame = root, to standing: Standing) {
        let index = Int(frames[Int(frame)].firstSlot) + node
        slots[index] = Slot(standing, marks: slots[index].marks)
        lastItems[index] = -1
    }

    /// Points a content leaf at content that is kept elsewhere.
    package mutating func set(_ node: Int, in frame: Frame = root, to content: Content) {
        let index = Int(frames[Int(frame)].firstSlot) + node
        slots[index] = Slot(.value, marks: slots[index].marks, start: Int32(contents.count), count: 1)
        contents.append(content)
    }

    package mutating func setMarks(_ marks: Marks, node: Int, in frame: Frame = root) {
        slots[Int(frames[Int(frame)].firstSlot) + node].marks = marks
    }

    package mutating func setMarks(_ marks: Marks, of frame: Frame) {
        frames[Int(frame)].marks = marks
    }

    /// Adds an item to a repeat and says that the repeat is there.
    package mutating func appendItem(_ node: Int, in frame: Frame = root, marks: Marks = Marks()) -> Frame {
        let entry = frames[Int(frame)]
        let holder = layout(of: frame)
        precondition(holder.isRepeat(node), "an item belongs to a repeat")
        let itemLayout = entry.layout + holder.itemOffset[node]
        let item = Frame(frames.count)
        frames.append(
            FrameEntry(
                layout: itemLayout, firstSlot: Int32(slots.count), parent: frame, next: -1, marks: marks))
        let index = Int(entry.firstSlot) + node
        if slots[index].standing == .value, slots[index].count > 0 {
            frames[Int(lastItems[index])].next = item
            slots[index].count += 1
        } else {
            slots[index] = Slot(.value, marks: slots[index].marks, start: item, count: 1)
        }
        lastItems[index] = item
        slots.append(contentsOf: layout.below[Int(itemLayout) - 1].blankSlots)
        lastItems.append(contentsOf: layout.below[Int(itemLayout) - 1].blankItems)
        return item
    }

    /// Takes the last item of a repeat away again, with everything in it; nothing may have been appended to any other
    /// frame since.
    package mutating func removeLastItem(_ node: Int, in frame: Frame = root) {
        let index = Int(frames[Int(frame)].firstSlot) + node
        let item = lastItems[index]
        guard slots[index].standing == .value, slots[index].count > 0, item >= 0 else { return }
        slots.removeSubrange(Int(frames[Int(item)].firstSlot)...)
        lastItems.removeSubrange(Int(frames[Int(item)].firstSlot)...)
        frames.removeSubrange(Int(item)...)
        slots[index].count -= 1
        guard slots[index].count > 0 else {
            slots[index] = Slot(.value, marks: slots[index].marks)
            lastItems[index] = -1
            return
        }
        var last = slots[index].start
        while frames[Int(last)].next != item { last = frames[Int(last)].next }
        frames[Int(last)].next = -1
        lastItems[index] = last
    }
}

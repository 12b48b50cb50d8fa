extension Record: Equatable {
    /// Whether both say the same: values, kinds of no value, precision and marks of every node, items in
    /// order. Where the values lie in the arena does not matter. Records under different layouts are
    /// different.
    package static func == (left: Record, right: Record) -> Bool {
        left.layout === right.layout && left.frame(root, equals: root, of: right)
    }

    private func frame(_ mine: Frame, equals theirs: Frame, of other: borrowing Record) -> Bool {
        guard marks(of: mine) == other.marks(of: theirs) else { return false }
        for (index, node) in layout(of: mine).nodes.enumerated() {
            let (left, right) = (slot(index, in: mine), other.slot(index, in: theirs))
            guard left.standing == right.standing, left.marks == right.marks else { return false }
            guard left.standing == .value else { continue }
            guard left.precision == right.precision, left.count == right.count else { return false }
            if node.isRepeat {
                var others = other.items(index, in: theirs)
                for item in items(index, in: mine) {
                    guard let otherItem = others.next(), frame(item, equals: otherItem, of: other) else {
                        return false
                    }
                }
            } else if node.type == .content {
                guard content(index, in: mine) == other.content(index, in: theirs) else { return false }
            } else if node.type != .group {
                guard bytes(of: left) == other.bytes(of: right) else { return false }
            }
        }
        return true
    }

    /// The same bytes for records that say the same, whatever the order of the nodes in their layouts: to be
    /// hashed, not to be read back.
    ///
    /// - Parameter content: what stands for content: its hash, which unlike its id is the same for the same content.
    package func canonicalBytes(content: (Content) -> [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        canonical(Record.root, into: &writer, content: content)
        return writer.bytes
    }

    private func canonical(_ frame: Frame, into writer: inout ByteWriter, content: (Content) -> [UInt8]) {
        let layout = layout(of: frame)
        writer.byte(marks(of: frame).rawValue)
        writer.number(layout.sorted.count { slot($0, in: frame).isKnown })
        for index in layout.sorted {
            let slot = slot(index, in: frame)
            guard slot.isKnown else { continue }
            writer.string(layout.pathBytes[index])
            writer.byte(slot.standing.rawValue)
            writer.byte(slot.marks.rawValue)
            guard slot.standing == .value else { continue }
            writer.byte(slot.precision.rawValue)
            if layout.isRepeat(index) {
                writer.number(slot.count)
                for item in items(index, in: frame) { canonical(item, into: &writer, content: content) }
            } else if let kept = layout.types[index] == .content ? self.content(index, in: frame) : nil {
                writer.string(content(kept))
            } else {
                writer.string(bytes(of: slot))
            }
        }
    }
}

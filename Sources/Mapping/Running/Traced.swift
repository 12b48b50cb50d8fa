import Diagnostics
import Model
package import Record

/// One conversion, and which rule read and wrote each value on the way.
package struct Traced: Sendable {
    package var converted: Converted
    let source: Record
    let direction: Direction
    /// The mapping with the overlays that were in it.
    let form: CompiledMapping
    let trace: Trace

    package struct Value: Hashable, Sendable, CustomStringConvertible {
        package var standing: Standing
        package var precision: Precision
        /// Canonical bytes; of content its number.
        package var bytes: [UInt8]

        /// For tests: it shows the value.
        package var description: String {
            "\(standing) \(precision) \(String(decoding: bytes, as: UTF8.self))"
        }
    }

    /// For each of the mapping's ``CompiledMapping/laws`` what its rule read and did not give up with the item or group
    /// around it, in the order of the run.
    package func read(_ places: LawPlaces) -> [[Value]] {
        var seen: Set<Trace.Entry> = []
        return values(places.count, places.read, source, trace.reads) { entry in
            !entry.isWithdrawn && seen.insert(entry).inserted
        }
    }

    /// For each of the mapping's ``CompiledMapping/laws`` what its rule wrote and what is there still, in the order of
    /// the run.
    package func written(_ places: LawPlaces) -> [[Value]] {
        var last: [Trace.Slot: Trace.Entry] = [:]
        for entry in trace.writes { last[entry.slot] = entry }
        return values(places.count, places.written, converted.record, trace.writes) { entry in
            guard last[entry.slot] == entry else { return false }
            last[entry.slot] = nil
            return true
        }
    }

    /// Everything that is said where one law writes, whichever rule wrote it.
    package func all(where law: OwedLaw) -> [Value] {
        let leaf = direction == .up ? law.rightLeaf : law.leftLeaf
        let record = converted.record
        return (0..<record.frameCount).compactMap { frame in
            guard ObjectIdentifier(record.layout(of: Int32(frame))) == leaf.layout else { return nil }
            return value(leaf.node, in: Int32(frame), of: record)
        }
    }

    private func value(_ node: Int, in frame: Record.Frame, of record: Record) -> Value? {
        let slot = record.slot(node, in: frame)
        guard slot.standing.isSaid else { return nil }
        let isContent = record.layout(of: frame).types[node] == .content
        let bytes =
            isContent
            ? record.content(node, in: frame).map { Array("\($0.id)".utf8) } ?? []
            : Array(record.bytes(of: slot))
        return Value(standing: slot.standing, precision: slot.precision, bytes: bytes)
    }

    private func values(
        _ count: Int, _ places: [LawPlaces.Place: Int], _ record: Record, _ entries: [Trace.Entry],
        where isKept: (Trace.Entry) -> Bool
    ) -> [[Value]] {
        var values = [[Value]](repeating: [], count: count)
        for entry in entries {
            guard Int(entry.slot.frame) < record.frameCount else { continue }
            let layout = record.layout(of: entry.slot.frame)
            let place = LawPlaces.Place(
                rule: entry.rule, leaf: .init(layout: ObjectIdentifier(layout), node: Int(entry.slot.node)))
            guard let law = places[place], isKept(entry) else { continue }
            if let value = value(Int(entry.slot.node), in: entry.slot.frame, of: record) {
                values[law].append(value)
            }
        }
        return values
    }
}

/// Where the laws of a mapping read and write in one direction.
package struct LawPlaces: Sendable {
    /// A rule of a program, and a leaf that it reads or writes: a fragment's rule stands in several places.
    struct Place: Hashable, Sendable {
        var rule: Int32
        var leaf: OwedLaw.Leaf
    }

    let count: Int
    var read: [Place: Int] = [:]
    var written: [Place: Int] = [:]

    init(_ laws: [OwedLaw], _ rules: [SourceLocation], _ direction: Direction) {
        count = laws.count
        let numbers = Dictionary(
            rules.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        for (index, law) in laws.enumerated() {
            guard let rule = numbers[law.rule] else { continue }
            read[Place(rule: rule, leaf: direction == .up ? law.leftLeaf : law.rightLeaf)] = index
            written[Place(rule: rule, leaf: direction == .up ? law.rightLeaf : law.leftLeaf)] = index
        }
    }
}

extension CompiledMapping {
    package func lawPlaces(_ direction: Direction) -> LawPlaces {
        LawPlaces(laws, program(direction).rules, direction)
    }
}

/// What a machine notes where someone asks.
struct Trace: Sendable {
    struct Slot: Hashable, Sendable {
        var frame: Record.Frame
        var node: Int32
    }

    struct Entry: Hashable, Sendable {
        var slot: Slot
        /// Its number in the program.
        var rule: Int32
        /// The item or group that it was read for was left out.
        var isWithdrawn = false
    }

    var reads: [Entry] = []
    var writes: [Entry] = []

    mutating func withdrawReads(from start: Int) {
        for index in start..<reads.count { reads[index].isWithdrawn = true }
    }
}

extension Record {
    /// Visits every leaf that is said, and every group or repeat without members, with its path from the top.
    func visitSaid(separator: Character, _ visit: (String, Frame, Int) -> Void) {
        visitSaid(in: Record.root, "", separator, visit)
    }

    private func visitSaid(
        in frame: Frame, _ prefix: String, _ separator: Character, _ visit: (String, Frame, Int) -> Void
    ) {
        let nodes = layout(of: frame).nodes
        for (index, node) in nodes.enumerated() where slot(index, in: frame).standing.isSaid {
            let path =
                prefix.isEmpty ? node.path : node.path == "." ? prefix : "\(prefix)\(separator)\(node.path)"
            if let itemLayout = node.items {
                if itemLayout.nodes.isEmpty { visit(path, frame, index) }
                for item in items(index, in: frame) { visitSaid(in: item, path, separator, visit) }
            } else if node.type != .group || (index + 1 == nodes.count || nodes[index + 1].parent != index) {
                visit(path, frame, index)
            }
        }
    }
}

extension Layout {
    /// Whether a node is the group or stands in it.
    func isWithin(_ node: Int, _ group: Int) -> Bool {
        var holder: Int? = node
        while let next = holder, next != group { holder = nodes[next].parent }
        return holder == group
    }
}

// MARK: Noting

extension Machine {
    /// Notes that a rule read a place.
    mutating func noteRead(_ node: Int32, _ frame: Record.Frame, by instruction: Instruction) {
        guard isTraced else { return }
        trace.reads.append(
            Trace.Entry(slot: Trace.Slot(frame: frame, node: node), rule: instruction.rule))
    }

    /// Notes an alternative that was not needed: the author said so, and nothing is lost in silence.
    mutating func notePassedOver(_ instruction: Instruction, _ frames: Frames) {
        let isPicked = instruction.flags.contains(.picked)
        let frame = isPicked ? picked : frame(instruction, frames)
        guard frame >= 0 else { return }
        let slot = Trace.Slot(frame: frame, node: instruction.source)
        trace.reads.append(Trace.Entry(slot: slot, rule: instruction.rule, isWithdrawn: true))
    }

    mutating func noteWritten(_ instruction: Instruction, _ frame: Record.Frame) {
        guard isTraced else { return }
        let slot = Trace.Slot(frame: frame, node: instruction.target)
        trace.writes.append(Trace.Entry(slot: slot, rule: instruction.rule))
    }

    /// Notes what the tests of a branch or selection that holds looked at.
    mutating func noteTests(_ tests: Range<Int>, _ frames: Frames) {
        guard isTraced else { return }
        var index = tests.lowerBound
        while index < tests.upperBound {
            let test = program.instructions[index]
            index += 1
            switch test.operation {
            case .test where test.source >= 0:
                noteRead(test.source, frame(test, frames), by: test)
            case .testItems:
                if let item = firstItem(test, at: index - 1, frames) {
                    let inner = Frames(source: item, target: frames.target, isNew: frames.isNew)
                    noteTests(index..<Int(test.a), inner)
                }
                index = Int(test.a)
            default: continue
            }
        }
    }

    /// Everything in an item, or in one group of it, that is left out is accounted for by the report of that.
    mutating func noteOmitted(_ frame: Record.Frame, group: Int? = nil, by instruction: Instruction) {
        guard isTraced else { return }
        let layout = source.layout(of: frame)
        for node in layout.nodes.indices where group.map({ layout.isWithin(node, $0) }) ?? true {
            trace.reads.append(
                Trace.Entry(
                    slot: Trace.Slot(frame: frame, node: Int32(node)), rule: instruction.rule,
                    isWithdrawn: true))
            guard layout.isRepeat(node) else { continue }
            var item = source.firstItem(node, in: frame)
            while let inner = item {
                noteOmitted(inner, by: instruction)
                item = source.nextItem(after: inner)
            }
        }
    }
}

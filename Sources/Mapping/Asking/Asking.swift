import Model
import Record

/// Turns what is asked on one side into what is asked on the other: the criteria are a record that the
/// mapping lifts like any other, so that each goes through its own rule, and the equalities on its way become
/// criteria too.
enum Asking {
    /// A record that says what the criteria ask for, and the paths that no rule reads.
    static func record(
        of criteria: [Question.Criterion], _ entity: Entity, readPaths: Set<String>
    ) -> (record: Record, leftOver: [String]) {
        var record = Record(entity.layout)
        var leftOver: [String] = []
        for criterion in criteria {
            guard readPaths.contains(criterion.path), say(criterion, in: &record, entity.separator) else {
                leftOver.append(criterion.path)
                continue
            }
        }
        return (record, leftOver)
    }

    /// Criteria on one collection are about one item of it.
    private static func say(
        _ criterion: Question.Criterion, in record: inout Record, _ separator: Character
    ) -> Bool {
        var frame = Record.root
        var layout = record.layout
        var own = ""
        let steps = criterion.path.split(separator: separator).map(String.init)
        for (index, step) in steps.enumerated() {
            own = own.isEmpty ? step : "\(own)\(separator)\(step)"
            guard let node = layout.node(own) else { return false }
            let isLast = index == steps.count - 1
            if let items = layout.nodes[node].items {
                frame = record.firstItem(node, in: frame) ?? record.appendItem(node, in: frame)
                layout = items
                own = ""
                guard isLast else { continue }
                guard let value = layout.node(".") else { return false }
                record.set(value, in: frame, to: criterion.value[...])
            } else if isLast {
                guard layout.nodes[node].type != .group else { return false }
                record.set(node, in: frame, to: criterion.value[...])
            } else if layout.nodes[node].type == .group {
                record.set(node, in: frame, to: .value)
            }
        }
        return true
    }

    /// Every value that the lifted record holds, as a criterion.
    static func criteria(
        of record: Record, _ entity: Entity, _ lineages: [Lineage], _ asked: [Question.Criterion]
    ) -> [Question.Criterion] {
        var found: [Question.Criterion] = []
        let comparisons = Dictionary(
            asked.map { ($0.path, $0.comparison) }, uniquingKeysWith: { first, _ in first })
        walk(record, Record.root, "", entity.separator) { path, bytes in
            let sources = lineages.lazy.filter { $0.target == path }.flatMap(\.sources)
            let comparison = sources.lazy.compactMap { comparisons[$0] }.first ?? .equals
            found.append(Question.Criterion(path: path, comparison: comparison, value: bytes))
        }
        return found
    }

    /// Paths of which nothing came: their rules stand in a branch that the other criteria do not lead to.
    static func unused(
        _ asked: [Question.Criterion], _ found: [Question.Criterion], _ lineages: [Lineage]
    ) -> [String] {
        let targets = Set(found.map(\.path))
        return asked.map(\.path).filter { path in
            let rules = lineages.filter { $0.sources.contains(path) }
            return !rules.isEmpty && !rules.contains { targets.contains($0.target) }
        }
    }

    private static func walk(
        _ record: Record, _ frame: Record.Frame, _ prefix: String, _ separator: Character,
        _ visit: (String, [UInt8]) -> Void
    ) {
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            let path =
                prefix.isEmpty ? node.path : node.path == "." ? prefix : "\(prefix)\(separator)\(node.path)"
            if node.isRepeat {
                for item in record.items(index, in: frame) { walk(record, item, path, separator, visit) }
            } else if node.type != .group, record.slot(index, in: frame).standing == .value {
                visit(path, Array(record.bytes(index, in: frame)))
            }
        }
    }
}

package import Diagnostics
import Model
import Record

/// What became of everything that a record says: nothing is lost in silence.
package struct Loss: Sendable {
    /// A path on purpose not mapped, and the mapping author's reason.
    package struct Ignored: Hashable, Sendable {
        package var path: String
        package var reason: String
        package var rule: SourceLocation
    }

    /// Said, and read by a rule.
    package var mapped: [String]
    /// Said, and ignored by name.
    package var ignored: [Ignored]
    /// Said, and no rule reads it or ignores it.
    package var lost: [String]
    /// Mapped, but left out by an `else omit`.
    package var omitted: [Converted.Omission]

    static func report(
        of record: Record, _ entity: Entity, readPaths: Set<String>, ignored: [ResolvedMapping.Ignored],
        unmapped: [String], omissions: [Converted.Omission]
    ) -> Loss {
        var loss = Loss(mapped: [], ignored: [], lost: [], omitted: omissions)
        var seen: Set<String> = []
        func sort(_ path: String) {
            guard seen.insert(path).inserted else { return }
            if readPaths.contains(path) {
                loss.mapped.append(path)
            } else if let rule = ignored.first(where: { covers($0.path, path, entity.separator) }) {
                loss.ignored.append(Ignored(path: path, reason: rule.reason, rule: rule.location))
            } else {
                loss.lost.append(path)
            }
        }
        walk(record, Record.root, "", entity.separator, sort)
        unmapped.forEach(sort)
        return loss
    }

    /// Whether an ignored path is this one, or holds it.
    private static func covers(_ ignored: String, _ path: String, _ separator: Character) -> Bool {
        path == ignored || path.hasPrefix("\(ignored)\(separator)")
    }

    /// Visits every leaf that is said, and every group or repeat without members.
    private static func walk(
        _ record: Record, _ frame: Record.Frame, _ prefix: String, _ separator: Character,
        _ visit: (String) -> Void
    ) {
        let nodes = record.layout(of: frame).nodes
        for (index, node) in nodes.enumerated() where record.slot(index, in: frame).standing.isSaid {
            let path =
                prefix.isEmpty ? node.path : node.path == "." ? prefix : "\(prefix)\(separator)\(node.path)"
            if let items = node.items {
                if items.nodes.isEmpty { visit(path) }
                for item in record.items(index, in: frame) { walk(record, item, path, separator, visit) }
            } else if node.type != .group || (index + 1 == nodes.count || nodes[index + 1].parent != index) {
                visit(path)
            }
        }
    }
}

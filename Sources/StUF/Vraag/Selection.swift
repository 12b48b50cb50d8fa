internal import Record

/// Which elements an answer holds, and what stands where one has no value (StUF 03.01 sections 3.4 and 6.3.3).
struct Selection {
    private let scope: Scope
    /// Paths that the scope names, with the groups and relations around them; nil when it names none.
    private let named: Set<String>?
    /// Paths that a mapping can fill, with the groups and relations around them.
    private let supported: Set<String>

    /// - Parameter supported: leaves of the entity that the mapping writes.
    init(_ scope: Scope, supported: Set<String>) {
        self.scope = scope
        self.supported = Self.withParents(supported)
        if case .elements(let record) = scope {
            var paths: Set<String> = []
            VraagReader.leaves(of: record, in: Record.root, path: "") { path, _, _ in paths.insert(path) }
            Self.groups(of: record, in: Record.root, path: "", into: &paths)
            named = Self.withParents(paths)
        } else {
            named = nil
        }
    }

    /// Whether the asker named it: then it is answered even without a value.
    func names(_ path: String) -> Bool { named?.contains(path) ?? false }

    func wants(_ item: WritingPlan.Item, _ path: String) -> Bool {
        switch scope {
        case .unsaid, .alles: true
        case .allesZonderMetagegevens: !item.isMetagegeven
        case .kerngegevens: item.isKerngegeven || item.isMetagegeven
        case .allesMaarKerngegevensGerelateerden: isKerngegevenBelow(item, path)
        case .allesZonderMetagegevensMaarKerngegevensGerelateerden:
            !item.isMetagegeven && isKerngegevenBelow(item, path)
        case .elements:
            // The schema wants `authentiek` beside an identification, which nobody asks for by itself.
            names(path) || item.isMetagegeven && names(String(path.dropLast(item.name.count + 1)))
        }
    }

    /// Asked, and not there: there is none, or this system does not hold it.
    func standingOfMissing(_ path: String) -> Standing {
        supported.contains(path) ? .geenWaarde : .nietOndersteund
    }

    private func isKerngegevenBelow(_ item: WritingPlan.Item, _ path: String) -> Bool {
        guard path.contains("gerelateerde/") else { return true }
        return item.isKerngegeven || item.isMetagegeven || item.isGerelateerde
    }

    /// A group or relation that is asked for without naming what is in it (invalid, and sent nevertheless) asks for
    /// the group: its members are found by their own paths.
    private static func groups(
        of record: borrowing Record, in frame: Record.Frame, path: String, into paths: inout Set<String>
    ) {
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            guard record.slot(index, in: frame).standing.isSaid else { continue }
            let own = path.isEmpty ? node.path : "\(path)/\(node.path)"
            if node.type == .group { paths.insert(own) }
            for item in record.items(index, in: frame) {
                groups(of: record, in: item, path: own, into: &paths)
            }
        }
    }

    private static func withParents(_ paths: Set<String>) -> Set<String> {
        var all = paths
        for path in paths {
            var rest = path[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                all.insert(String(rest))
            }
        }
        return all
    }
}

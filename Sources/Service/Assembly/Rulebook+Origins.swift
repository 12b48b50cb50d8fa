internal import Delivery
internal import Diagnostics
internal import Intake
internal import Mapping
internal import Model

extension Rulebook {
    /// Says which element of a bericht a property of an API comes from, and by which line of which mapping.
    var origins: Origins {
        var found: [String: [String: Origin]] = [:]
        // Not of a row: what goes to an API came by a bericht.
        for mapping in mappings.mappings where mapping.legacy.elements.allSatisfy({ $0.table == nil }) {
            for lineage in mapping.explain(.up) {
                guard let source = lineage.sources.first else { continue }
                var rule = lineage.rule
                rule.file = relative(rule.file)
                let origin = Origin(place: "object/\(source)", rule: rule)
                // Of several rules the first: it stands for the others in the report.
                if found[mapping.api.qualifiedName]?[lineage.target] == nil {
                    found[mapping.api.qualifiedName, default: [:]][lineage.target] = origin
                }
            }
        }
        let origins = found
        return { resource, path in
            guard let own = origins[resource] else { return nil }
            if let origin = own[path] { return origin }
            // A link comes from what it is looked up by.
            return own.filter { $0.key.hasPrefix("\(path).") }.min { $0.key < $1.key }?.value
        }
    }
}

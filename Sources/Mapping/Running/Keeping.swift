import Model
package import Record

/// What `keep` names: values that the API's model has no place for, and that go back into the same form.
extension CompiledMapping {
    /// What a legacy record says of the values that are kept.
    package func kept(of record: borrowing Record, context: Context) -> Kept {
        var kept = Kept()
        for place in form(for: record, .up, context: context).kept {
            let slot = record.slot(place.node)
            guard slot.standing.isSaid else { continue }
            kept.forms[legacy.qualifiedName, default: [:]][place.path] = Kept.Value(
                standing: slot.standing, precision: slot.precision, bytes: Array(record.bytes(of: slot)))
        }
        return kept
    }

    /// Lowers an API record to the legacy side, with what was kept of this form beside it.
    package func lower(
        _ record: borrowing Record, with kept: Kept, context: Context
    ) throws(MappingFailure) -> Converted {
        var lowered = try lower(record, context: context)
        guard let values = kept.forms[legacy.qualifiedName] else { return lowered }
        for place in form(for: record, .down, context: context).kept {
            guard let value = values[place.path], !lowered.record.slot(place.node).standing.isSaid else {
                continue
            }
            lowered.record.keep(value, at: place.node)
        }
        return lowered
    }

    /// The paths of all that is kept under any overlay: an answer can hold them.
    package var keptPaths: Set<String> { Set((forms + [self]).flatMap(\.kept).map(\.path)) }
}

extension Record {
    fileprivate mutating func keep(_ value: Kept.Value, at node: Int) {
        guard value.standing.isValue else { return set(node, in: Record.root, to: value.standing) }
        set(node, in: Record.root, to: value.bytes, precision: value.precision)
        var group = layout.nodes[node].parent
        while let holder = group, !slot(holder).standing.isValue {
            set(holder, in: Record.root, to: .value)
            group = layout.nodes[holder].parent
        }
    }
}

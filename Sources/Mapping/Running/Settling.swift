import Model
package import Record

/// A change that was lifted before anyone could look at what is stored, seen again over what is stored.
extension CompiledMapping {
    /// What a change of the API's side must be settled for.
    struct Settled: Sendable {
        /// Node of a value of the object itself.
        var target: Int
        /// It is made of several values of the legacy side, each of which has a way down; else it loses something on
        /// the way down.
        var isComposed: Bool
    }

    /// A change of the API's side as it is over `stored`: both are lowered, and the change is lifted again over what is
    /// stored (design 2.2 and 2.3).
    ///
    /// A value that says only what `stored` says once both are lowered is taken out: a text that was cut for the legacy
    /// side and came back, one of several values that share a code. A value that is made of several is made of what the
    /// change says and of what is stored. Only rules that need it are looked at, and only values of the object itself;
    /// what is in items is compared by the match rule of the model. Where either cannot be converted, the change is as
    /// it was.
    package func settled(_ change: Record, over stored: Record) -> Record {
        let context = Context(zender: .init(), ontvangen: "1970-01-01T00:00:00Z", isNew: false)
        let form = form(for: stored, .down, context: context)
        let asked = form.settling.filter { change.slot($0.target).standing.isSaid }
        guard !asked.isEmpty, let lowered = try? form.lower(Self.known(change), context: context).record,
            let lifted = try? form.lift(lowered, over: stored, context: context).record
        else { return change }
        var settled = change
        for place in asked {
            let now = lifted.slot(place.target)
            if !now.standing.isSaid {
                let (said, there) = (change.slot(place.target), stored.slot(place.target))
                guard place.isComposed || said.standing.isValue && there.standing.isValue else { continue }
                settled.set(place.target, in: Record.root, to: .absent)
            } else if place.isComposed {
                settled.set(place.target, from: now, of: lifted)
            }
        }
        return settled
    }

    /// What someone does not know changes nothing, and is no part of what is made of it.
    private static func known(_ change: Record) -> Record {
        var known = change
        for node in change.layout.nodes.indices {
            let standing = change.slot(node).standing
            guard standing.isSaid, !standing.isValue, !standing.clears else { continue }
            known.set(node, in: Record.root, to: .absent)
        }
        return known
    }

    /// What of a mapping must be settled.
    static func settling(_ mapping: ResolvedMapping) -> [Settled] {
        let values = rootValues(mapping.steps)
        let down = values.filter { $0.head.isAsked(.down) }
        func hasWayDown(_ left: NodePlace) -> Bool {
            down.contains { step in
                guard step.sides.left.terms.first?.place?.path == left.path,
                    step.sides.right.terms.count == 1, case .node(let right)? = step.sides.right.terms.first
                else { return false }
                return values.contains {
                    $0.target(.up)?.place?.path == right.path
                        && $0.sides.left.terms.first?.place?.path == left.path
                }
            }
        }
        return values.compactMap { step in
            guard case .node(let target)? = step.target(.up) else { return nil }
            let sources = step.sources
            if Set(sources.map(\.path)).count > 1 {
                let isKnown = sources.allSatisfy { $0.levels == 0 && hasWayDown($0) }
                return isKnown ? Settled(target: target.node, isComposed: true) : nil
            }
            guard step.head.directions == .both, sources.count == 1, !OwedLaw.isExact(step) else {
                return nil
            }
            return Settled(target: target.node, isComposed: false)
        }
    }

    /// The rules for values of the object itself; not those of a branch, which a change can leave for another.
    private static func rootValues(_ steps: [Step]) -> [ValueStep] {
        steps.flatMap { step -> [ValueStep] in
            switch step {
            case .value(let value): [value]
            case .group(let group): rootValues(group.body)
            case .choice, .items: []
            }
        }
    }
}

extension ValueStep {
    /// Every place that it reads upward, those of its condition included.
    fileprivate var sources: [NodePlace] {
        sides.left.terms.flatMap(Self.places) + (condition?.tests.flatMap(\.places) ?? [])
    }

    private static func places(_ term: Term) -> [NodePlace] {
        switch term {
        case .node(let place): [place]
        case .picked(let picked): [picked.collection]
        case .tuple(let members): members.flatMap { $0.terms.flatMap(places) }
        case .constant, .context: []
        }
    }
}

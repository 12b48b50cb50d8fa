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
        /// Where the API's side holds these values.
        var parts: [Int] = []
    }

    /// A change of the API's side as it is over `stored`, as far as that takes the legacy form of both to know (design 2.2
    /// and 2.3).
    ///
    /// What is stored is lowered and lifted again as it is, and as it would be with the change. A value that the two
    /// have alike is no change and is taken out: a text that was cut for the legacy side and came back, one of several
    /// values that share a code. A value that is made of several is the one that comes of all of them. Only rules that
    /// need it are looked at, and only values of the object itself; what is in items is compared by the match rule of
    /// the model. Where either cannot be converted, the change is as it was.
    ///
    /// - Parameter zender: who told the change; an overlay may give it a form of its own.
    package func settled(
        _ change: Record, over stored: Record, zender: Context.Zender = .init()
    ) -> Record {
        let context = Context(zender: zender, ontvangen: "1970-01-01T00:00:00Z", isNew: false)
        let change = left(change, stored)
        let merged = stored.saying(change)
        let form = form(for: merged, .down, context: context)
        let asked = form.settling.filter { place in
            ([place.target] + place.parts).contains { change.slot($0).standing.isSaid }
        }
        guard !asked.isEmpty, let before = try? form.returned(stored, context),
            let after = try? form.returned(merged, context)
        else { return change }
        var settled = change
        for place in asked {
            let (was, now) = (before.slot(place.target), after.slot(place.target))
            let there = stored.slot(place.target)
            if before.holds(was, as: now, of: after) {
                let isRepeated = change.slot(place.target).standing.isValue && there.standing.isValue
                guard place.isComposed || isRepeated else { continue }
                settled.set(place.target, in: Record.root, to: .absent)
            } else if place.isComposed {
                let isGone = !now.standing.isValue
                guard isGone else {
                    settled.set(place.target, from: now, of: after)
                    continue
                }
                settled.set(place.target, in: Record.root, to: there.standing.isValue ? .geenWaarde : .absent)
            }
        }
        return settled
    }

    /// A change that takes the object to another branch of a choice takes along what it does not say again of what the two
    /// branches share: who moves abroad does not live there since the day on which the old address began.
    private func left(_ change: Record, _ stored: Record) -> Record {
        var change = change
        for choice in choices {
            let isLeft = choice.kinds.contains { kind in
                let (said, there) = (change.slot(kind), stored.slot(kind))
                return said.standing.isValue && there.standing.isValue
                    && !stored.holds(there, as: said, of: change)
            }
            guard isLeft else { continue }
            for node in choice.shared
            where !change.slot(node).standing.isSaid && stored.slot(node).standing.isValue {
                change.set(node, in: Record.root, to: .geenWaarde)
            }
        }
        return change
    }

    /// What comes back of a record of the API's side that goes down and up again.
    private func returned(_ record: Record, _ context: Context) throws(MappingFailure) -> Record {
        try lift(try lower(record, context: context).record, context: context).record
    }

    /// A choice of the object itself, on the API's side.
    struct Branching: Sendable {
        /// What tells the branches apart.
        var kinds: [Int]
        /// What several branches fill.
        var shared: [Int]
    }

    static func branchings(_ steps: [Step]) -> [Branching] {
        steps.flatMap { step -> [Branching] in
            switch step {
            case .value, .items: return []
            case .group(let group): return branchings(group.body)
            case .choice(let choice):
                let branches = choice.branches.filter { $0.head.isAsked(.up) }
                let kinds = Set(branches.flatMap { $0.sides.right.equalities.map(\.place.node) })
                var count: [Int: Int] = [:]
                for branch in branches {
                    let nodes = Set(rootValues(branch.body).flatMap { $0.targets(.up) }.map(\.node))
                    for node in nodes.subtracting(kinds) { count[node, default: 0] += 1 }
                }
                let shared = count.filter { $0.value > 1 }.keys.sorted()
                return [Branching(kinds: kinds.sorted(), shared: shared)]
                    + branches.flatMap { branchings($0.body) }
            }
        }
    }

    /// What of a mapping must be settled.
    static func settling(_ mapping: ResolvedMapping) -> [Settled] {
        let values = rootValues(mapping.steps)
        let down = values.filter { $0.head.isAsked(.down) }
        /// Where the API's side holds what a place says, when it comes back there.
        func wayDown(_ left: NodePlace) -> Int? {
            down.lazy.compactMap { step -> Int? in
                guard step.sides.left.terms.first?.place?.path == left.path,
                    step.sides.right.terms.count == 1, case .node(let right)? = step.sides.right.terms.first,
                    values.contains(where: {
                        $0.target(.up)?.place?.path == right.path
                            && $0.sides.left.terms.first?.place?.path == left.path
                    })
                else { return nil }
                return right.node
            }.first
        }
        func isLossy(_ step: ValueStep) -> Bool {
            let ways = down.filter { way in
                way.sides.left.terms.first?.place?.path == step.sources.first?.path
                    && way.sides.right.terms.contains { $0.place?.path == step.target(.up)?.place?.path }
            }
            return !ways.isEmpty && !(ways + [step]).allSatisfy(OwedLaw.isExact)
        }
        let up = values.filter { $0.head.isAsked(.up) }
        var settled: [Int: Settled] = [:]
        for step in up {
            guard case .node(let target)? = step.target(.up), settled[target.node] == nil else { continue }
            let rivals = up.filter { $0.target(.up)?.place?.path == target.path }
            if rivals.contains(where: { Set($0.sources.map(\.path)).count > 1 }) {
                let sources = rivals.flatMap(\.sources)
                let parts = sources.filter { $0.levels == 0 }.compactMap(wayDown)
                guard parts.count == sources.count else { continue }
                settled[target.node] = Settled(target: target.node, isComposed: true, parts: parts)
            } else if rivals.contains(where: isLossy) {
                settled[target.node] = Settled(target: target.node, isComposed: false)
            }
        }
        return settled.values.sorted { $0.target < $1.target }
    }

    /// The rules for values of the object itself, those of branches included.
    static func rootValues(_ steps: [Step]) -> [ValueStep] {
        steps.flatMap { step -> [ValueStep] in
            switch step {
            case .value(let value): [value]
            case .group(let group): rootValues(group.body)
            case .choice(let choice): choice.branches.flatMap { rootValues($0.body) }
            case .items: []
            }
        }
    }
}

// MARK: What is there already

extension Record {
    /// With the values of the object itself that `change` says, and without what it takes away. What someone does not
    /// know changes nothing.
    fileprivate func saying(_ change: Record) -> Record {
        var merged = self
        for node in layout.nodes.indices where !layout.isRepeat(node) && layout.types[node] != .content {
            let said = change.slot(node)
            if said.standing.isValue {
                merged.set(node, from: said, of: change)
            } else if said.standing.clears {
                merged.set(node, in: Record.root, to: .absent)
                for member in layout.nodes.indices where layout.isWithin(member, node) {
                    merged.set(member, in: Record.root, to: .absent)
                }
            }
        }
        return merged
    }

    /// Whether a value of this record is that of another; none is as good as none.
    fileprivate func holds(_ slot: Slot, as other: Slot, of record: Record) -> Bool {
        guard slot.standing.isValue, other.standing.isValue else {
            return slot.standing.isValue == other.standing.isValue
        }
        return slot.precision == other.precision && bytes(of: slot) == record.bytes(of: other)
    }

    /// Without the values of the object itself that `present` holds just so: they are no change, and are not written
    /// (design 2.2). Values that say which object is meant stay, and so does what carries a mark.
    func withoutRepeats(of present: Record, keeping keys: Set<Int>) -> Record {
        var change = self
        for node in layout.nodes.indices.reversed() where !keys.contains(node) {
            let (said, there) = (change.slot(node), present.slot(node))
            guard said.standing.isValue, there.standing.isValue, said.marks == there.marks else { continue }
            switch layout.types[node] {
            case _ where layout.isRepeat(node), .content: continue
            case .group:
                let members = layout.nodes.indices.filter { layout.nodes[$0].parent == node }
                guard !members.contains(where: { change.slot($0).standing.isSaid }) else { continue }
            default:
                guard said.precision == there.precision, bytes(of: said) == present.bytes(of: there) else {
                    continue
                }
            }
            change.set(node, in: Record.root, to: .absent)
        }
        return change
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

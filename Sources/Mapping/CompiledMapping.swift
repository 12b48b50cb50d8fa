package import Diagnostics
package import Model
package import Record

/// One mapping, checked and compiled: from a legacy entity to an API resource and back.
///
/// Immutable; any number of threads use it at once. Records of the legacy side have `legacy`'s layout,
/// records of the API side `api`'s.
package final class CompiledMapping: Sendable {
    /// As the file calls it: `zaak`.
    package let name: String
    package let location: SourceLocation
    /// The side that is read upward: `zkn0310:ZAK`.
    package let legacy: Entity
    /// The side that is made upward: `zaken:Zaak`.
    package let api: Entity

    /// What each two-way rule owes.
    package let laws: [OwedLaw]
    /// See ``settled(_:over:)``.
    let settling: [Settled]
    let choices: [Branching]
    /// Nodes that say which object is meant, on each side.
    private let keys: Sides<Set<Int>>
    private let up: Program
    private let down: Program
    let ignored: [ResolvedMapping.Ignored]
    let kept: [ResolvedMapping.Kept]
    /// Which overlays it has, and what each set of them that can hold together makes of it.
    private let overlays: [OverlayCondition]
    private let variants: [[Int]: CompiledMapping]
    /// The overlays that are in it.
    package let applied: [String]

    convenience init(_ checked: CheckedMapping) {
        var variants: [[Int]: CompiledMapping] = [:]
        for (set, mapping) in checked.variants {
            variants[set] = CompiledMapping(mapping, applied: set.map { checked.overlays[$0].name })
        }
        self.init(checked.base, overlays: checked.overlays, variants: variants)
    }

    private init(
        _ mapping: ResolvedMapping, applied: [String] = [], overlays: [OverlayCondition] = [],
        variants: [[Int]: CompiledMapping] = [:]
    ) {
        self.overlays = overlays
        self.variants = variants
        self.applied = applied
        name = mapping.name
        location = mapping.location
        legacy = mapping.legacy
        api = mapping.api
        up = Compiler.compile(mapping, .up)
        down = Compiler.compile(mapping, .down)
        ignored = mapping.ignored
        kept = mapping.kept
        laws = OwedLaw.owed(by: mapping.steps)
        settling = Self.settling(mapping)
        choices = Self.branchings(mapping.steps)
        keys = Self.keys(mapping)
    }

    /// The mapping with each set of overlays that can hold together, in the order of their names; itself where it
    /// has none.
    package var forms: [CompiledMapping] {
        guard !variants.isEmpty else { return [self] }
        return variants.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    /// The mapping with the overlays that hold for a record of the side that is read.
    ///
    /// They are chosen once for the whole object: by what the record says, and where it says nothing by what the
    /// other side holds now.
    package func form(
        for record: borrowing Record, _ direction: Direction, over stored: Record? = nil, context: Context
    ) -> CompiledMapping {
        guard !overlays.isEmpty else { return self }
        var set: [Int] = []
        for (index, overlay) in overlays.enumerated()
        where overlay.holds(for: record, direction, over: stored, context) { set.append(index) }
        return variants[set] ?? self
    }

    package var legacyLayout: Layout { legacy.layout }
    package var apiLayout: Layout { api.layout }

    /// Lifts a legacy record to the API's side.
    ///
    /// What the record does not say is not said in the answer. With ``Context/isNew`` every `must` is asked
    /// for.
    package func lift(_ record: borrowing Record, context: Context) throws(MappingFailure) -> Converted {
        try form(for: record, .up, context: context).run(.up, copy record, base: nil, context)
    }

    /// Lifts a partial change over what the API's side holds now.
    ///
    /// A target is written only when one of its sources was said and differs from what `stored` converts to;
    /// sources that were not said are taken from `stored`, lowered by this same mapping. Items of repeats are
    /// lifted whole: which stored item each of them is, is the graph's to find.
    package func lift(
        _ change: borrowing Record, over stored: borrowing Record, context: Context
    ) throws(MappingFailure) -> Converted {
        let form = form(for: change, .up, over: copy stored, context: context)
        let base = try form.run(.down, copy stored, base: nil, context.forChange)
        var lifted = try form.run(.up, copy change, base: base.record, context.forChange)
        lifted.record = lifted.record.withoutRepeats(of: copy stored, keeping: form.keys.right)
        return lifted
    }

    /// Lowers an API record to the legacy side.
    package func lower(_ record: borrowing Record, context: Context) throws(MappingFailure) -> Converted {
        try form(for: record, .down, context: context).run(.down, copy record, base: nil, context)
    }

    /// Lowers a partial change over what the legacy side holds now; see ``lift(_:over:context:)``.
    package func lower(
        _ change: borrowing Record, over stored: borrowing Record, context: Context
    ) throws(MappingFailure) -> Converted {
        let form = form(for: change, .down, over: copy stored, context: context)
        let base = try form.run(.up, copy stored, base: nil, context.forChange)
        var lowered = try form.run(.down, copy change, base: base.record, context.forChange)
        lowered.record = lowered.record.withoutRepeats(of: copy stored, keeping: form.keys.left)
        return lowered
    }

    private static func keys(_ mapping: ResolvedMapping) -> Sides<Set<Int>> {
        let keys = rootValues(mapping.steps).filter(\.head.isKey)
        func nodes(_ direction: Direction) -> Set<Int> {
            Set(keys.flatMap { $0.targets(direction) }.map(\.node))
        }
        return Sides(left: nodes(.down), right: nodes(.up))
    }

    func program(_ direction: Direction) -> Program { direction == .up ? up : down }

    private func run(
        _ direction: Direction, _ record: Record, base: Record?, _ context: Context,
        purpose: Machine.Purpose = .convert
    ) throws(MappingFailure) -> Converted {
        try run(direction, record, base: base, context, purpose: purpose, isTraced: false).converted
    }

    private func run(
        _ direction: Direction, _ record: Record, base: Record?, _ context: Context,
        purpose: Machine.Purpose, isTraced: Bool
    ) throws(MappingFailure) -> (converted: Converted, trace: Trace) {
        let program = program(direction)
        var machine = Machine(
            program, source: record, base: base, target: direction == .up ? apiLayout : legacyLayout,
            context: context, purpose: purpose, isTraced: isTraced)
        guard machine.run() else {
            let fault = machine.clearFault() ?? Machine.Fault(code: .valueMalformed, at: 0)
            throw MappingFailure(fault.code, at: program.places[fault.at], rule: program.rule(at: fault.at))
        }
        let omissions = machine.omissions.map { fault in
            Converted.Omission(fault.code, rule: program.rule(at: fault.at), place: program.places[fault.at])
        }
        return (Converted(record: machine.target, omissions: omissions), machine.trace)
    }

    // MARK: Questions

    /// Criteria in legacy paths (`heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn`) as criteria in
    /// API paths, each through the rule that reads its path; equalities of the selections and choices on the
    /// way are added.
    ///
    /// - Returns: also the paths that no rule reads, or none here, for the form to name in a `melding` (StUF0001).
    package func translate(
        _ criteria: [Question.Criterion], context: Context
    ) throws(MappingFailure) -> (criteria: [Question.Criterion], leftOver: [String]) {
        let paths = forms.reduce(into: up.readPaths) { $0.formUnion($1.up.readPaths) }
        let form = form(
            for: Asking.record(of: criteria, legacy, readPaths: paths).record, .up, context: context)
        let (asked, leftOver) = Asking.record(of: criteria, legacy, readPaths: form.up.readPaths)
        let answer = try form.run(.up, asked, base: nil, context, purpose: .ask)
        let found = Asking.criteria(of: answer.record, api, form.up.lineages, criteria)
        let unused = Asking.unused(criteria, found, form.up.lineages).filter { !leftOver.contains($0) }
        return (found, leftOver + unused)
    }

    // MARK: Explaining

    /// Where each target's value comes from, in the order of the rules. A target may have several lines: the
    /// branches of a choice, the rules that share a collection.
    package func explain(_ direction: Direction) -> [Lineage] { program(direction).lineages }

    /// Lifts or lowers a whole record, and remembers which rule read and wrote each value: for reports and tests, a
    /// little slower.
    package func traced(
        _ record: borrowing Record, _ direction: Direction, context: Context
    ) throws(MappingFailure) -> Traced {
        let form = form(for: record, direction, context: context)
        let (converted, trace) = try form.run(
            direction, copy record, base: nil, context, purpose: .convert, isTraced: true)
        return Traced(
            converted: converted, source: copy record, direction: direction, form: form, trace: trace)
    }
}

internal import Diagnostics
internal import Mapping
internal import Model
internal import Record
internal import Resources
internal import StUF
internal import Threads

// A vraag in the terms of the API's model (StUF 03.01 sections 6.1 to 6.3).
extension Judge {
    func ask(
        _ vraag: Vraag, _ bericht: Bericht, _ route: Route, _ mapping: CompiledMapping, received: WallTime
    ) throws(Refusal) -> Asked {
        let context = Context(
            zender: bericht.stuurgegevens.contextZender,
            ontvanger: bericht.stuurgegevens.contextOntvanger, ontvangen: received.tijdstip, isNew: false)
        let supported = Set(mapping.explain(.down).map(\.target))
        // Of the one object that a key names there is no order (section 6.3.2).
        guard let sortering = Sortering(vraag.sleutel == nil ? vraag.sortering : 0, of: vraag.form),
            sortering.paths.allSatisfy(supported.contains)
        else { throw Refusal(StUFFailure(.stufSorteringUnsupported, at: "parameters/sortering")) }
        if let sleutel = vraag.sleutel, sleutel.kind != .ontvangend {
            throw Refusal(StUFFailure(.stufSleutelNotKept, at: "gelijk"))
        }
        var (criteria, leftOver) = try translated(vraag, mapping, context)
        let (empty, absent) = absences(vraag.absent, mapping)
        criteria += empty
        // What the source cannot find by is tested on what it finds, where the mapping makes it.
        let tests = vraag.criteria.filter { leftOver.contains($0.path) && supported.contains($0.path) }
            .filter { $0.comparison == .equals }
            .map { Vraag.Test(path: $0.path, value: $0.value, precision: .full) }
        leftOver.removeAll { path in tests.contains { $0.path == path } }
        let testable = (vraag.tests.filter { supported.contains($0.path) }, absent.filter(supported.contains))
        leftOver += vraag.tests.map(\.path).filter { !supported.contains($0) }
        leftOver += absent.filter { !supported.contains($0) }
        var question = Question(
            resource: mapping.api.qualifiedName, criteria: criteria,
            limit: min(vraag.maximumAantal ?? Asked.defaultLimit, Asked.mostObjects), caller: .local)
        let tested = (tests + testable.0).map(\.path) + testable.1 + sortering.paths
        question.children = children(vraag, mapping, tested: tested)
        return Asked(
            route: route, mapping: mapping, vraag: vraag, stuurgegevens: bericht.stuurgegevens,
            question: question,
            named: named(by: vraag, mapping, context), unsupported: vraag.unsupported + leftOver,
            tests: tests + testable.0, absent: testable.1, sortering: sortering,
            root: root(of: route.operation, mapping), context: context)
    }

    /// Each kind of criterion by itself: an element can have two bounds.
    private func translated(
        _ vraag: Vraag, _ mapping: CompiledMapping, _ context: Context
    ) throws(Refusal) -> (criteria: [Question.Criterion], leftOver: [String]) {
        var criteria: [Question.Criterion] = []
        var leftOver: [String] = []
        let groups: [[Question.Comparison]] = [[.equals, .contains], [.atLeast], [.atMost]]
        for group in groups {
            let asked = vraag.criteria.filter { group.contains($0.comparison) }
            guard !asked.isEmpty else { continue }
            do throws(MappingFailure) {
                let answer = try mapping.translate(asked, context: context)
                criteria += answer.criteria
                leftOver += answer.leftOver
            } catch {
                throw Refusal(error)
            }
        }
        return (criteria, leftOver)
    }

    /// "Has no value" goes to the source where one property alone holds the element.
    private func absences(
        _ paths: [String], _ mapping: CompiledMapping
    ) -> (criteria: [Question.Criterion], tested: [String]) {
        let lineages = mapping.explain(.up)
        var criteria: [Question.Criterion] = []
        var tested: [String] = []
        for path in paths {
            let targets = Set(lineages.filter { $0.sources.contains(path) }.map(\.target))
            if targets.count == 1, let target = targets.first,
                lineages.allSatisfy({ $0.target != target || $0.sources == [path] })
            {
                criteria.append(Question.Criterion(path: target, comparison: .absent, values: []))
            } else {
                tested.append(path)
            }
        }
        return (criteria, tested)
    }

    /// The children that the answer is made of: of those that the mapping reads, the ones for what is asked, and for what
    /// is tested on the answer.
    private func children(_ vraag: Vraag, _ mapping: CompiledMapping, tested: [String]) -> Set<String> {
        var names: Set<String>?
        if case .elements(let record) = vraag.scope {
            let paths = tested + vraag.choices.map(\.path) + vraag.absent
            names = Set(record.saidAtTop).union(paths.map { String($0.prefix { $0 != "/" }) })
        }
        var children: Set<String> = []
        for lineage in mapping.forms.flatMap({ $0.explain(.down) }) {
            guard names?.contains(String(lineage.target.prefix { $0 != "/" })) ?? true else { continue }
            children.formUnion(lineage.sources.map { String($0.prefix { $0 != mapping.api.separator }) })
        }
        let asked = vraag.criteria.isEmpty ? [] : mapping.forms.flatMap { $0.explain(.up) }
        let criteria = Set(vraag.criteria.map(\.path))
        for lineage in asked where !criteria.isDisjoint(with: lineage.sources) {
            children.insert(String(lineage.target.prefix { $0 != mapping.api.separator }))
        }
        return children
    }

    /// A service with a namespace of its own names its answers after its questions: `geefZaakstatus_ZakLa01`.
    private func root(of operation: Operation, _ mapping: CompiledMapping) -> Root? {
        guard let form = rulebook.forms.form(of: mapping.legacy), operation.namespace != form.namespace else {
            return nil
        }
        let name = "\(operation.root.dropLast(4))La\(operation.root.suffix(2))"
        return Root(namespace: operation.namespace, name: name)
    }

    /// The key that a bericht of this zender with these values would have; nil when they do not make up a key.
    private func named(by vraag: Vraag, _ mapping: CompiledMapping, _ context: Context) -> ObjectKey? {
        var record = Record(mapping.legacyLayout)
        for criterion in vraag.criteria where criterion.comparison == .equals {
            guard let node = mapping.legacyLayout.node(criterion.path) else { continue }
            let shape = mapping.legacyLayout.nodes[node]
            guard !shape.isRepeat, shape.type != .group, shape.type != .content else { continue }
            record.set(node, to: criterion.value)
        }
        // Values that cannot be lifted name nothing; the question itself says what is wrong with them.
        guard let resource = rulebook.resources.resource(mapping.api.qualifiedName),
            let lifted = try? mapping.lift(record, context: context).record
        else { return nil }
        return try? resource.key(of: lifted, tenant: tenant, hash: hash)
    }
}

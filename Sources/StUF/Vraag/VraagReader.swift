internal import Diagnostics
internal import Record

/// Makes a vraag of what gelijk, vanaf, totEnMet and scope said.
struct VraagReader {
    /// What the entities of a vraag are.
    enum Part: UInt8 { case gelijk, vanaf, totEnMet, scope, start }

    private var objects: [(part: Part, object: ReadObject)] = []
    var scopeWord: Scope?
    var sleutels: [(kind: Vraag.Sleutel, value: String)] = []
    var sortering = 0
    var isVervolgvraag = false
    var maximumAantal: Int?
    var wantsCount = false
    var wantsAfnemerindicatie = false
    /// Of the object in start, by either of the names it may have (section 6.3.4 wants sleutelOntvangend).
    var start: String?

    /// What the criteria come to.
    private struct Asked {
        var criteria: [Question.Criterion] = []
        var absent: [String] = []
        var tests: [Vraag.Test] = []
        var choices: [Vraag.Test] = []
        var unsupported: [String] = []
        /// Of vanaf and totEnMet.
        var bounds: [Question.Comparison: Set<String>] = [:]
    }

    /// - Parameter form: of the entity that is asked for.
    func vraag(_ form: EntityForm) throws(StUFFailure) -> Vraag {
        var asked = Asked()
        for (part, comparison) in [
            (Part.gelijk, Question.Comparison.equals), (.vanaf, .atLeast), (.totEnMet, .atMost),
        ] {
            guard let object = object(part) else { continue }
            if let failure = object.failure { throw failure }
            try collect(object, comparison, form, &asked)
            asked.unsupported += object.unmapped.paths
        }
        try check(asked)
        guard let scope = try readScope() else { throw StUFFailure(.stufScopeTwice, at: "scope/object") }
        if isVervolgvraag, object(.start) == nil { throw StUFFailure(.stufVervolgvraag, at: "start") }
        if isVervolgvraag, start == nil { throw StUFFailure(.stufStartIncomplete, at: "start/object") }
        return Vraag(
            form: form, criteria: asked.criteria, absent: asked.absent, tests: asked.tests,
            unsupported: asked.unsupported, choices: asked.choices, sleutel: sleutels.first, scope: scope,
            sortering: sortering, isVervolgvraag: isVervolgvraag, start: isVervolgvraag ? start : nil,
            maximumAantal: maximumAantal, wantsCount: wantsCount,
            wantsAfnemerindicatie: wantsAfnemerindicatie)
    }

    /// Of two of a part the last counts.
    mutating func take(_ object: ReadObject, as part: Part) {
        objects.removeAll { $0.part == part }
        objects.append((part, object))
    }

    private func object(_ part: Part) -> ReadObject? { objects.first { $0.part == part }?.object }

    private func collect(
        _ object: ReadObject, _ comparison: Question.Comparison, _ form: EntityForm, _ asked: inout Asked
    ) throws(StUFFailure) {
        if comparison != .equals, let path = object.inexact.first {
            throw StUFFailure(.stufExactInRange, at: path)
        }
        var failure: StUFFailure?
        Self.leaves(of: object.record, in: Record.root, path: "") { path, slot, bytes in
            if comparison != .equals, slot.precision >= .month {
                failure = StUFFailure(.stufIncompleteInRange, at: path)
            }
            if comparison != .equals { asked.bounds[comparison, default: []].insert(path) }
            guard slot.standing == .value else {
                // Of a bound geenWaarde is the lowest or highest value; waardeOnbekend and nietOndersteund are no
                // criterion at all (section 3.4).
                if slot.standing.clears, comparison == .equals { asked.absent.append(path) }
                return
            }
            let test = Vraag.Test(path: path, value: Array(bytes), precision: slot.precision)
            if form.isChoosing(path) { return asked.choices.append(test) }
            // An incomplete date selects what is as incomplete (section 6.3.1).
            if slot.precision >= .month { return asked.tests.append(test) }
            asked.criteria.append(
                Question.Criterion(
                    path: path,
                    comparison: comparison == .equals && object.inexact.contains(path)
                        ? .contains : comparison,
                    value: Array(bytes)))
        }
        if let failure { throw failure }
    }

    private func check(_ asked: Asked) throws(StUFFailure) {
        let criteria = asked.criteria
        // One bound alone is taken for what it says.
        if let low = asked.bounds[.atLeast], let high = asked.bounds[.atMost],
            let other = low.symmetricDifference(high).min()
        {
            throw StUFFailure(.stufRangesDiffer, at: other)
        }
        let exact = Set(
            criteria.filter { $0.comparison == .equals || $0.comparison == .contains }.map(\.path))
        if let twice = criteria.first(where: {
            ($0.comparison == .atLeast || $0.comparison == .atMost) && exact.contains($0.path)
        }) {
            throw StUFFailure(.stufCriterionTwice, at: twice.path)
        }
        if sleutels.count > 1 { throw StUFFailure(.stufSleutelsTooMany, at: "gelijk") }
        let hasOthers = !criteria.isEmpty || !asked.tests.isEmpty || !asked.absent.isEmpty
        if !sleutels.isEmpty, hasOthers { throw StUFFailure(.stufSleutelWithCriteria, at: "gelijk") }
    }

    /// - Returns: nil when both the attribute and elements were given.
    private func readScope() throws(StUFFailure) -> Scope? {
        guard let scope = object(.scope) else { return .unsaid }
        if let failure = scope.failure { throw failure }
        let hasElements = scope.record.layout.nodes.indices.contains { scope.record.slot($0).standing.isSaid }
        guard let scopeWord else { return hasElements ? .elements(scope.record) : .unsaid }
        return hasElements ? nil : scopeWord
    }

    /// Calls `visit` for every leaf that was said, below groups and items too.
    static func leaves(
        of record: borrowing Record, in frame: Record.Frame, path: String,
        visit: (String, Slot, ArraySlice<UInt8>) -> Void
    ) {
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            let slot = record.slot(index, in: frame)
            guard slot.standing.isSaid else { continue }
            let own = path.isEmpty ? node.path : node.path == "." ? path : "\(path)/\(node.path)"
            if node.isRepeat {
                for item in record.items(index, in: frame) {
                    leaves(of: record, in: item, path: own, visit: visit)
                }
            } else if node.type != .group, node.type != .content {
                visit(own, slot, record.bytes(of: slot))
            }
        }
    }
}

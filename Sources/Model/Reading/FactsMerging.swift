import Diagnostics
import Language

/// Puts what facts files say into the models they are about.
///
/// A derived file holds what a schema says and is written anew by each import; a facts file holds what people know
/// beyond it, and no import touches it. The two meet here, before names are looked up.
struct FactsMerging {
    private(set) var models: [ModelSource]
    private(set) var findings: [Finding] = []
    private let facts: [ModelSource]

    init(_ sources: [ModelSource]) {
        models = sources.filter { !$0.isFacts }
        facts = sources.filter(\.isFacts)
    }

    mutating func merge() {
        var seen: Set<String> = []
        for facts in facts {
            guard let index = models.firstIndex(where: { $0.name == facts.name }) else {
                report(.factsAlone, at: facts.location, "no file says `model \(facts.name)`")
                continue
            }
            guard seen.insert(facts.name).inserted else {
                report(.factsAlone, at: facts.location, "`\(facts.name)` has a facts file already")
                continue
            }
            var model = models[index]
            model.emptyByType.merge(facts.emptyByType) { _, fact in fact }
            model.leavesOut = model.leavesOut || facts.leavesOut
            model.served = facts.served
            mergeEntities(of: facts, into: &model)
            mergeGroups(of: facts, into: &model)
            models[index] = model
        }
    }

    private mutating func report(_ code: Code, at location: SourceLocation, _ text: String) {
        findings.append(Finding(code, at: location, text))
    }

    private mutating func mergeEntities(of facts: ModelSource, into model: inout ModelSource) {
        let known = model.entities.map(\.name.text)
        for fact in facts.entities {
            guard let index = place(of: fact.name, isAdded: fact.isAdded, among: known, of: facts.name) else {
                if fact.isAdded, !known.contains(fact.name.text) { model.entities.append(fact) }
                continue
            }
            if !fact.key.isEmpty { model.entities[index].key = fact.key }
            merge(fact.elements, into: &model.entities[index].elements, of: fact.name.text)
        }
    }

    private mutating func mergeGroups(of facts: ModelSource, into model: inout ModelSource) {
        let known = model.groups.map(\.name.text)
        for fact in facts.groups {
            guard let index = place(of: fact.name, isAdded: fact.isAdded, among: known, of: facts.name) else {
                if fact.isAdded, !known.contains(fact.name.text) { model.groups.append(fact) }
                continue
            }
            merge(fact.elements, into: &model.groups[index].elements, of: fact.name.text)
        }
    }

    /// Where a fact belongs; nil when there is no such place, which is as it should be for what is added.
    private mutating func place(
        of name: Token, isAdded: Bool, among known: [String], of whole: String
    ) -> Int? {
        let index = known.firstIndex(of: name.text)
        if isAdded, index != nil {
            report(.factUnknown, at: name.location, "`\(name.text)` is in \(whole) already: leave out `add`")
            return nil
        }
        if !isAdded, index == nil {
            let near = nearest(name.text, among: known).map { ": did you mean `\($0)`?" } ?? ""
            report(.factUnknown, at: name.location, "`\(name.text)` is not in \(whole)\(near)")
        }
        return index
    }

    // MARK: Elements

    private mutating func merge(
        _ facts: [ElementSource], into elements: inout [ElementSource], of whole: String
    ) {
        for fact in facts {
            let known = elements.map(\.localName)
            let name = Token(.word, fact.localName, at: fact.name.location, to: fact.name.end, gap: .none)
            guard let index = place(of: name, isAdded: fact.isAdded, among: known, of: whole) else {
                if fact.isAdded, !known.contains(fact.localName) { add(fact, to: &elements, of: whole) }
                continue
            }
            if fact.correction.isDropped {
                elements.remove(at: index)
            } else {
                merge(fact, into: &elements[index])
            }
        }
    }

    /// Adds an element where the schema has it.
    private mutating func add(
        _ fact: ElementSource, to elements: inout [ElementSource], of whole: String
    ) {
        guard let next = fact.correction.before else { return elements.append(fact) }
        let known = elements.map(\.localName)
        guard let index = place(of: next, isAdded: false, among: known, of: whole) else { return }
        elements.insert(fact, at: index)
    }

    private mutating func merge(_ fact: ElementSource, into element: inout ElementSource) {
        guard fact.saysAnything else {
            return report(.factEmpty, at: fact.name.location, "this says nothing of `\(fact.localName)`")
        }
        if let form = fact.form {
            element.form = form
            if !form.hasMembersOfItsOwn { element.members = [] }
            if case .child = form { element.isReadOnly = false }
            element.discriminator = nil
            // What the form names is looked up, and reported, where it is written.
            element.statement = fact.statement
        }
        element.take(fact)
        guard !fact.members.isEmpty else { return }
        switch element.form {
        case .group, .leaf: merge(fact.members, into: &element.members, of: element.localName)
        case .like(let group):
            report(
                .factUnknown, at: fact.name.location,
                "the members of `\(element.localName)` are those of the group `\(group.text)`: say it there")
        default:
            report(
                .factUnknown, at: fact.name.location, "`\(element.localName)` has no members of its own")
        }
    }
}

extension ElementSource.Form {
    fileprivate var hasMembersOfItsOwn: Bool {
        switch self {
        case .leaf, .group: true
        default: false
        }
    }
}

extension ElementSource {
    fileprivate var saysAnything: Bool {
        form != nil || !members.isEmpty || isRequired || isIncomplete || spelling != .standard || empty != nil
            || unknown != nil || entiteittype != nil || isKerngegeven || isMetagegeven || isAnswerOnly
            || isReadOnly || setBy != nil || reference != nil || sizeOf != nil || discriminator != nil
            || !identifiers.isEmpty || !columns.isEmpty || isPadded
            || correction.isAny
    }

    /// Adds what a fact says, and takes back what it denies.
    fileprivate mutating func take(_ fact: ElementSource) {
        isRequired = (isRequired || fact.isRequired) && !fact.correction.isOptional
        isIncomplete = (isIncomplete || fact.isIncomplete) && !fact.correction.isComplete
        isReadOnly = (isReadOnly || fact.isReadOnly) && !fact.correction.isWritable
        isRepeat = fact.correction.isRepeat ?? isRepeat
        isKerngegeven = isKerngegeven || fact.isKerngegeven
        isMetagegeven = isMetagegeven || fact.isMetagegeven
        isAnswerOnly = isAnswerOnly || fact.isAnswerOnly
        if fact.spelling != .standard { spelling = fact.spelling }
        empty = fact.empty ?? empty
        unknown = fact.unknown ?? unknown
        if fact.entiteittype != nil { (entiteittype, role) = (fact.entiteittype, fact.role) }
        setBy = fact.setBy ?? setBy
        reference = fact.reference ?? reference
        sizeOf = fact.sizeOf ?? sizeOf
        if !fact.columns.isEmpty { columns = fact.columns }
        isPadded = isPadded || fact.isPadded
        discriminator = fact.discriminator ?? discriminator
        if !fact.identifiers.isEmpty { (identifiers, otherwise) = (fact.identifiers, fact.otherwise) }
    }
}

extension Correction {
    fileprivate var isAny: Bool {
        isRepeat != nil || isOptional || isComplete || isWritable || isDropped
    }
}

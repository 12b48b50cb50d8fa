import Diagnostics
import Language
import Model
import Record

/// Finds what is wrong with a mapping whose paths are all known. Every problem is reported; the order is the
/// reader's.
struct Checker {
    private(set) var findings: [Finding] = []
    /// Whether every rule of the file could be resolved; else what none fills may be filled by one that is
    /// broken.
    let isWhole: Bool

    private init(isWhole: Bool) { self.isWhole = isWhole }

    static func check(_ mapping: ResolvedMapping, isWhole: Bool) -> [Finding] {
        var checker = Checker(isWhole: isWhole)
        let scopes = Sides(left: Scope(mapping.legacy), right: Scope(mapping.api))
        checker.check(mapping.steps)
        for direction in Direction.allCases { checker.checkTargets(mapping.steps, direction) }
        checker.checkRequired(mapping.steps, scopes.right, at: mapping.location)
        checker.checkIgnored(mapping)
        return checker.findings
    }

    mutating func report(
        _ code: Code, at location: SourceLocation, _ text: String, correction: String? = nil,
        severity: Finding.Severity = .error
    ) {
        findings.append(Finding(code, at: location, text, correction: correction, severity: severity))
    }

    private mutating func check(_ steps: [Step]) {
        for direction in Direction.allCases { checkSelections(steps, direction) }
        for step in steps {
            switch step {
            case .value(let value): checkTypes(value)
            case .group(let group): check(group.body)
            case .items(let items): check(items.body)
            case .choice(let choice):
                checkBranches(choice)
                for branch in choice.branches { check(branch.body) }
            }
        }
    }

    // MARK: One rule for one target

    /// What writes each target of one record or item; rules in different branches of a choice never meet.
    private mutating func checkTargets(_ steps: [Step], _ direction: Direction) {
        var owners: [String: SourceLocation] = [:]
        collectTargets(steps, direction, into: &owners)
    }

    private mutating func collectTargets(
        _ steps: [Step], _ direction: Direction, into owners: inout [String: SourceLocation]
    ) {
        for step in steps where step.head.isAsked(direction) {
            switch step {
            case .value(let value):
                // Of a question other rules write the place than of a change.
                if value.condition?.tests.contains(where: { $0.comparison == .isQuestion }) == true {
                    continue
                }
                let item = value.target(direction)?.item
                for place in value.targets(direction) { claim(place, value.head, &owners, item: item) }
            case .group(let group): collectTargets(group.body, direction, into: &owners)
            case .items(let items):
                let written = items.sides.written(direction)
                guard written.isRepeat else {
                    collectTargets(items.body, direction, into: &owners)
                    continue
                }
                var own: [String: SourceLocation] = [:]
                for (place, _) in written.condition?.equalities ?? [] { claim(place, items.head, &own) }
                collectTargets(items.body, direction, into: &own)
            case .choice(let choice): collectTargets(choice, direction, into: &owners)
            }
        }
    }

    private mutating func collectTargets(
        _ choice: ChoiceStep, _ direction: Direction, into owners: inout [String: SourceLocation]
    ) {
        var all: [String: SourceLocation] = [:]
        for branch in choice.branches where branch.head.isAsked(direction) {
            var own = owners
            for (place, _) in branch.sides.written(direction).equalities { claim(place, branch.head, &own) }
            collectTargets(branch.body, direction, into: &own)
            all.merge(own) { first, _ in first }
        }
        owners.merge(all) { first, _ in first }
    }

    /// - Parameter item: which item of a repeat the place is in; rules of different items do not meet.
    private mutating func claim(
        _ place: NodePlace, _ head: Head, _ owners: inout [String: SourceLocation], item: String? = nil
    ) {
        let some = "\(place.path)["
        let name = item.map { "\(some)\($0)]" } ?? place.path
        guard let owner = owners[name] ?? owners[item == nil ? some : place.path] else {
            owners[name] = head.location
            if item != nil { owners[some] = head.location }
            return
        }
        report(
            .twoRules, at: head.location,
            "`\(place.path)` is written by the rule of line \(owner.line) already: "
                + "keep one, or make them branches of a `choice`")
    }

    // MARK: Nothing required is left open

    /// What the rules of one object or item do for a required property.
    private enum Filling: Int {
        case never, perhaps, always
    }

    private mutating func checkRequired(_ steps: [Step], _ scope: Scope, at location: SourceLocation) {
        for element in scope.members where isNeeded(element) {
            let path = scope.join(scope.path, element.name)
            let (filling, rule) = filling(of: path, scope.entity.separator, steps)
            switch filling {
            case .always: continue
            case .never:
                guard isWhole else { continue }
                report(
                    .requiredUnfilled, at: location,
                    "\(scope.name) needs `\(element.name)`, and no rule fills it")
            case .perhaps:
                guard let rule else { continue }
                reportOptional(rule, scope, element)
            }
        }
        checkBlocks(steps)
    }

    /// An element that its side refuses to be without. What is `empty ""` there, may be empty; what the API
    /// sets itself, no rule needs to.
    private func isNeeded(_ element: Element) -> Bool {
        guard element.isRequired, element.type.empty == nil else { return false }
        guard let facts = element.api else { return true }
        return !facts.isReadOnly && facts.setBy == nil && facts.sizeOf == nil && facts.variants.isEmpty
    }

    private mutating func checkBlocks(_ steps: [Step]) {
        for step in steps where step.head.isAsked(.up) {
            switch step {
            case .value: continue
            case .group(let group):
                guard group.sides.right != nil else {
                    checkBlocks(group.body)
                    continue
                }
                checkRequired(group.body, group.scopes.right, at: group.head.location)
            case .items(let items):
                checkRequired(items.body + selected(items), items.sides.right.scope, at: items.head.location)
            case .choice(let choice): for branch in choice.branches { checkBlocks(branch.body) }
            }
        }
    }

    /// The equalities of a selection, as rules.
    private func selected(_ items: ItemsStep) -> [Step] {
        let scope = items.sides.right.scope
        return (items.sides.right.condition?.equalities ?? []).map { place, value in
            .value(
                ValueStep(
                    head: items.head,
                    sides: Sides(
                        left: Operand(terms: [.constant(value)], location: items.head.location, text: value),
                        right: Operand(
                            terms: [.node(place)], location: items.head.location, text: place.element.name)),
                    converter: nil, condition: nil, scopes: Sides(left: scope, right: scope)))
        }
    }

    private func filling(
        of path: String, _ separator: Character, _ steps: [Step]
    ) -> (Filling, Head?) {
        var best: (filling: Filling, head: Head?) = (.never, nil)
        for step in steps where step.head.isAsked(.up) {
            let (filling, head) = filling(of: path, separator, by: step)
            if filling.rawValue > best.filling.rawValue { best = (filling, head) }
        }
        return best
    }

    private func filling(of path: String, _ separator: Character, by step: Step) -> (Filling, Head?) {
        switch step {
        case .value(let value):
            guard let target = value.target(.up)?.place, isWithin(target.path, path, separator) else {
                return (.never, nil)
            }
            guard value.condition == nil, !step.head.isLeaky else { return (.perhaps, value.head) }
            return (step.head.isMust || isCertain(value.sides.left) ? .always : .perhaps, value.head)
        case .group(let group):
            if group.sides.right?.path == path { return (isCertain(group) ? .always : .perhaps, group.head) }
            let (inner, head) = filling(of: path, separator, group.body)
            return (isCertain(group) || inner == .never ? inner : .perhaps, head)
        case .items(let items):
            guard items.sides.right.place.path == path else { return (.never, nil) }
            return (items.head.isMust ? .always : .perhaps, items.head)
        case .choice(let choice): return filling(of: path, separator, by: choice)
        }
    }

    private func filling(of path: String, _ separator: Character, by choice: ChoiceStep) -> (Filling, Head?) {
        let fillings = choice.branches.filter { $0.head.isAsked(.up) }.map { branch -> Filling in
            let isWritten = branch.sides.right.equalities.contains {
                isWithin($0.place.path, path, separator)
            }
            return isWritten ? .always : filling(of: path, separator, branch.body).0
        }
        guard let best = fillings.map(\.rawValue).max(), best > 0 else { return (.never, nil) }
        // A choice that fills what is required never ends without a branch: the item is left out, or it
        // fails.
        let isEvery = fillings.allSatisfy { $0 == .always } && choice.fillsRequired.right
        return (isEvery ? .always : .perhaps, choice.head)
    }

    private func isWithin(_ path: String, _ holder: String, _ separator: Character) -> Bool {
        path == holder || path.hasPrefix("\(holder)\(separator)")
    }

    private func isCertain(_ group: GroupStep) -> Bool {
        group.head.isMust || group.sides.left.map(\.element.isRequired) ?? true
    }

    /// Whether a value is there whenever the object or item that holds it is.
    private func isCertain(_ operand: Operand) -> Bool {
        operand.terms.contains { term in
            switch term {
            case .constant: true
            case .context(let place): place == .ontvangen
            case .node(let place): place.element.isRequired
            case .picked: false
            case .tuple(let members): members.contains(where: isCertain)
            }
        }
    }

    private mutating func reportOptional(_ head: Head, _ scope: Scope, _ element: Element) {
        let line = head.statement.line
        let isRule = head.statement.tokens.contains { $0.kind.isArrow }
        report(
            .requiredUnfilled, at: head.location,
            "\(scope.name) needs `\(element.name)`, which may be absent here: "
                + "write `must`, or give an alternative",
            correction: isRule && !head.isMust ? "must \(line)" : nil)
    }

    // MARK: Ignored

    private mutating func checkIgnored(_ mapping: ResolvedMapping) {
        let separator = mapping.legacy.separator
        let read = Compiler.compile(mapping, .up).readPaths
        for ignored in mapping.ignored {
            guard let path = read.sorted().first(where: { isWithin($0, ignored.path, separator) }) else {
                continue
            }
            report(.ignoredAndMapped, at: ignored.location, "`\(path)` is ignored here and mapped as well")
        }
        let written = Set(Compiler.compile(mapping, .down).lineages.map(\.target))
        for kept in mapping.kept {
            if read.contains(kept.path) || written.contains(kept.path) {
                report(.ignoredAndMapped, at: kept.location, "`\(kept.path)` is kept here and mapped as well")
            }
            let other = mapping.ignored.first { isWithin(kept.path, $0.path, separator) }
            guard let other else { continue }
            report(
                .ignoredAndMapped, at: kept.location,
                "`\(kept.path)` is kept here and ignored on line \(other.location.line)")
        }
    }
}

extension Head {
    /// Whether its target may stay unwritten although its source has a value.
    fileprivate var isLeaky: Bool { otherwise == .omit || otherwise == .clear }
}

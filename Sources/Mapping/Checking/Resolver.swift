import Diagnostics
import Language
import Model
import Record

/// Looks up every name of a mapping file: entities, paths, fragments and tables of codes. Fragments are
/// written out where they are used, so that each is typed anew.
struct Resolver {
    let models: Models
    let codes: [String: CodeTable]
    let fragments: [String: FragmentSyntax]
    private(set) var findings: [Finding] = []
    private(set) var ignored: [ResolvedMapping.Ignored] = []
    private(set) var kept: [ResolvedMapping.Kept] = []
    /// Where the names stand that some rule uses.
    private(set) var used: Set<SourceLocation> = []
    private var openFragments: [String] = []
    /// Fragments within fragments could double at every level.
    private var uses = 0
    private static let useLimit = 10_000
    /// The texts that the fragment's parameters stand for, where it is used now.
    private(set) var parameters: [String: String] = [:]

    init(models: Models, codes: [String: CodeTable], fragments: [String: FragmentSyntax]) {
        self.models = models
        self.codes = codes
        self.fragments = fragments
    }

    mutating func report(_ code: Code, at location: SourceLocation, _ text: String, correction: String? = nil)
    {
        findings.append(Finding(code, at: location, text, correction: correction))
    }

    /// Of a file with more problems than anyone reads the rest is not looked at.
    private var isFull: Bool { findings.count >= Self.findingLimit }
    private static let findingLimit = 1_000

    mutating func add(_ finding: Finding) { findings.append(finding) }

    /// Nil when one of the sides is unknown: nothing else can be said then.
    mutating func resolve(_ syntax: MappingSyntax) -> ResolvedMapping? {
        guard let legacy = entity(syntax.legacy, syntax.statement),
            let api = entity(syntax.api, syntax.statement)
        else { return nil }
        let steps = resolve(syntax.body, Sides(left: Scope(legacy), right: Scope(api)), .both)
        return ResolvedMapping(
            name: syntax.name, location: syntax.statement.location, legacy: legacy, api: api, steps: steps,
            ignored: ignored, kept: kept)
    }

    private mutating func entity(_ token: Token, _ statement: Statement) -> Entity? {
        if let entity = models.entity(token.text) { return entity }
        findings.append(
            statement.unknown(
                token, "an entity or resource of any model", among: models.entityNames, code: .entityUnknown))
        return nil
    }

    // MARK: Bodies

    mutating func resolve(
        _ body: [BodySyntax], _ scopes: Sides<Scope>, _ directions: Directions
    ) -> [Step] {
        body.flatMap { part -> [Step] in
            guard !isFull else { return [] }
            return switch part {
            case .rule(let rule): resolve(rule, scopes, directions).map { [$0] } ?? []
            case .choice(let choice): [resolve(choice, scopes, directions)]
            case .use(let use): resolve(use, scopes, directions)
            case .ignore(let ignore): resolve(ignore, scopes)
            case .drop(let drop): misplaced(drop)
            }
        }
    }

    private mutating func resolve(_ ignore: IgnoreSyntax, _ scopes: Sides<Scope>) -> [Step] {
        for path in ignore.paths {
            let steps = path.segments.map(\.path).joined(separator: String(scopes.left.entity.separator))
            let isKnown = Resolution.of(
                steps, among: scopes.left.members, separator: scopes.left.entity.separator)
            if case .unknown(let step, let nearest) = isKnown {
                reportUnknown(step, nearest, in: scopes.left, path.token, ignore.statement)
                continue
            }
            guard !ignore.isKept else {
                keep(path, steps, scopes.left, ignore.reason)
                continue
            }
            ignored.append(
                .init(
                    path: scopes.left.join(scopes.left.path, steps), reason: ignore.reason,
                    location: path.token.location))
        }
        return []
    }

    /// What is kept is told by its path alone: there is no telling the items of a repeat apart in another form.
    private mutating func keep(_ path: PathSyntax, _ steps: String, _ scope: Scope, _ reason: String) {
        guard scope.outer == nil, case .found(let place) = scope.find(steps), !place.element.isRepeat,
            !place.element.isGroup, place.type.base != .content
        else {
            return report(
                .repeatMismatch, at: path.token.location,
                "`keep` is for single values of the object itself, and `\(path.text)` is none")
        }
        kept.append(
            .init(path: place.path, node: place.node, reason: reason, location: path.token.location))
    }

    private mutating func misplaced(_ drop: DropSyntax) -> [Step] {
        report(
            .dropMisplaced, at: drop.statement.location,
            "`drop` stands in an overlay, or in the block behind a `use`; here the rule itself can go")
        return []
    }

    mutating func resolve(
        _ use: UseSyntax, _ scopes: Sides<Scope>, _ directions: Directions
    ) -> [Step] {
        guard let fragment = fragments[use.name.text] else {
            findings.append(
                use.statement.unknown(
                    use.name, "a fragment of this file", among: fragments.keys.sorted(),
                    code: .fragmentUnknown))
            return []
        }
        used.insert(fragment.name.location)
        guard !openFragments.contains(use.name.text) else {
            report(.fragmentRecursive, at: use.name.location, "fragment `\(use.name.text)` uses itself")
            return []
        }
        uses += 1
        guard uses <= Self.useLimit else {
            let text = "fragments are written out more than \(Self.useLimit) times"
            if uses == Self.useLimit + 1 { report(.fragmentRecursive, at: use.name.location, text) }
            return []
        }
        guard fragment.parameters.count == use.arguments.count else {
            report(
                .fragmentArguments, at: use.name.location,
                "`\(use.name.text)` needs \(fragment.parameters.count) texts, not \(use.arguments.count)")
            return []
        }
        // The extra rules see the parameters of where they stand.
        var body = fragment.body.filter { !isReplaced($0, by: use.extra) }
        var overlaying = Overlaying()
        var added: [BodySyntax] = []
        for part in use.extra {
            guard case .drop(let drop) = part else {
                added.append(part)
                continue
            }
            for path in drop.paths { overlaying.drop(path, drop, from: &body) }
        }
        findings += overlaying.findings
        let extra = resolve(added, scopes, directions)
        let outer = parameters
        parameters = Dictionary(
            zip(fragment.parameters.map(\.text), use.arguments.map(\.text)),
            uniquingKeysWith: { first, _ in first })
        openFragments.append(use.name.text)
        let own = resolve(body, scopes, directions)
        openFragments.removeLast()
        parameters = outer
        return own + extra
    }

    /// Whether a rule behind `use` takes this one's place: it has the same target, or it is a choice of the
    /// same name.
    private func isReplaced(_ part: BodySyntax, by extra: [BodySyntax]) -> Bool {
        extra.contains { other in
            switch (part, other) {
            case (.rule(let rule), .rule(let new)): haveOneTarget(rule, new)
            case (.choice(let choice), .choice(let new)): choice.name == new.name
            default: false
            }
        }
    }

    private func haveOneTarget(_ rule: RuleSyntax, _ other: RuleSyntax) -> Bool {
        let shared = Directions(rule.arrow).intersection(Directions(other.arrow))
        return shared.contains(.up) && rule.right.text == other.right.text
            || shared.contains(.down) && rule.left.text == other.left.text
    }

    private mutating func resolve(
        _ choice: ChoiceSyntax, _ scopes: Sides<Scope>, _ directions: Directions
    ) -> Step {
        let branches = choice.branches.map { branch in
            let own = directions.intersection(Directions(branch.arrow))
            return ChoiceStep.Branch(
                head: Head(
                    location: branch.statement.location, directions: own, statement: branch.statement),
                sides: Sides(
                    left: resolve(branch.left, scopes.left), right: resolve(branch.right, scopes.right)),
                body: resolve(branch.body, scopes, own))
        }
        var head = Head(
            location: choice.statement.location, directions: directions, statement: choice.statement)
        set(choice.otherwise, of: &head)
        reportClearing(choice.otherwise)
        let fills = Direction.allCases.map { direction in
            fillsRequired(branches, scopes.written(direction), direction)
        }
        return .choice(
            ChoiceStep(
                head: head, name: choice.name, branches: branches, scopes: scopes,
                fillsRequired: Sides(left: fills[1], right: fills[0])))
    }

    private func fillsRequired(
        _ branches: [ChoiceStep.Branch], _ scope: Scope, _ direction: Direction
    ) -> Bool {
        branches.contains { branch in
            branch.sides.written(direction).equalities.contains { equality in
                equality.place.element.isRequired && scope.members.contains { $0 === equality.place.element }
            }
        }
    }

    // MARK: Rules

    private func set(_ otherwise: ElseSyntax?, of head: inout Head) {
        guard let otherwise else { return }
        head.hasElse = true
        switch otherwise.kind {
        case .fail: head.otherwise = .fail
        case .omit: head.otherwise = .omit
        case .none: head.otherwise = .clear
        case .constant(let text): head.otherwise = .constant(text)
        }
    }

    private mutating func resolve(_ rule: RuleSyntax, _ scopes: Sides<Scope>, _ directions: Directions)
        -> Step?
    {
        let own = Directions(rule.arrow).intersection(directions)
        guard !own.isEmpty else {
            report(
                .oneWayOnly, at: rule.arrow.location,
                "`\(rule.arrow.text)` never runs: the block around it is read the other way only")
            return nil
        }
        var head = Head(
            location: rule.location, directions: own, isKey: rule.isKey, isMust: rule.isMust || rule.isKey,
            statement: rule.statement)
        set(rule.otherwise, of: &head)
        let isBlock = rule.block != nil || rule.use != nil || isStarred(rule.left) || isStarred(rule.right)
        if isBlock || head.isMust { reportClearing(rule.otherwise) }
        return isBlock ? resolveBlock(rule, head, scopes) : resolveValue(rule, head, scopes)
    }

    /// `else none` where there is no one value that may go.
    private mutating func reportClearing(_ otherwise: ElseSyntax?) {
        guard let otherwise, case .none = otherwise.kind else { return }
        report(
            .blockMisplaced, at: otherwise.token.location,
            "`else none` clears one value that need not be there; write `else omit` for a block, a choice or a `must`"
        )
    }

    private func isStarred(_ place: PlaceSyntax) -> Bool {
        guard place.terms.count == 1, case .path(let path) = place.terms[0] else { return false }
        return path.segments.last?.isRepeat == true
    }

    private mutating func resolveValue(_ rule: RuleSyntax, _ head: Head, _ scopes: Sides<Scope>) -> Step? {
        let left = resolve(rule.left, scopes.left, rule.statement)
        let right = resolve(rule.right, scopes.right, rule.statement)
        let converter = rule.converter.flatMap { resolve($0, rule.statement) }
        var condition: Condition?
        if let syntax = rule.condition {
            if head.directions == .both {
                report(
                    .oneWayOnly, at: syntax.location,
                    "`when` stands on one-way rules; write a `choice` for both ways")
            } else {
                condition = resolve(syntax, head.directions == .up ? scopes.left : scopes.right)
            }
        }
        guard var left, var right, (converter == nil) == (rule.converter == nil) else { return nil }
        if case .derive = converter, head.directions != .both {
            // One place is a tuple of one.
            if head.directions == .up { left = left.asTuple } else { right = right.asTuple }
        }
        return .value(
            ValueStep(
                head: head, sides: Sides(left: left, right: right), converter: converter,
                condition: condition,
                scopes: scopes))
    }

    mutating func resolve(_ converter: ConverterSyntax, _ statement: Statement) -> Converter? {
        let (name, arguments) = (converter.name.text, converter.arguments)
        if name == "codes", let argument = arguments.first {
            guard let table = codes[argument.text] else {
                findings.append(
                    statement.unknown(
                        argument, "a table of codes of this file", among: codes.keys.sorted(),
                        code: .codesUnknown))
                return nil
            }
            used.insert(table.location)
            return .codes(table)
        }
        if let known = ConverterFact.read(name, arguments) { return known }
        if name == "derive", let argument = arguments.first {
            findings.append(
                statement.unknown(
                    argument, "a function", among: Derivation.all.map(\.name), code: .deriveUnknown))
        } else {
            report(
                .converterMisused, at: converter.name.location,
                "`\(converter.text)` is no converter: use \(ConverterFact.forms)")
        }
        return nil
    }
}

extension Operand {
    fileprivate var asTuple: Operand {
        if terms.count == 1, case .tuple = terms[0] { return self }
        return Operand(terms: [.tuple([self])], location: location, text: text)
    }
}

import Diagnostics
import Language

/// Applies what an overlay says to the rules of a mapping: replaces, drops, adds. A block whose two places are
/// those of a block that is there is opened: what stands in it is applied to the other's rules.
struct Overlaying {
    private(set) var findings: [Finding] = []

    mutating func apply(_ changes: [BodySyntax], to body: [BodySyntax]) -> [BodySyntax] {
        var body = body
        for change in changes {
            switch change {
            case .drop(let drop): for path in drop.paths { self.drop(path, drop, from: &body) }
            case .rule(let rule): apply(rule, to: &body)
            case .choice(let choice):
                replace(in: &body, by: change) { other in
                    if case .choice(let twin) = other { twin.name == choice.name } else { false }
                }
            case .use(let use):
                replace(in: &body, by: change) { other in
                    if case .use(let twin) = other { twin.name.text == use.name.text } else { false }
                }
            case .ignore(let ignore):
                if ignore.isKept { body = body.compactMap { Self.part($0, without: ignore.paths) } }
                body.append(change)
            }
        }
        return body
    }

    /// What is kept is not ignored any more; nil when nothing else is named.
    private static func part(_ part: BodySyntax, without paths: [PathSyntax]) -> BodySyntax? {
        guard case .ignore(var ignore) = part, !ignore.isKept else { return part }
        let names = Set(paths.map { RuleName($0) })
        ignore.paths.removeAll { names.contains(RuleName($0)) }
        return ignore.paths.isEmpty ? nil : .ignore(ignore)
    }

    private func replace(
        in body: inout [BodySyntax], by change: BodySyntax, where isTwin: (BodySyntax) -> Bool
    ) {
        guard let index = body.firstIndex(where: isTwin) else { return body.append(change) }
        body[index] = change
    }

    /// Removes what the path names, and reports when nothing is.
    mutating func drop(_ path: PathSyntax, _ drop: DropSyntax, from body: inout [BodySyntax]) {
        let name = RuleName(path)
        let count = body.count
        let known = body.compactMap { RuleName($0)?.path }
        body.removeAll { RuleName($0).map(name.covers) ?? false }
        guard body.count == count else { return }
        findings.append(
            drop.statement.unknown(
                path.token, "the left place of a rule here, or the name of a choice", among: known,
                code: .overlayUntouched))
    }

    // MARK: Rules

    private mutating func apply(_ rule: RuleSyntax, to body: inout [BodySyntax]) {
        if rule.use == nil, rule.block != nil, let index = body.firstIndex(where: { isOpened($0, by: rule) })
        {
            if case .rule(let base) = body[index] { body[index] = .rule(opened(base, by: rule)) }
            return
        }
        var place = body.endIndex
        var rest: [BodySyntax] = []
        for (index, part) in body.enumerated() {
            guard case .rule(let base) = part, RuleName(base) == RuleName(rule),
                !Directions(base.arrow).isDisjoint(with: Directions(rule.arrow))
            else {
                rest.append(part)
                continue
            }
            place = min(place, rest.count)
            _ = index
            if let half = base.without(Directions(rule.arrow)) { rest.append(.rule(half)) }
        }
        rest.insert(.rule(rule), at: min(place, rest.endIndex))
        body = rest
    }

    private func isOpened(_ part: BodySyntax, by rule: RuleSyntax) -> Bool {
        guard case .rule(let base) = part, base.block != nil || base.use != nil else { return false }
        return base.left.text == rule.left.text && base.right.text == rule.right.text
            && Directions(base.arrow) == Directions(rule.arrow)
    }

    private mutating func opened(_ base: RuleSyntax, by rule: RuleSyntax) -> RuleSyntax {
        var opened = base
        if rule.isMust { opened.isMust = true }
        if let otherwise = rule.otherwise { opened.otherwise = otherwise }
        if let block = base.block { opened.block = apply(rule.block ?? [], to: block) }
        // What stands behind a `use` changes the fragment's rules where it is written out.
        if var use = base.use {
            let names = Set((rule.block ?? []).compactMap { RuleName($0) })
            use.extra.removeAll { RuleName($0).map(names.contains) ?? false }
            use.extra += rule.block ?? []
            opened.use = use
        }
        return opened
    }
}

extension RuleSyntax {
    /// The rule as it is read in the other directions only; nil when there are none.
    func without(_ directions: Directions) -> RuleSyntax? {
        let rest = Directions(arrow).subtracting(directions)
        guard !rest.isEmpty else { return nil }
        var half = self
        half.arrow.kind = rest == .up ? .up : .down
        half.arrow.text = half.arrow.kind.rawValue
        return half
    }
}

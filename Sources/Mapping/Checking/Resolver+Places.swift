import Diagnostics
import Language
import Model
import Record

/// Places and conditions.
extension Resolver {
    mutating func reportUnknown(
        _ step: String, _ nearest: String?, in scope: Scope, _ token: Token, _ statement: Statement
    ) {
        let what = "`\(step)` is not in \(scope.name)"
        guard let nearest else { return report(.placeUnknown, at: token.location, what) }
        let marks: Set<Character> = ["/", ".", "*"]
        var corrected = token.text
        if let range = corrected.ranges(of: step).first(where: { range in
            let before =
                range.lowerBound == corrected.startIndex
                ? nil : corrected[corrected.index(before: range.lowerBound)]
            let after = range.upperBound == corrected.endIndex ? nil : corrected[range.upperBound]
            return [before, after].allSatisfy { $0.map(marks.contains) ?? true }
        }) {
            corrected.replaceSubrange(range, with: nearest)
        }
        report(
            .placeUnknown, at: token.location, "\(what): did you mean `\(nearest)`?",
            correction: statement.line(replacing: token, with: corrected))
    }

    /// The place that a segment of a path names, its `*` compared with the model.
    mutating func find(
        _ segment: PathSyntax.Segment, levels: Int, _ scope: Scope, _ statement: Statement
    ) -> NodePlace? {
        switch scope.find(segment.path, levels: levels) {
        case .unknown(let step, let nearest):
            reportUnknown(step, nearest, in: scope, segment.token, statement)
        case .throughRepeat(let name):
            report(
                .repeatMismatch, at: segment.token.location,
                "`\(name)` may occur more than once: write a block for `\(name)*`, or `first \(name)*…`")
        case .found(let place):
            if place.element.isRepeat, segment.path != ".", !segment.isRepeat {
                let starred = segment.token.text + "*"
                report(
                    .repeatMismatch, at: segment.token.location,
                    "`\(place.element.name)` may occur more than once: write `\(place.element.name)*`",
                    correction: statement.line(replacing: segment.token, with: starred))
                return nil
            }
            if !place.element.isRepeat, segment.isRepeat {
                report(
                    .repeatMismatch, at: segment.token.location,
                    "`\(place.element.name)` may occur once only: write it without `*`",
                    correction: segment.token.text.hasSuffix("*")
                        ? statement.line(
                            replacing: segment.token, with: String(segment.token.text.dropLast())) : nil)
                return nil
            }
            return place
        }
        return nil
    }

    mutating func resolve(_ place: PlaceSyntax, _ scope: Scope, _ statement: Statement) -> Operand? {
        var terms: [Term] = []
        for term in place.terms {
            guard let resolved = resolve(term, scope, statement) else { continue }
            terms.append(resolved)
        }
        guard terms.count == place.terms.count else { return nil }
        return Operand(terms: terms, location: place.location, text: place.text)
    }

    private mutating func resolve(_ term: TermSyntax, _ scope: Scope, _ statement: Statement) -> Term? {
        switch term {
        case .constant(let token): return .constant(token.text)
        case .tuple(let members, _):
            let operands = members.compactMap { resolve($0, scope, statement) }
            return operands.count == members.count ? .tuple(operands) : nil
        case .path(let path):
            if let plain = path.plain, let text = parameters[plain] { return .constant(text) }
            if let context = Context.Place(rawValue: path.token.text) { return .context(context) }
            return resolve(path, scope, statement)
        }
    }

    private mutating func resolve(_ path: PathSyntax, _ scope: Scope, _ statement: Statement) -> Term? {
        guard let scope = leave(path.levels, scope, path) else { return nil }
        if isUnknownContext(path, scope) {
            add(
                statement.unknown(
                    path.token, "a place of the context", among: Context.Place.allCases.map(\.rawValue),
                    code: .contextUnknown))
            return nil
        }
        guard let first = find(path.segments[0], levels: path.levels, scope, statement) else { return nil }
        guard path.segments.count > 1 else {
            guard !first.element.isGroup else {
                report(
                    .blockMisplaced, at: path.token.location,
                    "`\(path.text)` is a group: write `{ … }` behind the rule")
                return nil
            }
            return .node(first)
        }
        guard path.segments.count == 2, path.isFirst, !path.segments[1].isRepeat else {
            report(
                .repeatMismatch, at: path.token.location,
                "`\(first.element.name)` may occur more than once: write `first \(path.text)`, or a block")
            return nil
        }
        let items = scope.items(first)
        guard let inner = find(path.segments[1], levels: 0, items, statement) else { return nil }
        let condition = path.segments[0].selection.map { resolve($0, items) }
        return .picked(Term.Picked(collection: first, condition: condition, inner: inner))
    }

    private func isUnknownContext(_ path: PathSyntax, _ scope: Scope) -> Bool {
        guard path.token.text.hasPrefix("@") else { return false }
        let first =
            path.segments[0].path.split(separator: scope.entity.separator).first.map(String.init) ?? ""
        return !scope.members.contains { $0.name == first }
    }

    private mutating func leave(_ levels: Int, _ scope: Scope, _ path: PathSyntax) -> Scope? {
        var scope = scope
        for _ in 0..<levels {
            guard let outer = scope.outer else {
                report(
                    .placeUnknown, at: path.token.location,
                    "`../` leaves the object: it is not inside that many items")
                return nil
            }
            scope = outer
        }
        return scope
    }

    mutating func resolve(_ condition: ConditionSyntax, _ scope: Scope) -> Condition {
        let tests = condition.tests.compactMap { resolve($0, scope) }
        return Condition(tests: tests, location: condition.location, text: condition.text)
    }

    private mutating func resolve(_ test: ConditionSyntax.Test, _ scope: Scope) -> Condition.Test? {
        var places: [NodePlace] = []
        for term in test.place.terms {
            guard case .path(let path) = term else {
                report(.blockMisplaced, at: test.place.location, "a test asks for a place, not for a text")
                return nil
            }
            if let comparison = ofContext(path, test) {
                return Condition.Test(isNegated: test.isNegated, places: [], comparison: comparison)
            }
            if path.segments.count == 1, let selection = path.segments[0].selection {
                return itemTest(path, selection, test, scope)
            }
            guard let place = resolveTested(path, scope) else { return nil }
            places.append(place)
        }
        switch test.comparison {
        case .isPresent:
            return Condition.Test(isNegated: test.isNegated, places: places, comparison: .isPresent)
        case .equals(let value): return compare(test, places, [value])
        case .isOneOf(let values): return compare(test, places, values)
        }
    }

    /// What a test of the context compares; nil when the path is none of its places.
    private func ofContext(_ path: PathSyntax, _ test: ConditionSyntax.Test) -> Condition.Comparison? {
        guard test.place.terms.count == 1 else { return nil }
        switch (path.token.text, test.comparison) {
        case ("@nieuw", .isPresent): return .isNew
        case ("@vraag", .isPresent): return .isQuestion
        default: break
        }
        guard let place = Context.Place(rawValue: path.token.text) else { return nil }
        switch test.comparison {
        case .isPresent: return .context(place, [])
        case .equals(let value): return .context(place, [value.text])
        case .isOneOf(let values): return .context(place, values.map(\.text))
        }
    }

    /// `partners*[soort = "H"]`: whether there is such an item.
    private mutating func itemTest(
        _ path: PathSyntax, _ selection: ConditionSyntax, _ test: ConditionSyntax.Test, _ scope: Scope
    ) -> Condition.Test? {
        guard case .isPresent = test.comparison, test.place.terms.count == 1 else {
            report(
                .blockMisplaced, at: test.place.location,
                "a test asks whether there is such an item, and compares it with nothing")
            return nil
        }
        guard let scope = leave(path.levels, scope, path) else { return nil }
        switch scope.find(path.segments[0].path, levels: path.levels) {
        case .found(let place) where place.element.isRepeat:
            let condition = resolve(selection, scope.items(place))
            return Condition.Test(
                isNegated: test.isNegated, places: [place], comparison: .hasItem(condition))
        case .found(let place):
            report(
                .repeatMismatch, at: path.token.location,
                "`\(place.element.name)` may occur once only: test it without `[ ]`")
        case .throughRepeat(let name):
            report(.repeatMismatch, at: path.token.location, "a test cannot look into the items of `\(name)`")
        case .unknown(let step, let nearest):
            let advice = nearest.map { ": did you mean `\($0)`?" } ?? ""
            report(.placeUnknown, at: path.token.location, "`\(step)` is not in \(scope.name)\(advice)")
        }
        return nil
    }

    private mutating func resolveTested(_ path: PathSyntax, _ scope: Scope) -> NodePlace? {
        guard let scope = leave(path.levels, scope, path) else { return nil }
        guard path.segments.count == 1, path.segments[0].selection == nil else {
            report(.repeatMismatch, at: path.token.location, "a test cannot look into the items of a repeat")
            return nil
        }
        switch scope.find(path.segments[0].path, levels: path.levels) {
        case .found(let place): return place
        case .throughRepeat(let name):
            report(.repeatMismatch, at: path.token.location, "a test cannot look into the items of `\(name)`")
        case .unknown(let step, let nearest):
            let what = "`\(step)` is not in \(scope.name)"
            let advice = nearest.map { ": did you mean `\($0)`?" } ?? ""
            report(.placeUnknown, at: path.token.location, what + advice)
        }
        return nil
    }

    private mutating func compare(
        _ test: ConditionSyntax.Test, _ places: [NodePlace], _ values: [Token]
    ) -> Condition.Test? {
        // `.` in a selection is the item, which is one, of an element that repeats.
        guard places.count == 1, let place = places.first,
            !place.element.isRepeat || test.place.text == "."
        else {
            report(.blockMisplaced, at: test.place.location, "one place is compared, not several")
            return nil
        }
        var canonical: [String] = []
        for token in values {
            let text = parameters[token.text].flatMap { token.kind == .word ? $0 : nil } ?? token.text
            guard let value = Canonical.value(text, of: place.type) else {
                let near = suggestion(for: text, among: place.type.enumeration)
                report(
                    .constantInvalid, at: token.location,
                    "`\(place.element.name)` cannot hold \"\(text)\"\(near)")
                return nil
            }
            canonical.append(value)
        }
        return Condition.Test(isNegated: test.isNegated, places: places, comparison: .isOneOf(canonical))
    }
}

import Diagnostics
import Language
import Model
import Record

/// Rules that join groups and repeats.
extension Resolver {
    private enum Side {
        case object(Scope)
        case group(NodePlace, Scope)
        case collection(ItemsStep.Collection)
    }

    mutating func resolveBlock(_ rule: RuleSyntax, _ head: Head, _ scopes: Sides<Scope>) -> Step? {
        let left = resolveSide(rule.left, scopes.left, rule)
        let right = resolveSide(rule.right, scopes.right, rule)
        guard let left, let right else { return nil }
        if rule.converter != nil || rule.condition != nil {
            report(
                .blockMisplaced, at: rule.location,
                "a rule with a block has no `as` or `when`: its members have")
        }
        switch (left, right) {
        case (.collection(let left), .collection(let right)):
            return items(rule, head, Sides(left: left, right: right))
        case (.collection(let left), .group(let place, let scope)):
            return items(rule, head, Sides(left: left, right: single(place, scope)))
        case (.group(let place, let scope), .collection(let right)):
            return items(rule, head, Sides(left: single(place, scope), right: right))
        case (.collection(let collection), .object), (.object, .collection(let collection)):
            report(
                .repeatMismatch, at: rule.location,
                "`\(collection.place.element.name)*` cannot be joined to `.`")
            return nil
        default: return group(rule, head, left, right)
        }
    }

    private func single(_ place: NodePlace, _ scope: Scope) -> ItemsStep.Collection {
        ItemsStep.Collection(place: place, isRepeat: false, isFirst: false, condition: nil, scope: scope)
    }

    private mutating func group(_ rule: RuleSyntax, _ head: Head, _ left: Side, _ right: Side) -> Step? {
        let places = [left, right].map { side -> (place: NodePlace?, scope: Scope?) in
            switch side {
            case .object(let scope): (nil, scope)
            case .group(let place, let scope): (place, scope)
            case .collection: (nil, nil)
            }
        }
        guard let leftScope = places[0].scope, let rightScope = places[1].scope else { return nil }
        let scopes = Sides(left: leftScope, right: rightScope)
        return .group(
            GroupStep(
                head: head, sides: Sides(left: places[0].place, right: places[1].place),
                body: body(of: rule, scopes, head.directions), scopes: scopes))
    }

    private mutating func items(
        _ rule: RuleSyntax, _ head: Head, _ sides: Sides<ItemsStep.Collection>
    ) -> Step? {
        let isOneSided = sides.left.isRepeat != sides.right.isRepeat
        let many = sides.left.isRepeat ? sides.left : sides.right
        if isOneSided, !many.isFirst, many.condition == nil {
            report(
                .repeatMismatch, at: rule.location,
                "`\(many.place.element.name)*` may occur more than once and the other side may not: "
                    + "write `first \(many.place.element.name)*`, or select one")
            return nil
        }
        let areLeaves = [sides.left, sides.right].map { !$0.place.element.isGroup }
        let scopes = Sides(left: sides.left.scope, right: sides.right.scope)
        guard rule.block == nil, rule.use == nil else {
            return .items(ItemsStep(head: head, sides: sides, body: body(of: rule, scopes, head.directions)))
        }
        guard areLeaves == [true, true] else {
            report(
                .blockMisplaced, at: rule.location,
                "the rules of its members are missing: write `{ … }` behind it")
            return nil
        }
        return leafItems(rule, head, sides, scopes)
    }

    /// A repeat of values: each item is its value.
    private mutating func leafItems(
        _ rule: RuleSyntax, _ head: Head, _ sides: Sides<ItemsStep.Collection>, _ scopes: Sides<Scope>
    ) -> Step? {
        let converter = rule.converter.flatMap { resolve($0, rule.statement) }
        guard case .found(let left) = scopes.left.find("."), case .found(let right) = scopes.right.find(".")
        else {
            return nil
        }
        let value = ValueStep(
            head: Head(location: head.location, directions: head.directions, statement: rule.statement),
            sides: Sides(
                left: Operand(terms: [.node(left)], location: rule.left.location, text: rule.left.text),
                right: Operand(terms: [.node(right)], location: rule.right.location, text: rule.right.text)),
            converter: converter, condition: nil, scopes: scopes)
        return .items(ItemsStep(head: head, sides: sides, body: [.value(value)]))
    }

    private mutating func body(of rule: RuleSyntax, _ scopes: Sides<Scope>, _ directions: Directions)
        -> [Step]
    {
        if let use = rule.use { return resolve(use, scopes, directions) }
        return resolve(rule.block ?? [], scopes, directions)
    }

    private mutating func resolveSide(_ place: PlaceSyntax, _ scope: Scope, _ rule: RuleSyntax) -> Side? {
        guard place.terms.count == 1, case .path(let path) = place.terms[0], path.segments.count == 1,
            path.levels == 0, !path.token.text.hasPrefix("@zender")
        else {
            report(.blockMisplaced, at: place.location, "a block joins one group or repeat to one other")
            return nil
        }
        let segment = path.segments[0]
        if segment.path == ".", !segment.isRepeat { return .object(scope) }
        guard let found = find(segment, levels: 0, scope, rule.statement) else { return nil }
        let isBlock = rule.block != nil || rule.use != nil
        if found.element.isRepeat {
            let items = scope.items(found)
            return .collection(
                ItemsStep.Collection(
                    place: found, isRepeat: true, isFirst: path.isFirst,
                    condition: segment.selection.map { resolve($0, items) }, scope: items))
        }
        guard found.element.isGroup || !isBlock else {
            report(
                .blockMisplaced, at: place.location,
                "`\(found.element.name)` has no members to write rules for")
            return nil
        }
        guard found.element.isGroup else {
            report(
                .repeatMismatch, at: place.location,
                "`\(found.element.name)` may occur once only and the other side more than once")
            return nil
        }
        return .group(found, scope.group(found))
    }
}

import Diagnostics
import Language
import Model
import Record

/// What a rule joins must mean the same, and fit.
extension Checker {
    mutating func checkTypes(_ step: ValueStep) {
        guard checkForm(step) else { return }
        for direction in step.head.directions.all {
            guard let target = step.target(direction)?.place else { continue }
            for term in step.sides.read(direction).terms { check(term, target, step, direction) }
        }
        checkElse(step)
    }

    /// Whether each side that is written is one place.
    private mutating func checkForm(_ step: ValueStep) -> Bool {
        var isSound = true
        for direction in step.head.directions.all {
            let operand = step.sides.written(direction)
            switch operand.terms.first {
            case .node(let place) where isSetByAPI(place.element):
                report(
                    .oneWayOnly, at: operand.location,
                    "`\(operand.text)` is set by the API itself: write `<-`",
                    correction: step.head.statement.line(replacingArrowWith: "<-"))
            case .node(let place) where place.levels > 0:
                report(
                    .oneWayOnly, at: operand.location,
                    "`\(operand.text)` leaves its item, and can only be read")
            case .node, .picked: continue
            case .tuple(let members)? where isParts(step):
                isSound = checkParts(members, step) && isSound
                continue
            case .constant, .context, .tuple, nil:
                let way = direction == .up ? "<-" : "->"
                report(
                    .oneWayOnly, at: operand.location, "`\(operand.text)` can only be read: write `\(way)`",
                    correction: step.head.directions == .both
                        ? step.head.statement.line(replacingArrowWith: way) : nil)
            }
            isSound = false
        }
        if let converter = step.converter, case .codes = converter {
        } else if let converter = step.converter,
            isSound, step.head.directions == .both, ConverterFact.of(converter)?.law == nil
        {
            report(
                .oneWayOnly, at: step.head.location,
                "`as \(converter.text)` has no way back: write `->` or `<-`")
            isSound = false
        }
        return isSound
    }

    private func isSetByAPI(_ element: Element) -> Bool {
        guard let facts = element.api else { return false }
        return facts.isReadOnly && facts.setBy == nil
    }

    private mutating func check(_ term: Term, _ target: NodePlace, _ step: ValueStep, _ direction: Direction)
    {
        switch term {
        case .node(let place): check(place, target, step, direction)
        case .picked(let picked): check(picked.inner, target, step, direction)
        case .constant(let text): check(constant: text, target, step, direction)
        case .context(let place):
            guard step.converter == nil, place.type != target.type.base else { return }
            reportTypes(place.rawValue, "a \(place.type)", target, step)
        case .tuple(let members): check(tuple: members, target, step)
        }
    }

    private mutating func check(
        constant text: String, _ target: NodePlace, _ step: ValueStep, _ direction: Direction
    ) {
        if case .codes(let table) = step.converter {
            let isKnown = table.rows.contains { row in
                row.directions.includes(direction) && (direction == .up ? row.left : row.right).text == text
            }
            if !isKnown {
                report(.codeUnowned, at: step.head.location, "\"\(text)\" is not in codes `\(table.name)`")
            }
            return
        }
        guard step.converter == nil, Canonical.value(text, of: target.type) == nil else { return }
        reportConstant(text, target, at: step.head.location)
    }

    mutating func reportConstant(_ text: String, _ target: NodePlace, at location: SourceLocation) {
        let near = suggestion(for: text, among: target.type.enumeration)
        report(.constantInvalid, at: location, "`\(target.element.name)` cannot hold \"\(text)\"\(near)")
    }

    private mutating func checkElse(_ step: ValueStep) {
        guard case .constant(let text) = step.head.otherwise else { return }
        let direction: Direction = step.head.directions.contains(.up) ? .up : .down
        guard let target = step.target(direction)?.place, Canonical.value(text, of: target.type) == nil else {
            return
        }
        reportConstant(text, target, at: step.head.location)
    }

    // MARK: Place to place

    private mutating func check(
        _ source: NodePlace, _ target: NodePlace, _ step: ValueStep, _ direction: Direction
    ) {
        let (from, to) = (source.type, target.type)
        let isPrimary = direction == (step.head.directions.contains(.up) ? .up : .down)
        switch step.converter {
        case .codes(let table): checkCodes(table, source, target, step, direction)
        case .text(let count, let truncates):
            guard from.base == .text, to.base == .text else { return misuse(step, "text", source, target) }
            guard checkEnumeration(source, target, step) else { return }
            if isPrimary, let most = to.maxLength, count > most {
                report(
                    .converterMisused, at: step.head.location,
                    "`\(target.element.name)` holds \(most) characters, not \(count)")
            }
            _ = truncates
        case nil: checkPlain(source, target, step)
        case .some(let converter):
            guard let fact = ConverterFact.of(converter) else { return }
            let isAlternative = fact.takesTuple && to.base == .text && from.base == .text
            guard fact.fits(from.base, to.base) || isAlternative else {
                return misuse(step, fact.name, source, target)
            }
            if case .dateParts = converter, source.type.base != .datum {
                reportTuple(step, "`as datum(parts)` takes `(year, month, day)`")
            }
        }
    }

    private mutating func misuse(_ step: ValueStep, _ name: String, _ source: NodePlace, _ target: NodePlace)
    {
        report(
            .converterMisused, at: step.head.location,
            "`as \(name)` cannot make \(article(target.type)) (`\(target.element.name)`) of "
                + "\(article(source.type)) (`\(source.element.name)`)")
    }

    private mutating func checkPlain(_ source: NodePlace, _ target: NodePlace, _ step: ValueStep) {
        let (from, to) = (source.type, target.type)
        guard from.base == to.base else {
            return reportTypes(source.element.name, article(from), target, step)
        }
        switch from.base {
        case .text:
            guard checkEnumeration(source, target, step), checkDigits(source, target, step) else { return }
            checkLength(source, target, step)
        case .integer: checkLength(source, target, step)
        case .datum, .tijdstip:
            guard from.allowsIncomplete, !to.allowsIncomplete else { return }
            let converter = from.base == .datum ? "as datum(complete) else omit" : "as tijdstip(fill)"
            report(
                .precision, at: step.head.location,
                "`\(target.element.name)` cannot hold an incomplete \(from.base): write `\(converter)`",
                correction: step.head.adding(converter))
        default: return
        }
    }

    private mutating func reportTypes(_ name: String, _ what: String, _ target: NodePlace, _ step: ValueStep)
    {
        report(
            .typesDiffer, at: step.head.location,
            "`\(name)` is \(what), `\(target.element.name)` \(article(target.type))")
    }

    private func article(_ type: ElementType) -> String { "a \(type.base)" }

    /// An enumeration is reached from one whose every value it has, or through codes.
    private mutating func checkEnumeration(_ source: NodePlace, _ target: NodePlace, _ step: ValueStep)
        -> Bool
    {
        let allowed = Set(target.type.enumeration)
        guard !allowed.isEmpty else { return true }
        let missing = source.type.enumeration.filter { !allowed.contains($0) }
        guard source.type.enumeration.isEmpty || !missing.isEmpty else { return true }
        if step.head.hasElse { return true }
        let what =
            missing.isEmpty
            ? "holds any text" : "holds \(missing.prefix(3).map { "\"\($0)\"" }.joined(separator: ", "))"
        report(
            .codeUnowned, at: step.head.location,
            "`\(source.element.name)` \(what), which `\(target.element.name)` does not have: "
                + "write `as codes NAME`"
        )
        return false
    }

    private mutating func checkDigits(_ source: NodePlace, _ target: NodePlace, _ step: ValueStep) -> Bool {
        guard target.type.isDigits, !source.type.isDigits, !step.head.hasElse else { return true }
        let converter = "as digits(\(target.type.maxLength ?? 9))"
        report(
            .typesDiffer, at: step.head.location,
            "`\(target.element.name)` holds digits only, `\(source.element.name)` any text: "
                + "write `\(converter)`",
            correction: step.head.adding(converter))
        return false
    }

    private mutating func checkLength(_ source: NodePlace, _ target: NodePlace, _ step: ValueStep) {
        guard let most = target.type.maxLength, target.type.enumeration.isEmpty, !step.head.hasElse else {
            return
        }
        let length = source.type.enumeration.map(\.unicodeScalars.count).max() ?? source.type.maxLength
        if let length, length <= most { return }
        let unit = source.type.base == .integer ? "digits" : "characters"
        let held = length.map { "holds \($0) \(unit)" } ?? "has no limit"
        let cut = step.target(step.head.directions.contains(.up) ? .up : .down)?.place?.type.maxLength ?? most
        let isText = source.type.base == .text
        report(
            .lossy, at: step.head.location,
            "`\(source.element.name)` \(held), `\(target.element.name)` \(most): write "
                + (isText ? "`as text(\(cut), truncate)`" : "`else fail` or `else omit`"),
            correction: step.head.adding(isText ? "as text(\(cut), truncate)" : "else fail"))
    }

    // MARK: Codes

    /// Each value that the side read can hold is in the table, and each that the table gives is one of the
    /// other's.
    private mutating func checkCodes(
        _ table: CodeTable, _ source: NodePlace, _ target: NodePlace, _ step: ValueStep,
        _ direction: Direction
    ) {
        let rows = table.rows.filter { $0.directions.includes(direction) }
        let keys = rows.map { direction == .up ? $0.left : $0.right }
        let known = Set(keys.map { table.isAnyCase ? $0.text.lowercased() : $0.text })
        for value in values(of: source.type)
        where !step.head.hasElse && !known.contains(table.isAnyCase ? value.lowercased() : value) {
            let way = direction == .up ? "upward" : "downward"
            report(
                .codeUnowned, at: step.head.location,
                "`\(source.element.name)` can hold \"\(value)\", which codes `\(table.name)` does not "
                    + "turn \(way): add it, or write `else omit`")
        }
        for row in rows {
            let value = direction == .up ? row.right : row.left
            guard value.standing == nil, Canonical.value(value.text, of: target.type) == nil else { continue }
            let near = suggestion(for: value.text, among: target.type.enumeration)
            report(
                .codeUnowned, at: row.location,
                "`\(target.element.name)` cannot hold \(value.spelling)\(near)")
        }
    }

    private func values(of type: ElementType) -> [String] {
        type.base == .boolean ? ["true", "false"] : type.enumeration
    }
}

/// `: did you mean "x"?`, when one is like it. Everything is like a text of one or two letters.
func suggestion(for text: String, among values: [String]) -> String {
    guard text.unicodeScalars.count > 2, let near = nearest(text, among: values) else { return "" }
    return ": did you mean \"\(near)\"?"
}

extension Statement {
    /// The line with its arrow replaced.
    fileprivate func line(replacingArrowWith arrow: String) -> String? {
        tokens.first { $0.kind.isArrow }.map { line(replacing: $0, with: arrow) }
    }
}

import Diagnostics
import Language
import Model
import Record

/// When an overlay counts, readable on either side: a value of the object itself, or of the context.
struct OverlayCondition: Sendable {
    struct Test: Sendable {
        /// Where the value stands on each side, and what it is there; nil for a test of the context.
        var places: Sides<NodePlace>?
        var values: Sides<[[UInt8]]>
        var context: Context.Place?
    }

    var name: String
    /// All must hold; none for an overlay of every bericht.
    var tests: [Test]
    var location: SourceLocation

    /// Whether the overlay counts for a record of the side that is read.
    ///
    /// - Parameter stored: what the side that is written holds now; asked for what a change does not say.
    func holds(
        for record: borrowing Record, _ direction: Direction, over stored: Record?, _ context: Context
    ) -> Bool {
        tests.allSatisfy { test in
            if let place = test.context {
                let slot = context.slots[place.index]
                let bytes = context.bytes[Int(slot.start)..<Int(slot.start + slot.count)]
                return slot.standing.isValue && test.values.left.contains { bytes.elementsEqual($0) }
            }
            guard let places = test.places else { return true }
            let slot = record.slot(places.read(direction).node)
            if !slot.standing.isSaid, let stored {
                let bytes = stored.bytes(places.written(direction).node)
                return test.values.written(direction).contains { bytes.elementsEqual($0) }
            }
            let bytes = record.bytes(of: slot)
            return slot.standing.isValue && test.values.read(direction).contains { bytes.elementsEqual($0) }
        }
    }

    /// Whether both can hold for one bericht.
    func canMeet(_ other: OverlayCondition) -> Bool {
        !tests.contains { test in
            other.tests.contains { twin in
                test.context == twin.context && test.places?.left.path == twin.places?.left.path
                    && Set(test.values.left).isDisjoint(with: twin.values.left)
            }
        }
    }
}

/// Finds what the condition of an overlay asks on each side.
struct OverlayConditionReader {
    let mapping: ResolvedMapping
    private(set) var findings: [Finding] = []

    init(_ mapping: ResolvedMapping) { self.mapping = mapping }

    mutating func read(_ overlay: OverlaySyntax) -> OverlayCondition {
        let tests = overlay.condition?.tests.compactMap { test(of: $0, overlay) } ?? []
        return OverlayCondition(name: overlay.name.text, tests: tests, location: overlay.name.location)
    }

    private mutating func refuse(_ test: ConditionSyntax.Test, _ text: String) {
        findings.append(Finding(.overlayCondition, at: test.place.location, text))
    }

    private mutating func test(
        of test: ConditionSyntax.Test, _ overlay: OverlaySyntax
    ) -> OverlayCondition.Test? {
        let texts: [String]
        switch test.comparison {
        case .equals(let token): texts = [token.text]
        case .isOneOf(let tokens): texts = tokens.map(\.text)
        case .isPresent: texts = []
        }
        guard !texts.isEmpty, !test.isNegated, test.place.terms.count == 1,
            case .path(let path) = test.place.terms[0], let plain = path.plain
        else {
            refuse(test, "an overlay compares one place of the object with a text: `when place = \"x\"`")
            return nil
        }
        if let context = Context.Place(rawValue: plain) {
            let values = texts.map { Array($0.utf8) }
            return .init(places: nil, values: Sides(left: values, right: values), context: context)
        }
        switch Scope(mapping.legacy).find(plain) {
        case .found(let place): return self.test(of: place, texts, test)
        case .throughRepeat:
            refuse(test, "`\(plain)` is in a repeat: an overlay is chosen once for the whole object")
        case .unknown(let step, let near):
            let advice = near.map { ": did you mean `\($0)`?" } ?? ""
            findings.append(
                Finding(
                    .placeUnknown, at: path.token.location,
                    "`\(step)` is not in \(mapping.legacy.qualifiedName)\(advice)"))
        }
        return nil
    }

    private mutating func test(
        of place: NodePlace, _ texts: [String], _ test: ConditionSyntax.Test
    ) -> OverlayCondition.Test? {
        guard let rule = exactRule(for: place.path, in: mapping.steps),
            let right = rule.sides.right.terms.first?.place
        else {
            refuse(
                test,
                "no exact `<->` rule maps `\(place.path)`, so that the other side cannot tell whether it holds"
            )
            return nil
        }
        var values = Sides<[[UInt8]]>(left: [], right: [])
        for text in texts {
            guard let left = Canonical.value(text, of: place.type), let other = lifted(text, by: rule, right)
            else {
                let near = suggestion(for: text, among: place.type.enumeration)
                findings.append(
                    Finding(
                        .constantInvalid, at: test.place.location,
                        "`\(place.element.name)` cannot hold \"\(text)\"\(near)"))
                return nil
            }
            values.left.append(Array(left.utf8))
            values.right.append(Array(other.utf8))
        }
        return .init(places: Sides(left: place, right: right), values: values, context: nil)
    }

    private func lifted(_ text: String, by rule: ValueStep, _ right: NodePlace) -> String? {
        guard case .codes(let table) = rule.converter else { return Canonical.value(text, of: right.type) }
        guard let row = table.rows.first(where: { $0.left.text == text }) else { return nil }
        return Canonical.value(row.right.text, of: right.type)
    }

    private func exactRule(for path: String, in steps: [Step]) -> ValueStep? {
        for step in steps {
            switch step {
            case .value(let value):
                guard value.sides.left.terms.first?.place?.path == path, value.head.directions == .both,
                    OwedLaw.isExact(value)
                else { continue }
                return value
            case .group(let group):
                if let found = exactRule(for: path, in: group.body) { return found }
            case .items, .choice: continue
            }
        }
        return nil
    }
}

import Diagnostics
package import Record

/// What may be chosen about a route, and an overlay changes.
package struct RoutePolicies: Hashable, Sendable {
    /// A line of a route that chooses something, by its first word.
    package enum Word: String, Hashable, Sendable, CaseIterable {
        case reply, stage, policy, dead, schema

        /// Whether it is about changes only.
        var isOfChanges: Bool { self == .reply || self == .policy || self == .dead }
    }

    var reply: Route.Reply?
    var stage: Route.Stage?
    var whenOlder: Telling.WhenOlder?
    var whenDead: Route.WhenDead?
    var schema: Route.SchemaPolicy?

    /// What counts where a route says nothing.
    static let standard = RoutePolicies(
        reply: .afterEffect(within: .seconds(8)), stage: .translate, whenOlder: .apply, whenDead: .holds,
        schema: .off)

    /// Takes over what counts without the word.
    mutating func drop(_ word: Word) {
        switch word {
        case .reply: reply = Self.standard.reply
        case .stage: stage = Self.standard.stage
        case .policy: whenOlder = Self.standard.whenOlder
        case .dead: whenDead = Self.standard.whenDead
        case .schema: schema = Self.standard.schema
        }
    }
}

/// What is otherwise about some routes for some berichten: those of a sender, of a zaaktype.
package struct RouteOverlay: Hashable, Sendable {
    struct Test: Hashable, Sendable {
        enum Place: Hashable, Sendable {
            case context(Context.Place)
            /// A value of the object itself, in its legacy form.
            case value(path: String, node: Int)
        }

        var place: Place
        /// Canonical; one of them.
        var values: [[UInt8]]
    }

    var name: String
    /// All must hold; none for an overlay of every bericht.
    var tests: [Test]
    /// Those that it says anew or drops; of what it drops it says what counts without.
    var words: Set<RoutePolicies.Word>
    var policies: RoutePolicies
    var location: SourceLocation

    /// Whether both can hold for one bericht.
    func canMeet(_ other: RouteOverlay) -> Bool {
        !tests.contains { test in
            other.tests.contains { $0.place == test.place && Set($0.values).isDisjoint(with: test.values) }
        }
    }

    fileprivate func holds(for object: Record?, _ context: Context) -> Bool {
        tests.allSatisfy { test in
            switch test.place {
            case .context(let place):
                let slot = context.slots[place.index]
                let bytes = context.bytes[Int(slot.start)..<Int(slot.start + slot.count)]
                return slot.standing.isValue && test.values.contains { bytes.elementsEqual($0) }
            case .value(_, let node):
                guard let object, object.slot(node).standing.isValue else { return false }
                return test.values.contains { object.bytes(node).elementsEqual($0) }
            }
        }
    }
}

extension Route {
    /// The route as it is for one bericht, with the overlays that hold for it.
    ///
    /// - Parameters:
    ///   - object: what a kennisgeving says of its object, in its legacy form. An overlay of a value that it does not say
    ///     does not hold; nor does any of a value for a vraag, which has none.
    ///   - context: who sent it to whom.
    package func form(for object: Record?, context: Context) -> Route {
        var form = self
        for overlay in overlays where overlay.holds(for: object, context) {
            let policies = overlay.policies
            form.reply = policies.reply ?? form.reply
            form.stage = policies.stage ?? form.stage
            form.whenOlder = policies.whenOlder ?? form.whenOlder
            form.whenDead = policies.whenDead ?? form.whenDead
            form.schema = policies.schema ?? form.schema
        }
        return form
    }
}

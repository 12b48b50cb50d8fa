package import Diagnostics
package import Record

/// What arrives where, and what then happens.
package struct Route: Hashable, Sendable {
    /// Where a change goes, or where a question is asked.
    package enum Destination: Hashable, Sendable {
        /// The store that Sluis serves itself.
        case store
        /// An API, by the name of its model: `zaken`. Which system serves it, the configuration says.
        case api(String)
    }

    /// When the sender gets its answer.
    package enum Reply: Hashable, Sendable {
        /// As soon as the bericht is committed.
        case afterStore
        /// When every target has it, or when that takes longer than this. A fault the sender can act on is answered
        /// as such.
        case afterEffect(within: Duration)
    }

    /// How far the change from old to new has come (design section 2).
    package enum Stage: String, Hashable, Sendable, CaseIterable { case proxy, shadow, replicate, translate }

    /// As the file calls it: `creeerZaak`.
    package var name: String
    package var operation: Operation
    /// The name of its mapping: `zaak`.
    package var mapping: String
    /// Where a kennisgeving goes; empty for a vraag.
    package var targets: [Destination]
    /// Whom a vraag is put to; nil for a kennisgeving.
    package var source: Destination?
    /// For a kennisgeving; a vraag is answered when it is answered.
    package var reply: Reply
    package var stage: Stage
    /// For a kennisgeving that its zender wrote before one that came in earlier.
    package var whenOlder: Telling.WhenOlder
    /// Of an object of which a delivery is dead.
    package var whenDead: WhenDead
    /// What becomes of a bericht that is not as the official schema says, where one is configured.
    package var schema: SchemaPolicy
    package var location: SourceLocation
    /// Of the lines above those that the route says itself.
    var words: Set<RoutePolicies.Word> = []
    /// In the order in which they are read; no two that can hold together change one line.
    package var overlays: [RouteOverlay] = []

    /// What a dead delivery means for later ones of the same objects (design section 5).
    package enum WhenDead: String, Hashable, Sendable, CaseIterable {
        /// They wait until a person has sent it on its way again or discarded it.
        case holds
        /// They go on; a change that was dead may come after them when it is redriven.
        case passes
    }

    /// Recorded senders break the schemas now and then in ways that do no harm, so that nothing is checked unless a route
    /// says so.
    package enum SchemaPolicy: String, Hashable, Sendable, CaseIterable {
        case off
        /// It is taken, and the log says so.
        case warn
        /// It is refused with StUF055.
        case refuse
    }
}

/// What a bericht shows of itself, for the choice of its route.
package struct Signature: Hashable, Sendable {
    /// Of the bericht's root element.
    package var namespace: String
    package var root: String
    /// As it was sent, with or without quotes; nil where there was no such header.
    package var soapAction: String?
    /// `T`, `W`, …; nil where the bericht has no parameters.
    package var mutatiesoort: String?
    /// The names of the elements that its last object says, or that the scope of a vraag asks.
    package var said: [String]

    package init(
        namespace: String, root: String, soapAction: String?, mutatiesoort: String? = nil,
        said: [String] = []
    ) {
        self.namespace = namespace
        self.root = root
        self.soapAction = soapAction
        self.mutatiesoort = mutatiesoort
        self.said = said
    }

    /// Without quotes and blanks; nil when nothing is left.
    var action: String? {
        guard let soapAction else { return nil }
        let bare = soapAction.drop { $0 == " " || $0 == "\"" || $0 == "\t" }
        guard let last = bare.lastIndex(where: { $0 != " " && $0 != "\"" && $0 != "\t" }) else { return nil }
        return String(bare[...last])
    }
}

/// Which route a bericht takes, or why there is none.
package enum Routing: Sendable {
    case route(Route)
    /// No operation that Sluis knows has this root element.
    case unknownRoot
    /// A SOAPAction was sent that no operation has.
    case unknownAction
    /// The SOAPAction is that of an operation with another root, or another mutatiesoort.
    case contradiction(Operation)
    /// The root is known, but no operation fits what the bericht says.
    case unclear
    /// The operation is known, and no route takes it.
    case notRouted(Operation)
}

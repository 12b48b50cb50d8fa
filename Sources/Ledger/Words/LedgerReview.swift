package import Threads

/// What the command line lists and shows: states, codes and times; no personal data, no bodies.
package protocol LedgerReview: Sendable {
    /// Newest first, below `before` (a sequence number) when that is given; all states when none is named.
    func berichten(
        in state: BerichtState?, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [BerichtLine]

    /// Newest first, below `before` (a delivery's id) when that is given.
    func deliveries(
        _ choice: DeliveryChoice, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [DeliveryLine]

    /// One bericht with all that happened to it; nil when there is none.
    func bericht(_ sequence: Int64) throws(LedgerFailure) -> BerichtHistory?
}

/// Which deliveries are meant: those that are all of what is said here.
package struct DeliveryChoice: Sendable, Equatable {
    package var state: DeliveryState?
    package var target: String?
    /// Of its last error: `M202`.
    package var code: String?
    /// The bericht it belongs to.
    package var sequence: Int64?

    package init(
        state: DeliveryState? = nil, target: String? = nil, code: String? = nil, sequence: Int64? = nil
    ) {
        self.state = state
        self.target = target
        self.code = code
        self.sequence = sequence
    }
}

package struct BerichtLine: Sendable, Equatable {
    package var sequence: Int64
    package var zender: Zender
    package var referentienummer: String
    package var berichtcode: String
    package var name: String
    package var received: WallTime
    package var state: BerichtState
    /// Why it was refused, or could not be expanded.
    package var cause: Cause?

    package init(
        sequence: Int64, zender: Zender, referentienummer: String, berichtcode: String, name: String,
        received: WallTime, state: BerichtState, cause: Cause?
    ) {
        self.sequence = sequence
        self.zender = zender
        self.referentienummer = referentienummer
        self.berichtcode = berichtcode
        self.name = name
        self.received = received
        self.state = state
        self.cause = cause
    }
}

package struct DeliveryLine: Sendable, Equatable {
    package var id: Int64
    package var sequence: Int64
    package var target: String
    package var state: DeliveryState
    package var attempt: Int
    /// When it is tried again, or its lease ends.
    package var due: WallTime
    /// The last error, or why it was discarded.
    package var cause: Cause?

    package init(
        id: Int64, sequence: Int64, target: String, state: DeliveryState, attempt: Int, due: WallTime,
        cause: Cause?
    ) {
        self.id = id
        self.sequence = sequence
        self.target = target
        self.state = state
        self.attempt = attempt
        self.due = due
        self.cause = cause
    }
}

/// One try that did not simply succeed, or a decision about a bericht or delivery.
package struct AttemptLine: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// A refused bericht came again.
        case repeated
        /// A delivery was tried.
        case delivered
        /// A dead or held delivery was sent on its way again.
        case redriven
        case discarded
    }

    package var kind: Kind
    package var at: WallTime
    /// Nil when it is about the bericht.
    package var delivery: Int64?
    package var attempt: Int
    /// Nil when it took effect.
    package var cause: Cause?

    package init(kind: Kind, at: WallTime, delivery: Int64?, attempt: Int, cause: Cause?) {
        self.kind = kind
        self.at = at
        self.delivery = delivery
        self.attempt = attempt
        self.cause = cause
    }
}

package struct BerichtHistory: Sendable, Equatable {
    package var bericht: BerichtLine
    /// The bericht that created the same object before; this one shares its fate.
    package var first: Int64?
    package var deliveries: [DeliveryLine]
    package var attempts: [AttemptLine]

    package init(
        bericht: BerichtLine, first: Int64?, deliveries: [DeliveryLine], attempts: [AttemptLine]
    ) {
        self.bericht = bericht
        self.first = first
        self.deliveries = deliveries
        self.attempts = attempts
    }
}

package import Record
package import Threads

/// What a bericht means for one target, before it is in the ledger.
package struct NewDelivery: Sendable, Equatable {
    /// What a dead delivery means for later ones of the same objects.
    package enum WhenDead: String, Sendable { case holds, passes }

    package var target: String
    /// Every object it touches. Deliveries that share one go to the target one after the other.
    package var objects: [ObjectKey]
    /// The encoded change (``Record/Change/encoded()``).
    package var change: [UInt8]
    package var whenDead: WhenDead

    package init(target: String, objects: [ObjectKey], change: [UInt8], whenDead: WhenDead = .holds) {
        self.target = target
        self.objects = objects
        self.change = change
        self.whenDead = whenDead
    }
}

/// A delivery that a worker has claimed.
package struct Delivery: Sendable, Equatable {
    package var id: Int64
    /// The bericht's sequence number: the order of delivery.
    package var sequence: Int64
    package var target: String
    package var objects: [ObjectKey]
    package var change: [UInt8]
    /// 1 for the first.
    package var attempt: Int
    /// Rises with each claim; settles only with the newest.
    package var fence: Int64
    /// The code of the attempt before, when that did not take effect. One that was parked with it has been sent on its
    /// way again by a person.
    package var lastCode: String?

    package init(
        id: Int64, sequence: Int64, target: String, objects: [ObjectKey], change: [UInt8], attempt: Int,
        fence: Int64, lastCode: String? = nil
    ) {
        self.lastCode = lastCode
        self.id = id
        self.sequence = sequence
        self.target = target
        self.objects = objects
        self.change = change
        self.attempt = attempt
        self.fence = fence
    }
}

/// How an attempt to deliver ended.
package enum Verdict: Sendable, Equatable {
    /// It took effect.
    case done
    /// Not now; it waits until then.
    case later(at: WallTime, Cause)
    /// Never, as it is.
    case dead(Cause)
    /// It waits for a person's decision.
    case parked(Cause)
}

/// One worker's answer about a delivery it had claimed.
package struct Settlement: Sendable, Equatable {
    package var delivery: Int64
    package var fence: Int64
    package var verdict: Verdict

    package init(delivery: Int64, fence: Int64, verdict: Verdict) {
        self.delivery = delivery
        self.fence = fence
        self.verdict = verdict
    }
}

package enum DeliveryState: String, Sendable, CaseIterable {
    case waiting, sending, held, done, dead, discarded

    /// Whether it will or may still take effect by itself or after a person's decision.
    package var isOpen: Bool { self == .waiting || self == .sending || self == .held }
}

/// How far a bericht came, for whoever waits for it.
package enum Progress: Sendable, Equatable {
    /// All took effect; with the answer that was already given, if any.
    case done(reply: [UInt8]?)
    /// At least one delivery is dead: why, in the order of the deliveries. And the answer as with `done`.
    case dead([Cause], reply: [UInt8]?)
    /// Refused before or meanwhile.
    case refused(reply: [UInt8]?)
    /// At least one delivery waits for a person.
    case held
    /// Time is up and it is still going on.
    case open
}

package import Record
package import Threads

/// Deliveries: in order per object and target, parallel across objects.
package protocol Outbox: LedgerDecisions {
    /// Makes the deliveries of accepted berichten; one without any is done at once.
    ///
    /// A bericht that has been expanded before is left as it is, so this may be repeated.
    func expand(_ expansions: [Expansion], now: WallTime) throws(LedgerFailure)

    /// Accepted berichten of which the deliveries were not made, oldest first: what a crash left behind.
    ///
    /// - Parameter receivedBefore: leaves out the berichten that others are just now expanding.
    func unexpanded(receivedBefore: WallTime, limit: Int) throws(LedgerFailure) -> [KeptEntry]

    /// Gives up an accepted bericht of which the deliveries can no longer be made. The answer it had stands;
    /// a repeat of it is tried anew.
    ///
    /// - Returns: whether it was still to be expanded.
    func bury(_ sequence: Int64, _ cause: Cause, now: WallTime) throws(LedgerFailure) -> Bool

    /// Deliveries to a target that may start now, oldest first, for the caller alone until the lease ends.
    ///
    /// A delivery may start when it has, among the open deliveries to its target, the lowest sequence number
    /// for each of its objects, and no earlier bericht about one of them still has to be expanded. A dead one
    /// that ``NewDelivery/WhenDead/holds`` counts as open here. One whose lease has ended can be claimed
    /// again, under a higher fence.
    func claim(
        _ target: String, limit: Int, now: WallTime, lease: Duration
    ) throws(LedgerFailure) -> [Delivery]

    /// Says how claimed deliveries ended. For each: nil, or why it did not count (`fenceStale` when another
    /// has claimed it since). Saying the same again is harmless.
    func settle(_ settlements: [Settlement], now: WallTime) throws(LedgerFailure) -> [LedgerFailure?]

    /// Blocks until something may have become claimable for the target, or the time is up.
    ///
    /// May return early. It is a hint: what another process said can get lost, and what a dead one had claimed or put
    /// off is told by nobody. So call ``claim(_:limit:now:lease:)`` now and then.
    ///
    /// - Parameter isOver: whether not to wait (any more); asked before the wait and after ``wakeWorkers()``.
    func awaitWork(for target: String, upTo time: Duration, unless isOver: () -> Bool)

    /// Lets all who wait for work ask whether they still should.
    func wakeWorkers()

    /// Calls `done` once, on any thread: when the bericht is settled or held, or when the time is
    /// up.
    ///
    /// Does not block; neither must `done`. Time is of the machine's monotone clock.
    func watch(_ sequence: Int64, within time: Duration, done: @escaping @Sendable (Progress) -> Void)

    /// Calls `done` once with whether nothing is open about any of the objects: no bericht to be
    /// expanded, no delivery to the target. Otherwise as ``watch(_:within:done:)``.
    func watch(
        _ objects: [ObjectKey], target: String, within time: Duration,
        done: @escaping @Sendable (Bool) -> Void
    )

    /// Objects of a resource about which something is open, as ``watch(_:target:within:done:)`` sees it: those whose
    /// key's value ends so, at most `limit` of them. They need not be in the store yet.
    func open(
        _ resource: String, tenant: String, ending: String, target: String, limit: Int
    ) throws(LedgerFailure) -> [ObjectKey]
}

/// What a person decides about deliveries.
package protocol LedgerDecisions: Sendable {
    /// Sends dead or held deliveries on their way again.
    ///
    /// - Returns: whether the delivery was dead or held.
    func redrive(_ delivery: Int64, now: WallTime) throws(LedgerFailure) -> Bool

    /// Gives up a dead, held or waiting delivery, with the reason in words.
    ///
    /// - Returns: whether it was one of these.
    func discard(_ delivery: Int64, reason: String, now: WallTime) throws(LedgerFailure) -> Bool
}

/// The deliveries of one accepted bericht; none when nothing has to be done.
package struct Expansion: Sendable, Equatable {
    package var sequence: Int64
    package var deliveries: [NewDelivery]

    package init(sequence: Int64, deliveries: [NewDelivery]) {
        self.sequence = sequence
        self.deliveries = deliveries
    }
}

/// An entry read back; its body is read with ``Inbox/content(_:piece:)``.
package struct KeptEntry: Sendable {
    package var sequence: Int64
    /// The body is an ``Entry/Body-swift.enum/upload(_:)`` always.
    package var entry: Entry

    package init(sequence: Int64, entry: Entry) {
        self.sequence = sequence
        self.entry = entry
    }
}

extension Outbox {
    /// Makes the deliveries of one accepted bericht.
    package func expand(
        _ sequence: Int64, _ deliveries: [NewDelivery], now: WallTime
    ) throws(LedgerFailure) {
        try expand([Expansion(sequence: sequence, deliveries: deliveries)], now: now)
    }

    /// Says how one claimed delivery ended.
    package func settle(
        _ delivery: Delivery, _ verdict: Verdict, now: WallTime
    ) throws(LedgerFailure) {
        let settlement = Settlement(delivery: delivery.id, fence: delivery.fence, verdict: verdict)
        for case let failure? in try settle([settlement], now: now) { throw failure }
    }
}

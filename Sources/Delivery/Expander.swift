package import Diagnostics
package import Ledger
package import Telemetry
package import Threads

/// Makes deliveries of accepted berichten, in batches, on one thread of its own.
///
/// A bericht is accepted in one commit and expanded in a later one, so that the sender's answer waits for one row only.
/// What a crash leaves between the two is found again at start by ``recover(before:with:)``.
package final class Expander: Sendable {
    private struct Waiting: Sendable {
        var expansion: Expansion
        var referentienummer: String
    }

    /// Accepted berichten that wait to be expanded. Full: ``accept(_:referentienummer:)`` waits, and with it the thread
    /// that acknowledges, so that no more are acknowledged than can be delivered.
    package static let capacity = 65_536
    private static let batch = 256

    private let ledger: any Ledger
    private let observer: Observer
    private let time: TimeSource
    private let backoff: Backoff
    private let queue = Queue<Waiting>(capacity: capacity)
    private let stopping: StopSignal
    private let thread = Monitor<Threads.Thread?>(nil)

    package init(
        ledger: any Ledger, observer: Observer, time: TimeSource, backoff: Backoff = Backoff()
    ) throws(SystemFailure) {
        self.ledger = ledger
        self.observer = observer
        self.time = time
        self.backoff = backoff
        stopping = try StopSignal()
    }

    package func start() throws(SystemFailure) {
        let started = try Threads.Thread.start("expander") { [self] in work() }
        thread.withLock { $0 = started }
    }

    /// Hands over a bericht that was committed as accepted. After ``stop(until:)`` it is left to the next start.
    package func accept(_ expansion: Expansion, referentienummer: String) {
        _ = queue.put(Waiting(expansion: expansion, referentienummer: referentienummer))
    }

    /// Expands what waits, and ends.
    ///
    /// - Returns: whether all was expanded; what is left is found at the next start.
    package func stop(until deadline: Instant) -> Bool {
        queue.close()
        let thread = thread.withLock { $0 }
        if thread?.join(until: deadline) ?? true { return true }
        stopping.set()
        return false
    }

    private func work() {
        while true {
            let waiting = queue.takeAll(upTo: Self.batch)
            if waiting.isEmpty { return }
            expand(waiting)
        }
    }

    /// Tries until it succeeds or is told to stop: an accepted bericht is never given up.
    private func expand(_ waiting: [Waiting]) {
        let begin = time.instant()
        var attempt = 0
        while !stopping.isSet {
            do throws(LedgerFailure) {
                try ledger.expand(waiting.map(\.expansion), now: time.wall())
                let took = time.instant() - begin
                for each in waiting {
                    observer.observe(
                        .berichtExpanded(
                            referentienummer: each.referentienummer,
                            deliveries: each.expansion.deliveries.count,
                            took: took))
                }
                return
            } catch {
                attempt += 1
                let wait = backoff.wait(after: attempt, chance: 0)
                observer.observe(.deliveriesInterrupted(code: error.code, wait: wait))
                _ = stopping.wait(until: .after(wait))
            }
        }
    }

    /// Expands what an earlier process accepted and did not expand. To be called before anything new is accepted.
    ///
    /// - Parameters:
    ///   - moment: berichten received later are left to those who received them.
    ///   - lift: derives the deliveries of a kept bericht from its stored body, as when it came in.
    /// - Returns: how many berichten were expanded. One that can no longer be lifted is refused with the reason.
    package func recover<Refusal: Failure>(
        before moment: WallTime, with lift: (KeptEntry) throws(Refusal) -> [NewDelivery]
    ) throws(LedgerFailure) -> Int {
        var count = 0
        while true {
            let left = try ledger.unexpanded(receivedBefore: moment, limit: Self.batch)
            if left.isEmpty { return count }
            var expansions: [Expansion] = []
            for entry in left {
                let deliveries: [NewDelivery]
                do throws(Refusal) {
                    deliveries = try lift(entry)
                } catch {
                    _ = try ledger.answer(entry.sequence, .refused(Cause(error)), with: [], now: time.wall())
                    continue
                }
                expansions.append(Expansion(sequence: entry.sequence, deliveries: deliveries))
            }
            try ledger.expand(expansions, now: time.wall())
            count += left.count
        }
    }
}

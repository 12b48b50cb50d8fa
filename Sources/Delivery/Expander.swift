package import Diagnostics
package import Ledger
package import Telemetry
package import Threads

/// Makes deliveries of accepted berichten, in batches, on one thread of its own.
///
/// A bericht is accepted in one commit and expanded in a later one, so that the sender's answer waits for one
/// row only. What a crash leaves between the two is found again at start by ``recover(before:with:)``.
package final class Expander: Sendable {
    private struct Waiting: Sendable {
        var expansion: Expansion
        var referentienummer: String
    }

    /// Accepted berichten that wait to be expanded. Full: ``accept(_:referentienummer:)`` waits, and with it
    /// the thread that acknowledges, so that no more are acknowledged than can be delivered.
    package static let capacity = 65_536
    private static let batch = 256

    private let ledger: any Ledger
    private let observer: Observer
    private let time: TimeSource
    private let backoff: Backoff
    private let queue = Queue<Waiting>(capacity: capacity)
    private let stopping: StopSignal
    private let crew = Crew("expander", count: 1)

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
        try crew.start { [self] in work() }
    }

    /// Hands over a bericht that was committed as accepted. After ``stop(until:)`` it is left to the next
    /// start.
    package func accept(_ expansion: Expansion, referentienummer: String) {
        _ = queue.put(Waiting(expansion: expansion, referentienummer: referentienummer))
    }

    /// Expands what waits, and ends.
    ///
    /// - Returns: whether all was expanded; what is left is found at the next start.
    package func stop(until deadline: Instant) -> Bool {
        queue.close()
        guard crew.join(until: deadline) > 0 else { return true }
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
                let buried = try expandOrBury(waiting.map(\.expansion))
                let took = time.instant() - begin
                for each in waiting {
                    guard let failure = buried[each.expansion.sequence] else { continue }
                    observer.observe(
                        .berichtNotExpanded(referentienummer: each.referentienummer, code: failure.code))
                }
                let waiting = waiting.filter { buried[$0.expansion.sequence] == nil }
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

    /// Expands all; one that can never be expanded is buried alone, and holds up no other.
    ///
    /// - Returns: why those that were buried could not be expanded, by sequence number.
    private func expandOrBury(_ expansions: [Expansion]) throws(LedgerFailure) -> [Int64: LedgerFailure] {
        do throws(LedgerFailure) {
            try ledger.expand(expansions, now: time.wall())
            return [:]
        } catch {
            guard error.isFaultOfBericht, let first = expansions.first else { throw error }
            if expansions.count == 1 {
                // It may have been swept away meanwhile: then there is nothing to bury.
                if error.code != .berichtUnknown {
                    _ = try ledger.bury(first.sequence, Cause(error), now: time.wall())
                }
                return [first.sequence: error]
            }
            let half = expansions.count / 2
            let buried = try expandOrBury(Array(expansions[..<half]))
            return buried.merging(try expandOrBury(Array(expansions[half...]))) { one, _ in one }
        }
    }

    /// Expands what an earlier process accepted and did not expand. To be called before anything new is
    /// accepted.
    ///
    /// - Parameters:
    ///   - moment: berichten received later are left to those who received them.
    ///   - lift: derives the deliveries of a kept bericht from its stored body, as when it came in.
    /// - Returns: how many berichten were found, and the deliveries that were made of them. One that can no longer be
    ///   lifted is buried with the reason; one that cannot be lifted now ends the recovery.
    package func recover<Refusal: Failure>(
        before moment: WallTime, with lift: (KeptEntry) throws(Refusal) -> [NewDelivery]
    ) throws(LedgerFailure) -> (berichten: Int, deliveries: Int) {
        var found = (berichten: 0, deliveries: 0)
        while true {
            let left = try ledger.unexpanded(receivedBefore: moment, limit: Self.batch)
            if left.isEmpty { return found }
            var expansions: [Expansion] = []
            for entry in left {
                let deliveries: [NewDelivery]
                do throws(Refusal) {
                    deliveries = try lift(entry)
                } catch {
                    guard !error.isPassing else {
                        throw LedgerFailure(error.code, at: error.place, hint: error.hint, isPassing: true)
                    }
                    _ = try ledger.bury(entry.sequence, Cause(error), now: time.wall())
                    observer.observe(
                        .berichtNotExpanded(
                            referentienummer: entry.entry.referentienummer, code: error.code))
                    continue
                }
                expansions.append(Expansion(sequence: entry.sequence, deliveries: deliveries))
            }
            let buried = try expandOrBury(expansions)
            for (sequence, failure) in buried {
                let number = left.first { $0.sequence == sequence }?.entry.referentienummer ?? ""
                observer.observe(.berichtNotExpanded(referentienummer: number, code: failure.code))
            }
            found.berichten += left.count
            found.deliveries += expansions.reduce(0) {
                $0 + (buried[$1.sequence] == nil ? $1.deliveries.count : 0)
            }
        }
    }
}

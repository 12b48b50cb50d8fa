private import Diagnostics
package import Ledger
package import Record
package import Telemetry
package import Threads

/// Brings deliveries to one target: claims, delivers, settles, on a few threads of its own.
///
/// Order per object and the exclusion of other processes come from ``Outbox/claim(_:limit:now:lease:)``: what one worker
/// holds shares no object with what another holds. A worker that dies leaves its claims to run out; the next claimer
/// has a higher fence, and the settlement of the dead one no longer counts.
package final class Courier: Sendable {
    /// What can be chosen.
    package struct Settings: Sendable {
        /// Threads; so many batches are under way at once.
        package var workers = 4
        /// Deliveries claimed at a time.
        package var batch = 64
        /// How long a claim lasts: longer than any batch can take.
        package var lease = Duration.seconds(120)
        /// How long an idle worker sleeps at most before it looks again.
        package var rest = Duration.seconds(5)
        package var backoff = Backoff()

        package init() {}
    }

    private let target: any Target
    private let ledger: any Ledger
    private let layouts: @Sendable (String) -> Layout?
    private let settings: Settings
    private let observer: Observer
    private let time: TimeSource
    private let chance: @Sendable () -> Double
    private let stopping: StopSignal
    private let crew: Crew

    /// - Parameters:
    ///   - layouts: gives the layout of a resource's records, `zaken:Zaak`; nil when no model has it any more.
    ///   - chance: a number from 0 up to 1, drawn for each wait.
    package init(
        to target: any Target, ledger: any Ledger, layouts: @escaping @Sendable (String) -> Layout?,
        settings: Settings, observer: Observer, time: TimeSource, chance: @escaping @Sendable () -> Double
    ) throws(SystemFailure) {
        self.target = target
        self.ledger = ledger
        self.layouts = layouts
        self.settings = settings
        self.observer = observer
        self.time = time
        self.chance = chance
        crew = Crew(target.name, count: settings.workers)
        stopping = try StopSignal()
    }

    /// Starts its threads. Stop it also when this throws: some of them may stand.
    package func start() throws(SystemFailure) {
        try crew.start { [self] in work() }
    }

    /// Lets the batches under way end and starts no others.
    ///
    /// - Returns: how many workers had not ended at the deadline; what they hold is claimed again after the lease.
    package func stop(until deadline: Instant) -> Int {
        stopping.set()
        ledger.wakeWorkers()
        return crew.join(until: deadline)
    }

    private func work() {
        var failures = 0
        while !stopping.isSet {
            do throws(LedgerFailure) {
                let moved = try round()
                failures = 0
                guard moved == 0 else { continue }
                ledger.awaitWork(for: target.name, upTo: settings.rest) { stopping.isSet }
            } catch {
                failures += 1
                let wait = settings.backoff.wait(after: failures, chance: chance())
                observer.observe(.deliveriesInterrupted(code: error.code, wait: wait))
                _ = stopping.wait(until: .after(wait))
            }
        }
    }

    /// Claims, delivers and settles once; for replay and tests also called without threads.
    ///
    /// - Returns: how many deliveries were claimed.
    package func round() throws(LedgerFailure) -> Int {
        let claimed = try ledger.claim(
            target.name, limit: settings.batch, now: time.wall(), lease: settings.lease)
        guard !claimed.isEmpty else { return 0 }
        let begin = time.instant()
        var settlements: [Settlement] = []
        var reports: [Report] = []
        var consignments: [Consignment] = []
        for delivery in claimed {
            switch opened(delivery) {
            case .success(let change): consignments.append(Consignment(delivery: delivery, change: change))
            case .failure(let failure):
                settle(delivery, origin: "", .failed(failure), into: &settlements, &reports)
            }
        }
        let effects = consignments.isEmpty ? [] : target.deliver(consignments)
        CrashPoint.reached("delivery.afterEffect")
        for (consignment, effect) in zip(consignments, effects) {
            settle(
                consignment.delivery, origin: consignment.change.origin, effect, into: &settlements, &reports)
        }
        let refusals = try ledger.settle(settlements, now: time.wall())
        let took = time.instant() - begin
        for (report, refusal) in zip(reports, refusals) {
            observer.observe(refusal == nil ? report.event(took) : report.fenced)
        }
        return claimed.count
    }

    private func opened(_ delivery: Delivery) -> Result<Change, DeliveryFailure> {
        guard let resource = delivery.objects.first?.resource, let layout = layouts(resource) else {
            return .failure(DeliveryFailure(.changeUnreadable, at: delivery.objects.first?.resource))
        }
        do throws(RecordFailure) {
            return .success(try Change(decoding: delivery.change, layout: layout, onUnknown: { _ in }))
        } catch {
            return .failure(DeliveryFailure(.changeUnreadable, at: resource))
        }
    }

    private func settle(
        _ delivery: Delivery, origin: String, _ effect: Effect, into settlements: inout [Settlement],
        _ reports: inout [Report]
    ) {
        let verdict: Verdict
        var report = Report(origin: origin, target: target.name, attempt: delivery.attempt, ending: .dead)
        switch effect {
        case .done(let changed):
            verdict = .done
            report.ending = .done(changed: changed)
        case .failed(let failure) where failure.isPassing:
            let wait = settings.backoff.wait(after: delivery.attempt, chance: chance())
            verdict = .later(at: time.wall() + wait, Cause(failure))
            report.ending = .retried(wait)
            report.failure = failure
        case .failed(let failure):
            verdict = .dead(Cause(failure))
            report.failure = failure
        case .parked(let failure):
            verdict = .parked(Cause(failure))
            report.ending = .parked
            report.failure = failure
        }
        settlements.append(Settlement(delivery: delivery.id, fence: delivery.fence, verdict: verdict))
        reports.append(report)
    }
}

/// What a settlement means for the log.
private struct Report {
    enum Ending {
        case done(changed: Bool)
        case retried(Duration)
        case dead, parked
    }

    var origin: String
    var target: String
    var attempt: Int
    var ending: Ending
    var failure: (any Failure)?

    var fenced: Event { .deliveryFenced(referentienummer: origin, target: target) }

    func event(_ took: Duration) -> Event {
        let code = failure?.code ?? .changeUnreadable
        switch ending {
        case .done(let changed):
            return .deliveryDone(
                referentienummer: origin, target: target, attempt: attempt, changed: changed, took: took)
        case .retried(let wait):
            return .deliveryRetried(
                referentienummer: origin, target: target, attempt: attempt, code: code, wait: wait)
        case .dead:
            return .deliveryDead(
                referentienummer: origin, target: target, attempt: attempt, code: code,
                place: failure?.place ?? "")
        case .parked:
            return .deliveryParked(referentienummer: origin, target: target, attempt: attempt, code: code)
        }
    }
}

package import Delivery
internal import Diagnostics
package import Intake
package import Ledger
package import Telemetry
package import Threads

/// Does now and then what nobody waits for: expands what was committed and never expanded, because its commit was not
/// answered or another process ended; and sweeps away what has served its time.
package final class Housekeeper: Sendable {
    /// What can be chosen.
    package struct Settings: Sendable {
        /// Between two rounds.
        package var interval = Duration.seconds(60)
        /// A bericht that was not expanded for so long is nobody's any more.
        package var patience = Duration.seconds(120)
        /// Rounds from one sweep to the next.
        package var sweepInterval = 60
        package var retention = Retention()

        package init() {}
    }

    private let expander: Expander
    private let ledger: any Ledger
    private let judge: @Sendable () -> Judge
    private let settings: Settings
    private let observer: Observer
    private let time: TimeSource
    private let stopping: StopSignal
    private let crew = Crew("housekeeper", count: 1)

    /// - Parameter judge: gives the one in force.
    package init(
        _ expander: Expander, ledger: any Ledger, settings: Settings = Settings(), observer: Observer,
        time: TimeSource, judge: @escaping @Sendable () -> Judge
    ) throws(SystemFailure) {
        self.expander = expander
        self.ledger = ledger
        self.settings = settings
        self.judge = judge
        self.observer = observer
        self.time = time
        stopping = try StopSignal()
    }

    /// Expands what an earlier process acknowledged and did not get to.
    package func recover(before moment: WallTime) throws(LedgerFailure) {
        let begin = time.instant()
        let recovery = Recovery(judge: judge(), ledger: ledger)
        let found = try expander.recover(before: moment) { kept throws(Refusal) in
            try recovery.deliveries(of: kept)
        }
        guard found.berichten > 0 else { return }
        observer.observe(
            .recovered(
                berichten: found.berichten, deliveries: found.deliveries, took: time.instant() - begin))
    }

    package func start() throws(SystemFailure) {
        try crew.start { [self] in
            var round = 0
            while !stopping.wait(until: .after(settings.interval)) {
                tidy(round: round)
                round += 1
            }
        }
    }

    /// - Returns: how many threads had not ended at the deadline.
    package func stop(until deadline: Instant) -> Int {
        stopping.set()
        return crew.join(until: deadline)
    }

    /// One round, counted from 0; what fails is tried again in the next.
    package func tidy(round: Int) {
        do throws(LedgerFailure) {
            let now = time.wall()
            try recover(before: now - settings.patience)
            guard round % max(settings.sweepInterval, 1) == 0 else { return }
            let count = try ledger.sweep(settings.retention, now: now)
            if count > 0 { observer.observe(.partsSwept(count: count)) }
        } catch {
            observer.observe(.internalFault(room: "Service", code: error.code))
        }
    }
}

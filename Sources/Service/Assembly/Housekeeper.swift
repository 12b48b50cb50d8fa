internal import Delivery
internal import Diagnostics
internal import Intake
internal import Ledger
internal import Telemetry
internal import Threads

/// Does now and then what nobody waits for: expands what was committed and never expanded, because its commit was not
/// answered or another process ended; and sweeps away what has served its time.
final class Housekeeper: Sendable {
    /// Between two rounds.
    static let interval = Duration.seconds(60)
    /// A bericht that was not expanded for so long is nobody's any more.
    private static let patience: Int64 = 120
    /// Rounds between two sweeps.
    private static let sweepInterval = 60

    private let expander: Expander
    private let ledger: any Ledger
    private let judge: @Sendable () -> Judge
    private let observer: Observer
    private let time: TimeSource
    private let stopping: StopSignal
    private let crew = Crew("housekeeper", count: 1)

    init(
        _ expander: Expander, ledger: any Ledger, observer: Observer, time: TimeSource,
        judge: @escaping @Sendable () -> Judge
    ) throws(SystemFailure) {
        self.expander = expander
        self.ledger = ledger
        self.judge = judge
        self.observer = observer
        self.time = time
        stopping = try StopSignal()
    }

    /// Expands what an earlier process acknowledged and did not get to.
    func recover(before moment: WallTime) throws(LedgerFailure) {
        let begin = time.instant()
        let recovery = Recovery(judge: judge(), ledger: ledger)
        let count = try expander.recover(before: moment) { kept throws(Refusal) in
            try recovery.deliveries(of: kept)
        }
        guard count > 0 else { return }
        observer.observe(.recovered(berichten: count, deliveries: count, took: time.instant() - begin))
    }

    func start() throws(SystemFailure) {
        try crew.start { [self] in
            var round = 0
            while !stopping.wait(until: .after(Self.interval)) {
                tidy(sweeps: round % Self.sweepInterval == 0)
                round += 1
            }
        }
    }

    /// - Returns: how many threads had not ended at the deadline.
    func stop(until deadline: Instant) -> Int {
        stopping.set()
        return crew.join(until: deadline)
    }

    private func tidy(sweeps: Bool) {
        do throws(LedgerFailure) {
            let now = time.wall()
            try recover(before: WallTime(seconds: now.seconds - Self.patience))
            guard sweeps else { return }
            let count = try ledger.sweep(Retention(), now: now)
            if count > 0 { observer.observe(.partsSwept(count: count)) }
        } catch {
            // The next round tries again.
            observer.observe(.internalFault(room: "Service", code: error.code))
        }
    }
}

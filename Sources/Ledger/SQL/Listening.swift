import Diagnostics
import Postgres
import Threads

/// The thread that hears what other processes did, on a connection of its own.
///
/// What was told while nobody listened is gone. So each connection begins and ends with a word to all to look for
/// themselves, and they look more often while there is none.
final class Listening: Sendable {
    enum Word: Sendable, Equatable {
        /// It hears from now on, or no longer: all look for what it missed.
        case isHearing(Bool)
        /// Something changed: about deliveries to that target, or about none when it is empty.
        case changed(target: String)
    }

    private let string: ConnectionString
    private let announcing: Announcing
    private let stopping: StopSignal
    private let thread = Monitor<Thread?>(nil)
    private let heard: @Sendable (Word) -> Void

    /// - Parameter heard: is called on the thread of this.
    init(
        _ string: ConnectionString, _ announcing: Announcing, heard: @escaping @Sendable (Word) -> Void
    ) throws(SystemFailure) {
        self.string = string.with(applicationName: "sluis ledger listener")
        self.announcing = announcing
        self.heard = heard
        stopping = try StopSignal()
        let thread = try Thread.start("ledger.listen") { [self] in run() }
        self.thread.withLock { $0 = thread }
    }

    func close() {
        stopping.set()
        thread.withLock { $0.take() }?.join()
    }

    private func run() {
        let first = Duration.milliseconds(50)
        var pause = first
        while !stopping.isSet {
            var isHearing = false
            do throws(PostgresFailure) {
                let connection = try Sessions.open(string)
                try connection.listen(to: Announcing.channel)
                (isHearing, pause) = (true, first)
                heard(.isHearing(true))
                while let told = try connection.nextNotification(until: nil, orStop: stopping) {
                    if let target = announcing.heard(told.payload) { heard(.changed(target: target)) }
                }
            } catch {
                // A server that is away, or takes no listeners: the looks of those who wait go on without it.
            }
            if isHearing { heard(.isHearing(false)) }
            _ = stopping.wait(until: .after(pause))
            pause = min(pause * 2, .seconds(5))
        }
    }
}

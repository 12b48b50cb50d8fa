import Threads

/// Wakes the workers of a target when there may be something to claim.
///
/// A claim lowers the flag before it looks, so that what is committed after the look raises it again.
final class WorkSignal: Sendable {
    private struct State {
        /// Targets that have been claimed from since anything changed.
        var lowered: Set<String> = []
        /// When something that this process put off is due again, as ticks.
        var due: [String: Set<Int64>] = [:]
        /// The longest that anyone sleeps; nil where nobody else changes anything.
        var look: Duration?
        var isClosed = false
    }

    /// Deliveries that are due within one tick of each other are looked for once. In nanoseconds.
    private static let tick: Int64 = 100_000_000

    private let state: Monitor<State>

    /// - Parameter look: the longest that anyone sleeps.
    init(look: Duration? = nil) {
        state = Monitor(State(look: look))
    }

    /// Something changed that may free deliveries of any target.
    func raise() {
        state.update { $0.lowered = [] }
    }

    func raise(_ target: String) {
        state.update { _ = $0.lowered.remove(target) }
    }

    /// Deliveries of the target may be claimed after that time, without any other change. Wakes nobody.
    func raise(_ target: String, after time: Duration) {
        let tick = Instant.after(time).nanoseconds / Self.tick
        state.withLock { _ = $0.due[target, default: []].insert(tick < .max ? tick + 1 : tick) }
    }

    /// Says how long anyone may sleep, and wakes all.
    func look(every time: Duration?) {
        state.update { state in
            state.look = time
            state.lowered = []
        }
    }

    func lower(_ target: String) {
        let now = Instant.now.nanoseconds / Self.tick
        state.withLock { state in
            state.lowered.insert(target)
            // What was due is looked for now.
            if let due = state.due[target] {
                let left = due.filter { $0 > now }
                state.due[target] = left.isEmpty ? nil : left
            }
        }
    }

    /// - Parameter isOver: whether not to wait; asked again after ``wake()``.
    func wait(for target: String, upTo time: Duration, unless isOver: () -> Bool) {
        let deadline = state.withLock { state in
            let latest = Instant.after(min(time, state.look ?? time))
            guard let tick = state.due[target]?.min() else { return latest }
            let (moment, isTooFar) = tick.multipliedReportingOverflow(by: Self.tick)
            return isTooFar ? latest : min(latest, Instant(nanoseconds: moment))
        }
        _ = state.wait(until: deadline) {
            !$0.lowered.contains(target) || $0.isClosed || isOver() ? true : nil
        }
    }

    /// Lets all who wait ask whether they still should.
    func wake() {
        state.update { _ in }
    }

    /// Lets all go on, for good.
    func close() {
        state.update { $0.isClosed = true }
    }
}

import Threads

/// Wakes the workers of a target when there may be something to claim.
///
/// A claim lowers the flag before it looks, so that what is committed after the look raises it again.
final class WorkSignal: Sendable {
    private struct State {
        /// Targets that have been claimed from since anything changed.
        var lowered: Set<String> = []
        var isClosed = false
    }

    private let state = Monitor(State())

    /// Something changed that may free deliveries of any target.
    func raise() {
        state.update { $0.lowered = [] }
    }

    func raise(_ target: String) {
        state.update { _ = $0.lowered.remove(target) }
    }

    func lower(_ target: String) {
        state.withLock { _ = $0.lowered.insert(target) }
    }

    func wait(for target: String, upTo time: Duration) {
        _ = state.wait(until: .after(time)) { !$0.lowered.contains(target) || $0.isClosed ? true : nil }
    }

    /// Lets all go on, for good.
    func close() {
        state.update { $0.isClosed = true }
    }
}

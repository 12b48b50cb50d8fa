package import Threads

/// Keeps every event: for tests, and for the report of a replay.
package final class Recorder: Sink {
    private let recorded = Monitor<[Event]>([])

    package init() {}

    package func take(_ event: Event, at time: WallTime) {
        recorded.update { $0.append(event) }
    }

    /// All that happened so far, oldest first.
    package var events: [Event] { recorded.withLock { $0 } }

    /// Waits until an event is among what happened.
    ///
    /// - Returns: false when the deadline passed first.
    package func wait(until deadline: Instant?, for isWanted: (Event) -> Bool) -> Bool {
        recorded.wait(until: deadline) { $0.contains(where: isWanted) ? true : nil } ?? false
    }
}

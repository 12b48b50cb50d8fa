import Threads

/// The time of a replay: it stands still until the next request comes in.
final class Clock: Sendable {
    private let now: Monitor<WallTime>

    init(_ start: WallTime) { now = Monitor(start) }

    /// Goes to the moment of a request: the one it names, else a minute on.
    func advance(to moment: WallTime?) {
        now.update { $0 = moment ?? $0 + .seconds(60) }
    }

    var source: TimeSource {
        TimeSource(instant: { Instant(nanoseconds: 0) }, wall: { self.now.withLock { $0 } })
    }
}

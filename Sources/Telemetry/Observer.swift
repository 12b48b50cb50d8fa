package import Threads

/// Where events go: passed around, never global.
///
/// Whatever its sinks do, `observe` returns soon and fails never; any thread may call it.
package final class Observer: Sendable {
    private let sinks: [any Sink]
    private let time: TimeSource

    package init(_ sinks: [any Sink], time: TimeSource) {
        self.sinks = sinks
        self.time = time
    }

    /// Says that something happened, now.
    package func observe(_ event: Event) {
        let now = time.wall()
        for sink in sinks { sink.take(event, at: now) }
    }

    /// One that nobody listens to: for commands that report in another way.
    package static let silent = Observer([], time: .system)
}

/// Takes what is observed: a log, counters, a test's recorder.
package protocol Sink: Sendable {
    /// Called by any thread, a loop's included: returns soon.
    func take(_ event: Event, at time: WallTime)
}

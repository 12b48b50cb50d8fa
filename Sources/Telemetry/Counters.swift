private import Synchronization
package import Threads

/// Counts the events of each kind, for `/metrics`.
package final class Counters: Sink {
    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    private let counters: [Event.Kind: Counter]

    package init() {
        counters = Dictionary(uniqueKeysWithValues: Event.Kind.allCases.map { ($0, Counter()) })
    }

    package func take(_ event: Event, at time: WallTime) {
        let by = if case .linesDropped(let count) = event { count } else { 1 }
        counters[event.kind]?.value.wrappingAdd(by, ordering: .relaxed)
    }

    /// How often that happened since the start; of dropped lines, how many.
    package func count(_ kind: Event.Kind) -> Int {
        counters[kind]?.value.load(ordering: .relaxed) ?? 0
    }

    /// All counters in Prometheus' text format 0.0.4, in the order of the list.
    package var text: String {
        var text = """
            # HELP sluis_events_total What happened since the start, by event.
            # TYPE sluis_events_total counter

            """
        for kind in Event.Kind.allCases {
            text +=
                "sluis_events_total{event=\"\(kind.rawValue)\",level=\"\(kind.level.name)\"} \(count(kind))\n"
        }
        return text
    }
}

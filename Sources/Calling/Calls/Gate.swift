internal import Threads

/// Lets so many through at once.
final class Gate: Sendable {
    private let inside = Monitor(0)
    private let limit: Int

    init(limit: Int) { self.limit = max(1, limit) }

    /// Waits for a place.
    ///
    /// - Returns: false when the deadline passed first. After true, ``leave()`` once.
    func enter(until deadline: Instant) -> Bool {
        let limit = limit
        let place = inside.wait(until: deadline) { inside -> Bool? in
            guard inside < limit else { return nil }
            inside += 1
            return true
        }
        return place ?? false
    }

    func leave() { inside.update { $0 -= 1 } }
}

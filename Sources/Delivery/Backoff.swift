/// How long to wait before the next attempt: doubling, up to a most, with jitter so that what failed together does not
/// come back together.
package struct Backoff: Sendable, Equatable {
    /// After the first attempt.
    package var first: Duration
    package var most: Duration
    /// The share of each wait that chance may take away, 0 to 1.
    package var jitter: Double

    package init(first: Duration = .milliseconds(200), most: Duration = .seconds(300), jitter: Double = 0.3) {
        self.first = first
        self.most = most
        self.jitter = jitter
    }

    /// - Parameters:
    ///   - attempt: the one that failed; 1 for the first.
    ///   - chance: from 0 up to 1.
    package func wait(after attempt: Int, chance: Double) -> Duration {
        let doublings = min(max(attempt, 1) - 1, 40)
        let grown = min(Double(first.milliseconds) * Double(1 << doublings), Double(most.milliseconds))
        return .milliseconds(Int(grown * (1 - jitter * min(max(chance, 0), 1))))
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1000 &+ attoseconds / 1_000_000_000_000_000
    }
}

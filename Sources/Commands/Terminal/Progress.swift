import Threads

/// Shows how far a piece of work is, once it has taken two seconds and someone watches.
struct Progress {
    private let console: Console
    /// What is counted: "cases".
    private let noun: String
    private let total: Int
    private let start: Instant
    private var shown: Instant

    init(_ console: Console, _ noun: String, of total: Int, now: Instant = .now) {
        self.console = console
        self.noun = noun
        self.total = total
        start = now
        shown = now + .milliseconds(1_800)
    }

    /// Says that so many are done; shows it at most five times a second.
    mutating func advance(to done: Int, now: Instant = .now) {
        guard console.isWatched, now - shown >= .milliseconds(200) else { return }
        shown = now
        console.show(progress: Progress.line(done, of: total, noun, took: now - start))
    }

    /// `120 of 400 cases, 60/s, 5 s left`.
    static func line(_ done: Int, of total: Int, _ noun: String, took: Duration) -> String {
        let seconds = Double(took.nanoseconds) / 1e9
        guard done > 0, seconds > 0 else { return "\(done) of \(total) \(noun)" }
        let rate = Double(done) / seconds
        let left = Int((Double(max(0, total - done)) / rate).rounded(.up))
        let speed = rate >= 10 ? "\(Int(rate))" : "\((rate * 10).rounded() / 10)"
        return "\(done) of \(total) \(noun), \(speed)/s, \(left) s left"
    }
}

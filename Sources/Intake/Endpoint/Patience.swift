private import Diagnostics
internal import Ledger
internal import Threads

/// Offers berichten to a full ledger again, until there is room or their time is up.
final class Patience: Sendable {
    typealias Done = @Sendable (Result<Receipt, LedgerFailure>) -> Void

    private struct Waiting: Sendable {
        var entry: Entry
        var deadline: Instant
        var done: Done
    }

    private struct State: Sendable {
        var waiting: [Waiting] = []
        var byteCount = 0
        var isStopped = false
    }

    /// Between two rounds: the ledger has written many berichten by then.
    private static let pause = Duration.milliseconds(20)

    private let ledger: any Ledger
    private let time: Duration
    private let byteLimit: Int
    private let state = Monitor(State())
    private let crew = Crew("intake-retry", count: 1)

    init(ledger: any Ledger, settings: Endpoint.Settings) {
        self.ledger = ledger
        time = settings.patience
        byteLimit = settings.patienceByteCount
    }

    func start() throws(SystemFailure) {
        try crew.start { [ledger, state, byteLimit] in Self.run(ledger, state, limit: byteLimit) }
    }

    /// Keeps a bericht as ``Inbox/keep(_:done:)`` does, but waits for room.
    func keep(_ entry: Entry, done: @escaping Done) {
        let deadline = Instant.after(time)
        let state = state
        let limit = byteLimit
        ledger.keep(entry) { result in
            Self.take(result, Waiting(entry: entry, deadline: deadline, done: done), state, limit: limit)
        }
    }

    /// Answers all that wait as full, and ends the thread.
    ///
    /// - Returns: how many threads had not ended at the deadline.
    func stop(until deadline: Instant) -> Int {
        state.update { $0.isStopped = true }
        return crew.join(until: deadline)
    }

    /// Passes the result on, or lets the bericht wait for another round.
    private static func take(
        _ result: Result<Receipt, LedgerFailure>, _ waiting: Waiting, _ state: Monitor<State>, limit: Int
    ) {
        guard case .failure(let failure) = result, failure.code == .ledgerFull, waiting.deadline > .now else {
            return waiting.done(result)
        }
        let isTaken = state.update { state in
            guard !state.isStopped, state.byteCount < limit else { return false }
            state.waiting.append(waiting)
            state.byteCount += waiting.entry.byteCount
            return true
        }
        if !isTaken { waiting.done(result) }
    }

    private static func run(_ ledger: any Ledger, _ state: Monitor<State>, limit: Int) {
        while true {
            let isStopped = state.wait(until: nil) { state -> Bool? in
                state.isStopped ? true : state.waiting.isEmpty ? nil : false
            }
            let waiting = state.withLock { state in
                defer { (state.waiting, state.byteCount) = ([], 0) }
                return state.waiting
            }
            if isStopped ?? true {
                for each in waiting { each.done(.failure(.full)) }
                return
            }
            for each in waiting { ledger.keep(each.entry) { take($0, each, state, limit: limit) } }
            _ = state.wait(until: .after(pause)) { $0.isStopped ? true : nil }
        }
    }
}

extension Entry {
    /// What it holds in memory.
    fileprivate var byteCount: Int {
        guard case .bytes(let bytes) = body else { return 1000 }
        return bytes.count + 1000
    }
}

import Threads

/// A bericht on its way to the disk, and who wants to know.
struct Writing: Sendable {
    var entry: Entry
    /// Of a small body.
    var hash: [UInt8]?
    var done: @Sendable (Result<Receipt, LedgerFailure>) -> Void

    var byteCount: Int {
        guard case .bytes(let bytes) = entry.body else { return 0 }
        return bytes.count
    }
}

/// What waits for the writer: bounded in number and in bytes, and never made to wait itself.
final class WriteQueue: Sendable {
    private struct State {
        var waiting: [Writing] = []
        var byteCount = 0
        var isClosed = false
    }

    private let countLimit: Int
    private let byteLimit: Int
    private let state = Monitor(State())

    init(countLimit: Int, byteLimit: Int) {
        self.countLimit = countLimit
        self.byteLimit = byteLimit
    }

    /// - Returns: why it was not taken; nil when it was.
    func offer(_ writing: Writing) -> LedgerFailure? {
        state.update { state in
            guard !state.isClosed else { return .closed }
            guard state.waiting.count < countLimit, state.byteCount < byteLimit else { return .full }
            state.waiting.append(writing)
            state.byteCount += writing.byteCount
            return nil
        }
    }

    /// All that waits, at most `limit`, in order; waits for at least one. Empty when it is closed and empty.
    func takeAll(upTo limit: Int) -> [Writing] {
        state.wait(until: nil) { state -> [Writing]? in
            guard !state.waiting.isEmpty else { return state.isClosed ? [] : nil }
            let taken: [Writing]
            if state.waiting.count <= limit {
                taken = state.waiting
                state.waiting = []
                state.byteCount = 0
            } else {
                taken = Array(state.waiting.prefix(limit))
                state.waiting.removeFirst(limit)
                state.byteCount -= taken.reduce(0) { $0 + $1.byteCount }
            }
            return taken
        } ?? []
    }

    /// Takes nothing more; what waits is still written.
    func close() {
        state.update { $0.isClosed = true }
    }
}

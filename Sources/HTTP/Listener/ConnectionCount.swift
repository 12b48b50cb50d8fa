internal import Threads

/// Counts the connections of all loops, in all and by address.
final class ConnectionCount: Sendable {
    private struct State: Sendable {
        var total = 0
        var byHost: [String: Int] = [:]
    }

    private let state = Monitor(State())

    var total: Int { state.withLock { $0.total } }

    /// - Returns: nil when there is room, else the limit that is reached.
    func enter(_ host: String, limits: Limits) -> Int? {
        state.withLock { state in
            guard state.total < limits.connectionCount else { return limits.connectionCount }
            let count = state.byHost[host, default: 0]
            guard count < limits.connectionCountPerAddress else { return limits.connectionCountPerAddress }
            state.byHost[host] = count + 1
            state.total += 1
            return nil
        }
    }

    func leave(_ host: String) {
        state.withLock { state in
            state.total -= 1
            let count = state.byHost[host, default: 1] - 1
            state.byHost[host] = count > 0 ? count : nil
        }
    }
}

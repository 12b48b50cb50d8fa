/// State that several threads share, with the lock that protects it and the means to wait for a change.
///
/// `@unchecked Sendable`: the state is only reached while the lock is held, and goes in and out as `sending`.
package final class Monitor<State: ~Copyable>: @unchecked Sendable {
    private let lock = Lock()
    private let changed: Condition
    private var state: State

    package init(_ state: consuming sending State) {
        changed = Condition(lock)
        self.state = state
    }

    /// Reads or changes the state; wakes nobody.
    package func withLock<Result: ~Copyable, E: Error>(
        _ body: (inout State) throws(E) -> sending Result
    ) throws(E) -> sending Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&state)
    }

    /// Changes the state and wakes all who wait.
    package func update<Result: ~Copyable, E: Error>(
        _ body: (inout State) throws(E) -> sending Result
    ) throws(E) -> sending Result {
        lock.lock()
        defer {
            changed.broadcast()
            lock.unlock()
        }
        return try body(&state)
    }

    /// Waits until `body` gives a value, asking again after each ``update(_:)``.
    ///
    /// - Returns: nil when the deadline passed first; without a deadline it never does.
    package func wait<Result: ~Copyable>(
        until deadline: Instant?, for body: (inout State) -> sending Result?
    ) -> sending Result? {
        lock.lock()
        defer { lock.unlock() }
        while true {
            if let result = body(&state) { return result }
            guard changed.wait(until: deadline) else { return body(&state) }
        }
    }
}

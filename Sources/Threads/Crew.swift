/// Some threads that do the same work, started and joined together.
package final class Crew: Sendable {
    private let name: String
    private let count: Int
    private let threads = Monitor<[Thread]>([])

    /// - Parameter count: at least one thread is started.
    package init(_ name: String, count: Int) {
        self.name = name
        self.count = max(count, 1)
    }

    /// Starts the threads. Each runs `body`, which ends when it is told to in a way of its own.
    ///
    /// - Throws: ``SystemFailure`` when the system refuses one. Those that were started go on until they are told to end.
    package func start(_ body: @escaping @Sendable () -> Void) throws(SystemFailure) {
        for number in 1...count {
            let thread = try Thread.start(count == 1 ? name : "\(name)-\(number)") { body() }
            threads.withLock { $0.append(thread) }
        }
    }

    /// Waits until all that were started have ended; nil waits for ever.
    ///
    /// - Returns: how many had not ended at the deadline.
    @discardableResult
    package func join(until deadline: Instant?) -> Int {
        let threads = threads.withLock { $0 }
        return threads.count { !$0.join(until: deadline) }
    }
}

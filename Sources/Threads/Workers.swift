/// A few threads that do what blocks, in the order in which it was asked.
package final class Workers: Sendable {
    package typealias Work = @Sendable () -> Void

    private let queue: Queue<Work>
    private let crew: Crew

    /// - Parameter capacity: what may wait; beyond it ``offer(_:)`` says no.
    package init(_ name: String, threads count: Int, capacity: Int) {
        queue = Queue(capacity: capacity)
        crew = Crew(name, count: count)
    }

    package func start() throws(SystemFailure) {
        let queue = queue
        try crew.start { while let work = queue.take() { work() } }
    }

    /// - Returns: false when too much waits, or they have stopped: then it is not done.
    package func offer(_ work: @escaping Work) -> Bool { queue.offer(work) == .accepted }

    /// Does what waits and ends the threads that were started.
    ///
    /// - Returns: how many had not ended at the deadline.
    @discardableResult
    package func stop(until deadline: Instant) -> Int {
        queue.close()
        let left = crew.join(until: deadline)
        // What waits although nobody was ever there to do it: whoever waits for it is told by its end.
        if left == 0 { while queue.take() != nil {} }
        return left
    }
}

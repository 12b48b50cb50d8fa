internal import Threads

/// A few threads that do what blocks, in the order it was asked.
final class Workers: Sendable {
    typealias Work = @Sendable () -> Void

    private let queue: Queue<Work>
    private let threads: [Thread]

    init(_ name: String, threads count: Int, capacity: Int) throws(SystemFailure) {
        let queue = Queue<Work>(capacity: capacity)
        var threads: [Thread] = []
        for number in 1...max(count, 1) {
            do throws(SystemFailure) {
                threads.append(
                    try Thread.start("\(name)-\(number)") {
                        while let work = queue.take() { work() }
                    })
            } catch {
                queue.close()
                throw error
            }
        }
        self.queue = queue
        self.threads = threads
    }

    /// - Returns: false when too much waits, or it has stopped: then it is not done.
    func offer(_ work: @escaping Work) -> Bool { queue.offer(work) == .accepted }

    /// Does what waits and ends, at the latest at the deadline.
    func stop(until deadline: Instant) {
        queue.close()
        for thread in threads { thread.join(until: deadline) }
    }
}

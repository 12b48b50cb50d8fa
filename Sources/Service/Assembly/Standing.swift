internal import Threads

/// The parts that stand, from the bottom up, and how each of them is stopped.
///
/// A part is added before it starts: to stop one that did not start, or only half, is harmless. So a start that fails
/// somewhere and a stop that was asked for are the same walk from the top down.
final class Standing {
    private var stops: [(Instant) -> Int] = []

    /// - Parameter stop: stops the part at the latest at the deadline and gives how much of it was left undone.
    func add(_ stop: @escaping (Instant) -> Int) { stops.append(stop) }

    /// Stops all, the last one first; later calls do nothing.
    ///
    /// - Returns: how much was left undone.
    @discardableResult
    func stop(until deadline: Instant) -> Int {
        var left = 0
        while let stop = stops.popLast() { left += stop(deadline) }
        return left
    }
}

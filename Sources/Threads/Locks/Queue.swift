/// A bounded hand-over between threads: ``put(_:until:)`` waits while `capacity` elements are waiting, so a slow
/// reader slows the source, not the memory.
///
/// `@unchecked Sendable`: the elements are only reached while the lock is held.
package final class Queue<Element: Sendable>: @unchecked Sendable {
    /// What became of an offered element.
    package enum Offer: Sendable { case accepted, full, closed }

    package let capacity: Int
    private let lock = Lock()
    private let notEmpty: Condition
    private let notFull: Condition
    private var elements: [Element?] = []
    private var head = 0
    private var waiting = 0
    private var closed = false

    /// - Parameter capacity: at least 1; what happens at the limit is the caller's choice of ``put(_:until:)`` or
    ///   ``offer(_:)``.
    package init(capacity: Int) {
        precondition(capacity > 0, "a queue holds at least one element")
        self.capacity = capacity
        notEmpty = Condition(lock)
        notFull = Condition(lock)
        elements = Array(repeating: nil, count: capacity)
    }

    /// How many elements are waiting, for metrics.
    package var count: Int { lock.withLock { waiting } }
    package var isClosed: Bool { lock.withLock { closed } }

    /// Adds an element, waiting for room; nil waits for ever.
    package func put(_ element: Element, until deadline: Instant? = nil) -> Offer {
        lock.withLock {
            while waiting == capacity, !closed {
                guard notFull.wait(until: deadline) || waiting < capacity else {
                    return closed ? .closed : .full
                }
            }
            return append(element)
        }
    }

    /// Adds an element if there is room now.
    package func offer(_ element: Element) -> Offer {
        lock.withLock { waiting == capacity && !closed ? .full : append(element) }
    }

    /// The oldest element, waiting for one.
    ///
    /// - Returns: nil when the queue is closed and empty, or the deadline has passed.
    package func take(until deadline: Instant? = nil) -> Element? {
        lock.withLock {
            guard waitForElement(until: deadline) else { return nil }
            notFull.signal()
            return removeFirst()
        }
    }

    /// All that waits, at most `limit`, in order, waiting for at least one.
    ///
    /// - Returns: empty when the queue is closed and empty, or the deadline has passed.
    package func takeAll(upTo limit: Int, until deadline: Instant? = nil) -> [Element] {
        lock.withLock {
            guard limit > 0, waitForElement(until: deadline) else { return [] }
            let taken = (0..<min(limit, waiting)).compactMap { _ in removeFirst() }
            notFull.broadcast()
            return taken
        }
    }

    /// Accepts nothing more; what waits can still be taken. Wakes everyone.
    package func close() {
        lock.withLock {
            closed = true
            notEmpty.broadcast()
            notFull.broadcast()
        }
    }

    private func append(_ element: Element) -> Offer {
        guard !closed else { return .closed }
        elements[(head + waiting) % capacity] = element
        waiting += 1
        notEmpty.signal()
        return .accepted
    }

    private func removeFirst() -> Element? {
        defer {
            head = (head + 1) % capacity
            waiting -= 1
        }
        return elements[head].take()
    }

    private func waitForElement(until deadline: Instant?) -> Bool {
        while waiting == 0 {
            guard !closed, notEmpty.wait(until: deadline) || waiting > 0 else { return false }
        }
        return true
    }
}

/// Says once, to any number of threads, that they should end.
///
/// A thread waits on it with ``wait(until:)``, or beside a socket with
/// ``Descriptor/wait(for:_:until:orStop:)``.
package final class StopSignal: Sendable {
    private let isSetFlag = Monitor(false)
    private let waker: Waker

    package init() throws(SystemFailure) {
        waker = try Waker()
    }

    package var isSet: Bool { isSetFlag.withLock { $0 } }

    /// Asks all to stop. Later calls do nothing.
    package func set() {
        isSetFlag.update { $0 = true }
        waker.wake()
    }

    /// Sleeps until the deadline, or until the stop.
    ///
    /// - Returns: whether to stop.
    package func wait(until deadline: Instant?) -> Bool {
        isSetFlag.wait(until: deadline) { $0 ? true : nil } ?? false
    }

    /// Readable from the stop on.
    var descriptor: Int32 { waker.descriptor }
}

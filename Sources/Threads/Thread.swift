private import CLinux
private import Glibc

/// One thread of the process, from its start to its end. Nothing else in the project starts one.
package final class Thread: Sendable {
    package let name: String
    private let ended = OneShot<Bool>()
    /// The system's handle, until it is joined or detached.
    private let handle = Monitor<pthread_t?>(nil)

    /// The names of all threads that were started here and have not ended, for the test that none is left.
    package static var running: [String] { registry.withLock { $0.values.sorted() } }

    private static let registry = Monitor<[ObjectIdentifier: String]>([:])

    private init(name: String) { self.name = name }

    /// Starts a thread that runs `body` and then ends.
    ///
    /// - Parameter name: for `ps`, debuggers and ``running``; the system keeps 15 bytes of it.
    package static func start(
        _ name: String, _ body: sending @escaping () -> Void
    ) throws(SystemFailure) -> Thread {
        let thread = Thread(name: name)
        registry.withLock { $0[ObjectIdentifier(thread)] = name }
        let start = unsafe Unmanaged.passRetained(Start(thread: thread, body: body))
        var handle = pthread_t()
        let result = unsafe pthread_create(&handle, nil, runThread, start.toOpaque())
        guard result == 0 else {
            unsafe start.release()
            registry.withLock { $0[ObjectIdentifier(thread)] = nil }
            throw SystemFailure(call: "pthread_create \(name)", errno: result)
        }
        thread.handle.withLock { [handle] in $0 = handle }
        return thread
    }

    deinit {
        // Nobody joined it: let the system free it by itself.
        if let left = handle.withLock({ $0.take() }) { pthread_detach(left) }
    }

    /// Waits until the thread has ended; nil waits for ever.
    ///
    /// - Returns: false when the deadline passed first.
    @discardableResult
    package func join(until deadline: Instant? = nil) -> Bool {
        guard ended.wait(until: deadline) != nil else { return false }
        if let handle = handle.withLock({ $0.take() }) { pthread_join(handle, nil) }
        return true
    }

    fileprivate func end() {
        _ = Self.registry.withLock { $0.removeValue(forKey: ObjectIdentifier(self)) }
        ended.fulfil(true)
    }
}

/// What a new thread needs, handed to it through C.
private final class Start {
    let thread: Thread
    let body: () -> Void
    init(thread: Thread, body: @escaping () -> Void) {
        self.thread = thread
        self.body = body
    }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    // Retained by `Thread.start`, released here, once.
    var start: Start? = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
    let thread = start?.thread
    if let name = thread?.name {
        unsafe _ = String(name.prefix(15)).withCString { unsafe sluis_name_thread($0) }
    }
    start?.body()
    // What the body captured goes before the thread counts as ended.
    start = nil
    thread?.end()
    return nil
}

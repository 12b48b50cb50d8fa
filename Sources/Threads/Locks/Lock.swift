internal import Glibc

/// Mutual exclusion between threads. Prefer ``Monitor``, which also holds what it protects.
///
/// A pthread mutex: the thread sanitizer reports `Synchronization.Mutex` on correct code here.
///
/// `@unchecked Sendable`: the mutex is made to be shared, at one address until `deinit`.
@safe package final class Lock: @unchecked Sendable {
    let mutex: UnsafeMutablePointer<pthread_mutex_t>

    package init() {
        unsafe mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        let result = unsafe pthread_mutex_init(mutex, nil)
        precondition(result == 0, "a mutex can be made")
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deinitialize(count: 1)
        unsafe mutex.deallocate()
    }

    func lock() { unsafe pthread_mutex_lock(mutex) }
    func unlock() { unsafe pthread_mutex_unlock(mutex) }

    /// Runs `body` while no other thread holds the lock. Not to be nested.
    package func withLock<Result: ~Copyable, E: Error>(_ body: () throws(E) -> Result) throws(E) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }
}

/// Lets threads that hold a ``Lock`` wait until another says that something changed.
///
/// `@unchecked Sendable`: as ``Lock``.
@safe package final class Condition: @unchecked Sendable {
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private let lock: Lock

    package init(_ lock: Lock) {
        self.lock = lock
        unsafe condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        let result = unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
        precondition(result == 0, "a condition can be made")
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe condition.deinitialize(count: 1)
        unsafe condition.deallocate()
    }

    /// Releases the lock, waits, and takes it again. May return without a signal: test in a loop.
    package func wait() {
        unsafe pthread_cond_wait(condition, lock.mutex)
    }

    /// As ``wait()``, at most until the deadline; nil waits for ever.
    ///
    /// - Returns: false when the deadline has passed.
    package func wait(until deadline: Instant?) -> Bool {
        guard let deadline else {
            wait()
            return true
        }
        var time = deadline.timespec
        return unsafe pthread_cond_timedwait(condition, lock.mutex, &time) != ETIMEDOUT
    }

    package func signal() { unsafe pthread_cond_signal(condition) }
    package func broadcast() { unsafe pthread_cond_broadcast(condition) }
}

private import CLinux
private import Glibc

/// Waits for many descriptors at once (epoll); owned by one thread. Its ``waker`` may be shared with any.
@safe package final class Poller {
    /// One descriptor that is ready.
    package struct Event: Sendable {
        /// What was given to ``add(_:_:token:)``.
        package let token: UInt64
        package let isReadable: Bool
        package let isWritable: Bool
        /// The other end is gone, or the descriptor failed; reading or writing tells which.
        package let isBroken: Bool
    }

    /// The token of the waker's events; no descriptor may have it.
    package static let wakeToken = UInt64.max

    package let waker: Waker
    private let owner: Descriptor
    private let events: UnsafeMutableBufferPointer<epoll_event>

    package init(eventsAtOnce: Int = 128) throws(SystemFailure) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw SystemFailure(call: "epoll_create1") }
        owner = Descriptor(number)
        waker = try Waker()
        unsafe events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: max(1, eventsAtOnce))
        unsafe events.initialize(repeating: epoll_event())
        try add(waker.descriptor, .reading, token: Self.wakeToken)
    }

    deinit { unsafe events.deallocate() }

    /// Starts watching a descriptor; it leaves by itself when it is closed.
    package func add(
        _ descriptor: Int32, _ readiness: Descriptor.Readiness, token: UInt64
    ) throws(SystemFailure) {
        try control(EPOLL_CTL_ADD, descriptor, readiness, token: token)
    }

    /// Changes what a descriptor is watched for; an empty set still reports a broken one.
    package func change(
        _ descriptor: Int32, to readiness: Descriptor.Readiness, token: UInt64
    ) throws(SystemFailure) {
        try control(EPOLL_CTL_MOD, descriptor, readiness, token: token)
    }

    package func remove(_ descriptor: Int32) {
        _ = sluis_epoll_control(owner.number, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Waits for events until the deadline (nil: for ever) and hands each to `body`. A wake is reported with
    /// ``wakeToken``, already reset.
    package func wait<E: Error>(
        until deadline: Instant?, _ body: (Event) throws(E) -> Void
    ) throws(E) {
        let count = unsafe epoll_wait(
            owner.number, events.baseAddress, Int32(events.count), Descriptor.milliseconds(until: deadline))
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let ready = unsafe events[index].events
            let token = unsafe events[index].data.u64
            if token == Self.wakeToken { waker.reset() }
            let broken = EPOLLERR.rawValue | EPOLLHUP.rawValue
            try body(
                Event(
                    token: token, isReadable: ready & EPOLLIN.rawValue != 0,
                    isWritable: ready & EPOLLOUT.rawValue != 0, isBroken: ready & broken != 0))
        }
    }

    private func control(
        _ operation: Int32, _ descriptor: Int32, _ readiness: Descriptor.Readiness, token: UInt64
    ) throws(SystemFailure) {
        guard sluis_epoll_control(owner.number, operation, descriptor, readiness.rawValue, token) == 0 else {
            throw SystemFailure(call: "epoll_ctl")
        }
    }
}

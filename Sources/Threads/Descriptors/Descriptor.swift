private import CLinux
private import Glibc

/// An open file, socket or pipe; closed when it goes out of scope.
package struct Descriptor: ~Copyable, Sendable {
    /// For calls that want the number; valid as long as this value lives.
    package let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// What a descriptor can be ready for.
    package struct Readiness: OptionSet, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }
        package static let reading = Readiness(rawValue: 1)
        package static let writing = Readiness(rawValue: 4)
    }

    /// How a wait ended.
    package enum Wait: Sendable { case ready, stopped, late }

    /// Waits until a descriptor of any library is ready (or broken), the deadline has passed or a stop is asked.
    package static func wait(
        for number: Int32, _ readiness: Readiness, until deadline: Instant?, orStop stop: StopSignal? = nil
    ) -> Wait {
        while true {
            var entries = [
                pollfd(fd: number, events: Int16(readiness.rawValue), revents: 0),
                pollfd(fd: stop?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
            ]
            let result = unsafe poll(&entries, 2, milliseconds(until: deadline))
            if result > 0 { return entries[1].revents != 0 ? .stopped : .ready }
            if result < 0, errno != EINTR { return .ready }
            if let deadline, deadline <= .now { return .late }
        }
    }

    /// How one read ended.
    package enum Read: Equatable, Sendable { case bytes(Int), end, wouldBlock, failed(errno: Int32) }
    /// How one write ended.
    package enum Write: Equatable, Sendable { case bytes(Int), wouldBlock, failed(errno: Int32) }

    /// Reads what is there, at most the size of the buffer.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) -> Read {
        while true {
            let count = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case let number: return .failed(errno: number)
            }
        }
    }

    /// Writes what fits now. A socket whose other end is gone gives `failed`, never a signal.
    package borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Write {
        while true {
            var count = unsafe send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count < 0, errno == ENOTSOCK {
                count = unsafe Glibc.write(number, bytes.baseAddress, bytes.count)
            }
            if count >= 0 { return .bytes(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case let number: return .failed(errno: number)
            }
        }
    }

    /// For `poll` and `epoll_wait`: rounded up, so that a wait never ends just before its deadline.
    static func milliseconds(until deadline: Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = (deadline - .now).nanoseconds
        return left <= 0 ? 0 : Int32(clamping: (left &+ 999_999) / 1_000_000)
    }
}

/// Wakes a thread that waits in a ``Poller`` or on descriptors; from any thread, any number of times.
package final class Waker: Sendable {
    private let owner: Descriptor

    package init() throws(SystemFailure) {
        let number = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard number >= 0 else { throw SystemFailure(call: "eventfd") }
        owner = Descriptor(number)
    }

    package var descriptor: Int32 { owner.number }

    package func wake() { eventfd_write(descriptor, 1) }

    /// Forgets the wakes so far.
    package func reset() {
        var value: eventfd_t = 0
        unsafe eventfd_read(descriptor, &value)
    }
}

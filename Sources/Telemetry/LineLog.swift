private import Glibc
package import Threads

/// Writes each event as a line to a descriptor, standard error as a rule, and never waits for it.
///
/// A reader that stands still (a stopped terminal, a full pipe) must not stop the loops: what does not fit waits in a
/// bounded buffer, and what does not fit there is thrown away, counted, and told as soon as there is room. The
/// descriptor is not made non-blocking, since others share it; it is asked first, and gets no more than it takes.
package final class LineLog: Sink {
    private struct State: Sendable {
        /// Whole lines, but for the first, of which a part may be written already.
        var waiting: [UInt8] = []
        var dropped = 0
    }

    private let descriptor: Int32
    private let minimum: Level
    private let capacity: Int
    private let state = Monitor(State())

    /// - Parameters:
    ///   - minimum: less urgent events are left out.
    ///   - capacity: bytes that may wait.
    package init(descriptor: Int32, minimum: Level, capacity: Int) {
        self.descriptor = descriptor
        self.minimum = minimum
        self.capacity = capacity
    }

    /// On standard error, with a buffer of 1 MiB.
    package static func standardError(minimum: Level) -> LineLog {
        LineLog(descriptor: STDERR_FILENO, minimum: minimum, capacity: 1 << 20)
    }

    package func take(_ event: Event, at time: WallTime) {
        guard event.level >= minimum else { return }
        let line = event.line(at: time)
        state.withLock { state in
            report(&state, at: time)
            if state.dropped > 0 || state.waiting.count + line.count > capacity {
                state.dropped += 1
            } else {
                state.waiting += line
            }
            write(&state)
        }
    }

    /// Writes what waits, for as long as the descriptor takes it and the deadline has not passed.
    ///
    /// - Returns: whether everything is written.
    @discardableResult
    package func flush(until deadline: Instant) -> Bool {
        while true {
            let isEmpty = state.withLock { state in
                write(&state)
                return state.waiting.isEmpty
            }
            guard !isEmpty else { return true }
            let left = (deadline - .now).nanoseconds / 1_000_000
            guard left > 0, isWritable(within: Int32(clamping: left)) else { return false }
        }
    }

    /// Tells how many lines were dropped, as soon as half of the buffer is free again.
    private func report(_ state: inout State, at time: WallTime) {
        guard state.dropped > 0 else { return }
        write(&state)
        guard state.waiting.count <= capacity / 2 else { return }
        state.waiting += Event.linesDropped(count: state.dropped).line(at: time)
        state.dropped = 0
    }

    /// Writes as much as the descriptor takes at once.
    private func write(_ state: inout State) {
        // A pipe that is writable has room for this much (POSIX: PIPE_BUF), so the write does not wait.
        let piece = 4096
        while !state.waiting.isEmpty, isWritable(within: 0) {
            let count = unsafe state.waiting.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress, min(piece, bytes.count))
            }
            if count > 0 {
                state.waiting.removeFirst(count)
            } else if count < 0, errno == EPIPE || errno == EBADF || errno == EIO {
                // Nobody reads it any more; it never will be written.
                state.waiting.removeAll()
            } else if count < 0, errno != EINTR {
                return
            }
        }
    }

    private func isWritable(within milliseconds: Int32) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&waiting, 1, milliseconds) == 1
    }
}

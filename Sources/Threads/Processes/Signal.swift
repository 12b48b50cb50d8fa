private import CLinux
private import Glibc

/// A signal that the product sends or listens to.
package struct Signal: Hashable, Sendable {
    package let number: Int32
    package init(number: Int32) { self.number = number }

    package static let terminate = Signal(number: SIGTERM)
    package static let interrupt = Signal(number: SIGINT)
    package static let hangup = Signal(number: SIGHUP)
    package static let quit = Signal(number: SIGQUIT)
    package static let kill = Signal(number: SIGKILL)

    /// Makes a write to a closed pipe an error instead of the end of the process. Once, at start.
    package static func ignoreBrokenPipes() { sluis_ignore(SIGPIPE) }
}

/// Signals to this process, as something to wait for.
///
/// Made on the main thread before any other starts: threads inherit that these signals are blocked, so that they
/// come here and nowhere else. Started processes do not inherit it.
package final class SignalSource: Sendable {
    private let owner: Descriptor

    package init(_ signals: [Signal]) throws(SystemFailure) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal.number) }
        let result = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        guard result == 0 else { throw SystemFailure(call: "pthread_sigmask", errno: result) }
        let number = unsafe signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        guard number >= 0 else { throw SystemFailure(call: "signalfd") }
        owner = Descriptor(number)
    }

    /// Readable when a signal waits; for a ``Poller``.
    package var descriptor: Int32 { owner.number }

    /// The next signal; nil when none came before the deadline or a stop was asked.
    package func next(until deadline: Instant? = nil, orStop stop: StopSignal? = nil) -> Signal? {
        while true {
            var info = signalfd_siginfo()
            let result = unsafe withUnsafeMutableBytes(of: &info) { unsafe owner.read(into: $0) }
            if case .bytes = result { return Signal(number: Int32(info.ssi_signo)) }
            guard Descriptor.wait(for: descriptor, .reading, until: deadline, orStop: stop) == .ready else {
                return nil
            }
        }
    }
}

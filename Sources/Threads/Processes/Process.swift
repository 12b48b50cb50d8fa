private import CLinux
private import Glibc

/// A program that was started here.
///
/// Start from the main thread what must die with us (`setpriv --pdeathsig INT …`): the kernel sends the death signal
/// when the *thread* that started the program ends. A process that nobody waits for stays behind as a zombie until
/// this one ends.
package final class Process: Sendable {
    /// How a program ended.
    package enum Exit: Equatable, Sendable {
        case status(Int32)
        case signal(Int32)
        package var isSuccess: Bool { self == .status(0) }
    }

    package let id: Int32
    private let handle: Descriptor
    private let exit = Monitor<Exit?>(nil)

    private init(id: Int32, handle: consuming Descriptor) {
        self.id = id
        self.handle = handle
    }

    /// Starts a program. It gets no descriptor of ours but its three streams, no blocked signal, and the usual answer
    /// to a broken pipe.
    ///
    /// - Throws: ``SystemFailure``, `programNotFound` when there is no such program.
    package static func start(_ command: Command) throws(SystemFailure) -> Process {
        var spawn = Spawn()
        try spawn.add(command.input, as: STDIN_FILENO)
        try spawn.add(command.output, as: STDOUT_FILENO)
        try spawn.add(command.errors, as: STDERR_FILENO)
        return try start(command, &spawn)
    }

    static func start(_ command: Command, _ spawn: inout Spawn) throws(SystemFailure) -> Process {
        let id = try spawn.run(command)
        let number = pidfd_open(id, 0)
        guard number >= 0 else { throw SystemFailure(call: "pidfd_open \(command.program)") }
        return Process(id: id, handle: Descriptor(number))
    }

    /// Sends a signal; does nothing once the program has ended.
    package func signal(_ signal: Signal) {
        exit.withLock { exit in
            if exit == nil { kill(id, signal.number) }
        }
    }

    /// Waits until the program has ended.
    ///
    /// - Returns: how; nil when the deadline passed first.
    package func wait(until deadline: Instant? = nil) -> Exit? {
        guard Descriptor.wait(for: handle.number, .reading, until: deadline) == .ready else { return nil }
        return exit.withLock { exit in
            if exit == nil { exit = reap() }
            return exit
        }
    }

    /// Whether it has not ended yet.
    package var isRunning: Bool { wait(until: .now) == nil }

    private func reap() -> Exit? {
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else { return .status(-1) }
        }
        return sluis_has_exited(status) != 0
            ? .status(sluis_exit_status(status)) : .signal(sluis_death_signal(status))
    }
}

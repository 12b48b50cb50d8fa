private import CLinux
private import Glibc

extension Process {
    /// What a program that ran to its end wrote.
    package struct Output: Sendable {
        package var exit: Exit
        package var output: [UInt8]
        package var errors: [UInt8]
        /// More was written than kept.
        package var isTruncated: Bool
    }

    /// Runs a program to its end and keeps what it writes, at most `limit` bytes of each stream.
    ///
    /// At the deadline it is killed; its exit then is the signal.
    package static func run(
        _ command: Command, until deadline: Instant? = nil, limit: Int = 1 << 20
    ) throws(SystemFailure) -> Output {
        let output = try Pipe()
        let errors = try Pipe()
        let process = try start(command, output.writing.number, errors.writing.number)
        // The program has its own copies now; ours would keep the pipes open for ever.
        let outputEnd = output.closeWriting()
        let errorsEnd = errors.closeWriting()
        var streams = [Kept(outputEnd.number, limit: limit), Kept(errorsEnd.number, limit: limit)]
        readAll(&streams, until: deadline)
        var exit = process.wait(until: deadline)
        if exit == nil {
            process.signal(.kill)
            exit = process.wait()
        }
        return Output(
            exit: exit ?? .status(-1), output: streams[0].bytes, errors: streams[1].bytes,
            isTruncated: streams.contains { $0.isTruncated })
    }

    private static func start(
        _ command: Command, _ output: Int32, _ errors: Int32
    ) throws(SystemFailure) -> Process {
        var spawn = Spawn()
        try spawn.add(command.input, as: STDIN_FILENO)
        try spawn.add(output, as: STDOUT_FILENO)
        try spawn.add(errors, as: STDERR_FILENO)
        return try start(command, &spawn)
    }

    private static func readAll(_ streams: inout [Kept], until deadline: Instant?) {
        while streams.contains(where: { !$0.isAtEnd }) {
            if let deadline, deadline <= .now { return }
            var entries = streams.map {
                pollfd(fd: $0.isAtEnd ? -1 : $0.number, events: Int16(POLLIN), revents: 0)
            }
            guard unsafe poll(&entries, 2, Descriptor.milliseconds(until: deadline)) > 0 else { continue }
            for index in streams.indices where entries[index].revents != 0 { streams[index].readOnce() }
        }
    }
}

/// One stream of a program, as far as it is kept.
private struct Kept {
    let number: Int32
    let limit: Int
    var bytes: [UInt8] = []
    var isAtEnd = false
    var isTruncated = false

    init(_ number: Int32, limit: Int) {
        self.number = number
        self.limit = limit
    }

    mutating func readOnce() {
        var chunk = [UInt8](repeating: 0, count: 16384)
        let count = unsafe read(number, &chunk, chunk.count)
        guard count > 0 else {
            isAtEnd = count == 0 || errno != EINTR
            return
        }
        let room = min(count, limit - bytes.count)
        bytes += chunk[..<room]
        if room < count { isTruncated = true }
    }
}

/// Two ends: what is written to one is read from the other.
private struct Pipe: ~Copyable {
    let reading: Descriptor
    let writing: Descriptor

    init() throws(SystemFailure) {
        var numbers: [Int32] = [0, 0]
        guard unsafe sluis_pipe(&numbers) == 0 else { throw SystemFailure(call: "pipe2") }
        reading = Descriptor(numbers[0])
        writing = Descriptor(numbers[1])
    }

    consuming func closeWriting() -> Descriptor { reading }
}

private import Glibc
import TestSupport
import Testing
import Threads

/// A `sluis serve`, or another verb that listens, of the real program, on a free port; killed when it goes out of scope.
final class Running {
    let process: Process
    /// `http://127.0.0.1:40001`.
    let base: String
    private let log: Log

    /// Returns when it listens.
    ///
    /// - Throws: ``Silence`` with what it said, when it ended or did not listen in time.
    init(
        _ arguments: [String], verb: [String] = ["serve"], environment: [String: String] = [:],
        in folder: TemporaryFolder
    ) throws {
        log = try Log("\(folder.path)/serve-\(UInt32.random(in: 0...UInt32.max)).log")
        var command = Command(
            Sluis.path, verb + ["--listen", "127.0.0.1:0"] + arguments, workingDirectory: Sluis.root,
            output: .nothing, errors: .file(log.path))
        command.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }
        process = try Process.start(command)
        let marker = "sluis: listening on "
        guard let line = log.line(containing: marker, while: process),
            let start = line.ranges(of: marker).first
        else {
            process.signal(.kill)
            throw Silence(said: log.text)
        }
        base = String(line[start.upperBound...])
    }

    struct Silence: Error { var said: String }

    /// Everything it has logged and said until now.
    var said: String {
        log.read()
        return log.text
    }

    /// Waits until a line with that text is said; nil when it ended first, or did not in time.
    func line(containing text: String) -> String? { log.line(containing: text, while: process) }

    /// Asks it to end and waits; the exit.
    @discardableResult
    func stop(_ signal: Signal = .terminate) -> Process.Exit? {
        process.signal(signal)
        let exit = process.wait(until: .after(.seconds(60)))
        _ = log.line(containing: "\u{0}", while: process)
        return exit
    }

    deinit {
        process.signal(.kill)
        _ = process.wait(until: .after(.seconds(10)))
    }
}

/// What a program writes, through a named pipe, so that one can wait for it.
private final class Log {
    let path: String
    private let file: Int32
    private(set) var text = ""

    init(_ path: String) throws {
        self.path = path
        // Open for writing too, so that neither end waits for the other to open it.
        guard unsafe mkfifo(path, 0o600) == 0 else { throw Running.Silence(said: "mkfifo") }
        file = unsafe open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    }

    deinit { close(file) }

    /// Reads until a whole line with that text has come; nil when the program ended without one.
    func line(containing needle: String, while process: Process) -> String? {
        let deadline = Instant.after(.seconds(60))
        var seen = 0
        while true {
            let isOver = process.wait(until: .now) != nil || Instant.now > deadline
            read()
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.dropFirst(seen).first(where: { $0.contains(needle) }) { return String(line) }
            if isOver { return nil }
            seen = lines.count
            var entry = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&entry, 1, 200)
        }
    }

    /// Takes in what is there.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(file, &buffer, buffer.count)
            guard count > 0 else { return }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}

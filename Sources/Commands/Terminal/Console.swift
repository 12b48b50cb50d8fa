import FoundationEssentials
private import Glibc

/// Where a verb writes: results to standard output, all else to standard error.
///
/// A reader that has gone (`sluis check | head`) is no error: what follows is dropped. Used by one thread.
final class Console {
    /// Whether results may be coloured.
    var isColored: Bool
    /// Whether results go to a terminal: then columns stand under each other.
    let isTerminal: Bool
    /// Whether someone watches: progress is shown to them only.
    let isWatched: Bool
    /// The number of the error that standard output gave, other than that its reader has gone.
    private(set) var lostOutput: Int32?
    private var pending: [UInt8] = []
    private var isClosed = false
    private var progress: String?

    init() {
        isTerminal = isatty(STDOUT_FILENO) == 1
        isColored = isTerminal
        isWatched = isatty(STDERR_FILENO) == 1
    }

    /// Chooses colours as the option says; of itself only on a terminal, and never where `NO_COLOR` is set.
    func choose(_ color: Arguments.Color, environment: [String: String]) {
        switch color {
        case .always: isColored = true
        case .never: isColored = false
        case .auto:
            let refuses = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            isColored = isColored && !refuses && environment["TERM"] != "dumb"
        }
    }

    /// Writes a line of the result.
    func print(_ line: String) { write(Array(line.utf8) + [0x0A]) }

    /// Writes a part of the result as it is.
    func write(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        pending += bytes
        if pending.count >= 64 * 1024 { flush() }
    }

    /// Writes a line to standard error.
    func report(_ line: String) {
        flush()
        clearProgress()
        _ = Console.write(Array(line.utf8) + [0x0A], to: STDERR_FILENO)
    }

    /// Writes out what waits.
    func flush() {
        guard !pending.isEmpty, !isClosed else { return }
        clearProgress()
        if let number = Console.write(pending, to: STDOUT_FILENO) {
            isClosed = true
            if number != EPIPE { lostOutput = number }
        }
        pending = []
    }

    /// Replaces the line that shows how far the work is.
    func show(progress line: String) {
        guard isWatched else { return }
        progress = line
        _ = Console.write(Array("\r\u{1B}[2K\(line)".utf8), to: STDERR_FILENO)
    }

    /// Takes that line away.
    func clearProgress() {
        guard progress != nil else { return }
        progress = nil
        _ = Console.write(Array("\r\u{1B}[2K".utf8), to: STDERR_FILENO)
    }

    /// Writes everything; the number of the error when that fails.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The buffer lives for the length of the call, and its size goes with it.
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&entry, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }
}

/// Colours of a terminal.
enum Paint: String {
    case bold = "1"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
}

extension Console {
    /// The text in that colour, where colours are wanted.
    func paint(_ text: String, _ paint: Paint) -> String {
        isColored ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }
}

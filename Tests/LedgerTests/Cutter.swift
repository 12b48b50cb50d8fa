import Foundation
import Glibc
import Postgres
import TestSupport
import Threads

/// Stands between a ledger and its server, and breaks the connection at a chosen word of the client.
final class Cutter: Sendable {
    enum Cut: Sendable {
        /// The server never hears the word.
        case before
        /// The server does what it says, and its answer is lost.
        case after
    }

    private struct State {
        var cut: Cut?
        var word: [UInt8] = []
        var cutCount = 0
        var isClosed = false
    }

    /// How to connect through it.
    let connection: ConnectionString
    private let server: String
    private let folder: TemporaryFolder
    private let listener: Int32
    private let state = Monitor(State())

    init(to database: ConnectionString) throws {
        // `host=/run/… user=… dbname=…`
        let settings = database.description.split(separator: " ").map {
            $0.split(separator: "=", maxSplits: 1)
        }
        func setting(_ name: String) -> String {
            settings.first { $0.first == name[...] }.flatMap { $0.last.map(String.init) } ?? ""
        }
        server = setting("host") + "/.s.PGSQL.5432"
        folder = try TemporaryFolder("s")
        connection = try ConnectionString(
            "host=\(folder.path) user=\(setting("user")) dbname=\(setting("dbname"))")
        listener = try unsafe Self.socket(at: folder.path + "/.s.PGSQL.5432", Self.bind)
        guard listen(listener, 16) == 0 else { throw Surprise("listen") }
        _ = try Threads.Thread.start("cutter") { [self] in
            while true {
                let client = Self.acceptClient(listener)
                guard client >= 0 else { return }
                _ = try? Threads.Thread.start("cutter-pair") { [self] in relay(client) }
            }
        }
    }

    func close() {
        state.update { $0.isClosed = true }
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    /// Breaks the connection on which that word is said next.
    func arm(_ cut: Cut, at word: String) {
        state.withLock { ($0.cut, $0.word) = (cut, Array(word.utf8)) }
    }

    /// How often it has cut.
    var cutCount: Int { state.withLock { $0.cutCount } }

    private func relay(_ client: Int32) {
        defer { Glibc.close(client) }
        guard let server = try? unsafe Self.socket(at: server, Self.connect) else { return }
        defer { Glibc.close(server) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var isLast = false
        while true {
            var ends = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe Glibc.poll(&ends, 2, -1) > 0 else { return }
            if ends[1].revents != 0 {
                let count = unsafe read(server, &buffer, buffer.count)
                guard count > 0, !isLast, Self.writeAll(client, buffer[..<count]) else { return }
            }
            if ends[0].revents != 0 {
                let count = unsafe read(client, &buffer, buffer.count)
                guard count > 0 else { return }
                switch cut(buffer[..<count]) {
                case .before: return
                case .after: isLast = true
                case nil: break
                }
                guard Self.writeAll(server, buffer[..<count]) else { return }
            }
        }
    }

    private func cut(_ bytes: ArraySlice<UInt8>) -> Cut? {
        state.withLock { state in
            guard let cut = state.cut, !state.word.isEmpty, bytes.count >= state.word.count else {
                return nil
            }
            let word = state.word
            let isSaid = (bytes.startIndex...(bytes.endIndex - word.count)).contains { start in
                bytes[start..<start + word.count].elementsEqual(word)
            }
            guard isSaid else { return nil }
            state.cut = nil
            state.cutCount += 1
            return cut
        }
    }

    private static func bind(
        _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 { unsafe Glibc.bind(descriptor, address, size) }

    private static func connect(
        _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 { unsafe Glibc.connect(descriptor, address, size) }

    private static func acceptClient(_ listener: Int32) -> Int32 { Glibc.accept(listener, nil, nil) }

    private static func writeAll(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func socket(
        at path: String, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Surprise("socket \(errno)") }
        return descriptor
    }
}

import Diagnostics
import FoundationEssentials
import Glibc
import Postgres
import Service
import Telemetry
import Threads

/// Sluis in a process of its own, so that its CPU time is its own; it ends with this one.
final class Server {
    /// The word that makes this program be the server.
    static let word = "serve-for-bench"

    let address: Address
    private let process: Process

    init(database: ConnectionString, mappings: String, folder: String) throws {
        let said = "\(folder)/server.txt"
        process = try Process.start(
            Command(
                "setpriv",
                [
                    "--pdeathsig", "TERM", "--", Repository.executable, Self.word, "\(database)", mappings,
                    "\(folder)/data",
                ],
                output: .file(said), errors: .file("\(folder)/server.log")))
        let deadline = Instant.after(.seconds(30))
        while true {
            let text = String(decoding: FileManager.default.contents(atPath: said) ?? Data(), as: UTF8.self)
            if text.hasSuffix("\n"), let address = Address(String(text.dropLast())) {
                self.address = address
                return
            }
            guard process.wait(until: .after(.milliseconds(20))) == nil, deadline > .now else {
                let log = FileManager.default.contents(atPath: "\(folder)/server.log") ?? Data()
                throw BenchFailure("the server did not start: \(String(decoding: log, as: UTF8.self))")
            }
        }
    }

    deinit {
        process.signal(.terminate)
        _ = process.wait(until: .after(.seconds(40)))
    }

    /// CPU time that it used so far, in microseconds.
    var cpuTime: Double {
        let bytes = FileManager.default.contents(atPath: "/proc/\(process.id)/stat") ?? Data()
        let line = String(decoding: bytes, as: UTF8.self)
        // Behind the name, which may hold anything: utime and stime are the 12th and 13th.
        let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            return 0
        }
        return (user + system) * 1e6 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Is the server until it is told to end.
    static func run(_ words: [String]) throws {
        guard words.count == 3 else { throw BenchFailure("\(word): three words are wanted") }
        let signals = try SignalSource([.terminate, .interrupt])
        var configuration = Configuration()
        configuration.listen = .init(host: "127.0.0.1", port: 0)
        configuration.database = Secret(words[0])
        configuration.data = words[2]
        let log = LineLog.standardError(minimum: .warning)
        let service = try Service(
            configuration, mappings: [words[1]], version: Product.version,
            observer: Observer([log], time: .system), progress: { _ in }, found: { _ in })
        print(service.base.replacing("http://", with: ""))
        fflush(nil)
        _ = signals.next()
        service.stop()
        _ = log.flush(until: .after(.seconds(2)))
    }
}

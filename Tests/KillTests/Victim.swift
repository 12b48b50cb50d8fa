import Foundation
import HTTP
import TestSupport
import Testing
import Threads

/// The real program in a data folder of its own, started again each time it is killed. Used by one thread.
final class Victim {
    let folder: TemporaryFolder
    let base: String
    private let log: String
    private var process: Threads.Process?

    init() throws {
        folder = try TemporaryFolder("data")
        let socket = try Socket.listen(on: try #require(Address("127.0.0.1:0")), isShared: false)
        base = "http://\(socket.localAddress)"
        log = "\(folder.path)/../sluis.log"
    }

    /// The program that was built beside these tests.
    private static let program: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/sluis"
    }()

    /// Starts it, to die at the `count`th time that it reaches the crash point.
    func start(dyingAt point: String?, count: Int = 1) throws {
        var environment = ProcessInfo.processInfo.environment
        environment["SLUIS_CRASH_AT"] = point.map { "\($0):\(count)" }
        process = try Threads.Process.start(
            Command(
                Self.program, ["serve", "--listen", String(base.dropFirst(7)), "--data", folder.path],
                environment: environment, output: .nothing, errors: .file(log)))
    }

    var isRunning: Bool { process?.isRunning ?? false }

    func kill() {
        process?.signal(.kill)
        _ = process?.wait(until: .after(.seconds(20)))
    }

    /// Ends it as an operator would.
    func stop() {
        process?.signal(.terminate)
        if process?.wait(until: .after(.seconds(60))) == nil { kill() }
    }

    /// Waits until it answers, or has died.
    ///
    /// - Returns: whether it answers.
    func awaitAnswer(_ client: Client) -> Bool {
        let deadline = Instant.after(.seconds(90))
        let pause = Monitor(0)
        while Instant.now < deadline, isRunning {
            if let answer = try? client.call(Request(.get, "\(base)/livez", time: .seconds(2))),
                answer.status == .ok
            {
                return true
            }
            // Nothing tells when a port opens: it is asked again after a while.
            let _: Int? = pause.wait(until: .after(.milliseconds(30))) { _ in nil }
        }
        return false
    }

    /// Where the socket of its private cluster is, from what the server wrote of itself.
    func databaseSocket() throws -> (folder: String, port: String) {
        let text = try String(contentsOfFile: "\(folder.path)/pg/postmaster.pid", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return (lines[4], lines[3])
    }

    /// The end of what it wrote to its log, for a failed expectation.
    var lastWords: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }
}

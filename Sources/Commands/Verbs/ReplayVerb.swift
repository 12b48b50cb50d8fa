import Diagnostics
import FoundationEssentials
import Replay
import Threads

extension Verb {
    static let replay = Verb(
        "replay", "fixtures through the real rooms; a diff where a result differs",
        operands: .paths,
        options: [
            Option("accept", "CASE", "make what came of a case its accepted result", .folders) {
                value, arguments throws(CommandFailure) in
                guard !value.isEmpty else { throw .usage("`--accept` needs a CASE") }
                arguments.accept.append(value)
            },
            .text("junit", "FILE", "also write a JUnit report", .files, \.junit),
            .json, .mappings,
        ],
        details: """
            Sends the requests of every case at or below the paths, or of the shipped
            fixtures, through intake, delivery and serving: no server, no network, the
            ledger in memory, a clock that stands still. Prints a unified diff of each result
            that is not as it was accepted, and exits 1 if there is any.

            A CASE is its folder, or its name: source/what-it-shows. It may be given more
            than once; where CI is set it is refused.
            """
    ) { arguments, console in
        var replaying = try Replaying(arguments, home: .current, console)
        try replaying.run()
        try replaying.report()
        return try replaying.accept() ? .done : .no
    }
}

/// One run of `sluis replay`.
struct Replaying {
    private let arguments: Arguments
    private let console: Console
    private let environment: [String: String]
    private let folders: [String]
    private let replayer: Replayer
    private var results: [CaseResult] = []
    private var took = Duration.zero

    init(_ arguments: Arguments, home: Home, _ console: Console) throws {
        self.arguments = arguments
        self.console = console
        environment = home.environment
        var paths = arguments.operands
        if paths.isEmpty {
            guard let shipped = home.fixtures else { throw CommandFailure(.nothingFound, at: "fixtures") }
            paths = [shipped]
        }
        if let missing = arguments.accept.first, Self.isCI(home.environment) {
            throw ReplayFailure(.acceptRefused, at: missing)
        }
        // A case to accept need not lie below the paths.
        let named = arguments.accept.filter { $0.contains("/") && FileManager.default.fileExists(atPath: $0) }
        let found = try Fixtures.find(paths + named)
        let accepted = arguments.accept
        folders =
            accepted.isEmpty ? found : found.filter { folder in accepted.contains { Self.is(folder, $0) } }
        if let unknown = accepted.first(where: { name in !found.contains { Self.is($0, name) } }) {
            throw ReplayFailure(.fixtureUnknown, at: unknown)
        }
        guard !folders.isEmpty else { throw CommandFailure(.nothingFound, at: paths.joined(separator: ", ")) }
        let (rulebook, folder) = try Rules.load(arguments, home: home, console)
        replayer = Replayer(rulebook, folder: folder)
    }

    private static func isCI(_ environment: [String: String]) -> Bool {
        environment["CI"].map { !$0.isEmpty && $0 != "false" } ?? false
    }

    /// Whether that is the case's folder or name.
    private static func `is`(_ folder: String, _ name: String) -> Bool {
        let name = name.hasSuffix("/") ? String(name.dropLast()) : name
        return folder == name || folder.hasSuffix("/\(name)")
    }

    mutating func run() throws(ReplayFailure) {
        var progress = Progress(console, "cases", of: folders.count)
        let start = Instant.now
        for (index, folder) in folders.enumerated() {
            results.append(try replayer.replay(try FixtureCase.load(folder)))
            progress.advance(to: index + 1)
        }
        took = .now - start
        console.clearProgress()
    }

    private var seconds: Double { Double(took.nanoseconds) / 1e9 }
    private var differing: [CaseResult] { results.filter { !$0.isAsExpected } }

    func report() throws(CommandFailure) {
        if let file = arguments.junit {
            do {
                try Data(JUnit.report(results, seconds: seconds)).write(to: URL(filePath: file))
            } catch {
                throw CommandFailure(.fileNotWritten, at: file)
            }
        }
        if arguments.json {
            console.write(ReplayReport(results: results).json)
        } else if arguments.accept.isEmpty {
            for difference in differing.flatMap(\.differences) { console.write(painted(difference.diff)) }
        }
        let rate = seconds > 0 ? Int(Double(results.count) / seconds) : 0
        let verdict =
            differing.isEmpty ? "all as accepted" : "\(Text.count(differing.count, "differs", "differ"))"
        console.report("replayed \(Text.count(results.count, "case")), \(rate)/s: \(verdict)")
    }

    /// - Returns: whether all is as accepted, or now is.
    func accept() throws(ReplayFailure) -> Bool {
        guard !arguments.accept.isEmpty else { return differing.isEmpty }
        for result in differing {
            let files = try Acceptance.accept(result, isCI: Self.isCI(environment))
            for file in files { console.print("\(result.folder)/\(file)") }
        }
        return true
    }

    private func painted(_ diff: String) -> [UInt8] {
        guard console.isColored else { return Array(diff.utf8) }
        let lines = diff.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            switch line.first {
            case "+": console.paint(String(line), .green)
            case "-": console.paint(String(line), .red)
            case "@": console.paint(String(line), .cyan)
            default: String(line)
            }
        }
        return Array(lines.joined(separator: "\n").utf8)
    }
}

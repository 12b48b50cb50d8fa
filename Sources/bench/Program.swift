import Diagnostics
import Glibc
import Threads
import XML

/// Named benchmarks, each beside its yardstick in the same run.
enum Program {
    static let benchmarks: [Benchmark] = [.map, .ingest]

    /// Runs one command line, without the program's own name, and returns the exit code: 0 within the budgets, 1 when
    /// one is not met, 2 when it could not be measured.
    static func run(_ words: [String]) -> Int32 {
        XML.initialise()
        Signal.ignoreBrokenPipes()
        if words.first == Server.word { return serve(Array(words.dropFirst())) }
        let options = words.filter { $0.hasPrefix("-") }
        let names = words.filter { !$0.hasPrefix("-") }
        guard options.allSatisfy({ $0 == "--json" || $0 == "--quick" }),
            names.allSatisfy({ name in benchmarks.contains { $0.name == name } })
        else {
            explain()
            return 2
        }
        let chosen = benchmarks.filter { names.isEmpty || names.contains($0.name) }
        var isMet = true
        for benchmark in chosen {
            do {
                let report = try benchmark.measure(options.contains("--quick") ? .quick : .full)
                print(options.contains("--json") ? report.json : report.text)
                isMet = isMet && report.isMet
            } catch {
                complain("bench \(benchmark.name): \(error)")
                return 2
            }
        }
        return isMet ? 0 : 1
    }

    private static func serve(_ words: [String]) -> Int32 {
        do {
            try Server.run(words)
            return 0
        } catch {
            complain("\(error)")
            return 2
        }
    }

    private static func explain() {
        complain("usage: bench [NAME…] [--json] [--quick]")
        complain("  --quick: one short run of each, for a profiler; its times mean little")
        for benchmark in benchmarks { complain("  \(benchmark.name)  \(benchmark.summary)") }
    }

    private static func complain(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
}

/// One thing that is measured.
struct Benchmark: Sendable {
    let name: String
    let summary: String
    let measure: @Sendable (Length) throws -> Report

    enum Length { case full, quick }
}

/// Why nothing could be measured.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

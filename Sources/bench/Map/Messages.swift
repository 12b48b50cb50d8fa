import Crypto
import FoundationEssentials
import Intake
import Language
import Record
import StUF
import Threads

/// The berichten that are measured with, and the rulebook that takes them.
struct Messages {
    let judge: Judge
    let berichten: [[UInt8]]
    /// Where they come from.
    let origin: String

    var averageBytes: Int { berichten.map(\.count).reduce(0, +) / max(1, berichten.count) }

    /// Kennisgevingen of about 3 KB that the shipped mappings take: recorded ones where the shared data is present, else
    /// those of our own fixtures.
    static func load() throws -> Messages {
        let root = try Repository.root()
        let (rulebook, findings) = Rulebook.load(["\(root)/mappings"])
        guard let rulebook else { throw BenchFailure("the mappings have \(findings.count) errors") }
        let judge = Judge(
            rulebook: rulebook, tenant: "bench",
            hash: KeyedHash(id: "bench", key: Array(repeating: 7, count: 32)))
        let shared = ProcessInfo.processInfo.environment["SLUIS_SHARED"] ?? "\(root)/../shared"
        for (folder, name) in [
            ("\(shared)/data/messages", "recorded berichten"), ("\(root)/fixtures", "fixtures"),
        ] {
            let berichten = taken(below: folder, by: judge)
            if !berichten.isEmpty { return Messages(judge: judge, berichten: berichten, origin: name) }
        }
        throw BenchFailure("no bericht that the mappings take, in fixtures or SLUIS_SHARED")
    }

    private static func taken(below folder: String, by judge: Judge) -> [[UInt8]] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return SourceFiles.find(".xml", in: [folder]).files.compactMap { file in
            guard let bytes = SourceFiles.bytes(of: file), (2000...5000).contains(bytes.count),
                (try? MapBenchmark.json(of: bytes, by: judge)) != nil
            else { return nil }
            return bytes
        }
    }
}

/// The folder that holds `Package.swift`, above the program.
enum Repository {
    /// This program.
    static let executable =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""

    static func root() throws -> String {
        var path = executable[...]
        while let slash = path.lastIndex(of: "/") {
            path = path[..<slash]
            if FileManager.default.fileExists(atPath: "\(path)/Package.swift") { return String(path) }
        }
        throw BenchFailure("no Package.swift above \(executable)")
    }
}

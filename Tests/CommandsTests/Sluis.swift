private import Foundation
import TestSupport
import Testing
import Threads

/// Runs the real program, as a shell does.
struct Sluis {
    var exit: Int32
    var output: String
    var errors: String

    /// The program that was built beside these tests.
    static let path: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/sluis"
    }()

    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    @discardableResult
    static func run(
        _ arguments: String..., input: String? = nil, environment: [String: String] = [:],
        in folder: String = root
    ) throws -> Sluis {
        try run(arguments, input: input, environment: environment, in: folder)
    }

    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
        in folder: String = root
    ) throws -> Sluis {
        try start(path, arguments, input: input, environment: environment, in: folder)
    }

    /// A command line for the shell; `$SLUIS` is the program.
    static func shell(_ line: String, in folder: String = root) throws -> Sluis {
        try start("/bin/bash", ["-c", line], input: nil, environment: ["SLUIS": path], in: folder)
    }

    private static func start(
        _ program: String, _ arguments: [String], input: String?, environment: [String: String],
        in folder: String
    ) throws -> Sluis {
        let scratch = try TemporaryFolder()
        var command = Command(program, arguments, workingDirectory: folder)
        command.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }
        if let input {
            try Data(input.utf8).write(to: URL(filePath: "\(scratch.path)/input"))
            command.input = .file("\(scratch.path)/input")
        }
        let result = try Process.run(command, until: .after(.seconds(120)), limit: 1 << 24)
        guard case .status(let exit) = result.exit else {
            Issue.record("\(program) \(arguments) ended by \(result.exit)")
            return Sluis(exit: -1, output: "", errors: "")
        }
        return Sluis(
            exit: exit, output: String(decoding: result.output, as: UTF8.self),
            errors: String(decoding: result.errors, as: UTF8.self))
    }
}

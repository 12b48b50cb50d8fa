import Diagnostics
import FoundationEssentials
import Language

extension Verb {
    static let format = Verb(
        "format", "align the language's files",
        operands: .paths,
        options: [
            .flag("check", "change nothing; name what would change, and exit 1 if any", \.check), .mappings,
        ],
        details: """
            Lays out every .model, .map, .route, .zender and .conf file at or below the paths, or
            those that are shipped, and names each that it changed. Comments are kept. A
            file with errors stays as it is. With - it reads standard input and writes the
            result to standard output.
            """
    ) { arguments, console in
        if arguments.operands == ["-"] { return try Formatting.filter(arguments, console) }
        let home = Home.current
        let paths =
            arguments.operands.isEmpty ? [try home.mappings(given: arguments.mappings)] : arguments.operands
        var formatting = Formatting(console: console, changes: !arguments.check)
        return try formatting.run(paths)
    }
}

/// One run of `sluis format`.
struct Formatting {
    let console: Console
    /// Whether files are written, not only named.
    let changes: Bool
    private var changed = 0
    private var refused = 0

    init(console: Console, changes: Bool) {
        self.console = console
        self.changes = changes
    }

    mutating func run(_ paths: [String]) throws(CommandFailure) -> Outcome {
        var files: [String] = []
        for suffix in [".model", ".map", ".route", ".zender", ".conf"] {
            let found = SourceFiles.find(suffix, in: paths)
            files += found.files
            if let missing = found.findings.first {
                throw CommandFailure(.fileNotRead, at: missing.location.file, missing.text)
            }
        }
        guard !files.isEmpty else {
            throw CommandFailure(.nothingFound, at: paths.joined(separator: ", "))
        }
        var progress = Progress(console, "files", of: files.count)
        for (index, file) in files.sorted().enumerated() {
            try format(file)
            progress.advance(to: index + 1)
        }
        let verb = changes ? "changed" : "would change"
        console.report("\(verb) \(changed) of \(Text.count(files.count, "file"))")
        return refused > 0 || (!changes && changed > 0) ? .no : .done
    }

    private mutating func format(_ file: String) throws(CommandFailure) {
        guard let bytes = SourceFiles.bytes(of: file) else { throw CommandFailure(.fileNotRead, at: file) }
        let (document, findings) = Parser.parse(file: file, bytes: bytes)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else {
            refused += 1
            for error in errors { console.report(error.description) }
            return
        }
        let formatted = Array(Formatter.format(document).utf8)
        guard formatted != bytes else { return }
        changed += 1
        console.print(file)
        guard changes else { return }
        do {
            try Files.replace(file, with: formatted)
        } catch {
            throw CommandFailure(.fileNotWritten, at: file)
        }
    }

    /// From standard input to standard output; with `--check` only the exit code says whether it would change.
    static func filter(_ arguments: Arguments, _ console: Console) throws(CommandFailure) -> Outcome {
        let bytes = try Files.read("-")
        let (document, findings) = Parser.parse(file: "-", bytes: bytes)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else {
            for error in errors { console.report(error.description) }
            return .no
        }
        let formatted = Array(Formatter.format(document).utf8)
        if arguments.check { return formatted == bytes ? .done : .no }
        console.write(formatted)
        return .done
    }
}

import Diagnostics
import Intake
import JSON
import Language
import Mapping
import Model
import Service

extension Verb {
    static let check = Verb(
        "check", "models, mappings, routes, configuration: every problem",
        operands: .paths, options: [.json, .mappings],
        details: """
            Reads every .model, .map, .route, .zender and .conf file at or below the paths, or
            those that are shipped, and reports each problem as

                FILE:LINE:COLUMN CODE TEXT

            with the corrected line under it where it can be known. Models that a mapping
            names and that are not among the paths are taken from the shipped ones.
            """
    ) { arguments, console in
        var checking = Checking(home: .current, arguments: arguments)
        try checking.run()
        if arguments.json {
            console.write(checking.json)
        } else {
            for finding in checking.findings { console.print(console.paint(finding)) }
            console.report(checking.summary)
        }
        return checking.errorCount == 0 ? .done : .no
    }
}

/// One check of files.
struct Checking {
    let home: Home
    let arguments: Arguments
    private(set) var files: [String] = []
    private(set) var findings: [Finding] = []

    init(home: Home, arguments: Arguments) {
        self.home = home
        self.arguments = arguments
    }

    var errorCount: Int { findings.count { $0.severity == .error } }

    mutating func run() throws(CommandFailure) {
        let paths =
            arguments.operands.isEmpty ? [try home.mappings(given: arguments.mappings)] : arguments.operands
        var missing: [Finding] = []
        for suffix in [".model", ".map", ".route", ".zender", ".conf"] {
            let found = SourceFiles.find(suffix, in: paths)
            files += found.files
            missing += found.findings
        }
        guard !files.isEmpty || !missing.isEmpty else {
            throw CommandFailure(.nothingFound, at: paths.joined(separator: ", "))
        }
        let all = readFiles()
        // What is wrong with models that are only looked up is not the question.
        let tables = SourceFiles.find(".csv", in: paths + files.map(Self.folder)).files
        let asked = Set(files + tables)
        findings = (missing + all.filter { asked.contains($0.location.file) }).sortedForReading()
    }

    private static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    }

    /// The files of one kind that are to be checked; the shipped ones where there are none and others need them.
    private func asked(_ suffix: String, orShipped: Bool) -> [String] {
        let asked = files.filter { $0.hasSuffix(suffix) }
        guard asked.isEmpty, orShipped, let shipped = try? home.mappings(given: arguments.mappings) else {
            return asked
        }
        return [shipped]
    }

    private func readFiles() -> [Finding] {
        let (models, modelFindings) = Models.load(asked(".model", orShipped: true))
        let maps = asked(".map", orShipped: files.contains { $0.hasSuffix(".route") })
        let (mappings, mappingFindings) = MappingLibrary.load(maps, models: models)
        let (_, routeFindings) = RouteLibrary.load(asked(".route", orShipped: false), mappings: mappings)
        let configurations = files.filter { $0.hasSuffix(".conf") }.flatMap { file -> [Finding] in
            let reader = ConfigurationReader(contents: SourceFiles.bytes, environment: home.environment)
            return reader.read(file: file, bytes: SourceFiles.bytes(of: file) ?? []).findings
        }
        let zenders = Rulebook.zenderFindings(asked(".zender", orShipped: false))
        return modelFindings + mappingFindings + routeFindings + zenders + configurations
    }

    /// `checked 12 files: 3 errors, 1 warning`.
    var summary: String {
        let warnings = findings.count - errorCount
        var found: [String] = []
        if errorCount > 0 { found.append(Text.count(errorCount, "error")) }
        if warnings > 0 { found.append(Text.count(warnings, "warning")) }
        let result = found.isEmpty ? "no problems" : found.joined(separator: ", ")
        return "checked \(Text.count(files.count, "file")): \(result)"
    }

    var json: [UInt8] {
        var json = Writer(isPretty: true)
        json.startObject()
        json.key("files")
        json.number(files.count)
        json.key("findings")
        json.startArray()
        for finding in findings { finding.write(to: &json) }
        json.end()
        json.end()
        return json.bytes
    }
}

extension Finding {
    func write(to json: inout Writer) {
        json.startObject()
        json.key("file")
        json.string(location.file)
        json.key("line")
        json.number(location.line)
        json.key("column")
        json.number(location.column)
        json.key("severity")
        json.string(severity.rawValue)
        json.key("code")
        json.string(code.number)
        json.key("name")
        json.string(code.name)
        json.key("text")
        json.string(text)
        if let correction {
            json.key("correction")
            json.string(correction)
        }
        json.end()
    }
}

extension Console {
    /// The finding, its place and code set off where colours are wanted.
    func paint(_ finding: Finding) -> String {
        let plain = finding.description
        let head = "\(finding.location) \(finding.code.number)"
        guard isColored, plain.hasPrefix(head) else { return plain }
        let code = paint(finding.code.number, finding.severity == .error ? .red : .yellow)
        return paint(finding.location.description, .bold) + " " + code + plain.dropFirst(head.count)
    }
}

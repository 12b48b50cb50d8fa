import Diagnostics
import FoundationEssentials
import JSON
import Language
import Model
import ModelImport
import Postgres

/// One run of `sluis model import`.
struct Importing {
    let arguments: Arguments
    let console: Console

    init(_ arguments: Arguments, _ console: Console) throws(CommandFailure) {
        let sources = [!arguments.xsd.isEmpty, arguments.openapi != nil, arguments.database != nil]
        guard sources.count(where: { $0 }) == 1 else {
            throw .usage("say one of `--xsd`, `--openapi` and `--database`", of: "model import")
        }
        guard arguments.out != nil || !(arguments.check || arguments.json) else {
            throw .usage("`--check` and `--json` compare with what is in `--out DIR`", of: "model import")
        }
        self.arguments = arguments
        self.console = console
    }

    mutating func run() throws -> Outcome {
        let (models, source) = try derive()
        let files = models.map { model in
            DerivedFile(model: model, text: ModelText.write(model, heading: source.heading(of: model)))
        }
        guard let folder = arguments.out else {
            for file in files { console.write(Array(file.text.utf8)) }
            return .done
        }
        return try write(files, to: folder)
    }

    // MARK: Deriving

    private func derive() throws -> ([DerivedModel], Source) {
        if let file = arguments.openapi { return try deriveAPI(file) }
        if let database = arguments.database { return try deriveTables(database) }
        return try deriveStUF()
    }

    private func deriveStUF() throws -> ([DerivedModel], Source) {
        var deriver = try StUFDeriver(entries: arguments.xsd, contents: SourceFiles.bytes)
        let wanted = arguments.entities.isEmpty ? known(deriver.models) : arguments.entities
        let options = arguments.xsd.map { "--xsd \(Self.fileName($0))" }.joined(separator: " ")
        return (
            try deriver.derive(wanted),
            Source(options: options, title: deriver.title, wanted: wanted, usual: deriver.usual)
        )
    }

    private func deriveAPI(_ file: String) throws -> ([DerivedModel], Source) {
        var deriver = try APIDeriver(file: file, bytes: try Files.read(file), name: arguments.name)
        let wanted = arguments.entities.isEmpty ? known([deriver.name]) : arguments.entities
        var options = "--openapi \(Self.fileName(file))"
        if let name = arguments.name { options += " --name \(name)" }
        return (
            [try deriver.derive(wanted)],
            Source(options: options, title: deriver.title, wanted: wanted, usual: try deriver.usual)
        )
    }

    private func deriveTables(_ given: String) throws -> ([DerivedModel], Source) {
        let deriver = TableDeriver(try Connection(try connectionString(given)), schema: "public")
        let name = try arguments.name ?? deriver.name
        let wanted = arguments.entities.isEmpty ? known([name]) : arguments.entities
        return (
            [try deriver.derive(wanted, name: name)],
            Source(
                options: "--database FILE --name \(name)", title: deriver.title, wanted: wanted,
                usual: try deriver.usual)
        )
    }

    /// A URL, or a file that holds one; a password is no argument.
    private func connectionString(_ given: String) throws -> ConnectionString {
        guard given.contains("://") || given.contains("=") else {
            let text = String(decoding: try Files.read(given, limit: 1 << 16), as: UTF8.self)
            return try ConnectionString(String(text.drop(while: \.isWhitespace).prefix { !$0.isNewline }))
        }
        let string = try ConnectionString(given)
        guard !string.description.contains("=***") else {
            throw CommandFailure.usage(
                "a password is no argument: put the URL in a file, or give it on standard input with `-`",
                of: "model import")
        }
        return string
    }

    /// What the derived files in `--out` have, so that an import can be repeated without naming it all again.
    private func known(_ names: [String]) -> [String] {
        guard let folder = arguments.out else { return [] }
        let documents = SourceFiles.documents(".model", in: [folder]).documents.filter { !$0.isFacts }
        let models = Models.read(documents).models
        let first = names.first
        return names.compactMap { models.model($0) }.flatMap { model in
            model.entities.map { model.name == first ? $0.name : $0.qualifiedName }
        }
    }

    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    // MARK: Writing

    private func write(_ files: [DerivedFile], to folder: String) throws(CommandFailure) -> Outcome {
        let present = SourceFiles.documents(".model", in: [folder]).documents.filter { !$0.isFacts }
        var changes: [Drift] = []
        var changedFiles: [String] = []
        for file in files {
            let path = "\(folder)/\(file.model.name).model"
            let bytes = SourceFiles.bytes(of: path)
            guard bytes != Array(file.text.utf8) else { continue }
            if let bytes { try check(bytes, at: path) }
            changes += drift(of: file, among: files, present: present)
            changedFiles.append(path)
            if !arguments.check { try write(file.text, to: path) }
        }
        report(changes, changedFiles)
        return arguments.check && !changedFiles.isEmpty ? .no : .done
    }

    /// A file that people wrote is not replaced.
    private func check(_ bytes: [UInt8], at path: String) throws(CommandFailure) {
        guard String(decoding: bytes.prefix(200), as: UTF8.self).hasPrefix(ModelText.mark) else {
            throw CommandFailure(.modelByHand, at: path)
        }
    }

    private func write(_ text: String, to path: String) throws(CommandFailure) {
        do {
            if SourceFiles.bytes(of: path) == nil {
                try Data(text.utf8).write(to: URL(filePath: path))
            } else {
                try Files.replace(path, with: Array(text.utf8))
            }
        } catch {
            throw CommandFailure(.fileNotWritten, at: path)
        }
    }

    /// Both sides are read by the language's own reader, without facts: what the source changed, and nothing else.
    private func drift(of file: DerivedFile, among files: [DerivedFile], present: [Document]) -> [Drift] {
        let name = file.model.name
        let derived = files.map {
            Parser.parse(file: "new:\($0.model.name)", bytes: Array($0.text.utf8)).document
        }
        let taken = Set(files.map { "\($0.model.name).model" })
        let others = present.filter { !taken.contains(Self.fileName($0.file)) }
        guard let new = Models.read(derived + others).models.model(name) else { return [] }
        guard let old = Models.read(present).models.model(name) else {
            return new.entities.map {
                Drift(kind: .added, path: $0.qualifiedName, before: "", after: "")
            }
        }
        return Drift.between(old, new)
    }

    private func report(_ changes: [Drift], _ files: [String]) {
        if arguments.json {
            var json = Writer(isPretty: true)
            json.startObject()
            json.key("files")
            json.startArray()
            for file in files { json.string(file) }
            json.end()
            json.key("changes")
            json.startArray()
            for change in changes { change.write(to: &json) }
            json.end()
            json.end()
            return console.write(json.bytes)
        }
        for change in changes { console.print(change.description) }
        let verb = arguments.check ? "would change" : "wrote"
        console.report(files.isEmpty ? "nothing changed" : "\(verb) \(files.joined(separator: ", "))")
    }
}

/// A model and its file.
private struct DerivedFile {
    var model: DerivedModel
    var text: String
}

extension Drift {
    fileprivate func write(to json: inout Writer) {
        json.startObject()
        json.key("kind")
        json.string(kind.rawValue)
        json.key("path")
        json.string(path)
        if !before.isEmpty || !after.isEmpty {
            json.key("before")
            json.string(before)
            json.key("after")
            json.string(after)
        }
        json.key("otherPlaces")
        json.number(otherPlaces)
        json.end()
    }
}

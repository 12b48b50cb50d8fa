import Diagnostics
import FoundationEssentials
import Language
import Mapping
import Model
import Record
import Resources
import StUF
import Tables
import Threads
import XML

/// One mapping, ready to translate files from either side.
struct Translation {
    let mapping: CompiledMapping
    let forms: Forms
    let shape: Shape

    /// Loads the mapping that the command line names, with the models it needs.
    ///
    /// What is wrong with them is reported on the console, and a failure.
    static func load(
        _ arguments: Arguments, home: Home, _ console: Console
    ) throws(CommandFailure) -> Translation {
        let name = arguments.operands[0]
        let folder = try home.mappings(given: arguments.mappings)
        let isFile = name.hasSuffix(".map")
        if isFile, !FileManager.default.fileExists(atPath: name) {
            throw CommandFailure(.fileNotRead, at: name)
        }
        let (models, modelFindings) = Models.load([folder])
        // Overlays on it may stand in files of their own beside it.
        let (library, findings) = MappingLibrary.load(
            isFile ? Self.withSiblings(name) : [folder], models: models)
        let mapping = isFile ? library.mappings.first { $0.location.file == name } : library.mapping(name)
        guard let mapping else {
            let mine = findings.filter { !isFile || $0.location.file == name }
            let errors = (modelFindings + mine).filter { $0.severity == .error }
            for error in errors { console.report(error.description) }
            guard errors.isEmpty else { throw CommandFailure(.mappingBroken, at: name) }
            let near = nearest(name, among: library.mappings.map(\.name)).map { ": did you mean `\($0)`?" }
            throw .usage("there is no mapping `\(name)`\(near ?? "")", of: .map)
        }
        return Translation(mapping: mapping, forms: Forms(models), shape: Shape(mapping.api))
    }

    /// The file, and the other mapping files of its folder.
    private static func withSiblings(_ file: String) -> [String] {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        let siblings = (names ?? []).filter { $0.hasSuffix(".map") && !$0.hasPrefix(".") }
        return [file] + siblings.map { folder + $0 }
    }

    /// Translates a file to the other side.
    func translate(_ bytes: [UInt8], _ arguments: Arguments) throws -> Translated {
        // A byte order mark stands before either.
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        switch content.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "<"): return try lift(bytes)
        case UInt8(ascii: "{"):
            if let form = TableForm(mapping.legacy) {
                return try form.knows(content, betterThan: shape)
                    ? lift(row: content, form) : lower(content, to: form)
            }
            return try lower(content, arguments)
        default:
            throw CommandFailure(
                .inputUnfit, at: arguments.operands[1], "it starts like neither XML nor JSON")
        }
    }

    private func lift(_ bytes: [UInt8]) throws -> Translated {
        let contents = MemoryContents()
        let bericht = try BerichtReader.read(bytes, forms, soapAction: nil, hash: nil, contents: contents)
        guard case .kennisgeving(let kennisgeving) = bericht.inhoud else {
            throw CommandFailure(.inputUnfit, at: bericht.header.root, "it is no kennisgeving")
        }
        guard kennisgeving.form.entity === mapping.legacy else {
            throw CommandFailure(
                .inputUnfit, at: bericht.header.root,
                "it holds \(kennisgeving.form.entity.qualifiedName), not \(mapping.legacy.qualifiedName)")
        }
        let isNew = kennisgeving.mutatiesoort == .toevoeging
        let context = Context(
            zender: bericht.stuurgegevens.contextZender, ontvanger: bericht.stuurgegevens.contextOntvanger,
            ontvangen: Moment.now.canonical, isNew: isNew)
        let traced = try mapping.traced(kennisgeving.change, .up, context: context)
        let output = GraphDocument.write(
            traced.converted.record, of: shape, isPretty: true, implied: kennisgeving.mutatiesoort.implied
        ) { content in
            contents[content.id].map { bytes in
                var encoder = Base64Encoder()
                var text: [UInt8] = []
                encoder.encode(bytes[...], into: &text)
                encoder.finish(into: &text)
                return text
            }
        }
        return Translated(
            output: output, traced: traced, source: kennisgeving.change, direction: .up,
            mapping: mapping.form(for: kennisgeving.change, .up, context: context),
            unmapped: bericht.unmapped.paths, unknown: [])
    }

    private func lower(_ bytes: [UInt8], _ arguments: Arguments) throws -> Translated {
        let stuurgegevens = try Stuurgegevens(arguments, entiteittype: mapping.legacy.name)
        let contents = MemoryContents()
        let read = try GraphDocument.read(bytes, of: shape) { text in
            var decoder = Base64Decoder()
            var bytes: [UInt8] = []
            decoder.decode(text, into: &bytes)
            guard decoder.finish(into: &bytes) else { return nil }
            let id = contents.begin()
            contents.write(bytes)
            contents.end()
            return Record.Content(id: id, byteCount: Int64(bytes.count))
        }
        let context = Context(
            zender: stuurgegevens.contextZender, ontvanger: stuurgegevens.contextOntvanger,
            ontvangen: Moment.now.canonical, isNew: true)
        let traced = try mapping.traced(read.record, .down, context: context)
        guard let form = forms.form(of: mapping.legacy) else {
            throw CommandFailure(.inputUnfit, at: mapping.legacy.qualifiedName, "it is no StUF entity")
        }
        let output = try BerichtWriter(envelope: .bare, isIndented: true).kennisgeving(
            traced.converted.record, form: form, stuurgegevens: stuurgegevens, mutatiesoort: .toevoeging
        ) { content in contents[content.id] ?? [] }
        return Translated(
            output: output, traced: traced, source: read.record, direction: .down,
            mapping: mapping.form(for: read.record, .down, context: context),
            unmapped: [], unknown: read.unknown)
    }
}

/// What came of a file.
struct Translated {
    var output: [UInt8]
    var traced: Traced
    var source: Record
    var direction: Direction
    var mapping: CompiledMapping
    /// Elements that the model of the legacy side does not know.
    var unmapped: [String]
    /// JSON pointers of properties that the model of the API's side does not know.
    var unknown: [String]

    /// Where the values that were made come from: the rules of which a source was said, or whose constant is there.
    var lineages: [Lineage] {
        let made = traced.converted.record.saidValues
        let said = source.saidValues
        var seen: Set<Lineage> = []
        return mapping.explain(direction).filter { lineage in
            guard let values = made[lineage.target] else { return false }
            let isTaken = lineage.sources.contains { source in
                if source.hasPrefix("@") { return true }
                guard source.hasPrefix("\"") else { return said[source] != nil }
                return values.contains { Token.quoted($0) == source }
            }
            return isTaken && seen.insert(lineage).inserted
        }
    }

    var loss: Loss { traced.loss(unmapped: unmapped) }
}

extension Kennisgeving.Mutatiesoort {
    /// The verwerkingssoort that its items have when nothing else is said.
    fileprivate var implied: Marks.Verwerkingssoort {
        switch self {
        case .toevoeging: .toevoegen
        case .verwijdering: .verwijderen
        case .wijziging, .correctie, .correctieFormeel: .wijzigen
        }
    }
}

extension Record {
    /// The paths of everything it says, from the top of its entity, each with the texts of its values.
    var saidValues: [String: Set<String>] {
        let paths = ([layout] + layout.below).flatMap(\.nodes).map(\.path)
        let separator = paths.contains { $0.contains("/") } ? "/" : "."
        var values: [String: Set<String>] = [:]
        collect(Record.root, prefix: "", separator: separator, into: &values)
        return values
    }

    private func collect(
        _ frame: Frame, prefix: String, separator: String, into values: inout [String: Set<String>]
    ) {
        for (index, node) in layout(of: frame).nodes.enumerated() where slot(index, in: frame).standing.isSaid
        {
            let path = node.path == "." ? String(prefix.dropLast()) : prefix + node.path
            guard node.isRepeat else {
                let text = node.type == .content ? nil : text(index, in: frame)
                values[path, default: []].formUnion(text.map { [$0] } ?? [])
                continue
            }
            values[path, default: []] = []
            for item in items(index, in: frame) {
                collect(item, prefix: path + separator, separator: separator, into: &values)
            }
        }
    }
}

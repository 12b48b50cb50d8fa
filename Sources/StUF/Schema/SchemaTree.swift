internal import Diagnostics
internal import FoundationEssentials
internal import Model
internal import XML

/// A folder with official schemas, made into one that libxml2 compiles.
///
/// libxml2 reads one document for each imported namespace, and the official files import a namespace from several. So all
/// files of a namespace that are imported anywhere are included in one that is made here, and these are imported in the
/// order in which they build on each other. The official files are read where they are, and not changed.
struct SchemaTree {
    private static let xs = "http://www.w3.org/2001/XMLSchema"
    /// StUF itself, what zaken are built on, and the services.
    private static let order = [
        Namespace.stuf, "http://www.egem.nl/StUF/sector/bg/0310",
        "http://www.stufstandaarden.nl/koppelvlak/zds0120", "http://www.egem.nl/StUF/sector/zkn/0310",
    ]

    private let names: Names
    private let schema, include, redefine, importing, targetNamespace, namespace, location: Name
    /// By namespace: the files that are imported, or with which it begins.
    private var imported: [String: Set<String>] = [:]
    private var seen: Set<String> = []

    /// Follows the files with which it begins, and all that they include and import.
    init(_ entries: [String]) {
        var names = Names()
        schema = names.add(namespace: Self.xs, local: "schema")
        include = names.add(namespace: Self.xs, local: "include")
        redefine = names.add(namespace: Self.xs, local: "redefine")
        importing = names.add(namespace: Self.xs, local: "import")
        targetNamespace = names.add(namespace: "", local: "targetNamespace")
        namespace = names.add(namespace: "", local: "namespace")
        location = names.add(namespace: "", local: "schemaLocation")
        self.names = names
        for entry in entries {
            let target = follow(entry)
            imported[target, default: []].insert(entry)
        }
    }

    /// - Returns: the namespace that the file is of.
    private mutating func follow(_ file: String) -> String {
        guard let bytes = FileManager.default.contents(atPath: file), let read = read([UInt8](bytes)) else {
            return ""
        }
        guard seen.insert(file).inserted else { return read.target }
        for (space, place) in read.links {
            let other = Self.resolved(place, beside: file)
            guard FileManager.default.fileExists(atPath: other) else { continue }
            let target = follow(other)
            if space != nil { imported[target, default: []].insert(other) }
        }
        return read.target
    }

    /// What a file is of, and to what it refers; the namespace of an import, nil of an include.
    private func read(_ bytes: [UInt8]) -> (target: String, links: [(space: String?, place: String)])? {
        var target = ""
        var links: [(space: String?, place: String)] = []
        guard var reader = try? Reader(names: names) else { return nil }
        func text(_ name: Name, _ event: Event, _ events: Events) -> String? {
            events.value(of: name, in: event).map { String(decoding: $0, as: UTF8.self) }
        }
        var start = 0
        while start < bytes.count {
            let end = min(start + 16 * 1024, bytes.count)
            // A file that is no XML is found when the schema is compiled.
            guard (try? reader.feed(bytes[start..<end])) != nil else { break }
            let events = reader.events
            for event in events.list where event.kind == .start {
                if event.name == schema { target = text(targetNamespace, event, events) ?? "" }
                guard let place = text(location, event, events) else { continue }
                if event.name == importing { links.append((text(namespace, event, events) ?? "", place)) }
                if event.name == include || event.name == redefine { links.append((nil, place)) }
            }
            start = end
        }
        return (target, links)
    }

    /// A relative location, with its `..` taken out.
    private static func resolved(_ place: String, beside file: String) -> String {
        guard !place.contains("://") else { return place }
        var parts = file.split(separator: "/").dropLast()
        for part in place.split(separator: "/") {
            if part == ".." { parts = parts.dropLast() } else if part != "." { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    // MARK: Compiling

    /// - Throws: `X020` when the official files are not whole, `X009` without a place for the made ones.
    func compiled() throws(XMLFailure) -> Schema {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "sluis-schema-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var master = Writer()
        start("schema", [], &master, isRoot: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (index, space) in Self.order.enumerated() {
                guard let files = imported[space] else { continue }
                var bundle = Writer()
                start(
                    "schema", [("targetNamespace", space), ("elementFormDefault", "qualified")], &bundle,
                    isRoot: true)
                for file in files.sorted() {
                    start("include", [("schemaLocation", Self.escaped(file))], &bundle)
                    bundle.end()
                }
                bundle.end()
                try Data(bundle.take()).write(to: folder.appendingPathComponent("\(index).xsd"))
                start("import", [("namespace", space), ("schemaLocation", "\(index).xsd")], &master)
                master.end()
            }
            master.end()
            try Data(master.take()).write(to: folder.appendingPathComponent("all.xsd"))
        } catch {
            throw XMLFailure(.xmlUnavailable, line: 0)
        }
        return try Schema(file: folder.appendingPathComponent("all.xsd").path)
    }

    private func start(
        _ name: String, _ attributes: [(String, String)], _ writer: inout Writer, isRoot: Bool = false
    ) {
        writer.start(Tag(prefix: "xs", local: name))
        if isRoot { writer.declare(prefix: "xs", namespace: Self.xs) }
        for (name, value) in attributes { writer.attribute(Tag(prefix: "", local: name), value) }
    }

    private static func escaped(_ path: String) -> String { path.replacing(" ", with: "%20") }
}

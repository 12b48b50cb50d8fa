import Diagnostics

/// Every schema document that an entry document includes and imports, and what they define, by name.
///
/// Several imports of one namespace are merged, as the StUF schemas need and some libraries do not do.
struct SchemaSet {
    /// A set of more documents is a loop of some kind.
    static let documentLimit = 500

    /// A component, and the document that it stands in.
    struct Component: Sendable {
        var node: SchemaNode
        var document: Int

        func location(in set: SchemaSet) -> SourceLocation {
            SourceLocation(file: set.documents[document].file, line: node.line, column: 1)
        }
    }

    /// Kinds of components, each with names of its own.
    enum Kind: Hashable, Sendable { case type, element, group, attributeGroup, attribute }

    private(set) var documents: [SchemaDocument] = []
    private(set) var components: [Kind: [QName: Component]] = [:]
    /// Elements that may stand where another is referred to.
    private(set) var substitutes: [QName: [QName]] = [:]
    /// Namespace of the entry document; when it has none, of its last import.
    private(set) var entryNamespace = ""
    /// The documents that were asked for themselves.
    var entries: [SchemaDocument] { entryFiles.compactMap { file in documents.first { $0.file == file } } }
    private let entryFiles: [String]
    private let contents: (String) -> [UInt8]?
    private var seen: Set<String> = []

    /// - Parameter contents: the bytes of a file; nil when it cannot be read.
    init(entries: [String], contents: @escaping (String) -> [UInt8]?) throws(ModelImportFailure) {
        self.contents = contents
        entryFiles = entries.map(Self.normalised)
        for entry in entries { try load(entry, in: nil, askedAt: nil) }
        entryNamespace = documents.first?.namespace ?? ""
        if entryNamespace.isEmpty {
            entryNamespace = documents.first?.root.children.last { $0.kind == "import" }?["namespace"] ?? ""
        }
    }

    /// The namespaces that define types, in order.
    var namespaces: [String] { Set((components[.type] ?? [:]).keys.map(\.namespace)).sorted() }

    func component(_ kind: Kind, _ name: QName) -> Component? { components[kind]?[name] }

    /// The prefix that documents write the namespace with; the last part of the namespace when none does.
    func prefix(of namespace: String) -> String {
        for document in documents {
            let known = document.prefixes.filter { $0.value == namespace && !$0.key.isEmpty }.keys.sorted()
            if let prefix = known.first { return prefix }
        }
        return namespace.split(separator: "/").last.map(String.init) ?? "x"
    }

    /// What a `type`, `base` or `ref` names.
    func name(_ text: String, in document: Int) throws(ModelImportFailure) -> QName {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = parts.count == 2 ? String(parts[0]) : ""
        let local = parts.last.map(String.init) ?? text
        if prefix == "xml" { return QName(namespace: "http://www.w3.org/XML/1998/namespace", local: local) }
        guard let namespace = documents[document].prefixes[prefix] else {
            // Without a default namespace the name is of none, and so of what includes it.
            if prefix.isEmpty { return QName(namespace: documents[document].namespace, local: local) }
            throw ModelImportFailure(
                .schemaNameUnknown,
                at: SourceLocation(file: documents[document].file, line: 1, column: 1),
                "the root of the schema does not declare the prefix `\(prefix)`")
        }
        return QName(namespace: namespace, local: local)
    }

    // MARK: Loading

    /// Depth-first by hand: a chain of a thousand includes must not use the stack.
    private mutating func load(
        _ entry: String, in namespace: String?, askedAt: SourceLocation?
    ) throws(ModelImportFailure) {
        var waiting: [(file: String, namespace: String?, askedAt: SourceLocation?)] = [
            (Self.normalised(entry), namespace, askedAt)
        ]
        while let next = waiting.popLast() {
            // A file with a namespace of its own is read once; one without belongs to each that includes it.
            let chameleon = "\(next.file)\n\(next.namespace ?? "")"
            guard !seen.contains(next.file), !seen.contains(chameleon) else { continue }
            guard let bytes = contents(next.file) else {
                throw ModelImportFailure(.schemaMissing, at: next.askedAt, place: next.file)
            }
            guard documents.count < Self.documentLimit else {
                throw ModelImportFailure(
                    .schemaTooLarge, at: next.askedAt, "more than \(Self.documentLimit) schema files")
            }
            var document = try SchemaDocumentReader.read(file: next.file, bytes: bytes)
            seen.insert(document.namespace.isEmpty ? chameleon : next.file)
            if document.namespace.isEmpty { document.namespace = next.namespace ?? "" }
            documents.append(document)
            try index(documents.count - 1)
            waiting += try references(of: document).reversed()
        }
    }

    private func references(
        of document: SchemaDocument
    ) throws(ModelImportFailure) -> [(file: String, namespace: String?, askedAt: SourceLocation?)] {
        var references: [(file: String, namespace: String?, askedAt: SourceLocation?)] = []
        for node in document.root.children where ["include", "import", "redefine"].contains(node.kind) {
            let location = SourceLocation(file: document.file, line: node.line, column: 1)
            guard node.kind != "redefine" else {
                throw ModelImportFailure(.schemaUnsupported, at: location, "`redefine` is not understood")
            }
            guard let place = node["schemaLocation"] else { continue }
            guard !place.contains("://") else {
                throw ModelImportFailure(
                    .schemaRemote, at: location, "nothing is fetched: store the file beside the others")
            }
            let folder = document.file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                .joined(separator: "/")
            let file = place.hasPrefix("/") || folder.isEmpty ? place : "\(folder)/\(place)"
            references.append(
                (Self.normalised(file), node.kind == "include" ? document.namespace : nil, location))
        }
        return references
    }

    /// `a/b/../c.xsd` is `a/c.xsd`.
    private static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            if part == ".", !parts.isEmpty || path.hasPrefix("./") { continue }
            if part == "..", let last = parts.last, last != "..", !last.isEmpty {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    private mutating func index(_ document: Int) throws(ModelImportFailure) {
        for node in documents[document].root.children {
            guard let local = node["name"], let kind = Self.kinds[node.kind] else { continue }
            let name = QName(namespace: documents[document].namespace, local: local)
            let component = Component(node: node, document: document)
            if let twin = components[kind]?[name] {
                throw ModelImportFailure(
                    .schemaNameTwice, at: component.location(in: self), place: local,
                    "it stands in \(twin.location(in: self)) already")
            }
            components[kind, default: [:]][name] = component
            if node.kind == "element", let head = node["substitutionGroup"] {
                substitutes[try self.name(head, in: document), default: []].append(name)
            }
        }
    }

    private static let kinds: [String: Kind] = [
        "complexType": .type, "simpleType": .type, "element": .element, "group": .group,
        "attributeGroup": .attributeGroup, "attribute": .attribute,
    ]
}

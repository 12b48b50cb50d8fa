import Diagnostics
import Language
import XML

/// Reads one schema file into nodes. Documentation and everything else outside the XML Schema namespace is passed over.
struct SchemaDocumentReader {
    /// Larger files are no schema.
    static let byteLimit = 16 << 20
    /// Elements within elements.
    static let depthLimit = 100

    let file: String
    private var open: [SchemaNode] = []
    private var root: SchemaNode?
    /// How many elements are open below one that is passed over, itself included.
    private var passedOver = 0

    init(file: String) { self.file = file }

    static func read(file: String, bytes: [UInt8]) throws(ModelImportFailure) -> SchemaDocument {
        guard bytes.count <= byteLimit else {
            throw ModelImportFailure(
                .schemaTooLarge, at: SourceLocation(file: file, line: 1, column: 1),
                "a schema file has at most \(byteLimit >> 20) MB")
        }
        var reader = SchemaDocumentReader(file: file)
        try reader.readNodes(bytes)
        guard let root = reader.root else {
            throw ModelImportFailure(
                .schemaForeign, at: SourceLocation(file: file, line: 1, column: 1),
                "its root is no `schema` of XML Schema")
        }
        return SchemaDocument(
            file: file, namespace: root["targetNamespace"] ?? "", prefixes: prefixes(of: bytes), root: root)
    }

    private mutating func readNodes(_ bytes: [UInt8]) throws(ModelImportFailure) {
        var limits = Limits()
        limits.depth = Self.depthLimit
        limits.bytesWithoutEvent = 1 << 20
        do throws(XMLFailure) {
            var reader = try Reader(names: Names(), limits: limits)
            var start = 0
            while start < bytes.count {
                let end = min(start + 32 * 1024, bytes.count)
                try reader.feed(bytes[start..<end])
                take(reader.events, reader)
                start = end
            }
            try reader.finish()
            take(reader.events, reader)
        } catch {
            throw ModelImportFailure(
                error.code, at: SourceLocation(file: file, line: max(1, error.line), column: 1))
        }
    }

    private mutating func take(_ events: Events, _ reader: borrowing Reader) {
        for event in events.list {
            switch event.kind {
            case .text: continue
            case .start:
                let isSchema = reader.namespace(of: event.name).elementsEqual(SchemaDocument.namespace.utf8)
                let kind = String(decoding: reader.local(of: event.name), as: UTF8.self)
                guard passedOver == 0, isSchema, kind != "annotation" else {
                    passedOver += 1
                    continue
                }
                var attributes: [String: String] = [:]
                for attribute in events.attributes(of: event)
                where reader.namespace(of: attribute.name).isEmpty {
                    attributes[String(decoding: reader.local(of: attribute.name), as: UTF8.self)] =
                        String(decoding: events.value(attribute), as: UTF8.self)
                }
                open.append(SchemaNode(kind: kind, attributes: attributes, line: Int(event.line)))
            case .end:
                guard passedOver == 0 else {
                    passedOver -= 1
                    continue
                }
                guard let node = open.popLast() else { continue }
                if open.isEmpty {
                    if node.kind == "schema" { root = node }
                } else {
                    open[open.count - 1].children.append(node)
                }
            }
        }
    }

    /// The namespaces that the root declares. The document is well-formed by now; the reader keeps no declarations,
    /// since nothing else needs them.
    private static func prefixes(of bytes: [UInt8]) -> [String: String] {
        guard let tag = rootTag(of: bytes) else { return [:] }
        var prefixes: [String: String] = [:]
        var index = tag.startIndex
        while let equals = tag[index...].firstIndex(of: UInt8(ascii: "=")) {
            let name = tag[index..<equals].split(whereSeparator: { $0 <= 0x20 }).last ?? []
            guard let quote = tag[equals...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
                let end = tag[(quote + 1)...].firstIndex(of: tag[quote])
            else { break }
            let value = String(decoding: tag[(quote + 1)..<end], as: UTF8.self)
            let text = String(decoding: name, as: UTF8.self)
            if text == "xmlns" { prefixes[""] = value }
            if text.hasPrefix("xmlns:") { prefixes[String(text.dropFirst(6))] = value }
            index = end + 1
        }
        return prefixes
    }

    /// The first start tag: behind the declaration, comments and processing instructions.
    private static func rootTag(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")), start + 1 < rest.endIndex {
            switch rest[start + 1] {
            case UInt8(ascii: "?"):
                guard let end = rest[start...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
                rest = rest[(end + 1)...]
            case UInt8(ascii: "!"):
                var end = start + 4
                while end + 2 < rest.endIndex, !rest[end...].starts(with: "-->".utf8) { end += 1 }
                guard end + 2 < rest.endIndex else { return nil }
                rest = rest[(end + 3)...]
            default: return end(of: rest[start...])
            }
        }
        return nil
    }

    /// Up to the `>` that stands in no quotes.
    private static func end(of tag: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var quote: UInt8?
        for index in tag.indices {
            let byte = tag[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return tag[..<index]
            }
        }
        return nil
    }
}

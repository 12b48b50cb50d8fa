internal import Crypto
internal import Diagnostics
internal import HTTP
internal import Ledger
internal import Model
internal import Record
internal import Resources
internal import Threads

extension Answering {
    /// The content of a document as it was sent in.
    func download(_ collection: ServedCollection, _ uuid: UUID) throws(ServingFailure) -> Response {
        let shape = collection.root.shape
        guard let object = try source.object(collection.name, uuid),
            let node = shape.nodes.indices.first(where: { shape.nodes[$0].type.base == .content }),
            let content = object.stored.record.content(node)
        else { throw ServingFailure(.servedNotFound) }
        var fields = [Field("Content-Type", mediaType(of: object))]
        fields.append(Field("Content-Disposition", disposition(of: object)))
        return Response(.ok, fields: fields, content: .pieces(try pieces(content.id)))
    }

    /// Reads the pieces beforehand: the loop that sends them must not wait for the store.
    private func pieces(_ id: Int64) throws(ServingFailure) -> @Sendable () -> [UInt8]? {
        var pieces: [[UInt8]] = []
        do {
            while let piece = try source.ledger.content(id, piece: pieces.count) { pieces.append(piece) }
        } catch {
            throw ServingFailure(error)
        }
        guard !pieces.isEmpty else {
            throw ServingFailure(.servedNotFound, hint: "The content is kept no longer.")
        }
        let left = Monitor(Array(pieces.reversed()))
        return { left.withLock { $0.popLast() } }
    }

    /// The document's own `formaat` where it is a media type, and else the one that promises nothing.
    private func mediaType(of object: StoredObject) -> String {
        let formaat = text("formaat", object)
        let parts = formaat.split(separator: "/", omittingEmptySubsequences: false)
        let isMediaType =
            parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isNameByte) }
        return isMediaType ? formaat.lowercased() : "application/octet-stream"
    }

    /// Never shown by a browser itself: what old systems send may be HTML.
    private func disposition(of object: StoredObject) -> String {
        let name = text("bestandsnaam", object)
        return name.isEmpty ? "attachment" : "attachment; filename*=UTF-8''\(PercentCoding.encode(name))"
    }

    private func text(_ path: String, _ object: StoredObject) -> String {
        object.resource.shape.node(path).flatMap { object.stored.record.text($0) } ?? ""
    }
}

extension UInt8 {
    /// Whether it may stand in a media type's name (RFC 6838, 4.2).
    fileprivate var isNameByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$&-^_.+".utf8.contains(self)
        }
    }
}

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
        return Response(.ok, fields: fields, content: .pieces(try pieces(content)))
    }

    /// Each is read when it is asked for, aside: the loop that sends them must not wait for the store.
    private func pieces(_ content: Record.Content) throws(ServingFailure) -> @Sendable (PieceTicket) -> Void {
        let first: [UInt8]?
        do {
            first = try source.ledger.content(content.id, piece: 0)
        } catch {
            throw ServingFailure(error)
        }
        guard first != nil else {
            throw ServingFailure(.servedNotFound, hint: "The content is kept no longer.")
        }
        let (ledger, aside) = (source.ledger, aside)
        let sent = Monitor((pieces: 0, byteCount: Int64(0)))
        return { ticket in
            _ = aside {
                let isLast = sent.withLock { $0.byteCount } == content.byteCount
                if isLast { return ticket.bring(.end) }
                // What cannot be read breaks the answer off: the reader sees that something is missing.
                guard let piece = try? ledger.content(content.id, piece: sent.withLock { $0.pieces }) else {
                    return
                }
                sent.update { $0 = ($0.pieces + 1, $0.byteCount + Int64(piece.count)) }
                ticket.bring(.bytes(piece))
            }
        }
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

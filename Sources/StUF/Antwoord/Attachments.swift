internal import Record
internal import XML

/// The documents of a bericht that is sent in parts (MTOM, StUF protocol binding 3.1; XOP 1.0 section 4).
final class Attachments {
    private static let include = "http://www.w3.org/2004/08/xop/include"
    private static let root = "bericht@sluis"

    private let boundary: String
    private var parts: [Record.Content] = []

    /// - Parameter boundary: drawn for this answer, so that no document can have it in it.
    init(boundary: String) { self.boundary = "sluis-\(boundary)" }

    /// Takes a document, and names it in the element that was just started.
    func add(_ content: Record.Content, to writer: inout Writer) {
        parts.append(content)
        writer.start(Tag(prefix: "xop", local: "Include"))
        writer.declare(prefix: "xop", namespace: Self.include)
        writer.attribute(Tag(prefix: "", local: "href"), "cid:\(id(parts.count))")
        writer.end()
    }

    private func id(_ number: Int) -> String { "document-\(number)@sluis" }

    /// The answer as a whole.
    func antwoord(around bericht: [UInt8], envelope: Envelope) -> Antwoord {
        let type = envelope == .soap12 ? "application/soap+xml" : "text/xml"
        var segments: [Antwoord.Segment] = []
        func head(_ type: String, _ id: String, isFirst: Bool = false) -> [UInt8] {
            let text = """
                --\(boundary)\r
                Content-Type: \(type)\r
                Content-Transfer-Encoding: binary\r
                Content-ID: <\(id)>\r
                \r

                """
            return Array(((isFirst ? "" : "\r\n") + text).utf8)
        }
        let root = #"application/xop+xml; charset=utf-8; type="\#(type)""#
        segments.append(.bytes(head(root, Self.root, isFirst: true) + bericht))
        for (index, content) in parts.enumerated() {
            segments.append(.bytes(head("application/octet-stream", id(index + 1))))
            segments.append(.binary(content))
        }
        segments.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)))
        let contentType = """
            multipart/related; type="application/xop+xml"; boundary="\(boundary)"; start="<\(Self.root)>"; \
            start-info="\(type)"
            """
        return Antwoord(contentType: contentType, segments: segments)
    }
}

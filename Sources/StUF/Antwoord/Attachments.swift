internal import XML

/// The documents of a bericht that is sent in parts (MTOM, StUF protocol binding 3.1; XOP 1.0 section 4).
final class Attachments {
    private static let include = "http://www.w3.org/2004/08/xop/include"
    private static let root = "bericht@sluis"

    private let boundary: String
    private var parts: [[UInt8]] = []

    /// - Parameter boundary: drawn for this answer, so that no document can have it in it.
    init(boundary: String) { self.boundary = "sluis-\(boundary)" }

    /// Takes a document, and names it in the element that was just started.
    func add(_ bytes: [UInt8], to writer: inout Writer) {
        parts.append(bytes)
        writer.start(Tag(prefix: "xop", local: "Include"))
        writer.declare(prefix: "xop", namespace: Self.include)
        writer.attribute(Tag(prefix: "", local: "href"), "cid:\(id(parts.count))")
        writer.end()
    }

    private func id(_ number: Int) -> String { "document-\(number)@sluis" }

    /// The answer as a whole.
    func reply(around bericht: [UInt8], envelope: Envelope) -> Reply {
        let type = envelope == .soap12 ? "application/soap+xml" : "text/xml"
        var body: [UInt8] = []
        func part(_ type: String, _ id: String, _ bytes: [UInt8]) {
            let head = """
                --\(boundary)\r
                Content-Type: \(type)\r
                Content-Transfer-Encoding: binary\r
                Content-ID: <\(id)>\r
                \r

                """
            body += Array(head.utf8)
            body += bytes
            body += [0x0D, 0x0A]
        }
        part(#"application/xop+xml; charset=utf-8; type="\#(type)""#, Self.root, bericht)
        for (index, bytes) in parts.enumerated() { part("application/octet-stream", id(index + 1), bytes) }
        body += Array("--\(boundary)--\r\n".utf8)
        let contentType = """
            multipart/related; type="application/xop+xml"; boundary="\(boundary)"; start="<\(Self.root)>"; \
            start-info="\(type)"
            """
        return Reply(status: 200, contentType: contentType, body: body)
    }
}

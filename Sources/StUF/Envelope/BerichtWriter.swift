internal import Model
internal import XML

/// An answer over HTTP.
package struct Reply: Sendable, Equatable {
    package var status: Int
    package var contentType: String
    package var body: [UInt8]

    package init(status: Int, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// Writes berichten: kennisgevingen, answers, confirmations and faults.
///
/// Everything that would make two writings differ is an argument: an answer that is written again has the same bytes.
package struct BerichtWriter: Sendable {
    /// How to wrap; of an answer: as the question was.
    package var envelope: Envelope
    /// For people; two spaces a level.
    package var isIndented: Bool
    /// Whether an answer is sent in parts, its documents beside the bericht (MTOM): as the question was.
    package var isInParts: Bool

    package init(envelope: Envelope, isIndented: Bool = false, isInParts: Bool = false) {
        self.envelope = envelope
        self.isIndented = isIndented
        self.isInParts = isInParts
    }

    static let soap = "SOAP"

    /// The media type of this kind of envelope, for requests as well.
    package var contentType: String {
        envelope == .soap12 ? "application/soap+xml; charset=utf-8" : "text/xml; charset=utf-8"
    }

    /// Writes the envelope around a bericht, which starts and ends its own root.
    func wrap<Failure: Error>(
        _ bericht: (inout Writer) throws(Failure) -> Void
    ) throws(Failure) -> [UInt8] {
        var writer = Writer(isIndented: isIndented)
        writer.declaration()
        if envelope != .bare {
            writer.start(Tag(prefix: Self.soap, local: "Envelope"))
            writer.declare(
                prefix: Self.soap, namespace: envelope == .soap12 ? Vocabulary.soap12 : Vocabulary.soap11)
            writer.start(Tag(prefix: Self.soap, local: "Body"))
        }
        try bericht(&writer)
        if envelope != .bare {
            writer.end()
            writer.end()
        }
        return writer.take()
    }

    /// A bericht of StUF itself: `StUF:Bv03Bericht`, `StUF:Fo03Bericht`.
    static func protocolBericht(
        _ stuurgegevens: Stuurgegevens, to writer: inout Writer, body: (inout Writer) -> Void = { _ in }
    ) {
        writer.start(Tag(prefix: "StUF", local: "\(stuurgegevens.berichtcode.rawValue)Bericht"))
        writer.declare(prefix: "StUF", namespace: Namespace.stuf)
        StuurgegevensWriter.write(
            stuurgegevens, in: Tag(prefix: "StUF", local: "stuurgegevens"), to: &writer)
        body(&writer)
        writer.end()
    }
}

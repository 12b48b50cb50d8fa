package import Diagnostics
internal import Model
internal import XML

extension BerichtWriter {
    private static let longestDetails = 1000

    /// Refuses a bericht with `Fo02` or `Fo03` in a SOAP fault, or reports a later failure with `Fo01`.
    ///
    /// HTTP status 500, as the standard demands of every fault; of a SOAP 1.2 fault that the sender caused 400; of a
    /// `Fo01`, which is no fault of this exchange, 200.
    ///
    /// - Parameters:
    ///   - code: `fo01`, `fo02` or `fo03`; see ``Header/refusal``.
    ///   - header: of the bericht, as far as it was read.
    package func fout(
        _ fout: Fout, as code: Berichtcode, to header: Header, identity: Stuurgegevens.Identity
    ) -> Reply {
        let stuurgegevens =
            header.stuurgegevens?.answer(code, identity)
            ?? Stuurgegevens(code).answer(code, identity)
        let isFault = code != .fo01 && envelope != .bare
        let body = wrap { writer in
            if isFault { startFault(fout.foutcode, to: &writer) }
            Self.protocolBericht(stuurgegevens, to: &writer) { writer in
                func element(_ name: String, _ text: String) {
                    writer.element(Tag(prefix: "StUF", local: name), text)
                }
                writer.start(Tag(prefix: "StUF", local: "body"))
                element("code", fout.foutcode.code)
                element("plek", fout.foutcode.plek.rawValue)
                element("omschrijving", fout.foutcode.omschrijving)
                element(
                    "details",
                    String(String.UnicodeScalarView(fout.details.unicodeScalars.prefix(Self.longestDetails))))
                writer.end()
            }
            if isFault {
                writer.end()
                writer.end()
            }
        }
        let isSender = envelope == .soap12 && fout.foutcode.plek == .client
        return Reply(status: code == .fo01 ? 200 : isSender ? 400 : 500, contentType: contentType, body: body)
    }

    /// Refuses the envelope itself with a fault of SOAP, which has no detail and no bericht (SOAP 1.1 section 4.4, SOAP
    /// 1.2 part 1 section 5.4.6).
    ///
    /// - Returns: nil for a failure that is none of the envelope, and for a bericht without an envelope.
    package func soapFault(_ failure: any Failure) -> Reply? {
        let code: String
        switch failure.code {
        case .stufMustUnderstand: code = "MustUnderstand"
        case .stufSoapVersion: code = "VersionMismatch"
        default: return nil
        }
        guard envelope != .bare else { return nil }
        let body = wrap { writer in
            startFault("\(Self.soap):\(code)", reason: failure.description, to: &writer)
            writer.end()
        }
        return Reply(status: 500, contentType: contentType, body: body)
    }

    /// Starts the fault and its detail. The children of a SOAP 1.1 fault have no namespace.
    private func startFault(_ foutcode: Foutcode, to writer: inout Writer) {
        let isClient = foutcode.plek == .client
        let code = envelope == .soap12 ? (isClient ? "Sender" : "Receiver") : isClient ? "Client" : "Server"
        startFault("\(Self.soap):\(code)", reason: foutcode.omschrijving, to: &writer)
        writer.start(
            envelope == .soap12
                ? Tag(prefix: Self.soap, local: "Detail") : Tag(prefix: "", local: "detail"))
    }

    private func startFault(_ code: String, reason: String, to writer: inout Writer) {
        writer.start(Tag(prefix: Self.soap, local: "Fault"))
        guard envelope == .soap12 else {
            writer.element(Tag(prefix: "", local: "faultcode"), code)
            return writer.element(Tag(prefix: "", local: "faultstring"), reason)
        }
        func soap(_ local: String) -> Tag { Tag(prefix: Self.soap, local: local) }
        writer.start(soap("Code"))
        writer.element(soap("Value"), code)
        writer.end()
        writer.start(soap("Reason"))
        writer.start(soap("Text"))
        writer.attribute(Tag(prefix: "xml", local: "lang"), "nl")
        writer.text(reason)
        writer.end()
        writer.end()
    }
}

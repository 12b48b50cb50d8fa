package import Record

/// How a bericht was, or is to be, wrapped.
package enum Envelope: String, Sendable {
    case soap11, soap12
    /// Without an envelope, as in a file.
    case bare
}

/// What names a bericht and says how to answer it; known before its content is, and when its content is refused.
package struct Header: Sendable, Equatable {
    package var envelope: Envelope = .bare
    /// As sent, without quotes; nil when it was not sent or empty.
    package var soapAction: String?
    /// Local name of the root element: `zakLk01`, `creeerZaak_ZakLk01`. Empty while it is not known.
    package var root = ""
    package var rootNamespace = ""
    /// Nil while there are none, or nothing in them says what the bericht is or from whom.
    package var stuurgegevens: Stuurgegevens?
    /// What is known of who sent it; nil when nothing is.
    package var zender: Zender?

    package init() {}

    /// Whether this was a StUF bericht at all: then it is kept, and refused by a `Fo` with a crossRefnummer.
    package var isBericht: Bool { stuurgegevens != nil }

    /// The last part of the SOAPAction: `creeerZaak_Lk01`; nil without one.
    package var operation: Substring? {
        soapAction?.split(separator: "/", omittingEmptySubsequences: true).last
    }
}

/// A bericht, read.
package struct Bericht: Sendable {
    package enum Inhoud: Sendable {
        case kennisgeving(Kennisgeving)
        case vraag(Vraag)
        /// An answer to us: its objects, each with the entity's layout.
        case antwoord([Record])
        /// Any other kind: its stuurgegevens say what it is.
        case overig
    }

    package var header: Header
    package var stuurgegevens: Stuurgegevens
    package var inhoud: Inhoud
    /// Keyed hash of the content without stuurgegevens, by which a repeat is known.
    package var contentHash: [UInt8]
    /// What it held and the model does not know.
    package var unmapped: Unmapped
}

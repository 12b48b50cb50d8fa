package import Mapping
internal import Record

// What the mapping room wants to know of a bericht.
extension Bericht {
    /// What it shows of itself, for the choice of its route.
    package var signature: Signature {
        var signature = Signature(
            namespace: header.rootNamespace, root: header.root, soapAction: header.soapAction)
        switch inhoud {
        case .kennisgeving(let kennisgeving):
            signature.mutatiesoort = kennisgeving.mutatiesoort.rawValue
            signature.said = kennisgeving.change.saidAtTop
        case .vraag(let vraag):
            if case .elements(let record) = vraag.scope { signature.said = record.saidAtTop }
        case .antwoord, .overig: break
        }
        return signature
    }
}

extension Stuurgegevens {
    /// Who sent it, as rules name it with `@zender`.
    package var contextZender: Context.Zender { Self.context(zender) }

    /// Whom it was sent to, as rules name it with `@ontvanger`.
    package var contextOntvanger: Context.Zender { Self.context(ontvanger) }

    private static func context(_ systeem: Systeem?) -> Context.Zender {
        Context.Zender(
            organisatie: systeem?.organisatie, applicatie: systeem?.applicatie,
            administratie: systeem?.administratie, gebruiker: systeem?.gebruiker)
    }
}

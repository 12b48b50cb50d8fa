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
    package var contextZender: Context.Zender {
        Context.Zender(
            organisatie: zender?.organisatie, applicatie: zender?.applicatie,
            administratie: zender?.administratie, gebruiker: zender?.gebruiker)
    }
}

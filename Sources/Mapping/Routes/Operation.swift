/// One operation of a StUF service: what a bericht that calls it looks like.
package struct Operation: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Says what changed: `Lk01`.
        case kennisgeving
        /// Asks: `Lv01`, answered with `La01`.
        case vraag
        /// An operation of its own shape: `Di02`.
        case vrijBericht
    }

    /// The service that has it, as a route names it: `zds11`.
    package var service: String
    /// As the WSDL spells it: `creeerZaak_Lk01`.
    package var name: String
    /// `OntvangAsynchroon`, `BeantwoordVraag`, `VrijeBerichten`.
    package var portType: String
    package var soapAction: String
    /// XML namespace and name of the bericht's root element.
    package var namespace: String
    package var root: String
    package var kind: Kind
    /// The entity it is about: `ZAK`.
    package var entiteittype: String
    /// The mutatiesoorten it can have; empty where there is none.
    package var mutatiesoorten: Set<String>
    /// What tells it from the others with the same root, where no SOAPAction was sent.
    var content: ContentTest

    /// What a bericht must say, and may say besides its kerngegevens, to be taken for an operation.
    struct ContentTest: Hashable, Sendable {
        /// One of these is said (or asked, in the scope of a vraag); empty: no matter.
        var needs: Set<String> = []
        /// None of these is.
        var lacks: Set<String> = []
        /// Nothing but these is; nil: no matter.
        var only: Set<String>?

        func holds(for said: Set<String>) -> Bool {
            (needs.isEmpty || !needs.isDisjoint(with: said)) && lacks.isDisjoint(with: said)
                && only.map(said.isSubset) ?? true
        }
    }
}

/// The services whose operations routes can name. ZDS 1.2 becomes one more list here.
package enum Operations {
    package static let all: [Operation] = zds11 + zkn0310 + bg0310

    package static var services: [String] { ["zds11", "zkn0310", "bg0310"] }

    package static func operations(of service: String) -> [Operation] {
        all.filter { $0.service == service }
    }

    /// Zaak- en Documentservices 1.1.02 (the WSDLs of `zs-dms`). Where several share a root, the more particular ones
    /// come first: without a SOAPAction the first whose content test holds is meant.
    package static let zds11: [Operation] = [
        operation("creeerZaak_Lk01", .kennisgeving, "zakLk01", "ZAK", mutatiesoorten: ["T"]),
        operation(
            "actualiseerZaakstatus_Lk01", .kennisgeving, "zakLk01", "ZAK", mutatiesoorten: ["W"],
            .init(needs: ["heeft"], only: ["identificatie", "omschrijving", "isVan", "heeft"])),
        operation("updateZaak_Lk01", .kennisgeving, "zakLk01", "ZAK", mutatiesoorten: ["W"]),
        operation(
            "voegZaakdocumentToe_Lk01", .kennisgeving, "edcLk01", "EDC", mutatiesoorten: ["T"],
            .init(needs: ["inhoud"])),
        operation("maakZaakdocument_Lk01", .kennisgeving, "edcLk01", "EDC", mutatiesoorten: ["T"]),
        operation(
            "geefLijstZaakdocumenten_Lv01", .vraag, "zakLv01", "ZAK", .init(needs: ["heeftRelevant"])),
        operation(
            "geefZaakstatus_Lv01", .vraag, "zakLv01", "ZAK",
            .init(needs: ["heeft"], only: ["identificatie", "heeft"])),
        operation("geefZaakdetails_Lv01", .vraag, "zakLv01", "ZAK"),
        operation("geefZaakdocumentLezen_Lv01", .vraag, "edcLv01", "EDC"),
        operation("genereerZaakIdentificatie_Di02", .vrijBericht, "ZAK"),
        operation("genereerDocumentIdentificatie_Di02", .vrijBericht, "EDC"),
        operation("geefZaakdocumentbewerken_Di02", .vrijBericht, "EDC"),
        operation("updateZaakdocument_Di02", .vrijBericht, "EDC"),
        operation("cancelCheckout_Di02", .vrijBericht, "EDC"),
    ]

    /// StUF-ZKN 03.10 itself, for what ZDS 1.1 has no operation for: the besluit. Its operations have the names of their
    /// roots.
    package static let zkn0310: [Operation] = [
        Operation(
            service: "zkn0310", name: "bslLk01", portType: "OntvangAsynchroon", soapAction: "\(zkn)/bslLk01",
            namespace: zkn, root: "bslLk01", kind: .kennisgeving, entiteittype: "BSL", mutatiesoorten: [],
            content: .init()),
        Operation(
            service: "zkn0310", name: "bslLv01", portType: "BeantwoordVraag", soapAction: "\(zkn)/bslLv01",
            namespace: zkn, root: "bslLv01", kind: .vraag, entiteittype: "BSL", mutatiesoorten: [],
            content: .init()),
    ]

    /// StUF-BG 03.10, as far as mappings exist: the WSDLs `bg0310_ontvangAsynchroon_mutatie` and
    /// `bg0310_beantwoordVraag_vraagAntwoord`. Its operations have the names of their roots.
    package static let bg0310: [Operation] = [
        Operation(
            service: "bg0310", name: "npsLk01", portType: "OntvangAsynchroon", soapAction: "\(bg)/npsLk01",
            namespace: bg, root: "npsLk01", kind: .kennisgeving, entiteittype: "NPS", mutatiesoorten: [],
            content: .init()),
        Operation(
            service: "bg0310", name: "npsLv01", portType: "BeantwoordVraag", soapAction: "\(bg)/npsLv01",
            namespace: bg, root: "npsLv01", kind: .vraag, entiteittype: "NPS", mutatiesoorten: [],
            content: .init()),
    ]

    private static let zkn = "http://www.egem.nl/StUF/sector/zkn/0310"
    private static let bg = "http://www.egem.nl/StUF/sector/bg/0310"

    /// - Parameter root: a vrij bericht has the name of its operation.
    private static func operation(
        _ name: String, _ kind: Operation.Kind, _ root: String, _ entiteittype: String,
        mutatiesoorten: Set<String> = [], _ content: Operation.ContentTest = .init()
    ) -> Operation {
        let portTypes: [Operation.Kind: String] = [
            .kennisgeving: "OntvangAsynchroon", .vraag: "BeantwoordVraag", .vrijBericht: "VrijeBerichten",
        ]
        return Operation(
            service: "zds11", name: name, portType: portTypes[kind] ?? "", soapAction: "\(zkn)/\(name)",
            namespace: zkn, root: root, kind: kind, entiteittype: entiteittype,
            mutatiesoorten: mutatiesoorten,
            content: content)
    }

    private static func operation(
        _ name: String, _ kind: Operation.Kind, _ entiteittype: String
    ) -> Operation {
        operation(name, kind, name, entiteittype)
    }
}

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

        func holds(for said: [String]) -> Bool {
            (needs.isEmpty || said.contains(where: needs.contains))
                && (lacks.isEmpty || !said.contains(where: lacks.contains))
                && (only.map { said.allSatisfy($0.contains) } ?? true)
        }
    }
}

/// The services whose operations routes can name.
package enum Operations {
    package static let all: [Operation] = zds11 + zds12 + zkn0310 + bg0310

    package static var services: [String] { ["zds11", "zds12", "zkn0310", "bg0310"] }

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
    package static let zkn0310: [Operation] = ["bslLk01", "bslLv01"].compactMap {
        sectormodel("zkn0310", $0)
    }

    /// Zaak- en Documentservices 1.2 (the WSDLs of `zds0120`). Each has a root of its own name.
    package static let zds12: [Operation] = [
        zds12("creeerZaak_ZakLk01", .kennisgeving, "ZAK", ["T"]),
        zds12("actualiseerZaakstatus_ZakLk01", .kennisgeving, "ZAK", ["W"]),
        zds12("updateZaak_ZakLk01", .kennisgeving, "ZAK", ["W"]),
        zds12("voegZaakdocumentToe_EdcLk01", .kennisgeving, "EDC", ["T"]),
        zds12("maakZaakdocument_EdcLk01", .kennisgeving, "EDC", ["T"]),
        zds12("updateBesluit_BslLk01", .kennisgeving, "BSL", ["W"]),
        zds12("geefZaakstatus_ZakLv01", .vraag, "ZAK"),
        zds12("geefZaakdetails_ZakLv01", .vraag, "ZAK"),
        zds12("geefLijstZaakdocumenten_ZakLv01", .vraag, "ZAK"),
        zds12("geefLijstBesluiten_ZakLv01", .vraag, "ZAK"),
        zds12("geefZaakdocumentLezen_EdcLv01", .vraag, "EDC"),
        zds12("geefBesluitdetails_BslLv01", .vraag, "BSL"),
        zds12("voegBesluitToe_Di01", .vrijBericht, "BSL"),
        zds12("overdragenZaak_Di01", .vrijBericht, "ZAK"),
        zds12("genereerZaakIdentificatie_Di02", .vrijBericht, "ZAK"),
        zds12("genereerDocumentIdentificatie_Di02", .vrijBericht, "EDC"),
        zds12("genereerBesluitIdentificatie_Di02", .vrijBericht, "BSL"),
        zds12(
            "geefZaakdocumentbewerken_Di02", .vrijBericht, "EDC", root: "geefZaakdocumentBewerken_Di02"),
        zds12("updateZaakdocument_Di02", .vrijBericht, "EDC"),
        zds12("cancelCheckout_Di02", .vrijBericht, "EDC"),
        zds12("ontkoppelZaakdocument_Di02", .vrijBericht, "EDC"),
    ]

    private static func zds12(
        _ name: String, _ kind: Operation.Kind, _ entiteittype: String, _ mutatiesoorten: Set<String> = [],
        root: String? = nil
    ) -> Operation {
        let portType =
            switch kind {
            case .kennisgeving: "OntvangAsynchroon"
            case .vraag: "BeantwoordVraag"
            case .vrijBericht: name.hasSuffix("Di01") ? "OntvangAsynchroon" : "VerwerkSynchroonVrijBericht"
            }
        return Operation(
            service: "zds12", name: name, portType: portType, soapAction: "\(zds)/\(name)", namespace: zds,
            root: root ?? name, kind: kind, entiteittype: entiteittype, mutatiesoorten: mutatiesoorten,
            content: .init())
    }

    /// StUF-BG 03.10, as far as mappings are shipped: the WSDLs `bg0310_ontvangAsynchroon_mutatie` and
    /// `bg0310_beantwoordVraag_vraagAntwoord`. Its operations have the names of their roots.
    package static let bg0310: [Operation] = ["npsLk01", "npsLk02", "npsLv01"].compactMap {
        sectormodel("bg0310", $0)
    }

    /// The operation of that name; of a sectormodel also one about an entity that no mapping here knows yet.
    package static func operation(_ name: String, of service: String) -> Operation? {
        operations(of: service).first { $0.name == name } ?? sectormodel(service, name)
    }

    /// `zktLk01`: the entity that it is about, and its berichtcode. What ZDS 1.1 has operations for is not among them.
    private static func sectormodel(_ service: String, _ name: String) -> Operation? {
        let shapes: [String: (kind: Operation.Kind, portType: String)] = [
            "Lk01": (.kennisgeving, "OntvangAsynchroon"),
            "Lk02": (.kennisgeving, "VerwerkSynchroneKennisgeving"),
            "Lv01": (.vraag, "BeantwoordVraag"),
        ]
        guard let namespace = ["zkn0310": zkn, "bg0310": bg][service],
            let shape = shapes[String(name.suffix(4))], name.utf8.count == 7,
            name.utf8.prefix(3).allSatisfy({ (0x61...0x7A).contains($0) }),
            !zds11.contains(where: { $0.root == name })
        else { return nil }
        return Operation(
            service: service, name: name, portType: shape.portType, soapAction: "\(namespace)/\(name)",
            namespace: namespace, root: name, kind: shape.kind,
            entiteittype: name.prefix(3).uppercased(), mutatiesoorten: [], content: .init())
    }

    private static let zkn = "http://www.egem.nl/StUF/sector/zkn/0310"
    private static let zds = "http://www.stufstandaarden.nl/koppelvlak/zds0120"
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

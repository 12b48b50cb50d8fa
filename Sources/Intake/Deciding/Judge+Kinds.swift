internal import Diagnostics
internal import Mapping
internal import Model
internal import StUF

// What is done with each kind of bericht, before anything is asked of its content (StUF 03.01 sections 4.1.2 and 4.4).
extension Judge {
    /// - Returns: nil for what a route takes.
    /// - Throws: why nothing takes such a bericht.
    func receive(_ bericht: Bericht) throws(Refusal) -> Decision? {
        let (header, code) = (bericht.header, bericht.stuurgegevens.berichtcode)
        try checkParties(header, bericht.stuurgegevens)
        try checkRoot(header, code)
        switch code {
        case .lk01, .lk02, .lv01:
            try checkEntity(bericht)
            return nil
        case .di01, .di02: try checkFunctie(bericht)
        // What answers one of ours: nothing was asked, so that it answers nothing.
        case .bv01, .fo01, .du01, .la02, .la04, .la06, .la08, .la10, .la12, .la14:
            throw refusal(.stufCrossRefnummerUnknown, at: "stuurgegevens/crossRefnummer")
        // A Fo03 is never answered with a Fo03 (section 4.4.3).
        case .fo03: return .noted
        // Nothing waits here to be sent, so that all of it is sent.
        case .tr01: return .confirmed
        case .la01, .la03, .la05, .la07, .la09, .la11, .la13, .bv02, .bv03, .bv04, .fo02, .du02:
            throw refusal(.stufOperationUnknown, at: header.root, "a \(code.rawValue) is an answer")
        case .lk03, .lk04, .lk05, .lk06, .lv02, .lv03, .lv04, .lv05, .lv06, .lv07, .lv08, .lv09, .lv10, .lv11,
            .lv12, .lv13, .lv14, .sa01, .sa02, .sa03, .sa04, .sh01, .sh02, .sh03, .sh04, .unknown:
            throw refusal(.stufBerichtcodeUnsupported, at: "stuurgegevens/berichtcode")
        }
        return nil
    }

    /// Whom it is for and whom it is from, where `.zender` files say who may be (table 4.1).
    private func checkParties(_ header: Header, _ stuurgegevens: Stuurgegevens) throws(Refusal) {
        let zenders = rulebook.forms.zenders
        guard zenders.takes(to: stuurgegevens.ontvanger) else {
            throw refusal(.stufOntvangerUnknown, at: "stuurgegevens/ontvanger")
        }
        guard !zenders.areListed || header.zender != nil else {
            throw refusal(.stufZenderUnknown, at: "stuurgegevens/zender")
        }
        if let known = header.zender?.gebruikers, !known.contains(stuurgegevens.zender?.gebruiker ?? "") {
            throw refusal(.stufGebruikerUnknown, at: "stuurgegevens/zender/gebruiker")
        }
    }

    /// What a bericht shows of itself, with what is known of its zender's SOAPActions.
    func signature(of bericht: Bericht) -> Signature {
        var signature = bericht.signature
        guard let zender = bericht.header.zender else { return signature }
        if let name = zender.actions[signature.soapAction ?? ""] {
            let operations = Operations.all.filter { $0.name == name }
            let operation = operations.first { $0.root == signature.root } ?? operations.first
            signature.soapAction = operation?.soapAction
        } else if zender.ignoresAction {
            signature.soapAction = nil
        }
        return signature
    }

    /// Whether its zender may send what a route takes.
    func checkOperation(_ route: Route, _ bericht: Bericht) throws(Refusal) {
        guard let taken = bericht.header.zender?.takes, !taken.contains(route.operation.name) else { return }
        throw refusal(.stufZenderUnauthorised, at: route.operation.name)
    }

    /// The name of a root ends with its berichtcode: `zakLk01`, `creeerZaak_ZakLk01`, `Tr01Bericht`.
    private func checkRoot(_ header: Header, _ code: Berichtcode) throws(Refusal) {
        let root = header.root.hasSuffix("Bericht") ? header.root.dropLast("Bericht".count) : header.root[...]
        guard let named = Berichtcode.named(String(root.suffix(4))), named != code else { return }
        throw refusal(.stufOperationUnknown, at: header.root, "its berichtcode is \(code.rawValue)")
    }

    /// The stuurgegevens and the object say the same of what the bericht is about.
    private func checkEntity(_ bericht: Bericht) throws(Refusal) {
        let form: EntityForm
        switch bericht.inhoud {
        case .kennisgeving(let kennisgeving): form = kennisgeving.form
        case .vraag(let vraag): form = vraag.form
        case .antwoord, .overig: return
        }
        if let said = bericht.stuurgegevens.entiteittype, said != form.entity.name {
            throw refusal(
                .stufOperationUnknown, at: "stuurgegevens/entiteittype", "the object is a \(form.entity.name)"
            )
        }
        guard Operations.all.allSatisfy({ $0.root != bericht.header.root }),
            !rulebook.mappings.mappings.contains(where: { $0.legacy.name == form.entity.name })
        else { return }
        throw refusal(.stufEntiteittypeUnsupported, at: form.entity.name)
    }

    private func checkFunctie(_ bericht: Bericht) throws(Refusal) {
        let root = bericht.header.root
        guard Operations.all.contains(where: { $0.root == root }) else {
            throw refusal(.stufFunctieUnknown, at: root)
        }
        if case .route = rulebook.routes.routing(signature(of: bericht)) { return }
        throw refusal(.stufFunctieUnsupported, at: root)
    }

    private func refusal(_ code: Code, at place: String, _ hint: String? = nil) -> Refusal {
        Refusal(StUFFailure(code, at: place, hint: hint))
    }
}

internal import JSON

/// A status, and what an end status needs and does (source-apis.md, 1.5; open-zaak-observed.md, closing).
extension Desk {
    func checkStatus(_ resource: Resource) throws(StubsFailure) {
        let zaak = resource.document["zaak"]
        let others = try children("statussen", of: "zaak", zaak)
        guard caller.may("zaken.statussen.toevoegen") || others.isEmpty else {
            throw Refusal.forbidden.failure
        }
        let type = try linked(resource.document["statustype"])
        guard type?["zaaktype"] == (try linked(zaak)?["zaaktype"]) else {
            throw Refusal.invalid("nonFieldErrors", "zaaktype-mismatch").failure
        }
        guard
            !others.contains(where: {
                $0.document["datumStatusGezet"] == resource.document["datumStatusGezet"]
            })
        else { throw Refusal.invalid("nonFieldErrors", "unique").failure }
        if type?["isEindstatus"] == true { return try checkClosing(zaak) }
        let isClosed = try linked(zaak)?["einddatum"] ?? .null != .null
        guard !isClosed || caller.may("zaken.heropenen") else { throw Refusal.forbidden.failure }
    }

    /// The checks on documents hide the one on the resultaat.
    private func checkClosing(_ zaak: Value?) throws(StubsFailure) {
        for link in try children("zaakinformatieobjecten", of: "zaak", zaak) {
            let document = try linked(link.document["informatieobject"])
            guard document?["locked"] != true else {
                throw Refusal.invalid("nonFieldErrors", "informatieobject-locked").failure
            }
            guard document?["indicatieGebruiksrecht"] ?? .null != .null else {
                throw Refusal.invalid("nonFieldErrors", "indicatiegebruiksrecht-unset").failure
            }
        }
        for deelzaak in try children("zaken", of: "hoofdzaak", zaak) {
            guard deelzaak.document["einddatum"] ?? .null != .null else {
                throw Refusal.invalid("nonFieldErrors", "deelzaken-not-closed").failure
            }
        }
        guard try !children("resultaten", of: "zaak", zaak).isEmpty else {
            throw Refusal.invalid("nonFieldErrors", "resultaat-does-not-exist").failure
        }
    }

    /// What a new resource does to others.
    func settle(_ resource: Resource, _ said: Value) throws(StubsFailure) {
        guard resource.collection == "statussen",
            let (collection, uuid) = Self.place(resource.document["zaak"]),
            let zaak = try session.document(collection, uuid),
            let type = try linked(resource.document["statustype"])
        else { return }
        var changed = Resource(collection: collection, uuid: uuid, document: zaak)
        if type["isEindstatus"] == true {
            try close(&changed, on: day(said["datumStatusGezet"], resource))
        } else if zaak["einddatum"] ?? .null != .null {
            // Reopened (zrc-008).
            for name in ["einddatum", "archiefactiedatum", "archiefnominatie"] {
                changed.document[name] = .null
            }
        }
        try session.put(changed)
    }

    /// The date as the caller wrote it, in the zone that was sent.
    private func day(_ said: Value?, _ resource: Resource) -> String {
        let text = said?.text ?? ""
        return Moments.date(String(text.prefix(10))) ?? Moments.date(text)
            ?? String((resource.document["datumStatusGezet"]?.text ?? "").prefix(10))
    }

    private func close(_ zaak: inout Resource, on day: String) throws(StubsFailure) {
        zaak.document["einddatum"] = .string(day)
        let resultaat = try children("resultaten", of: "zaak", url(zaak)).first
        let type = try linked(resultaat?.document["resultaattype"])
        if zaak.document["archiefnominatie"] ?? .null == .null {
            zaak.document["archiefnominatie"] = type?["archiefnominatie"] ?? .null
        }
        guard zaak.document["archiefactiedatum"] ?? .null == .null,
            let term = type?["archiefactietermijn"]?.text,
            let years = Int(term.dropFirst().dropLast()), let date = Moments.adding(years: years, to: day)
        else { return }
        zaak.document["archiefactiedatum"] = .string(date)
    }
}

internal import Crypto
internal import JSON

extension Desk {
    private func checker() -> Checker {
        let session = session
        return Checker(base: base) { collection, uuid throws(StubsFailure) in
            try session.document(collection, uuid) != nil
        }
    }

    func create(_ collection: Collection, _ said: Value) throws(StubsFailure) -> Reply {
        var checker = checker()
        var document = try checker.document(said, collection.properties)
        try checkOwn(&document, said, nil, &checker, collection)
        guard checker.faults.isEmpty else { throw Refusal.invalid(checker.faults).failure }
        try checkRights(document, collection)
        var resource = Resource(
            collection: collection.path, uuid: UUID.random().description, document: document)
        try checkOthers(&resource, said)
        try session.put(resource)
        try settle(resource, said)
        var answer = try view(resource)
        if let lock = resource.document["_lock"] { answer["lock"] = lock }
        return Reply(201, answer, location: url(resource).text)
    }

    func update(
        _ resource: Resource, _ said: Value, isWhole: Bool, _ collection: Collection
    ) throws(StubsFailure) -> Reply {
        if collection.path == "enkelvoudiginformatieobjecten" { try checkLock(resource, said) }
        var checker = checker()
        var changed = resource
        changed.document = try checker.document(
            said, collection.properties, over: isWhole ? nil : resource.document)
        // What the server itself keeps stays.
        for member in resource.document.members ?? [] where changed.document[member.key] == nil {
            changed.document[member.key] = member.value
        }
        try checkOwn(&changed.document, said, resource, &checker, collection)
        guard checker.faults.isEmpty else { throw Refusal.invalid(checker.faults).failure }
        try checkRights(changed.document, collection)
        if collection.path == "enkelvoudiginformatieobjecten" {
            try keepContent(&changed, said, isNew: false)
        }
        if collection.path == "zaken" || collection.path.contains("besluiten") {
            try checkIdentificatie(&changed, isNew: false)
        }
        try session.put(changed)
        return Reply(200, try view(changed))
    }

    /// What a resource's own values must be, beyond their types.
    private func checkOwn(
        _ document: inout Value, _ said: Value, _ old: Resource?, _ checker: inout Checker,
        _ collection: Collection
    ) throws(StubsFailure) {
        switch collection.path {
        case "rollen":
            guard let properties = Collection.betrokkenen[document["betrokkeneType"]?.text ?? ""],
                let identification = document["betrokkeneIdentificatie"], identification != .null
            else { return }
            document["betrokkeneIdentificatie"] = try checker.document(
                identification, properties, at: "betrokkeneIdentificatie")
        case "zaken":
            if document["betalingsindicatie"] == "nvt", document["laatsteBetaaldatum"] ?? .null != .null {
                checker.fault("laatsteBetaaldatum", "betaling-nvt")
            }
            let hoofdzaak = try linked(document["hoofdzaak"])
            if let above = hoofdzaak?["hoofdzaak"], above != .null {
                checker.fault("hoofdzaak", "deelzaak-als-hoofdzaak")
            }
        case "enkelvoudiginformatieobjecten":
            let received = document["ontvangstdatum"] ?? .null
            if received != .null,
                ["in_bewerking", "ter_vaststelling", "definitief"].contains(document["status"])
            {
                checker.fault("status", "invalid_for_received")
            }
            checkContent(said, &checker)
        case "statussen":
            if let moment = document["datumStatusGezet"]?.text.flatMap(Moments.moment),
                moment > Moments.microseconds(now)
            {
                checker.fault("datumStatusGezet", "date-in-future")
            }
        default: break
        }
    }

    /// A closed zaak is read-only but for who may force it.
    private func checkRights(_ document: Value, _ collection: Collection) throws(StubsFailure) {
        guard collection.api == "zaken", collection.path != "statussen" else { return }
        let zaak = collection.path == "zaken" ? document : try linked(document["zaak"])
        let isClosed = zaak?["einddatum"] ?? .null != .null
        guard !isClosed || caller.may("zaken.geforceerd-bijwerken") else { throw Refusal.forbidden.failure }
    }

    /// What depends on other resources; fills in what the server gives.
    private func checkOthers(_ resource: inout Resource, _ said: Value) throws(StubsFailure) {
        switch resource.collection {
        case "zaken":
            try checkIdentificatie(&resource, isNew: true)
            if resource.document["registratiedatum"] == .null {
                resource.document["registratiedatum"] = .string(Moments.today(now))
            }
            try fillIn("vertrouwelijkheidaanduiding", &resource, from: "zaaktype")
            resource.document["einddatum"] = .null
        case "rollen": try checkRol(&resource)
        case "statussen": try checkStatus(resource)
        case "resultaten":
            guard try children("resultaten", of: "zaak", resource.document["zaak"]).isEmpty else {
                throw Refusal.invalid("zaak", "unique").failure
            }
            try checkType(resource, "resultaattype")
        case "zaakinformatieobjecten":
            try checkPair(resource, "zaak", "informatieobject")
            try checkDocumentType(resource)
            resource.document["aardRelatieWeergave"] = "Hoort bij, omgekeerd: kent"
            resource.document["registratiedatum"] = .string(Moments.text(Moments.microseconds(now)))
        case "enkelvoudiginformatieobjecten":
            try checkIdentificatie(&resource, isNew: true)
            try fillIn("vertrouwelijkheidaanduiding", &resource, from: "informatieobjecttype")
            try keepContent(&resource, said, isNew: true)
        case "besluiten":
            try checkIdentificatie(&resource, isNew: true)
            try checkBesluit(resource)
        case "besluitinformatieobjecten": try checkPair(resource, "besluit", "informatieobject")
        default: break
        }
    }

    private func fillIn(_ name: String, _ resource: inout Resource, from type: String) throws(StubsFailure) {
        guard resource.document[name] == "", let type = try linked(resource.document[type]) else { return }
        resource.document[name] = type[name]
    }

    /// Unique beside its organisation; made by the server when it is not given (zrc-002).
    private func checkIdentificatie(_ resource: inout Resource, isNew: Bool) throws(StubsFailure) {
        let isBesluit = resource.collection == "besluiten"
        let organisation = isBesluit ? "verantwoordelijkeOrganisatie" : "bronorganisatie"
        guard let identificatie = resource.document["identificatie"],
            let owner = resource.document[organisation]
        else { return }
        if identificatie == "" {
            let kind = isBesluit ? "BESLUIT" : resource.collection == "zaken" ? "ZAAK" : "DOCUMENT"
            let name = "\(kind)-\(Moments.today(now).prefix(4))"
            let number = String(try session.next(name))
            let zeros = String(repeating: "0", count: max(0, 10 - number.count))
            resource.document["identificatie"] = .string("\(name)-\(zeros)\(number)")
            return
        }
        let same = try session.documents(
            resource.collection,
            holding: .object([.init("identificatie", identificatie), .init(organisation, owner)]))
        guard !same.contains(where: { $0.uuid != resource.uuid }) else {
            throw Refusal.invalid("identificatie", "identificatie-niet-uniek").failure
        }
    }

    private func checkPair(_ resource: Resource, _ left: String, _ right: String) throws(StubsFailure) {
        let pair = Value.object(
            [left, right].map { .init($0, resource.document[$0] ?? .null) })
        guard try session.documents(resource.collection, holding: pair).isEmpty else {
            throw Refusal.invalid("nonFieldErrors", "unique").failure
        }
    }

    /// That a type belongs to the zaaktype of the zaak (zrc-016 to zrc-020).
    @discardableResult
    private func checkType(_ resource: Resource, _ name: String) throws(StubsFailure) -> Value? {
        let type = try linked(resource.document[name])
        let zaak = try linked(resource.document["zaak"])
        guard type?["zaaktype"] == zaak?["zaaktype"] else {
            throw Refusal.invalid("nonFieldErrors", "zaaktype-mismatch").failure
        }
        return type
    }

    private func checkRol(_ resource: inout Resource) throws(StubsFailure) {
        let type = try checkType(resource, "roltype")
        let generiek = type?["omschrijvingGeneriek"] ?? ""
        if generiek == "initiator" || generiek == "zaakcoordinator" {
            let others = try children("rollen", of: "zaak", resource.document["zaak"])
            guard !others.contains(where: { $0.document["omschrijvingGeneriek"] == generiek }) else {
                throw Refusal.invalid("nonFieldErrors", "max-occurences").failure
            }
        }
        resource.document["omschrijving"] = type?["omschrijving"] ?? ""
        resource.document["omschrijvingGeneriek"] = generiek
        resource.document["registratiedatum"] = .string(Moments.text(Moments.microseconds(now)))
    }

    private func checkDocumentType(_ resource: Resource) throws(StubsFailure) {
        let type = try linked(resource.document["informatieobject"])?["informatieobjecttype"] ?? .null
        let zaaktype = try linked(resource.document["zaak"])?["zaaktype"] ?? .null
        let pair: Value = .object([.init("zaaktype", zaaktype), .init("informatieobjecttype", type)])
        guard try !session.documents("zaaktype-informatieobjecttypen", holding: pair).isEmpty else {
            throw Refusal.invalid("nonFieldErrors", "missing-zaaktype-informatieobjecttype-relation").failure
        }
    }

    private func checkBesluit(_ resource: Resource) throws(StubsFailure) {
        guard let zaak = try linked(resource.document["zaak"]) else { return }
        let zaaktypen = try linked(resource.document["besluittype"])?["zaaktypen"]?.items ?? []
        guard zaaktypen.contains(zaak["zaaktype"] ?? .null) else {
            throw Refusal.invalid("nonFieldErrors", "zaaktype-mismatch").failure
        }
    }

    // MARK: Removing

    func remove(_ resource: Resource) throws(StubsFailure) -> Reply {
        let url = url(resource)
        switch resource.collection {
        case "zaken":
            guard try children("besluiten", of: "zaak", url).isEmpty else {
                throw Refusal.invalid("nonFieldErrors", "related-besluiten").failure
            }
            let hasResultaat = try !children("resultaten", of: "zaak", url).isEmpty
            for name in ["rollen", "statussen", "resultaten", "zaakobjecten", "zaakinformatieobjecten"] {
                for child in try children(name, of: "zaak", url) { try session.remove(name, child.uuid) }
            }
            try session.remove("zaken", resource.uuid)
            // Observed: 500, but it is deleted.
            return Reply(hasResultaat ? 500 : 204)
        case "enkelvoudiginformatieobjecten":
            guard resource.document["locked"] != true else {
                throw Refusal.invalid("nonFieldErrors", "destroy-locked").failure
            }
            for name in ["zaakinformatieobjecten", "besluitinformatieobjecten"] {
                guard try children(name, of: "informatieobject", url).isEmpty else {
                    throw Refusal.invalid("nonFieldErrors", "pending-relations").failure
                }
            }
        case "besluiten":
            for child in try children("besluitinformatieobjecten", of: "besluit", url) {
                try session.remove("besluitinformatieobjecten", child.uuid)
            }
        default: try checkRights(resource.document, there(resource.collection))
        }
        try session.remove(resource.collection, resource.uuid)
        return Reply(204)
    }

    private func there(_ path: String) throws(StubsFailure) -> Collection {
        guard let collection = Collection.all.first(where: { $0.path == path }) else {
            throw Refusal.notFound.failure
        }
        return collection
    }
}

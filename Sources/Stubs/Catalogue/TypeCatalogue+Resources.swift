internal import Crypto
internal import JSON

/// One resource on its way to the store.
struct Resource: Sendable {
    var collection: String
    var uuid: String
    var document: Value
}

extension TypeCatalogue {
    /// The resources of the Catalogi API. Their UUIDs follow from their names, so that one catalogue is the same in
    /// every run.
    func resources(base: String) -> [Resource] {
        var maker = Maker(base: base)
        maker.add(self)
        return maker.resources
    }
}

private struct Maker {
    let base: String
    var resources: [Resource] = []
    private var informatieobjecttypen: [String: String] = [:]
    private var besluittypen: [String: (place: Int, url: String)] = [:]

    init(base: String) { self.base = base }

    private mutating func make(_ collection: String, _ name: String, _ document: Value) -> String {
        let uuid = UUID.derived(seed: Array("\(collection) \(name)".utf8), ordinal: 0).description
        let url = "\(base)/catalogi/api/v1/\(collection)/\(uuid)"
        var document = document
        document["url"] = .string(url)
        resources.append(Resource(collection: collection, uuid: uuid, document: document))
        return url
    }

    mutating func add(_ catalogue: TypeCatalogue) {
        let url = make(
            "catalogussen", catalogue.domein,
            ["domein": .string(catalogue.domein), "rsin": .string(catalogue.rsin), "naam": ""])
        for type in catalogue.zaaktypen { add(type, to: url) }
    }

    private mutating func add(_ type: TypeCatalogue.ZaakType, to catalogus: String) {
        let name = "\(type.identificatie) \(type.begin)"
        let place = resources.count
        let url = make(
            "zaaktypen", name,
            [
                "identificatie": .string(type.identificatie), "omschrijving": .string(type.omschrijving),
                "catalogus": .string(catalogus), "beginGeldigheid": .string(type.begin),
                "eindeGeldigheid": type.einde.map(Value.string) ?? .null, "concept": false,
                "vertrouwelijkheidaanduiding": "zaakvertrouwelijk", "productenOfDiensten": [],
            ])
        // Open Zaak lists them from the last to the first (open-zaak-observed.md, closing).
        let statussen = type.statussen.enumerated().reversed().map { index, status in
            Value.string(statustype(status, index + 1, isLast: index + 1 == type.statussen.count, url, name))
        }
        let rollen = type.rollen.map { rol in
            Value.string(
                make(
                    "roltypen", "\(name) \(rol.omschrijving)",
                    [
                        "zaaktype": .string(url), "omschrijving": .string(rol.omschrijving),
                        "omschrijvingGeneriek": .string(rol.generiek),
                    ]))
        }
        let resultaten = type.resultaten.map { Value.string(resultaattype($0, url, name)) }
        let documenten = type.documenten.enumerated().map { index, document in
            Value.string(informatieobjecttype(document, index + 1, url, name, catalogus))
        }
        let besluiten = type.besluiten.map { Value.string(besluittype($0, url, catalogus)) }
        resources[place].document["statustypen"] = .array(statussen)
        resources[place].document["roltypen"] = .array(rollen)
        resources[place].document["resultaattypen"] = .array(resultaten)
        resources[place].document["informatieobjecttypen"] = .array(documenten)
        resources[place].document["besluittypen"] = .array(besluiten)
    }

    private mutating func statustype(
        _ status: String, _ number: Int, isLast: Bool, _ zaaktype: String, _ name: String
    ) -> String {
        make(
            "statustypen", "\(name) \(number)",
            [
                "zaaktype": .string(zaaktype), "omschrijving": .string(status),
                "volgnummer": .number("\(number)"),
                "isEindstatus": .bool(isLast), "informeren": false,
            ])
    }

    private mutating func resultaattype(
        _ resultaat: TypeCatalogue.Resultaat, _ zaaktype: String, _ name: String
    ) -> String {
        make(
            "resultaattypen", "\(name) \(resultaat.omschrijving)",
            [
                "zaaktype": .string(zaaktype), "omschrijving": .string(resultaat.omschrijving),
                "archiefnominatie": .string(resultaat.archiefnominatie),
                "archiefactietermijn": resultaat.years.map { .string("P\($0)Y") } ?? .null,
                "brondatumArchiefprocedure": ["afleidingswijze": "afgehandeld"],
            ])
    }

    private mutating func informatieobjecttype(
        _ document: String, _ number: Int, _ zaaktype: String, _ name: String, _ catalogus: String
    ) -> String {
        let known = informatieobjecttypen[document]
        let url =
            known
            ?? make(
                "informatieobjecttypen", document,
                [
                    "catalogus": .string(catalogus), "omschrijving": .string(document), "concept": false,
                    "vertrouwelijkheidaanduiding": "zaakvertrouwelijk", "beginGeldigheid": "2010-01-01",
                    "eindeGeldigheid": .null,
                ])
        informatieobjecttypen[document] = url
        _ = make(
            "zaaktype-informatieobjecttypen", "\(name) \(document)",
            [
                "zaaktype": .string(zaaktype), "informatieobjecttype": .string(url),
                "volgnummer": .number("\(number)"), "richting": "inkomend", "statustype": .null,
            ])
        return url
    }

    private mutating func besluittype(_ besluit: String, _ zaaktype: String, _ catalogus: String) -> String {
        if let known = besluittypen[besluit] {
            let zaaktypen = resources[known.place].document["zaaktypen"]?.items ?? []
            resources[known.place].document["zaaktypen"] = .array(zaaktypen + [.string(zaaktype)])
            return known.url
        }
        let place = resources.count
        let url = make(
            "besluittypen", besluit,
            [
                "catalogus": .string(catalogus), "omschrijving": .string(besluit), "concept": false,
                "zaaktypen": [.string(zaaktype)], "beginGeldigheid": "2010-01-01", "eindeGeldigheid": .null,
            ])
        besluittypen[besluit] = (place, url)
        return url
    }
}

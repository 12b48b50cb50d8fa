private import HTTP
internal import JSON

extension Collection {
    /// The Documenten API 1.4.2 (source-apis.md, 1.6), without the parts of a large upload.
    static let documenten = [
        Collection(
            api: "documenten", path: "enkelvoudiginformatieobjecten",
            properties: [
                .may("identificatie", .text(40)), .must("bronorganisatie", .rsin),
                .must("creatiedatum", .date),
                .must("titel", .text(200)),
                .may("vertrouwelijkheidaanduiding", .choice(Choices.vertrouwelijkheid)),
                .must("auteur", .text(200)), .may("status", .choice(Choices.document)),
                .may("formaat", .text(255)), .must("taal", .text(3, least: 3)),
                .may("bestandsnaam", .text(255)),
                .null("inhoud", .any), .null("bestandsomvang", .integer), .may("link", .text(200)),
                .may("beschrijving", .text(1000)), .null("ontvangstdatum", .date),
                .null("verzenddatum", .date),
                .null("indicatieGebruiksrecht", .bool), .null("ondertekening", .any),
                .null("integriteit", .any),
                Property(name: "trefwoorden", kind: .list(.text(100)), fallback: []),
                .must("informatieobjecttype", .link("informatieobjecttypen")),
            ], filters: members("identificatie", "bronorganisatie"),
            methods: [.get, .head, .post, .put, .patch, .delete])
    ]

    /// The Besluiten API 1.1.0 (source-apis.md, 1.8).
    static let besluiten = [
        Collection(
            api: "besluiten", path: "besluiten",
            properties: [
                .may("identificatie", .text(50)), .must("verantwoordelijkeOrganisatie", .rsin),
                .must("besluittype", .link("besluittypen")), .null("zaak", .link("zaken")),
                .must("datum", .date), .may("toelichting", .any), .may("bestuursorgaan", .text(50)),
                .must("ingangsdatum", .date), .null("vervaldatum", .date),
                .may(
                    "vervalreden",
                    .choice(["tijdelijk", "ingetrokken_overheid", "ingetrokken_belanghebbende"])),
                .null("publicatiedatum", .date), .null("verzenddatum", .date),
                .null("uiterlijkeReactiedatum", .date),
            ], filters: members("identificatie", "verantwoordelijkeOrganisatie", "besluittype", "zaak"),
            methods: [.get, .head, .post, .put, .patch, .delete]),
        Collection(
            api: "besluiten", path: "besluitinformatieobjecten",
            properties: [
                .must("besluit", .link("besluiten")),
                .must("informatieobject", .link("enkelvoudiginformatieobjecten")),
            ], isPaged: false, filters: members("besluit", "informatieobject"),
            methods: [.get, .head, .post, .delete]),
    ]

    private static let typeFilters: [String: Filter] = ["status": .publication, "datumGeldigheid": .validity]

    /// The Catalogi API 1.3.1, read only: its types come from the catalogue file.
    static let catalogi = [
        Collection(api: "catalogi", path: "catalogussen", filters: members("domein", "rsin")),
        Collection(
            api: "catalogi", path: "zaaktypen",
            filters: members("identificatie", "catalogus").merging(typeFilters) { $1 }),
        Collection(
            api: "catalogi", path: "statustypen",
            filters: members("zaaktype").merging(["status": .publication]) { $1 }),
        Collection(
            api: "catalogi", path: "roltypen",
            filters: members("zaaktype", "omschrijvingGeneriek").merging(["status": .publication]) { $1 }),
        Collection(
            api: "catalogi", path: "resultaattypen",
            filters: members("zaaktype").merging(["status": .publication]) { $1 }),
        Collection(
            api: "catalogi", path: "informatieobjecttypen",
            filters: members("catalogus", "omschrijving").merging(typeFilters) { $1 }),
        Collection(
            api: "catalogi", path: "besluittypen",
            filters: members("catalogus", "omschrijving", "zaaktypen").merging(typeFilters) { $1 }),
        Collection(
            api: "catalogi", path: "zaaktype-informatieobjecttypen",
            filters: members("zaaktype", "informatieobjecttype").merging(["status": .publication]) { $1 }),
        Collection(
            api: "catalogi", path: "eigenschappen",
            filters: members("zaaktype").merging(["status": .publication]) { $1 }),
    ]
}

private import HTTP
internal import JSON

extension Collection {
    /// The Zaken API 1.5.1 (source-apis.md, 1.3), as far as a bridge uses it.
    static let zaken = [
        Collection(
            api: "zaken", path: "zaken", properties: zaak,
            filters: members(
                "identificatie", "bronorganisatie", "zaaktype", "archiefnominatie", "startdatum", "einddatum",
                "registratiedatum"
            ).merging([
                "rol__betrokkeneType": .rol(["betrokkeneType"]),
                "rol__omschrijvingGeneriek": .rol(["omschrijvingGeneriek"]),
                "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": .rol([
                    "betrokkeneIdentificatie", "inpBsn",
                ]),
                "rol__betrokkeneIdentificatie__medewerker__identificatie": .rol([
                    "betrokkeneIdentificatie", "identificatie",
                ]),
            ]) { $1 }, methods: [.get, .head, .post, .put, .patch, .delete]),
        Collection(
            api: "zaken", path: "rollen", properties: rol,
            filters: members("zaak", "roltype", "betrokkeneType", "omschrijving", "omschrijvingGeneriek")
                .merging([
                    "betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": .member([
                        "betrokkeneIdentificatie", "inpBsn",
                    ])
                ]) { $1 }, methods: [.get, .head, .post, .delete]),
        Collection(
            api: "zaken", path: "statussen",
            properties: [
                .must("zaak", .link("zaken")), .must("statustype", .link("statustypen")),
                .must("datumStatusGezet", .moment), .may("statustoelichting", .text(1000)),
                .null("gezetdoor", .link("rollen")),
            ], filters: members("zaak", "statustype"), methods: [.get, .head, .post]),
        Collection(
            api: "zaken", path: "resultaten",
            properties: [
                .must("zaak", .link("zaken")), .must("resultaattype", .link("resultaattypen")),
                .may("toelichting", .text(1000)),
            ], filters: members("zaak", "resultaattype"),
            methods: [.get, .head, .post, .put, .patch, .delete]),
        Collection(
            api: "zaken", path: "zaakobjecten", properties: zaakobject,
            filters: members("zaak", "object", "objectType"),
            methods: [.get, .head, .post, .put, .patch, .delete]),
        Collection(
            api: "zaken", path: "zaakinformatieobjecten",
            properties: [
                .must("zaak", .link("zaken")),
                .must("informatieobject", .link("enkelvoudiginformatieobjecten")),
                .may("titel", .text(200)), .may("beschrijving", .any), .null("vernietigingsdatum", .moment),
                .null("status", .link("statussen")),
            ], isPaged: false, filters: members("zaak", "informatieobject"),
            methods: [.get, .head, .post, .put, .patch, .delete]),
    ]

    private static let zaak: [Property] = [
        .may("identificatie", .text(40)), .must("bronorganisatie", .rsin), .may("omschrijving", .text(80)),
        .may("toelichting", .text(1000)), .must("zaaktype", .link("zaaktypen")),
        .null("registratiedatum", .date), .must("verantwoordelijkeOrganisatie", .rsin),
        .must("startdatum", .date), .null("einddatumGepland", .date),
        .null("uiterlijkeEinddatumAfdoening", .date), .null("publicatiedatum", .date),
        .may("communicatiekanaal", .url),
        Property(name: "productenOfDiensten", kind: .list(.url), fallback: []),
        .may("vertrouwelijkheidaanduiding", .choice(Choices.vertrouwelijkheid)),
        .may("betalingsindicatie", .choice(Choices.betaling)), .null("laatsteBetaaldatum", .moment),
        .null("zaakgeometrie", .any),
        .null("verlenging", .object([.must("reden", .text(200)), .must("duur", .text(100))])),
        .null(
            "opschorting", .object([.must("indicatie", .bool), .may("reden", .text(200))]),
            or: ["indicatie": false, "reden": ""]),
        .may("selectielijstklasse", .url), .null("hoofdzaak", .link("zaken")),
        Property(
            name: "relevanteAndereZaken",
            kind: .list(
                .object([.must("url", .link("zaken")), .must("aardRelatie", .choice(Choices.aard))])),
            fallback: []),
        Property(
            name: "kenmerken",
            kind: .list(.object([.must("kenmerk", .text(40)), .must("bron", .text(40))])), fallback: []),
        .null("archiefnominatie", .choice(Choices.archiefnominatie)),
        Property(
            name: "archiefstatus", kind: .choice(Choices.archiefstatus), fallback: "nog_te_archiveren"),
        .null("archiefactiedatum", .date), .may("opdrachtgevendeOrganisatie", .bsn),
        .may("processobjectaard", .text(200)), .null("startdatumBewaartermijn", .date),
        .null("processobject", .any),
    ]

    private static let rol: [Property] = [
        .must("zaak", .link("zaken")), .may("betrokkene", .url),
        .must("betrokkeneType", .choice(Choices.betrokkene)), .may("afwijkendeNaamBetrokkene", .text(625)),
        .must("roltype", .link("roltypen")), .may("roltoelichting", .text(1000)),
        .may("indicatieMachtiging", .choice(["gemachtigde", "machtiginggever"])),
        .null(
            "contactpersoonRol",
            .object([
                .may("emailadres", .text(254)), .may("functie", .text(50)), .may("telefoonnummer", .text(20)),
                .must("naam", .text(200)),
            ])),
        .null("betrokkeneIdentificatie", .any),
    ]

    private static let zaakobject: [Property] = [
        .must("zaak", .link("zaken")), .may("object", .url), .null("zaakobjecttype", .any),
        .must("objectType", .choice(Choices.objecten)), .may("objectTypeOverige", .text(100)),
        .null("objectTypeOverigeDefinitie", .any), .may("relatieomschrijving", .text(80)),
        .null("objectIdentificatie", .any),
    ]

    private static let verblijfsadres: [Property] = [
        Property(name: "aoaIdentificatie", kind: .text(100), isRequired: true, fallback: ""),
        .must("wplWoonplaatsNaam", .text(80)), .must("gorOpenbareRuimteNaam", .text(80)),
        .may("aoaPostcode", .text(7)), .must("aoaHuisnummer", .integer), .may("aoaHuisletter", .text(1)),
        .may("aoaHuisnummertoevoeging", .text(4)), .may("inpLocatiebeschrijving", .text(1000)),
    ]

    private static let buitenland: [Property] = [
        .must("lndLandcode", .text(4)), .must("lndLandnaam", .text(40)),
        .may("subAdresBuitenland_1", .text(35)),
        .may("subAdresBuitenland_2", .text(35)), .may("subAdresBuitenland_3", .text(35)),
    ]

    /// What identifies a betrokkene, by its type (source-apis.md, 1.3).
    static let betrokkenen: [String: [Property]] = [
        "natuurlijk_persoon": [
            .may("inpBsn", .bsn), .may("anpIdentificatie", .text(17)), .may("inpA_nummer", .text(10)),
            .may("geslachtsnaam", .text(200)), .may("voorvoegselGeslachtsnaam", .text(80)),
            .may("voorletters", .text(20)), .may("voornamen", .text(200)),
            .may("geslachtsaanduiding", .choice(["m", "v", "o"])), .may("geboortedatum", .text(18)),
            .null("verblijfsadres", .object(verblijfsadres)),
            .null("subVerblijfBuitenland", .object(buitenland)),
        ],
        "niet_natuurlijk_persoon": [
            .may("innNnpId", .bsn), .may("annIdentificatie", .text(17)), .may("kvkNummer", .text(8)),
            .may("vestigingsNummer", .text(24)), .may("statutaireNaam", .text(500)),
            .may("innRechtsvorm", .any),
            .may("bezoekadres", .text(1000)), .null("verblijfsadres", .object(verblijfsadres)),
            .null("subVerblijfBuitenland", .object(buitenland)),
        ],
        "vestiging": [
            .may("vestigingsNummer", .text(24)),
            Property(name: "handelsnaam", kind: .list(.text(625)), fallback: []), .may("kvkNummer", .text(8)),
            .null("verblijfsadres", .object(verblijfsadres)),
            .null("subVerblijfBuitenland", .object(buitenland)),
        ],
        "organisatorische_eenheid": [
            .may("identificatie", .text(255)), .may("naam", .text(255)), .may("isGehuisvestIn", .text(24)),
        ],
        "medewerker": [
            .may("identificatie", .text(128)), .may("achternaam", .text(200)), .may("voorletters", .text(20)),
            .may("voorvoegselAchternaam", .text(10)),
        ],
    ]
}

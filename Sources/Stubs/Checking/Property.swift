internal import JSON

/// What a property of a resource may hold, as Open Zaak checks it.
indirect enum Kind: Sendable {
    /// At most, and when it is not empty at least, so many characters.
    case text(Int, least: Int = 0)
    /// Nine digits that pass the eleven-test.
    case rsin
    /// The same, or empty.
    case bsn
    case date, moment, bool, integer
    /// One of these, or empty where it is not required.
    case choice([String])
    /// A resource of this server.
    case link(String)
    /// A URL that is not followed.
    case url
    case object([Property])
    case list(Kind)
    /// Kept as it comes.
    case any
}

struct Property: Sendable {
    var name: String
    var kind: Kind
    var isRequired = false
    var isNullable = false
    /// What stands there when nothing is said. One that is required and has `""` here may be said to be empty.
    var fallback: Value

    var mayNotBeEmpty: Bool { isRequired && fallback != "" }

    /// One that must be said, and not be empty.
    static func must(_ name: String, _ kind: Kind) -> Property {
        Property(name: name, kind: kind, isRequired: true, fallback: .null)
    }

    /// One that is `""` when nothing is said.
    static func may(_ name: String, _ kind: Kind) -> Property {
        Property(name: name, kind: kind, fallback: "")
    }

    /// One that is null, or that value, when nothing is said.
    static func null(_ name: String, _ kind: Kind, or fallback: Value = .null) -> Property {
        Property(name: name, kind: kind, isNullable: true, fallback: fallback)
    }
}

/// The values that an API's enumerations have (source-apis.md, 1.4).
enum Choices {
    static let vertrouwelijkheid = [
        "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk", "confidentieel",
        "geheim",
        "zeer_geheim",
    ]
    static let betaling = [
        "nvt", "nog_niet", "gedeeltelijk", "geheel", "gefactureerd", "gecrediteerd", "betaald",
    ]
    static let archiefnominatie = ["blijvend_bewaren", "vernietigen"]
    static let archiefstatus = [
        "nog_te_archiveren", "gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen",
    ]
    static let betrokkene = [
        "natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid",
        "medewerker",
    ]
    static let rollen = [
        "adviseur", "behandelaar", "belanghebbende", "beslisser", "initiator", "klantcontacter",
        "zaakcoordinator",
        "mede_initiator",
    ]
    static let objecten = [
        "adres", "besluit", "buurt", "enkelvoudig_document", "gemeente", "gemeentelijke_openbare_ruimte",
        "huishouden", "inrichtingselement", "kadastrale_onroerende_zaak", "kunstwerkdeel",
        "maatschappelijke_activiteit", "medewerker", "natuurlijk_persoon", "niet_natuurlijk_persoon",
        "openbare_ruimte", "organisatorische_eenheid", "pand", "spoorbaandeel", "status", "terreindeel",
        "terrein_gebouwd_object", "vestiging", "waterdeel", "wegdeel", "wijk", "woonplaats", "woz_deelobject",
        "woz_object", "woz_waarde", "zakelijk_recht", "overige",
    ]
    static let aard = ["vervolg", "onderwerp", "bijdrage", "overig"]
    static let document = ["in_bewerking", "ter_vaststelling", "definitief", "gearchiveerd"]
}

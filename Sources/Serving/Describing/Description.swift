internal import JSON
internal import Model
internal import Resources

/// The OpenAPI document of one served API, made of the tables that serve it.
///
/// Texts are in Dutch (API Design Rule doc-language).
struct Description {
    /// Which OpenAPI it is written in.
    enum Edition: Sendable {
        case v30, v31

        var number: String { self == .v30 ? "3.0.3" : "3.1.0" }
        /// The last part of its path.
        var file: String { self == .v30 ? "openapi.json" : "openapi-3.1.json" }
    }

    let api: ServedAPI
    let library: ResourceLibrary
    let edition: Edition
    let addresses: Addresses
    let contact: RestAPI.Contact
    let requiresCrs: Bool

    /// The document, as it is served.
    var json: [UInt8] {
        var json = Writer()
        json.object { json in
            json.text("openapi", edition.number)
            json.object("info") { info(&$0) }
            json.array("servers") { json in
                json.object { $0.text("url", addresses.base + api.root) }
            }
            json.array("tags") { json in
                for collection in api.collections {
                    json.object { json in
                        json.text("name", collection.tag)
                        json.text("description", "Alles van \(collection.tag).")
                    }
                }
                json.object { json in
                    json.text("name", "openapi")
                    json.text("description", "De beschrijving van deze API.")
                }
            }
            json.object("paths") { paths(&$0) }
            json.object("components") { components(&$0) }
        }
        return json.bytes
    }

    private func info(_ json: inout Writer) {
        json.text("title", title)
        json.text("description", about)
        json.text("version", api.version)
        json.object("contact") { json in
            json.text("name", contact.name)
            json.text("url", contact.url)
            json.text("email", contact.email)
        }
        json.object("license") { json in
            json.text("name", "EUPL-1.2")
            json.text("url", "https://eupl.eu/1.2/nl/")
        }
    }

    var title: String { "\(api.name.prefix(1).uppercased())\(api.name.dropFirst()) API" }

    /// What the API is, for people.
    var about: String { api.isAskedByPost ? Self.about : "\(Self.about) \(Self.ofFilters)" }

    private static let about = """
        Een alleen-lezen kopie van wat de oude applicaties aan Sluis sturen, in de vorm van de standaard. Elk antwoord \
        zegt met `Sluis-As-Of` van welk moment het is, en met `Sluis-Copy-Of` van welke applicatie het een kopie is. \
        Onbekende parameters worden geweigerd.
        """

    private static let ofFilters = """
        De namen van filters met `__` zijn die van de ZGW-standaard en wijken daarin af van de API Design Rule \
        query-keys-camel-case.
        """

    // MARK: What the paths share

    private func components(_ json: inout Writer) {
        json.object("schemas") { json in
            for collection in api.collections where collection.isAskedByPost {
                questionSchemas(collection, &json)
            }
            for entity in described { json.object(entity.name) { schema(of: entity, &$0) } }
            for collection in api.collections where collection.isPaged && !collection.isAskedByPost {
                json.object("\(collection.entity.name)Lijst") { page(of: collection, &$0) }
            }
            json.object("Fout") { fout(hasParameters: false, &$0) }
            json.object("ValidatieFout") { fout(hasParameters: true, &$0) }
        }
        json.object("headers") { json in
            header("ApiVersion", "De volledige versie van de API.", &json)
            header("ETag", "Kenmerk van deze inhoud, voor `If-None-Match`.", &json)
            header("SluisAsOf", "Het moment waarvan dit de toestand is (RFC 3339).", &json)
            header("SluisCopyOf", "De applicatie van welke gegevens dit een kopie is.", &json)
            header("ContentCrs", "Het coördinatenstelsel van het antwoord.", &json)
            header("AccessControlAllowOrigin", "Voor alle herkomsten.", &json)
        }
        json.object("responses") { json in
            for (name, status, description) in Self.problems {
                json.object(name) { json in
                    json.text("description", description)
                    json.object("content") { json in
                        json.object("application/problem+json") { json in
                            json.reference("schema", "schemas/\(status == 400 ? "ValidatieFout" : "Fout")")
                        }
                    }
                }
            }
        }
    }

    /// The refusals: name, status, what they say.
    static let problems: [(name: String, status: Int, description: String)] = [
        ("Ongeldig", 400, "Een parameter is onbekend of heeft een waarde die niet kan."),
        ("NietGevonden", 404, "Dit is er niet."),
        ("NietAanvaardbaar", 406, "De gevraagde vorm wordt niet geleverd."),
        ("VoorwaardeMist", 412, "Het coördinatenstelsel ontbreekt."),
        ("TeGroot", 413, "De inhoud is groter dan wordt aangenomen."),
        ("TeLang", 414, "De URL is langer dan wordt aangenomen."),
        ("VormOnbekend", 415, "De inhoud is geen JSON."),
        ("Fout", 500, "Er ging iets mis aan deze kant."),
        (
            "NuNiet", 503,
            "Wat hierover onderweg is, is nog niet verwerkt: vraag het later opnieuw (`Retry-After`)."
        ),
    ]

    private func header(_ name: String, _ description: String, _ json: inout Writer) {
        json.object(name) { json in
            json.text("description", description)
            json.object("schema") { $0.text("type", "string") }
        }
    }

    /// The resources of the API, and those of others that can stand in full in them.
    var described: [Entity] {
        var found = api.collections.filter { !$0.isAskedByPost }.map(\.entity)
        var names = Set(found.map(\.qualifiedName))
        var next = 0
        while next < found.count {
            for branch in Expansion.branches(of: found[next], library)
            where names.insert(branch.entity.qualifiedName).inserted {
                found.append(branch.entity)
            }
            next += 1
        }
        return found
    }
}

extension ServedCollection {
    /// What its operations are grouped under: `zaken`.
    var tag: String { entity.collection ?? entity.name }
}

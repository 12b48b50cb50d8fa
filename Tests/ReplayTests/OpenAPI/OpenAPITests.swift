import Foundation
import Intake
import Replay
import TestSupport
import Testing

private let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

@Suite("What the API holds after a fixture", .needsSharedData) struct OpenAPITests {
    private static let replayer: Replayer? = {
        let folder = "\(root)/mappings"
        return Rulebook.load([folder]).rulebook.map { Replayer($0, folder: folder) }
    }()
    private static let apis = [
        ("/zaken/api/v1", "open-zaak/zaken-1.5.1"), ("/documenten/api/v1", "open-zaak/documenten-1.4.2"),
        ("/besluiten/api/v1", "open-zaak/besluiten-1.1.0"),
    ]
    /// What no bericht says and no mapping writes: an API works it out by itself, and the store that Sluis serves does
    /// not yet. Its catalogue is not compared: it holds of a type what berichten said of it.
    private static let ownStore: Set<String> = [
        "/zaken/api/v1/zaken/results/N: deelzaken is missing",
        "/zaken/api/v1/zaken/results/N: eigenschappen is missing",
        "/zaken/api/v1/zaken/results/N: zaakinformatieobjecten is missing",
        // Of Open Zaak, not of the standard.
        "/zaken/api/v1/zaken/results/N: betalingsindicatieWeergave is missing",
        "/zaken/api/v1/zaken/results/N: laatstGemuteerd is missing",
        // Where nothing was said: taken from the zaaktype, today, and `nog_te_archiveren`.
        "/zaken/api/v1/zaken/results/N/vertrouwelijkheidaanduiding: not as type says",
        "/zaken/api/v1/zaken/results/N/vertrouwelijkheidaanduiding: not as enum says",
        "/zaken/api/v1/zaken/results/N/registratiedatum: not as type says",
        "/zaken/api/v1/zaken/results/N/archiefstatus: not as type says",
        "/zaken/api/v1/zaken/results/N/archiefstatus: not as enum says",
        "/zaken/api/v1/zaken/results/N/opschorting/eerdereOpschorting: not as type says",
        "/zaken/api/v1/zaken/results/N/_expand/rollen/N: omschrijving is missing",
        "/zaken/api/v1/zaken/results/N/_expand/rollen/N: omschrijvingGeneriek is missing",
        "/zaken/api/v1/zaken/results/N/_expand/rollen/N: statussen is missing",
        "/zaken/api/v1/zaken/results/N/_expand/rollen/N/registratiedatum: not as type says",
        "/zaken/api/v1/zaken/results/N/_expand/status: zaakinformatieobjecten is missing",
        // Groups that are not there, and a property that one kind of rol lacks: null.
        "/zaken/api/v1/zaken/results/N/_expand/rollen/N: no schema has authenticatieContext",
        "/zaken/api/v1/zaken/results/N/_expand/zaakobjecten/N/objectIdentificatie/isOnderdeelVan: not as type says",
        "/zaken/api/v1/zaken/results/N/_expand/zaakobjecten/N/objectIdentificatie/heeftBetrekkingOp: not as type says",
        "/zaken/api/v1/zaken/results/N/_expand/zaakobjecten/N/objectIdentificatie/heeftAlsGerechtigde: not as type says",
        "/besluiten/api/v1/besluiten/results/N/zaak: not as type says",
        // What the store shows beyond the standard.
        "/besluiten/api/v1/besluiten/results/N: no schema has besluitinformatieobjecten",
        "/besluiten/api/v1/besluiten/results/N: no schema has uuid",
        "/documenten/api/v1/enkelvoudiginformatieobjecten/results/N: no schema has uuid",
        "/documenten/api/v1/enkelvoudiginformatieobjecten/results/N/beginRegistratie: not as type says",
        "/documenten/api/v1/enkelvoudiginformatieobjecten/results/N/locked: not as type says",
        "/documenten/api/v1/enkelvoudiginformatieobjecten/results/N/versie: not as type says",
    ]

    private static func schema(_ file: String) throws -> OpenAPISchema {
        let bytes = try SharedData.bytes("data/openapi/\(file).json")
        return OpenAPISchema(document: try JSONValue(String(decoding: bytes, as: UTF8.self)))
    }

    private static func fixtures(_ source: String) throws -> [FixtureCase] {
        try Replay.Fixtures.find(["\(root)/fixtures/\(source)"]).map { try FixtureCase.load($0) }
    }

    /// A case, and then a GET of each collection.
    private static func asking(_ fixture: FixtureCase, _ paths: [String]) -> FixtureCase {
        let requests = paths.enumerated().map { index, path in
            FixtureCase.Request(
                number: fixture.requests.count + index + 1, method: "GET", path: path,
                headers: [.init(name: "Accept", value: "application/json")])
        }
        return FixtureCase(
            name: fixture.name, folder: fixture.folder, requests: fixture.requests + requests, expected: [:])
    }

    /// The children of zaken come with them.
    private static let expand = "?expand=status,resultaat,rollen,zaakobjecten"

    @Test("is served as the OpenAPI descriptions of the ZGW APIs say")
    func zgw() throws {
        var schemas: [String: (file: OpenAPISchema, schema: JSONValue)] = [:]
        for (base, name) in Self.apis {
            let file = try Self.schema(name)
            for collection in file.collections {
                schemas["\(base)\(collection.path)"] = (file, collection.schema)
            }
        }
        let replayer = try #require(Self.replayer)
        var (found, passed): (Set<String>, Set<String>) = ([], [])
        for fixture in try Self.fixtures("zds11") + Self.fixtures("zkn0310") {
            let asked = [
                "/zaken/api/v1/zaken\(Self.expand)", "/documenten/api/v1/enkelvoudiginformatieobjecten",
                "/besluiten/api/v1/besluiten",
            ]
            let results = try replayer.replay(Self.asking(fixture, asked)).results
            for (index, request) in asked.enumerated() {
                let reply = try #require(results["\(fixture.requests.count + index + 1)-reply.txt"])
                #expect(reply.hasPrefix("HTTP 200"), "\(fixture.name): \(request) \(reply)")
                let path = String(request.prefix { $0 != "?" })
                let known = try #require(schemas[path])
                let body = try #require(reply.firstRange(of: "\n\n")).upperBound
                let value = try JSONValue(reply[body...])
                for item in value["results"]?.items ?? [] {
                    found.insert(path)
                    for (name, child) in item["_expand"]?.members ?? [:] where child.isThere {
                        found.insert(name)
                    }
                }
                let complaints = known.file.complaints(value, known.schema, at: path)
                    .map { $0.replacing(/\/[0-9]+/, with: "/N") }
                passed.formUnion(complaints)
                #expect(complaints.filter { !Self.ownStore.contains($0) } == [], "\(fixture.name)")
            }
        }
        #expect(passed == Self.ownStore)
        #expect(
            found == [
                "/zaken/api/v1/zaken", "rollen", "status", "resultaat", "zaakobjecten",
                "/documenten/api/v1/enkelvoudiginformatieobjecten", "/besluiten/api/v1/besluiten",
            ])
    }

    @Test("is a person as the OpenAPI description of Haal Centraal BRP says")
    func persons() throws {
        let schema = try Self.schema("haal-centraal/brp-personen-2.7.0")
        let persoon = try #require(schema.schema("Persoon"))
        var count = 0
        for fixture in try Self.fixtures("stufbg") {
            let text = try #require(fixture.expected["api.json"])
            for document in try JSONValue(text)["brp:Persoon"]?.items ?? [] {
                count += 1
                #expect(schema.complaints(document, persoon) == [], "\(fixture.name)")
            }
        }
        #expect(count > 50)
    }
}

@Suite("A schema of OpenAPI") struct OpenAPISchemaTests {
    private static let document = """
        {"components": {"schemas": {
            "Dier": {"type": "object", "required": ["naam"], "properties": {
                "naam": {"type": "string", "minLength": 1, "maxLength": 4, "pattern": "^[a-z]+$"},
                "poten": {"type": "integer", "minimum": 0, "maximum": 8, "nullable": true},
                "soort": {"enum": ["kat", "vis"]}, "merk": {"minLength": 3}, "sinds": {"type": "string", "format": "date"},
                "jongen": {"type": "array", "maxItems": 1, "items": {"$ref": "#/components/schemas/Dier"}}}},
            "Vis": {"allOf": [{"$ref": "#/components/schemas/Dier"},
                {"type": "object", "required": ["vinnen"], "properties": {"vinnen": {"type": "integer"}}}]},
            "Een": {"oneOf": [{"$ref": "#/components/schemas/Dier"}, {"$ref": "#/components/schemas/Vis"}],
                "discriminator": {"propertyName": "soort", "mapping": {
                    "vis": "#/components/schemas/Vis", "kat": "#/components/schemas/Dier"}}},
            "Onbekend": {"multipleOf": 2}
        }}}
        """

    @Test(
        "finds what is wrong with a value, and where",
        arguments: [
            ("Dier", #"{"naam": "kat", "poten": null, "sinds": "2025-01-31"}"#, [String]()),
            ("Dier", #"{}"#, [": naam is missing"]), ("Dier", #"[]"#, [": not as type says"]),
            ("Dier", #"{"naam": "A"}"#, ["/naam: not as pattern says"]), ("Dier", #"{"naam": ""}"#, []),
            ("Dier", #"{"naam": "a", "merk": "xy"}"#, ["/merk: not as minLength says"]),
            ("Dier", #"{"naam": "hamster"}"#, ["/naam: not as maxLength says"]),
            ("Dier", #"{"naam": null}"#, ["/naam: not as type says"]),
            ("Dier", #"{"naam": "a", "poten": 9}"#, ["/poten: not as maximum says"]),
            ("Dier", #"{"naam": "a", "poten": 1.5}"#, ["/poten: not as type says"]),
            ("Dier", #"{"naam": "a", "soort": "hond"}"#, ["/soort: not as enum says"]),
            ("Dier", #"{"naam": "a", "sinds": "31-01-2025"}"#, ["/sinds: not as format says"]),
            ("Dier", #"{"naam": "a", "jongen": [{"naam": 1}]}"#, ["/jongen/0/naam: not as type says"]),
            ("Dier", #"{"naam": "a", "kleur": "rood"}"#, [": no schema has kleur"]),
            ("Vis", #"{"naam": "a", "vinnen": 2}"#, []), ("Vis", #"{"naam": "a"}"#, [": vinnen is missing"]),
            ("Een", #"{"naam": "a", "soort": "vis"}"#, [": vinnen is missing"]),
            ("Een", #"{"naam": "a", "soort": "kat", "vinnen": 1}"#, [": no schema has vinnen"]),
            ("Onbekend", "2", [": not as multipleOf says"]),
        ])
    func complaints(_ row: (schema: String, value: String, complaints: [String])) throws {
        let schema = OpenAPISchema(document: try JSONValue(Self.document))
        let named = try #require(schema.schema(row.schema))
        #expect(schema.complaints(try JSONValue(row.value), named) == row.complaints)
    }
}

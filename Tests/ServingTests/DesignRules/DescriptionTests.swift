import Crypto
import HTTP
import Ledger
import Record
import Resources
import Serving
import Testing

@Suite("The description of a served API") struct DescriptionTests {
    private static let apis = ["zaken", "documenten", "catalogi"]
    private static let files = ["openapi.json", "openapi-3.1.json"]

    private func document(_ shop: Shop, _ api: String, _ file: String = "openapi.json") throws -> Tree {
        try Tree(try shop.get("/\(api)/api/v1/\(file)").bytes)
    }

    /// A store with something of every resource, with and without a value for what may have none.
    private func stocked() throws -> Shop {
        let shop = try Shop()
        try shop.deliver(
            Shop.zaak(
                "Z1",
                #""verlenging":{"reden":"r","duur":"P5D"},"opschorting":{"indicatie":true,"reden":"r"},"#
                    + #""kenmerken":[{"kenmerk":"k","bron":"b"}],"archiefnominatie":"vernietigen","#
                    + #""einddatum":"2020-04-01","laatsteBetaaldatum":"2020-03-10T07:00:00Z","#
                    + #""resultaat":{"resultaattype":{"omschrijving":"Verleend"}},"rollen":["#
                    + #"\#(Shop.rol("Initiator", bsn: "999990019")),{"betrokkeneType":"vestiging","#
                    + #""roltype":{"omschrijving":"B"},"betrokkeneIdentificatie":{"vestigingsNummer":"000012345678","#
                    + #""handelsnaam":["Test"],"verblijfsadres":{"aoaIdentificatie":"1900200000000001","#
                    + #""wplWoonplaatsNaam":"Testdorp","gorOpenbareRuimteNaam":"Testlaan","aoaHuisnummer":1}}}],"#
                    + #""statussen":[{"statustype":{"omschrijving":"Klaar","volgnummer":2},"#
                    + #""datumStatusGezet":"2020-03-10T07:00:00Z","indicatieLaatstGezetteStatus":true}]"#))
        try shop.deliver(Shop.zaak("Z2"))
        try shop.deliver(Shop.document("D1", zaken: "Z1"), as: "documenten:EnkelvoudigInformatieObject")
        return shop
    }

    @Test(
        "keeps to the API Design Rules, but for the names of filters that the ZGW standard gives",
        arguments: apis)
    func rules(_ api: String) throws {
        let shop = try Shop()
        for file in Self.files {
            let response = try shop.get("/\(api)/api/v1/\(file)")
            let tree = try Tree(response.bytes)
            let findings = try Linter.findings(in: response.bytes).filter { finding in
                guard finding.rule == "nlgov:query-keys-camel-case" else { return true }
                let parts = finding.path.split(separator: "[").first.map(String.init) ?? ""
                let path = parts.dropFirst("paths.".count).dropLast(".get.parameters".count)
                let names = tree["paths"]?[String(path)]?["get"]?["parameters"]?.items ?? []
                return !names.contains { $0["name"]?.text?.contains("__") == true }
            }
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    @Test("can be read from everywhere, in the version that it serves", arguments: apis)
    func published(_ api: String) throws {
        let shop = try Shop()
        for (file, edition) in zip(Self.files, ["3.0.3", "3.1.0"]) {
            let response = try shop.get("/\(api)/api/v1/\(file)", fields: [HTTP.Field("Origin", "https://x")])
            #expect(response.status == .ok)
            #expect(response.fields["Access-Control-Allow-Origin"] == "*")
            #expect(response.fields["Content-Type"] == "application/json")
            let tree = try Tree(response.bytes)
            #expect(tree["openapi"]?.text == edition)
            #expect(tree["info"]?["version"]?.text == response.fields["API-Version"])
            #expect(tree["servers"]?.items.first?["url"]?.text == "\(Shop.base)/\(api)/api/v1")
            let preflight = try shop.get("/\(api)/api/v1/\(file)", .options)
            #expect(preflight.fields["Access-Control-Allow-Origin"] == "*")
            #expect(preflight.status == .noContent)
        }
        #expect(try shop.get("/\(api)/api/v1/openapi.json?x=1").status == .badRequest)
        #expect(try shop.get("/\(api)/api/v1/openapi.json/").status == .notFound)
        #expect(try shop.get(zaken).fields["Access-Control-Allow-Origin"] == nil)
    }

    private let zaken = "/zaken/api/v1/zaken"

    @Test("agrees with every answer, in both editions", arguments: apis, files)
    func answers(_ api: String, _ file: String) throws {
        let shop = try stocked()
        let tree = try document(shop, api, file)
        let schema = Schema(document: tree)
        var looked = 0
        for (path, operations) in tree["paths"]?.members ?? [] {
            for (method, operation) in operations.members {
                guard let shown = operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]
                else { continue }
                for target in try targets(shop, api, path) {
                    let response =
                        try method == "post"
                        ? shop.search("{}", at: "/\(api)/api/v1\(path)") : shop.get(target)
                    #expect(response.status == .ok, "\(target): \(response.text)")
                    let faults = schema.faults(try Tree(response.bytes), shown)
                    #expect(faults.isEmpty, "\(target): \(faults)")
                    looked += 1
                }
            }
        }
        #expect(looked >= (tree["paths"]?.members.count ?? 0) / 2)
    }

    /// What can be asked at a path of the description, with all that expands.
    private func targets(_ shop: Shop, _ api: String, _ path: String) throws -> [String] {
        let root = "/\(api)/api/v1"
        guard !path.contains("openapi") else { return [] }
        let collection = path.split(separator: "/").first.map(String.init) ?? ""
        let listed = try list(shop, root, collection)
        guard path.contains("{uuid}") else { return listed }
        let urls = try listed.flatMap { try shop.json($0).urls.filter { $0.contains("/v1/\(collection)/") } }
        return Set(urls).filter { !$0.hasSuffix("/download") }.map(Shop.path)
    }

    private func list(_ shop: Shop, _ root: String, _ collection: String) throws -> [String] {
        let key = ObjectKey(tenant: Shop.tenant, resource: "zaken:Zaak", values: ["001005650", "Z1"])
        let zaak = try #require(shop.addresses.url("zaken:Zaak", key.uuid))
        let path = "\(root)/\(collection)"
        switch collection {
        case "zaken":
            return [path, "\(path)?expand=zaaktype,status.statustype,rollen.roltype,resultaat.resultaattype"]
        case "rollen": return ["\(path)?zaak=\(zaak)", "\(path)?zaak=\(zaak)&expand=roltype.zaaktype"]
        case "statussen", "resultaten", "zaakobjecten", "zaakinformatieobjecten":
            return ["\(path)?zaak=\(zaak)"]
        default: return [path]
        }
    }

    @Test("names every parameter that is understood, and none that is not", arguments: apis)
    func parameters(_ api: String) throws {
        let shop = try Shop()
        for (path, operations) in try document(shop, api)["paths"]?.members ?? [] {
            guard let operation = operations["get"], !path.contains("{") else { continue }
            let names = (operation["parameters"]?.items ?? []).filter { $0["in"]?.text == "query" }
                .compactMap { $0["name"]?.text }
            let query = (names + ["kleur"]).map { "\($0)=1" }.joined(separator: "&")
            let text = try shop.get("/\(api)/api/v1\(path)?\(query)").text
            for name in names {
                #expect(!text.contains(#"{"name":"\#(name)","code":"unknown-parameters""#), "\(path) \(name)")
            }
            #expect(text.contains(#"{"name":"kleur","code":"unknown-parameters""#))
        }
    }

    @Test("agrees with every refusal")
    func refusals() throws {
        let shop = try Shop()
        let tree = try document(shop, "zaken")
        let schema = Schema(document: tree)
        for (path, operation, refused) in [
            ("zaken?x=1", "/zaken", "400"), ("zaken?page=2", "/zaken", "404"),
            ("zaken/00000000-0000-4000-8000-000000000000", "/zaken/{uuid}", "404"),
            ("rollen?x=1", "/rollen", "400"),
        ] {
            let response = try shop.get("/zaken/api/v1/\(path)")
            #expect(String(response.status.code) == refused)
            let name = tree["paths"]?[operation]?["get"]?["responses"]?[refused]?["$ref"]?.text
            let shown = try #require(name?.split(separator: "/").last.map(String.init))
            let problem = try #require(
                tree["components"]?["responses"]?[shown]?["content"]?["application/problem+json"]?["schema"])
            #expect(schema.faults(try Tree(response.bytes), problem) == [])
        }
    }

    @Test("is a page for people too, that shows nothing from elsewhere", arguments: apis)
    func page(_ api: String) throws {
        let shop = try Shop()
        let response = try shop.get(
            "/\(api)/api/v1/documentatie", fields: [HTTP.Field("Accept", "text/html")])
        #expect(response.status == .ok)
        #expect(response.fields["Content-Type"] == "text/html; charset=utf-8")
        let policy = try #require(response.fields["Content-Security-Policy"])
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(response.fields.filter { $0.name == "Content-Security-Policy" }.count == 1)
        let html = response.text
        #expect(!html.contains("src=") && !html.contains("<script") && !html.contains("@import"))
        let tree = try document(shop, api)
        for (path, _) in tree["paths"]?.members ?? [] where !path.contains("openapi") {
            #expect(html.contains("/\(api)/api/v1\(path)</code>"), "\(path)")
        }
        let opened = html.matches(of: #/<([a-z0-9]+)[ >]/#).map { String($0.1) }.filter { $0 != "html" }
        for name in Set(opened) {
            #expect(opened.count { $0 == name } == html.matches(of: try Regex("</\(name)>")).count, "\(name)")
        }
    }
}

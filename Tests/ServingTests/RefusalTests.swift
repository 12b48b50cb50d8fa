import Crypto
import Diagnostics
import HTTP
import Ledger
import Record
import Resources
import Serving
import Telemetry
import Testing
import Threads

@Suite("A request that cannot be answered") struct RefusalTests {
    private let zaken = "/zaken/api/v1/zaken"

    private func problem(_ response: Response, _ code: Code, _ word: String) {
        #expect(response.fields["Content-Type"] == "application/problem+json")
        let title = code == .parameterRefused ? "Invalid input." : response.status.phrase
        #expect(
            response.text.hasPrefix(
                #"{"type":"urn:sluis:\#(code.number)","code":"\#(word)","title":"\#(title)","#
                    + #""status":\#(response.status.code),"detail":""#))
        #expect(response.text.contains(#""instance":"urn:uuid:"#))
    }

    @Test(
        "is told so where there is nothing",
        arguments: [
            "/", "/zaken", "/zaken/api/v1", "/zaken/api/v1/", "/zaken/api/v1/zaken/", "/zaken/api/v2/zaken",
            "/zaken/api/v1/zaken/1", "/zaken/api/v1/openapi.yaml",
            "/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000", "/zaken/api/v1/rollen/_zoek",
            "/catalogi/api/v1/zaaktypen/_zoek", "/zaken/api/v1/zaken/_zoek/",
            "/zaken/api/v1/rollen/00000000-0000-4000-8000-000000000000/download", "/zaken//api/v1/zaken",
            "/zaken/api/v1/rollen/00000000-0000-4000-8000-000000000000", "/zaken/api/v1/%7Aaken/x",
            "/documenten/api/v1/enkelvoudiginformatieobjecten/00000000-0000-4000-8000-000000000000/download",
        ])
    func nothing(_ path: String) throws {
        let response = try Shop().get(path)
        #expect(response.status == .notFound)
        problem(response, .servedNotFound, "not_found")
    }

    @Test("is told everything that is wrong with its parameters at once")
    func parameters() throws {
        let shop = try Shop()
        let all =
            "x=1&x=2&page=0&pageSize=501&identificatie=a&identificatie=b&startdatum=20200309&zaaktype=https%3A%2F%2Fx"
        let response = try shop.get("\(zaken)?\(all)")
        #expect(response.status == .badRequest)
        problem(response, .parameterRefused, "invalid")
        let names = response.text.values("name")
        #expect(names.sorted() == ["identificatie", "page", "pageSize", "startdatum", "x", "zaaktype"])
        #expect(response.text.contains(#"{"name":"zaaktype","code":"bad-url","#))
        #expect(response.text.contains(#"{"name":"x","code":"unknown-parameters","#))
    }

    @Test(
        "is refused for each of these queries",
        arguments: [
            ("zaken?page=-1", "page", "invalid"), ("zaken?page=1e3", "page", "invalid"),
            ("zaken?page=99999999999999999999", "page", "invalid"),
            ("zaken?pageSize=0", "pageSize", "invalid"),
            ("zaken?page=%2B1", "page", "invalid"), ("zaken?page=", "page", "invalid"),
            ("zaken?ordering=omschrijving", "ordering", "invalid_choice"),
            ("zaken?ordering=", "ordering", "invalid_choice"),
            ("rollen?ordering=uuid", "ordering", "unknown-parameters"),
            ("zaken?expand=zaaktype,kleur", "expand", "invalid_choice"),
            ("zaken?expand=", "expand", "invalid_choice"),
            ("zaken?expand=zaaktype,", "expand", "invalid_choice"),
            ("zaken?expand=zaaktype&expand=status", "expand", "duplicate"),
            ("rollen/00000000-0000-4000-8000-000000000000?expand=rollen", "expand", "invalid_choice"),
            ("zaken?startdatum__lt=gisteren", "startdatum__lt", "invalid"),
            ("zaken?einddatum__isnull=ja", "einddatum__isnull", "invalid"),
            ("zaken?archiefnominatie__in=vernietigen,weg", "archiefnominatie__in", "invalid_choice"),
            ("zaken?uuid__in=00000000-0000-4000-8000-000000000000", "uuid__in", "invalid"),
            (
                "zaken?rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=999990019",
                "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn", "invalid"
            ),
            ("zaken?after=1&after=2", "after", "duplicate"),
            ("zaken?inpBsn=999990019", "inpBsn", "unknown-parameters"),
            ("zaken?archiefnominatie=weg", "archiefnominatie", "invalid_choice"),
            ("zaken?identificatie=", "identificatie", "invalid"),
            ("rollen?zaak=https://ander.example.nl/zaken/api/v1/zaken/1", "zaak", "bad-url"),
            ("statussen?zaak=1", "zaak", "bad-url"),
            ("zaken?identificatie=\(String(repeating: "1", count: 41))", "identificatie", "invalid"),
            ("zaakinformatieobjecten?page=1", "page", "unknown-parameters"),
            ("zaken/00000000-0000-4000-8000-000000000000?expand=x", "expand", "invalid_choice"),
            ("zaken/00000000-0000-4000-8000-000000000000?page=1", "page", "unknown-parameters"),
        ])
    func query(_ row: (target: String, name: String, word: String)) throws {
        let response = try Shop().get("/zaken/api/v1/\(row.target)")
        #expect(response.status == .badRequest)
        #expect(response.text.contains(#"{"name":"\#(row.name)","code":"\#(row.word)","#))
    }

    @Test(
        "is refused for each of these documents of a search",
        arguments: [
            (#"{"bronorganisatie__in":[false]}"#, "bronorganisatie__in", "invalid"),
            (#"{"bronorganisatie__in":[1]}"#, "bronorganisatie__in", "invalid"),
            (#"{"bronorganisatie__in":["001005650",""]}"#, "bronorganisatie__in", "invalid"),
            (#"{"bronorganisatie__in":"001005650"}"#, "bronorganisatie__in", "invalid"),
            (#"{"bronorganisatie__in":[]}"#, "bronorganisatie__in", "invalid"),
            (#"{"bronorganisatie__in":[["001005650"]]}"#, "bronorganisatie__in", "invalid"),
            (#"{"identificatie":1}"#, "identificatie", "invalid"),
            (#"{"identificatie":null}"#, "identificatie", "invalid"),
            (#"{"identificatie":{}}"#, "identificatie", "invalid"),
            (#"{"identificatie":["Z1"]}"#, "identificatie", "invalid"),
            (#"{"startdatum":20200309}"#, "startdatum", "invalid"),
            (#"{"einddatum__isnull":"true"}"#, "einddatum__isnull", "invalid"),
            (#"{"einddatum__isnull":1}"#, "einddatum__isnull", "invalid"),
            (#"{"uuid__in":[true]}"#, "uuid__in", "invalid"),
            (#"{"zaaktype":0}"#, "zaaktype", "invalid"), (#"{"expand":"status"}"#, "expand", "invalid"),
            (#"{"ordering":[false]}"#, "ordering", "invalid"),
            (#"{"page":2}"#, "page", "unknown-parameters"),
            (#"{"pageSize":"2"}"#, "pageSize", "unknown-parameters"),
            (#"{"after":"x"}"#, "after", "unknown-parameters"),
            (#"{"kleur":"rood"}"#, "kleur", "unknown-parameters"),
        ])
    func document(_ row: (body: String, name: String, word: String)) throws {
        let response = try Shop().search(row.body)
        #expect(response.status == .badRequest)
        #expect(response.text.contains(#"{"name":"\#(row.name)","code":"\#(row.word)","#), "\(response.text)")
    }

    @Test("is not a way to write", arguments: [HTTP.Method.post, .put, .patch, .delete])
    func writes(_ method: HTTP.Method) throws {
        let response = try Shop().get(zaken, method)
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields["Allow"] == "GET, HEAD, OPTIONS")
        problem(response, .methodRefused, "method_not_allowed")
        #expect(try Shop().get("/zaken/api/v1/x", method).status == .notFound)
        #expect(try Shop().get(zaken, .options).status == .noContent)
    }

    @Test(
        "says which forms it accepts",
        arguments: [
            ("application/json", true), ("*/*", true), ("application/*", true),
            ("text/html, */*;q=0.1", true),
            ("application/json;q=0", false), ("application/json; q=0.0", false), ("text/html", false),
            ("application/jsonx", false), ("application/problem+json", false), ("APPLICATION/JSON", true),
        ])
    func accepts(_ accept: String, _ isServed: Bool) throws {
        let response = try Shop().get(zaken, fields: [HTTP.Field("Accept", accept)])
        #expect(response.status == (isServed ? .ok : .notAcceptable))
    }

    @Test(
        "says which coordinates it speaks where the standard has a geometry, and which were not understood",
        arguments: [
            ("GET", "zaken", nil, nil, false, Status.ok),
            ("GET", "zaken", nil, nil, true, .preconditionFailed),
            ("GET", "zaken", "EPSG:4326", nil, true, .ok),
            ("GET", "zaken", "EPSG:28992", nil, false, .notAcceptable),
            ("GET", "rollen?zaak=", "EPSG:28992", nil, true, .badRequest),
            ("POST", "zaken/_zoek", nil, "EPSG:4326", false, .ok),
            ("POST", "zaken/_zoek", nil, "EPSG:4326", true, .preconditionFailed),
            ("POST", "zaken/_zoek", "EPSG:4326", nil, false, .preconditionFailed),
            ("POST", "zaken/_zoek", "EPSG:4326", "EPSG:28992", false, .notAcceptable),
            ("POST", "zaken/_zoek", "EPSG:28992", "EPSG:4326", false, .notAcceptable),
        ] as [(String, String, String?, String?, Bool, Status)])
    func coordinates(
        _ row: (
            method: String, target: String, accept: String?, content: String?, isRequired: Bool,
            status: Status
        )
    ) throws {
        let shop = try Shop(requiresCrs: row.isRequired)
        var fields = [HTTP.Field("Content-Type", "application/json")]
        if let accept = row.accept { fields.append(HTTP.Field("Accept-Crs", accept)) }
        if let content = row.content { fields.append(HTTP.Field("Content-Crs", content)) }
        let response = try shop.get(
            "/zaken/api/v1/\(row.target)", row.method == "GET" ? .get : .post, fields: fields, body: "{}")
        #expect(response.status == row.status)
        #expect((response.fields["Content-Crs"] == "EPSG:4326") == (row.status == .ok))
        switch row.status {
        case .preconditionFailed: problem(response, .crsMissing, "precondition_failed")
        case .notAcceptable: problem(response, .formRefused, "not_acceptable")
        default: break
        }
    }

    @Test(
        "that is no document of filters is told why",
        arguments: [
            ("", 400, "parse_error"), ("[]", 400, "parse_error"), ("{", 400, "parse_error"),
            (#"{"identificatie":"a"}x"#, 400, "parse_error"),
            (#"{"identificatie":"a","identificatie":"b"}"#, 400, "parse_error"),
            (#"{"a":[[[[[[[[1]]]]]]]]}"#, 400, "parse_error"),
            (#"{"identificatie":["a"]}"#, 400, "invalid"), (#"{"identificatie":{"a":1}}"#, 400, "invalid"),
            (#"{"identificatie":null}"#, 400, "invalid"), (#"{"uuid__in":[]}"#, 400, "invalid"),
            (#"{"uuid__in":["a"]}"#, 400, "invalid"), (#"{"uuid__in":[{}]}"#, 400, "invalid"),
            (#"{"zaaktype__in":["https://x"]}"#, 400, "invalid"),
            (#"{"startdatum":20200309}"#, 400, "invalid"), (#"{"expand":["x"]}"#, 400, "invalid"),
            (#"{"expand":[{}]}"#, 400, "invalid"), (#"{"expand":{}}"#, 400, "invalid"),
            (#"{"expand":null}"#, 400, "invalid"), (#"{"uuid__in":[["a"]]}"#, 400, "invalid"),
            (#"{"einddatum__isnull":1}"#, 400, "invalid"), (#"{"kleur":"blauw"}"#, 400, "unknown-parameters"),
            ("{}", 200, nil), (#"{"expand":[]}"#, 200, nil),
        ] as [(String, Int, String?)])
    func documents(_ row: (body: String, status: Int, word: String?)) throws {
        let response = try Shop().search(row.body)
        #expect(response.status.code == row.status)
        if let word = row.word { #expect(response.text.values("code").first == word) }
    }

    @Test("with a body of another kind is refused, and a list cannot be posted to")
    func bodies() throws {
        let crs = HTTP.Field("Content-Crs", "EPSG:4326")
        let form = HTTP.Field("Content-Type", "application/x-www-form-urlencoded")
        let response = try Shop().get("\(zaken)/_zoek", .post, fields: [crs, form], body: "a=b")
        #expect(response.status == .unsupportedMediaType)
        problem(response, .bodyTypeRefused, "unsupported_media_type")
        let read = try Shop().get("\(zaken)/_zoek")
        #expect(read.status == .methodNotAllowed)
        #expect(read.fields["Allow"] == "POST, OPTIONS")
    }

    @Test("is asked to come back while a write about its object is open, and then reads it")
    func readsWrites() throws {
        let shop = try Shop()
        let key = try shop.deliver(Shop.zaak("Z1"))
        try shop.deliver(Shop.zaak("Z2"))
        let sequence = try shop.accept(about: key)
        for path in [
            "\(zaken)/\(key.uuid)", "\(zaken)?identificatie=Z1",
            "\(zaken)?identificatie=Z1&bronorganisatie=001005650",
        ] {
            let response = try shop.get(path)
            #expect(response.status == .serviceUnavailable, "\(path)")
            #expect(response.fields["Retry-After"] == "1")
            problem(response, .writesOpen, "service_unavailable")
        }
        #expect(try shop.get("\(zaken)?identificatie=Z2").status == .ok)
        #expect(throws: ServingFailure.self) {
            let identificatie = Question.Criterion(
                path: "identificatie", comparison: .equals, value: Array("Z1".utf8))
            _ = try shop.source.answer(
                Question(resource: "zaken:Zaak", criteria: [identificatie], limit: 1, caller: .local))
        }
        try shop.settle(sequence)
        #expect(try shop.get("\(zaken)/\(key.uuid)").status == .ok)
    }

    @Test("is asked to come back while what it names is still being made")
    func readsWhatIsMade() throws {
        let shop = try Shop()
        try shop.deliver(Shop.zaak("Z1"))
        let key = ObjectKey(tenant: Shop.tenant, resource: "zaken:Zaak", values: ["001005650", "Z|2"])
        let sequence = try shop.accept(about: key)
        let url = try #require(shop.addresses.url("zaken:Zaak", key.uuid))
        for path in [
            "\(zaken)?identificatie=Z%7C2", "\(zaken)?identificatie=Z%7C2&bronorganisatie=001005650",
            "\(zaken)/\(key.uuid)", "/zaken/api/v1/rollen?zaak=\(url)",
        ] {
            let response = try shop.get(path)
            #expect(response.status == .serviceUnavailable, "\(path)")
            problem(response, .writesOpen, "service_unavailable")
        }
        #expect(try shop.search(#"{"identificatie":"Z|2"}"#).status == .serviceUnavailable)
        #expect(try shop.search(#"{"uuid__in":["\#(key.uuid)"]}"#).status == .serviceUnavailable)
        for path in ["\(zaken)?identificatie=2", "\(zaken)?identificatie=Z1", zaken] {
            #expect(try shop.get(path).status == .ok, "\(path)")
        }
        try shop.settle(sequence)
        #expect(try shop.get("\(zaken)/\(key.uuid)").status == .notFound)
    }
}

@Suite("A question to the own store") struct StoreSourceTests {
    private func ask(
        _ shop: Shop, _ criteria: [(String, String)], limit: Int = 10, after: [UInt8]? = nil
    ) throws -> Answer {
        let criteria = criteria.map {
            Question.Criterion(path: $0.0, comparison: .equals, value: Array($0.1.utf8))
        }
        return try shop.source.answer(
            Question(resource: "zaken:Zaak", criteria: criteria, limit: limit, after: after, caller: .local))
    }

    @Test("about one person in one role is met by one rol, not by two together")
    func oneItem() throws {
        let shop = try Shop()
        try shop.deliver(
            Shop.zaak(
                "Z1",
                #""rollen":[\#(Shop.rol("Initiator", bsn: "999990019")),\#(Shop.rol("B", bsn: "999993653"))]"#
            ))
        let (type, bsn) = ("rollen.roltype.omschrijving", "rollen.betrokkeneIdentificatie.inpBsn")
        #expect(try ask(shop, [(type, "Initiator"), (bsn, "999990019")]).total == 1)
        #expect(try ask(shop, [(type, "Initiator"), (bsn, "999993653")]).total == 0)
        #expect(try ask(shop, [(bsn, "999993653")]).total == 1)
        #expect(try ask(shop, [(bsn, "111111110")]).total == 0)
        #expect(try ask(shop, [("onbekend.pad", "x")]).total == 0)
    }

    @Test("goes on where it stopped, also when records have to be looked at")
    func goesOn() throws {
        let shop = try Shop()
        for number in 1...7 { try shop.deliver(Shop.zaak("Z\(number)", #""omschrijving":"o""#)) }
        for criteria in [[], [("omschrijving", "o")]] {
            var found: [String] = []
            var after: [UInt8]?
            repeat {
                let answer = try ask(shop, criteria, limit: 3, after: after)
                #expect(answer.total == 7)
                #expect(answer.found.count <= 3)
                found += answer.found.map(\.uuid)
                after = answer.next
            } while after != nil
            #expect(found.count == 7)
            #expect(Set(found).count == 7)
        }
    }

    @Test("about what no model knows is refused")
    func unknown() {
        #expect(throws: ServingFailure.self) {
            _ = try Shop().source.answer(
                Question(resource: "zaken:Niets", criteria: [], limit: 1, caller: .local))
        }
    }
}

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
        #expect(
            response.text.hasPrefix(
                #"{"type":"urn:sluis:\#(code.number)","code":"\#(word)","title":"\#(response.status.phrase)","#
                    + #""status":\#(response.status.code),"detail":""#))
        #expect(response.text.contains(#""instance":"urn:uuid:"#))
    }

    @Test(
        "is told so where there is nothing",
        arguments: [
            "/", "/zaken", "/zaken/api/v1", "/zaken/api/v1/", "/zaken/api/v1/zaken/", "/zaken/api/v2/zaken",
            "/zaken/api/v1/zaken/1", "/zaken/api/v1/openapi.json", "/haalcentraal/api/brp/personen",
            "/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000", "/zaken/api/v1/zaken/_zoek",
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
            ("zaken?ordering=-startdatum", "ordering", "unknown-parameters"),
            ("zaken?expand=zaaktype", "expand", "unknown-parameters"),
            ("zaken?inpBsn=999990019", "inpBsn", "unknown-parameters"),
            ("zaken?archiefnominatie=weg", "archiefnominatie", "invalid"),
            ("zaken?identificatie=", "identificatie", "invalid"), ("rollen", "zaak", "required"),
            ("rollen?zaak=https://ander.example.nl/zaken/api/v1/zaken/1", "zaak", "bad-url"),
            ("statussen?zaak=1", "zaak", "bad-url"),
            ("zaakinformatieobjecten", "informatieobject", "required"),
            ("zaakinformatieobjecten?page=1", "page", "unknown-parameters"),
            ("zaken/00000000-0000-4000-8000-000000000000?expand=x", "expand", "unknown-parameters"),
        ])
    func query(_ row: (target: String, name: String, word: String)) throws {
        let response = try Shop().get("/zaken/api/v1/\(row.target)")
        #expect(response.status == .badRequest)
        #expect(response.text.contains(#"{"name":"\#(row.name)","code":"\#(row.word)","#))
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

    @Test("may not ask for another coordinate system")
    func coordinates() throws {
        #expect(try Shop().get(zaken, fields: [HTTP.Field("Accept-Crs", "EPSG:4326")]).status == .ok)
        #expect(
            try Shop().get(zaken, fields: [HTTP.Field("Accept-Crs", "EPSG:28992")]).status == .notAcceptable)
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

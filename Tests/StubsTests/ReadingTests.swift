import Calling
import HTTP
import JSON
import Stubs
import Testing
import Threads

/// open-zaak-observed.md, reading and authorisation: each line.
@Suite("What the stand-in tells") struct ReadingTests {
    @Test("is a page of zaken, rollen and statussen, and a plain array of zaakinformatieobjecten")
    func shapes() throws {
        let stand = try Stand()
        defer { stand.stop() }
        for path in ["zaken", "rollen", "statussen"] {
            #expect(try stand.read(path)["results"]?.items != nil)
        }
        #expect(try stand.read("zaakinformatieobjecten").items == [])
        #expect(
            try stand.call(.get, "zaken?onbekend=1") == .refused(400, ["nonFieldErrors unknown-parameters"]))
    }

    @Test("goes on at the next page until there is none")
    func pages() throws {
        let stand = try Stand()
        defer { stand.stop() }
        for number in 1...5 {
            _ = try stand.made("zaken", try stand.zaak([("identificatie", .string("Z\(number)"))]))
        }
        var names: [String] = []
        var next: String? = "zaken?pageSize=2&bronorganisatie=123456782"
        while let path = next {
            let page = try stand.read(path)
            #expect(page["count"] == .number("5"))
            names += page["results"]?.items?.compactMap { $0["identificatie"]?.text } ?? []
            next = page["next"]?.text
        }
        #expect(names == ["Z1", "Z2", "Z3", "Z4", "Z5"])
        #expect(try stand.call(.get, "zaken?page=2").status == 404)
    }

    @Test("is found by BSN in the body, and comes with what it is linked to when that is asked")
    func search() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        _ = try stand.made("zaken", try stand.zaak())
        _ = try stand.made("rollen", try stand.rol(zaak, ["inpBsn": "999990019"], as: "Initiator"))
        _ = try stand.made("statussen", try stand.status(zaak, "Ontvangen", "2026-11-02"))
        let body: Value = [
            "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "999990019",
            "expand": ["zaaktype", "rollen", "status.statustype"],
        ]
        guard case .done(200, let page) = try stand.post("zaken/_zoek", body) else {
            Issue.record("refused")
            return
        }
        let found = try #require(page["results"]?.items)
        #expect(found.map { $0["url"]?.text } == [zaak])
        let expand = try #require(found.first?["_expand"])
        #expect(expand["zaaktype"]?["identificatie"] == "B1026")
        #expect(expand["rollen"]?.items?.first?["betrokkeneIdentificatie"]?["inpBsn"] == "999990019")
        #expect(expand["status"]?["_expand"]?["statustype"]?["omschrijving"] == "Ontvangen")
        #expect(try stand.call(.get, zaak + "?expand=onbekend").status == 400)
    }

    @Test("finds the zaaktype that is valid on a day")
    func validity() throws {
        var catalogue = Stand.catalogue
        catalogue.zaaktypen[0].einde = "2019-12-31"
        var newer = catalogue.zaaktypen[0]
        newer.begin = "2020-01-01"
        newer.einde = nil
        newer.omschrijving = "Nieuwer"
        catalogue.zaaktypen.append(newer)
        let stand = try Stand(catalogue: catalogue)
        defer { stand.stop() }
        for (day, name) in [("2019-12-31", "Voorbeeld"), ("2020-01-01", "Nieuwer")] {
            let found = try stand.read(
                "zaaktypen?identificatie=B1026&datumGeldigheid=\(day)&status=definitief")
            #expect(found["results"]?.items?.map { $0["omschrijving"] } == [.string(name)])
        }
        #expect(try stand.read("zaaktypen?status=concept")["count"] == .number("0"))
    }

    @Test("has one domain in all its URLs")
    func domain() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.read(try stand.made("zaken", try stand.zaak()))
        for name in ["url", "zaaktype"] {
            #expect(zaak[name]?.text?.hasPrefix(stand.stub.base + "/") == true)
        }
    }

    @Test("is told to who has a token that is young, known and signed")
    func tokens() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let hours = WallTime(seconds: Stand.now.seconds - 7200)
        let ahead = WallTime(seconds: Stand.now.seconds + 60)
        let forger = Application(clientID: "sluis", secret: Stand.secret("verkeerd"))
        let stranger = Application(clientID: "vreemd", secret: Stand.all.secret)
        func outcome(_ application: Application, _ time: WallTime) throws -> Stand.Outcome {
            try stand.call(.get, "zaken", as: try stand.api(as: application, at: time))
        }
        #expect(try outcome(Stand.all, hours) == .refused(403, ["jwt-expired"]))
        #expect(try outcome(Stand.all, ahead).status == 200)
        #expect(try outcome(forger, Stand.now) == .refused(403, ["invalid-jwt-signature"]))
        #expect(try outcome(stranger, Stand.now) == .refused(403, ["invalid-client-identifier"]))
        let url = stand.url("zaken")
        let token = ZGWToken.text(clientID: "sluis", secret: Stand.all.secret, at: Stand.now)
        for field in ["", "Bearer x", "Bearer \(token)x", "Basic abc"] {
            let request = Request(.get, url, fields: field.isEmpty ? [] : [Field("Authorization", field)])
            #expect(try stand.client.call(request).status == .forbidden)
        }
    }

    @Test("is cut by rights: what a caller may not see is left out, what it may not do is forbidden")
    func rights() throws {
        let reader = Application(
            clientID: "lezer", secret: Stand.secret("lezer"), scopes: ["zaken.lezen"], zaaktypen: ["B9999"])
        let stand = try Stand([reader])
        defer { stand.stop() }
        let hidden = try stand.made("zaken", try stand.zaak())
        let seen = try stand.made("zaken", try stand.zaak(type: "B9999"))
        _ = try stand.made("rollen", try stand.rol(hidden, ["inpBsn": ""]))
        let api = try stand.api(as: reader)
        guard case .done(200, let page) = try stand.call(.get, "zaken", as: api),
            case .done(200, let rollen) = try stand.call(.get, "rollen", as: api)
        else {
            Issue.record("refused")
            return
        }
        #expect(page["results"]?.items?.map { $0["url"]?.text } == [seen] && page["count"] == .number("1"))
        #expect(rollen["count"] == .number("0"))
        #expect(try stand.call(.get, hidden, as: api).status == 403)
        #expect(
            try stand.call(.post, "zaken", try stand.zaak(), as: api) == .refused(403, ["permission_denied"]))
        #expect(try stand.call(.get, "zaaktypen", as: api).status == 200)
    }

    @Test("holds besluiten of the types that the zaaktype has")
    func besluiten() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let type = try stand.type("besluittypen", "Toekenning")
        func besluit(_ zaak: String) -> Value {
            [
                "verantwoordelijkeOrganisatie": "123456782", "besluittype": type, "zaak": .string(zaak),
                "datum": "2026-11-01", "ingangsdatum": "2026-11-02", "identificatie": "B1",
            ]
        }
        let zaak = try stand.made("zaken", try stand.zaak())
        _ = try stand.made("besluiten", besluit(zaak))
        #expect(
            try stand.post("besluiten", besluit(zaak))
                == .refused(400, ["identificatie identificatie-niet-uniek"]))
        let other = try stand.made("zaken", try stand.zaak(type: "B9999"))
        var wrong = besluit(other)
        wrong["identificatie"] = "B2"
        #expect(try stand.post("besluiten", wrong) == .refused(400, ["nonFieldErrors zaaktype-mismatch"]))
        #expect(try stand.call(.delete, zaak) == .refused(400, ["nonFieldErrors related-besluiten"]))
    }
}

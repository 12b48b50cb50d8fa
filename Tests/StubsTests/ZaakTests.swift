import Calling
import HTTP
import JSON
import Stubs
import Testing

/// open-zaak-observed.md, writing a zaak: each line of its table.
@Suite("A zaak of the stand-in") struct ZaakTests {
    private static func text(_ count: Int) -> Value { .string(String(repeating: "a", count: count)) }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var changes: [(String, Value)]
        var refusal: [String]?
    }

    private static let cases: [Case] = [
        Case(testDescription: "identificatie of 40", changes: [("identificatie", text(40))]),
        Case(
            testDescription: "identificatie of 41", changes: [("identificatie", text(41))],
            refusal: ["identificatie max_length"]),
        Case(
            testDescription: "texts that are too long",
            changes: [
                ("omschrijving", text(81)), ("toelichting", text(1001)),
                ("kenmerken", [["kenmerk": text(41), "bron": "x"]]),
            ],
            refusal: ["omschrijving max_length", "toelichting max_length", "kenmerken.0.kenmerk max_length"]),
        Case(
            testDescription: "a gemeentecode for an RSIN", changes: [("bronorganisatie", "0106")],
            refusal: ["bronorganisatie min_length", "bronorganisatie invalid"]),
        Case(
            testDescription: "an RSIN that fails the eleven-test",
            changes: [("bronorganisatie", "123456789")],
            refusal: ["bronorganisatie invalid"]),
        Case(testDescription: "startdatum without dashes", changes: [("startdatum", "20261124")]),
        Case(testDescription: "startdatum in the future", changes: [("startdatum", "2031-01-01")]),
        Case(testDescription: "startdatum before the zaaktype", changes: [("startdatum", "1999-01-01")]),
        Case(
            testDescription: "startdatum that is none", changes: [("startdatum", "2026-02-30")],
            refusal: ["startdatum invalid"]),
        Case(
            testDescription: "registratiedatum in the future", changes: [("registratiedatum", "2031-01-01")]),
        Case(testDescription: "an unknown field", changes: [("onbekend", "x")]),
        Case(
            testDescription: "betalingsindicatie as StUF spells it",
            changes: [("betalingsindicatie", "Geheel")],
            refusal: ["betalingsindicatie invalid_choice"]),
    ]

    @Test("is taken or refused as it was observed", arguments: cases)
    func observed(_ row: Case) throws {
        let stand = try Stand()
        defer { stand.stop() }
        let outcome = try stand.post("zaken", try stand.zaak(row.changes))
        if let refusal = row.refusal {
            #expect(outcome == .refused(400, refusal))
        } else {
            #expect(outcome.status == 201)
        }
    }

    @Test("says all that is missing")
    func missing() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let names = ["bronorganisatie", "zaaktype", "verantwoordelijkeOrganisatie", "startdatum"]
        #expect(try stand.post("zaken", [:]) == .refused(400, names.map { "\($0) required" }))
    }

    @Test("with the identificatie of another one of its bronorganisatie is refused")
    func unique() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.zaak([("identificatie", "Z1")])
        _ = try stand.made("zaken", zaak)
        #expect(try stand.post("zaken", zaak) == .refused(400, ["identificatie identificatie-niet-uniek"]))
        let other = try stand.zaak([("identificatie", "Z1"), ("bronorganisatie", "111222333")])
        #expect(try stand.post("zaken", other).status == 201)
    }

    @Test("without an identificatie gets one")
    func numbered() throws {
        let stand = try Stand()
        defer { stand.stop() }
        _ = try stand.made("zaken", try stand.zaak())
        let second = try stand.read(try stand.made("zaken", try stand.zaak()))
        #expect(second["identificatie"] == "ZAAK-2026-0000000002")
        #expect(
            second["registratiedatum"] == "2026-11-24"
                && second["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk")
    }

    @Test("of an unknown zaaktype, or one at another host, is refused")
    func zaaktypen() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let known = try #require(try stand.zaaktype().text)
        for (url, code) in [
            (String(known.dropLast()) + "x", "does_not_exist"),
            (known.replacing("127.0.0.1", with: "localhost"), "unknown-service"),
            ("https://elders.example/catalogi/api/v1/zaaktypen/1", "unknown-service"), ("B1026", "bad-url"),
        ] {
            let zaak = try stand.zaak([("zaaktype", .string(url))])
            #expect(try stand.post("zaken", zaak) == .refused(400, ["zaaktype \(code)"]))
        }
    }

    @Test("is asked and written only by who says which coordinates it speaks")
    func coordinates() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let token = ZGWToken.text(clientID: "sluis", secret: Stand.all.secret, at: Stand.now)
        var fields = [Field("Authorization", "Bearer \(token)"), Field("Content-Type", "application/json")]
        let url = stand.url("zaken")
        let body = try stand.zaak().bytes
        #expect(try stand.client.call(Request(.get, url, fields: fields)).status == .preconditionFailed)
        #expect(try stand.client.call(Request(.get, stand.url("rollen"), fields: fields)).status == .ok)
        fields.append(Field("Accept-Crs", "EPSG:4326"))
        #expect(try stand.client.call(Request(.get, url, fields: fields)).status == .ok)
        #expect(
            try stand.client.call(Request(.post, url, fields: fields, body: body)).status
                == .preconditionFailed)
        #expect(
            try stand.client.call(
                Request(.post, url, fields: fields + [Field("Content-Crs", "EPSG:28992")], body: body)
            ).status == .notAcceptable)
        #expect(
            try stand.client.call(
                Request(.post, url, fields: fields + [Field("Content-Crs", "EPSG:4326")], body: body)
            ).status == .created)
    }

    @Test("is changed where it is said, also when it is closed")
    func patch() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak([("omschrijving", "eerst")]))
        try stand.close(zaak)
        #expect(
            try stand.call(.patch, zaak, ["betalingsindicatie": "Geheel"])
                == .refused(400, ["betalingsindicatie invalid_choice"]))
        #expect(try stand.call(.patch, zaak, ["betalingsindicatie": "geheel"]).status == 200)
        let read = try stand.read(zaak)
        #expect(read["omschrijving"] == "eerst" && read["betalingsindicatie"] == "geheel")
    }

    @Test("with a resultaat is removed with an answer of 500, and without one with 204")
    func removed() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let plain = try stand.made("zaken", try stand.zaak())
        #expect(try stand.call(.delete, plain).status == 204)
        #expect(try stand.call(.get, plain).status == 404)
        let zaak = try stand.made("zaken", try stand.zaak())
        _ = try stand.made("resultaten", try stand.resultaat(zaak))
        #expect(try stand.call(.delete, zaak).status == 500)
        #expect(try stand.call(.get, zaak).status == 404)
        #expect(try stand.read("resultaten")["count"] == .number("0"))
    }
}

extension Stand {
    func resultaat(_ zaak: String) throws -> Value {
        [
            "zaak": .string(zaak), "resultaattype": try ofZaaktype("resultaattypen", zaak, "Verleend"),
            "toelichting": "",
        ]
    }

    func close(_ zaak: String) throws {
        _ = try made("resultaten", try resultaat(zaak))
        _ = try made("statussen", try status(zaak, "Afgehandeld", "2026-11-20T10:00:00+01:00"))
    }
}

import HTTP
import JSON
import Stubs
import Testing

/// open-zaak-observed.md, status, resultaat, closing: each line of its table.
@Suite("A status of the stand-in") struct ClosingTests {
    @Test("has a moment that its zaak has not yet; what has no time is midnight")
    func moments() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        func outcome(_ moment: String) throws -> Stand.Outcome {
            try stand.post("statussen", try stand.status(zaak, "In behandeling", moment))
        }
        #expect(try outcome("2026-11-20T10:00:00").status == 201)
        #expect(try outcome("2026-11-20T10:00:00.5Z").status == 201)
        #expect(try outcome("2026-11-20T11:00:00+01:00") == .refused(400, ["nonFieldErrors unique"]))
        #expect(try outcome("2026-11-18").status == 201)
        #expect(try outcome("2026-11-18T00:00:00Z") == .refused(400, ["nonFieldErrors unique"]))
        #expect(try outcome("2026-11-25T00:00:00Z") == .refused(400, ["datumStatusGezet date-in-future"]))
        #expect(try outcome("gisteren") == .refused(400, ["datumStatusGezet invalid"]))
        let newest = try #require(try stand.read(zaak)["status"]?.text)
        #expect(try stand.read(newest)["datumStatusGezet"] == "2026-11-20T10:00:00.500000Z")
    }

    @Test("that ends a zaak needs a resultaat, of which there is one")
    func resultaat() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        let end = try stand.status(zaak, "Afgehandeld", "2026-11-20T00:30:00+01:00")
        #expect(
            try stand.post("statussen", end) == .refused(400, ["nonFieldErrors resultaat-does-not-exist"]))
        let resultaat = try stand.resultaat(zaak)
        _ = try stand.made("resultaten", resultaat)
        #expect(try stand.post("resultaten", resultaat) == .refused(400, ["zaak unique"]))
        _ = try stand.made("statussen", end)
        let closed = try stand.read(zaak)
        // The day in the zone that was sent.
        #expect(closed["einddatum"] == "2026-11-20" && closed["archiefnominatie"] == "vernietigen")
        #expect(closed["archiefactiedatum"] == "2031-11-20")
        _ = try stand.made("statussen", try stand.status(zaak, "In behandeling", "2026-11-21"))
        #expect(try stand.read(zaak)["einddatum"] == .null)
    }

    @Test("that ends a zaak looks at its documents first, which hides that there is no resultaat")
    func documents() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        let document = try stand.made(
            "enkelvoudiginformatieobjecten", try stand.document([("indicatieGebruiksrecht", .null)]))
        _ = try stand.made(
            "zaakinformatieobjecten", ["zaak": .string(zaak), "informatieobject": .string(document)])
        let end = try stand.status(zaak, "Afgehandeld", "2026-11-20")
        #expect(
            try stand.post("statussen", end) == .refused(400, ["nonFieldErrors indicatiegebruiksrecht-unset"])
        )
        guard case .done(_, let answer) = try stand.call(.post, document + "/lock", [:]) else {
            Issue.record("not locked")
            return
        }
        #expect(try stand.post("statussen", end) == .refused(400, ["nonFieldErrors informatieobject-locked"]))
        let lock = try #require(answer["lock"])
        let change: Value = ["indicatieGebruiksrecht": false, "lock": lock]
        #expect(try stand.call(.patch, document, change).status == 200)
        #expect(try stand.call(.post, document + "/unlock", .object([.init("lock", lock)])).status == 204)
        #expect(
            try stand.post("statussen", end) == .refused(400, ["nonFieldErrors resultaat-does-not-exist"]))
    }

    @Test("is one of a list that goes from the last to the first")
    func order() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let urls = try #require(
            try stand.read("zaaktypen?identificatie=B1026")["results"]?.items?.first?["statustypen"]?.items)
        let numbers = try urls.compactMap { try stand.read(try #require($0.text))["volgnummer"]?.integer }
        #expect(numbers == [3, 2, 1])
    }
}

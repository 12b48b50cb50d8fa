import Calling
import HTTP
import JSON
import Stubs
import Testing

/// open-zaak-observed.md, documents: each line of its table.
@Suite("A document of the stand-in") struct DocumentTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// `-` leaves a property out.
        var changes: [(String, Value)]
        var refusal: [String]?
    }

    private static let cases: [Case] = [
        Case(testDescription: "taal nl", changes: [("taal", "nl")], refusal: ["taal min_length"]),
        Case(testDescription: "taal dut", changes: [("taal", "dut")]),
        Case(testDescription: "taal NLD", changes: [("taal", "NLD")]),
        Case(
            testDescription: "titel of 201",
            changes: [("titel", .string(String(repeating: "a", count: 201)))],
            refusal: ["titel max_length"]),
        Case(testDescription: "no auteur", changes: [("auteur", "-")], refusal: ["auteur required"]),
        Case(
            testDescription: "a wrong omvang", changes: [("bestandsomvang", .number("4"))],
            refusal: ["nonFieldErrors file-size"]),
        Case(
            testDescription: "empty content with omvang 0",
            changes: [("inhoud", ""), ("bestandsomvang", .number("0"))]),
        Case(
            testDescription: "no content and no omvang",
            changes: [("inhoud", .null), ("bestandsomvang", "-")]),
        Case(testDescription: "base64 with line breaks", changes: [("inhoud", "YW\r\nJj\n")]),
        Case(testDescription: "no base64", changes: [("inhoud", "YWJ")], refusal: ["inhoud invalid"]),
        Case(
            testDescription: "definitief with ontvangstdatum",
            changes: [("status", "definitief"), ("ontvangstdatum", "2026-11-01")],
            refusal: ["status invalid_for_received"]),
        Case(
            testDescription: "ontvangstdatum and verzenddatum",
            changes: [("ontvangstdatum", "2026-11-01"), ("verzenddatum", "2026-11-02")]),
        Case(
            testDescription: "vertrouwelijkheidaanduiding in capitals",
            changes: [("vertrouwelijkheidaanduiding", "ZAAKVERTROUWELIJK")],
            refusal: ["vertrouwelijkheidaanduiding invalid_choice"]),
    ]

    @Test("is taken or refused as it was observed", arguments: cases)
    func observed(_ row: Case) throws {
        let stand = try Stand()
        defer { stand.stop() }
        let outcome = try stand.post("enkelvoudiginformatieobjecten", try stand.document(row.changes))
        if let refusal = row.refusal {
            #expect(outcome == .refused(400, refusal))
        } else {
            #expect(outcome.status == 201)
        }
    }

    @Test("gives back its content, and is unique by its identificatie")
    func content() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let document = try stand.document([("identificatie", "D1")])
        let url = try stand.made("enkelvoudiginformatieobjecten", document)
        let content = try #require(try stand.read(url)["inhoud"]?.text)
        #expect(content == url + "/download?versie=1")
        var call = Call(.get, content)
        call.expectsJSON = false
        #expect(try stand.api.call(call).body == Array("abc".utf8))
        #expect(
            try stand.post("enkelvoudiginformatieobjecten", document)
                == .refused(400, ["identificatie identificatie-niet-uniek"]))
    }

    @Test("without content and with an omvang waits locked for one part")
    func upload() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let outcome = try stand.post("enkelvoudiginformatieobjecten", try stand.document([("inhoud", .null)]))
        guard case .done(201, let answer) = outcome else {
            Issue.record("refused")
            return
        }
        #expect(answer["locked"] == true && answer["bestandsdelen"]?.items?.count == 1)
        #expect(answer["lock"]?.text?.count == 36)
        let url = try #require(answer["url"]?.text)
        #expect(try stand.read(url)["lock"] == nil)
        let unlock = Value.object([.init("lock", try #require(answer["lock"]))])
        #expect(
            try stand.call(.post, url + "/unlock", unlock)
                == .refused(400, ["nonFieldErrors incomplete-upload"]))
    }

    @Test("is changed only by who holds its lock")
    func lock() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let url = try stand.made("enkelvoudiginformatieobjecten", try stand.document())
        let change: Value = ["titel": "Anders"]
        #expect(try stand.call(.patch, url, change) == .refused(400, ["nonFieldErrors unlocked"]))
        guard case .done(200, let answer) = try stand.call(.post, url + "/lock", [:]) else {
            Issue.record("not locked")
            return
        }
        #expect(try stand.call(.post, url + "/lock", [:]) == .refused(400, ["nonFieldErrors existing-lock"]))
        #expect(try stand.call(.patch, url, change) == .refused(400, ["lock missing-lock-id"]))
        #expect(
            try stand.call(.patch, url, ["titel": "Anders", "lock": "x"])
                == .refused(400, ["nonFieldErrors incorrect-lock-id"]))
        let right: Value = ["titel": "Anders", "lock": try #require(answer["lock"])]
        #expect(try stand.call(.patch, url, right).status == 200)
        #expect(try stand.read(url)["versie"] == .number("2"))
    }

    @Test("is linked to a zaak once, of a kind that its zaaktype has")
    func linked() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        let url = try stand.made("enkelvoudiginformatieobjecten", try stand.document())
        let link: Value = ["zaak": .string(zaak), "informatieobject": .string(url)]
        _ = try stand.made("zaakinformatieobjecten", link)
        #expect(try stand.post("zaakinformatieobjecten", link) == .refused(400, ["nonFieldErrors unique"]))
        #expect(try stand.call(.delete, url) == .refused(400, ["nonFieldErrors pending-relations"]))
    }
}

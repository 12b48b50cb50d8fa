import JSON
import Stubs
import Testing

/// open-zaak-observed.md, rollen: each line of its table.
@Suite("A rol of the stand-in") struct RolTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var type = "natuurlijk_persoon"
        var identification: Value
        var refusal: [String]?
    }

    private static let at = "betrokkeneIdentificatie.verblijfsadres"
    private static let cases: [Case] = [
        Case(testDescription: "an empty BSN", identification: ["inpBsn": ""]),
        Case(
            testDescription: "an anp.identificatie and a name",
            identification: ["anpIdentificatie": "A1", "geslachtsnaam": "Testpersoon"]),
        Case(
            testDescription: "a BSN that is none", identification: ["inpBsn": "999990018"],
            refusal: ["betrokkeneIdentificatie.inpBsn invalid"]),
        Case(testDescription: "the BSN that stands for none", identification: ["inpBsn": "111222333"]),
        Case(
            testDescription: "a KVK number for an RSIN", type: "niet_natuurlijk_persoon",
            identification: ["innNnpId": "12345678"],
            refusal: [
                "betrokkeneIdentificatie.innNnpId min_length", "betrokkeneIdentificatie.innNnpId invalid",
            ]),
        Case(
            testDescription: "a KVK number", type: "niet_natuurlijk_persoon",
            identification: ["kvkNummer": "12345678"]),
        Case(
            testDescription: "a vestiging", type: "vestiging",
            identification: ["vestigingsNummer": "000012345678", "handelsnaam": ["Voorbeeld"]]),
        Case(
            testDescription: "a medewerker", type: "medewerker", identification: ["identificatie": "MDW001"]),
        Case(
            testDescription: "an organisatorische eenheid", type: "organisatorische_eenheid",
            identification: ["identificatie": "OE1", "naam": "Afdeling"]),
        Case(
            testDescription: "an address with a postcode alone",
            identification: ["inpBsn": "", "verblijfsadres": ["aoaPostcode": "1234AB"]],
            refusal: [
                "\(at).aoaIdentificatie required", "\(at).wplWoonplaatsNaam required",
                "\(at).gorOpenbareRuimteNaam required", "\(at).aoaHuisnummer required",
            ]),
        Case(
            testDescription: "an address whose BAG number is empty",
            identification: [
                "inpBsn": "",
                "verblijfsadres": [
                    "aoaIdentificatie": "", "wplWoonplaatsNaam": "Voorbeeld",
                    "gorOpenbareRuimteNaam": "Dorpsstraat",
                    "aoaHuisnummer": .number("1"),
                ],
            ]),
    ]

    @Test("is taken or refused as it was observed", arguments: cases)
    func observed(_ row: Case) throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        let outcome = try stand.post("rollen", try stand.rol(zaak, row.identification, type: row.type))
        if let refusal = row.refusal {
            #expect(outcome == .refused(400, refusal))
        } else {
            #expect(outcome.status == 201)
        }
    }

    @Test("needs no toelichting; an initiator can be there once, and only of the zaak's own zaaktype")
    func initiator() throws {
        let stand = try Stand()
        defer { stand.stop() }
        let zaak = try stand.made("zaken", try stand.zaak())
        var rol = try stand.rol(zaak, ["inpBsn": ""], as: "Initiator")
        rol["roltoelichting"] = nil
        #expect(try stand.post("rollen", rol).status == 201)
        #expect(try stand.post("rollen", rol) == .refused(400, ["nonFieldErrors max-occurences"]))
        let other = try stand.made("zaken", try stand.zaak(type: "B9999"))
        rol["zaak"] = .string(other)
        #expect(try stand.post("rollen", rol) == .refused(400, ["nonFieldErrors zaaktype-mismatch"]))
    }
}

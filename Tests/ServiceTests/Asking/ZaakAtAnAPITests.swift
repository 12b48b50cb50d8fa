import JSON
import Stubs
import Testing

@Suite("A vraag about a zaak that an API has") struct ZaakAtAnAPITests {
    private static let vraag = "vraag-with-scope/2-request.xml"

    @Test("is answered with the zaak and what hangs below it, as far as its scope goes")
    func details() throws {
        let system = try Bridge()
        defer { system.stop() }
        _ = try system.zaak("1900000017")
        _ = try system.zaak("1900000018")
        let answer = try system.ask("geefZaakdetails_Lv01", Self.vraag)
        #expect(answer.status == 200 && answer.text.contains("zakLa01"), "\(answer.text)")
        for part in [
            ">1900000017<", ">Aanvraag voorziening<", ">20250309<", ">273846<", ">B1026<", ">999990019<",
            ">Testpersoon<",
        ] { #expect(answer.text.contains(part), "\(part) in \(answer.text)") }
        #expect(!answer.text.contains(">1900000018<") && !answer.text.contains("datumStatusGezet"))
    }

    @Test("costs two calls once the catalogue is known, and one more for its besluiten")
    func counted() throws {
        let system = try Bridge()
        defer { system.stop() }
        _ = try system.zaak("1900000017")
        _ = try system.ask("geefZaakdetails_Lv01", Self.vraag)
        let answer = try system.ask("geefZaakdetails_Lv01", Self.vraag)
        #expect(answer.calls == ["GET zaken", "GET besluiten"])
        let statussen = try system.ask(
            "geefZaakstatus_Lv01", Self.vraag,
            [("</ZKN:heeftAlsInitiator>", "</ZKN:heeftAlsInitiator>" + Self.heeft)])
        #expect(statussen.text.contains(">20250311110000"), "\(statussen.text)")
        #expect(statussen.calls.prefix(2) == ["GET zaken", "GET statussen"])
    }

    private static let heeft =
        "<ZKN:heeft StUF:entiteittype=\"ZAKSTT\"><ZKN:datumStatusGezet xsi:nil=\"true\"/></ZKN:heeft>"

    @Test("finds nothing when there is nothing, and says so without a fault")
    func unknown() throws {
        let system = try Bridge()
        defer { system.stop() }
        let answer = try system.ask("geefZaakdetails_Lv01", Self.vraag)
        #expect(answer.status == 200 && answer.text.contains("La01"), "\(answer.text)")
        #expect(!answer.text.contains(">1900000017<"))
    }

    @Test("finds the zaken of a person by a search, so that no BSN stands in a URL")
    func person() throws {
        let system = try Bridge()
        defer { system.stop() }
        _ = try system.zaak("Z1", bsn: "999993653")
        _ = try system.zaak("Z2", bsn: "999990019")
        _ = try system.zaak("Z3", bsn: "999993653")
        let answer = try system.ask(
            "geefZaakdetails_Lv01", "vraag-for-the-zaken-of-an-initiator/3-request.xml",
            [(">999990019<", ">999993653<")])
        #expect(answer.text.contains(">Z1<") && answer.text.contains(">Z3<"), "\(answer.text)")
        #expect(!answer.text.contains(">Z2<"))
        #expect(answer.calls.first == "POST zaken/_zoek")
    }

    @Test(
        "is refused with a fault that a repeat can mend while the API is away, and never answered as if there were none",
        arguments: [Faults.Kind.failBefore, .busy, .html, .dropBefore])
    func away(_ kind: Faults.Kind) throws {
        let system = try Bridge()
        defer { system.stop() }
        _ = try system.zaak("1900000017")
        var faults = Faults()
        faults.faults = [.init(kind, method: "GET", collection: "zaken")]
        system.stub.set(faults)
        let refused = try system.ask("geefZaakdetails_Lv01", Self.vraag)
        #expect(refused.text.contains("Fo02"), "\(refused.text)")
        #expect(refused.text.contains("StUF058") || refused.text.contains("StUF049"), "\(refused.text)")
        let answer = try system.ask("geefZaakdetails_Lv01", Self.vraag)
        #expect(answer.text.contains(">1900000017<"))
    }
}

@Suite("A vraag about a document that an API has") struct DocumentAtAnAPITests {
    @Test("is answered with its content and the zaken it belongs to")
    func content() throws {
        let system = try Bridge()
        defer { system.stop() }
        let zaak = try system.zaak("1900000017")
        let document = try system.make(
            "documenten", "enkelvoudiginformatieobjecten",
            [
                "identificatie": "1900D00231", "bronorganisatie": "123456782", "titel": "Aanvraag",
                "creatiedatum": "2025-03-09", "auteur": "Sluis", "taal": "nld", "formaat": "text/plain",
                "informatieobjecttype": try system.type("informatieobjecttypen", "Aanvraag"),
                "inhoud": "YWJj", "bestandsomvang": .number("3"), "bestandsnaam": "aanvraag.txt",
            ])
        _ = try system.make(
            "zaken", "zaakinformatieobjecten", ["zaak": zaak, "informatieobject": document])
        let answer = try system.ask("geefZaakdocumentLezen_Lv01", "document-unknown-asked/1-request.xml")
        #expect(answer.status == 200, "\(answer.text)")
        for part in [">1900D00231<", ">YWJj<", "\"aanvraag.txt\"", ">1900000017<", ">Aanvraag<"] {
            #expect(answer.text.contains(part), "\(part) in \(answer.text)")
        }
        let place = answer.calls.firstIndex { $0.hasSuffix("/download") }
        #expect(place == answer.calls.count - 1, "\(answer.calls)")
    }
}

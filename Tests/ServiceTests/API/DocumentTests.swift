import JSON
import Testing

@Suite("A document at a zaak that an API has") struct DocumentTests {
    private static func withZaak() throws -> Bridge {
        let bridge = try Bridge()
        let zaak = try bridge.send(
            try Bridge.fixture("document-full", "1-request.xml"), action: "creeerZaak_Lk01")
        #expect(zaak.text.contains("Bv03"), "\(zaak.text)")
        return bridge
    }

    @Test("is made with its content and linked to its zaak") func added() throws {
        let bridge = try Self.withZaak()
        defer { bridge.stop() }
        let bericht = try Bridge.fixture(
            "document-full", "2-request.xml", [(">Definitief<", ">Gearchiveerd<")])
        let answer = try bridge.send(bericht, action: "voegZaakdocumentToe_Lk01")
        #expect(answer.text.contains("Bv03"), "\(answer.text)")
        let zaken = try bridge.list("zaken", "zaken?identificatie=1900000210")
        let zaak = zaken.first?["url"]?.text ?? ""
        let links = try bridge.list("zaken", "zaakinformatieobjecten?zaak=\(zaak)")
        #expect(links.count == 1)
        let document = try bridge.read(links.first?["informatieobject"]?.text ?? "")
        #expect(document["status"] == "gearchiveerd" && document["bestandsomvang"] != .number("0"))
        #expect(document["indicatieGebruiksrecht"] == false)
    }

    @Test("that the API refuses names the element and the line of the mapping") func refused() throws {
        let bridge = try Self.withZaak()
        defer { bridge.stop() }
        let answer = try bridge.send(
            try Bridge.fixture("document-full", "2-request.xml"), action: "voegZaakdocumentToe_Lk01")
        #expect(answer.text.contains("Fo03") && answer.text.contains("StUF055"), "\(answer.text)")
        #expect(answer.text.contains("document.map:") && answer.text.contains("object/status: "))
        #expect(try bridge.list("zaken", "zaakinformatieobjecten").isEmpty)
    }
}

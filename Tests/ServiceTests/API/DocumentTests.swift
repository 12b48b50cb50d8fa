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

    @Test("that the API refuses names the element and the line of the mapping") func refused() throws {
        let bridge = try Self.withZaak()
        defer { bridge.stop() }
        let answer = try bridge.send(
            try Bridge.fixture("document-full", "2-request.xml"), action: "voegZaakdocumentToe_Lk01")
        #expect(answer.text.contains("Fo03") && answer.text.contains("StUF055"), "\(answer.text)")
        #expect(answer.text.contains("document.map:") && answer.text.contains("object/status: "))
    }
}

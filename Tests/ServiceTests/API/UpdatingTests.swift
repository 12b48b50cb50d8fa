import JSON
import Stubs
import Testing

@Suite("A kennisgeving about a zaak that an API has") struct UpdatingTests {
    private static func made() throws -> (Bridge, String) {
        let bridge = try Bridge()
        let answer = try bridge.send(try Bridge.fixture("creeer-zaak"), action: "creeerZaak_Lk01")
        #expect(answer.text.contains("Bv03"), "\(answer.text)")
        let zaak = try #require(try bridge.list("zaken", "zaken?identificatie=1900000001").first)
        return (bridge, zaak["url"]?.text ?? "")
    }

    /// A zakLk01 with mutatiesoort W about that zaak.
    private static func bericht(_ number: String, _ content: String) -> String {
        """
        <SOAP:Envelope xmlns:SOAP="http://schemas.xmlsoap.org/soap/envelope/"><SOAP:Body>
        <ZKN:zakLk01 xmlns:ZKN="http://www.egem.nl/StUF/sector/zkn/0310" \
        xmlns:BG="http://www.egem.nl/StUF/sector/bg/0310" xmlns:StUF="http://www.egem.nl/StUF/StUF0301" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <ZKN:stuurgegevens><StUF:berichtcode>Lk01</StUF:berichtcode>
        <StUF:zender><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>DEMO-OUD</StUF:applicatie>\
        </StUF:zender>
        <StUF:ontvanger><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>SLUIS</StUF:applicatie>\
        </StUF:ontvanger>
        <StUF:referentienummer>\(number)</StUF:referentienummer>
        <StUF:tijdstipBericht>20260105110000</StUF:tijdstipBericht><StUF:entiteittype>ZAK</StUF:entiteittype>
        </ZKN:stuurgegevens>
        <ZKN:parameters><StUF:mutatiesoort>W</StUF:mutatiesoort>\
        <StUF:indicatorOvername>V</StUF:indicatorOvername></ZKN:parameters>
        <ZKN:object StUF:entiteittype="ZAK" StUF:verwerkingssoort="W">
        <ZKN:identificatie>1900000001</ZKN:identificatie>\(content)
        </ZKN:object></ZKN:zakLk01></SOAP:Body></SOAP:Envelope>
        """
    }

    private static let status = """
        <ZKN:heeft StUF:entiteittype="ZAKSTT" StUF:verwerkingssoort="T"><ZKN:gerelateerde \
        StUF:entiteittype="STT" StUF:verwerkingssoort="I"><ZKN:volgnummer>0002</ZKN:volgnummer>\
        <ZKN:omschrijving>In behandeling</ZKN:omschrijving></ZKN:gerelateerde>\
        <ZKN:datumStatusGezet>20250411093000</ZKN:datumStatusGezet></ZKN:heeft>
        """

    @Test("writes only what differs") func differs() throws {
        let (bridge, url) = try Self.made()
        defer { bridge.stop() }
        let before = bridge.stub.calls.count
        let answer = try bridge.send(
            Self.bericht("ref-010", "<ZKN:omschrijving>Anders genoemd</ZKN:omschrijving>"),
            action: "updateZaak_Lk01")
        #expect(answer.text.contains("Bv03"), "\(answer.text)")
        #expect(try bridge.read(url)["omschrijving"] == "Anders genoemd")
        #expect(try bridge.read(url)["startdatum"] == "2025-03-09")
        #expect(bridge.writes(since: before) == ["PATCH zaken"])
        let again = bridge.stub.calls.count
        _ = try bridge.send(
            Self.bericht("ref-011", "<ZKN:omschrijving>Anders genoemd</ZKN:omschrijving>"),
            action: "updateZaak_Lk01")
        #expect(bridge.calls(since: again).allSatisfy { $0.hasPrefix("GET") })
    }

    @Test("adds a status, once") func status() throws {
        let (bridge, url) = try Self.made()
        defer { bridge.stop() }
        for number in ["ref-020", "ref-021"] {
            let answer = try bridge.send(
                Self.bericht(number, Self.status), action: "actualiseerZaakstatus_Lk01")
            #expect(answer.text.contains("Bv03"), "\(answer.text)")
        }
        #expect(try bridge.list("zaken", "statussen?zaak=\(url)").count == 2)
    }

    @Test("closes it: the resultaat first, then the end status that the einddatum asks for") func closes()
        throws
    {
        let (bridge, url) = try Self.made()
        defer { bridge.stop() }
        let before = bridge.stub.calls.count
        let content = """
            <ZKN:resultaat><ZKN:omschrijving>Verleend</ZKN:omschrijving></ZKN:resultaat>\
            <ZKN:einddatum>20250420</ZKN:einddatum>
            """
        let answer = try bridge.send(Self.bericht("ref-030", content), action: "updateZaak_Lk01")
        #expect(answer.text.contains("Bv03"), "\(answer.text)")
        #expect(
            bridge.calls(since: before).filter { !$0.hasPrefix("GET") } == [
                "POST resultaten", "POST statussen",
            ])
        #expect(try bridge.read(url)["einddatum"] == "2025-04-20")
    }

    @Test("of a zaak that the API does not have is a fault that says so") func unknown() throws {
        let bridge = try Bridge()
        defer { bridge.stop() }
        let answer = try bridge.send(
            Self.bericht("ref-040", Self.status), action: "actualiseerZaakstatus_Lk01")
        #expect(answer.text.contains("Fo03") && answer.text.contains("StUF064"), "\(answer.text)")
        #expect(bridge.stub.calls.allSatisfy { $0.hasPrefix("GET") })
    }
}

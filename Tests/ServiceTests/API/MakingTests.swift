import JSON
import Stubs
import Testing

@Suite("A creeerZaak to an API") struct MakingTests {
    @Test("makes the zaak with all that hangs below it, and is confirmed after it")
    func made() throws {
        let bridge = try Bridge()
        defer { bridge.stop() }
        let answer = try bridge.send(try Bridge.fixture("creeer-zaak"), action: "creeerZaak_Lk01")
        #expect(answer.status == 200 && answer.text.contains("Bv03"), "\(answer.text)")
        let zaken = try bridge.list("zaken", "zaken?identificatie=1900000001")
        let zaak = try #require(zaken.first)
        #expect(zaken.count == 1)
        #expect(zaak["omschrijving"] == "Aanvraag voorziening" && zaak["startdatum"] == "2025-03-09")
        let url = zaak["url"]?.text ?? ""
        let rollen = try bridge.list("zaken", "rollen?zaak=\(url)")
        #expect(rollen.contains { $0["omschrijving"] == "Initiator" })
        #expect(rollen.contains { $0["betrokkeneIdentificatie"]?["inpBsn"] == "999990019" })
    }

    @Test("is one POST for each resource and no GET, once the catalogue is known")
    func counted() throws {
        let bridge = try Bridge()
        defer { bridge.stop() }
        _ = try bridge.send(try Bridge.fixture("creeer-zaak"), action: "creeerZaak_Lk01")
        let before = bridge.stub.calls.count
        let other = try Bridge.fixture(
            "creeer-zaak", "1-request.xml",
            [("ref-001", "ref-002"), (">1900000001<", ">1900000002<")])
        let answer = try bridge.send(other, action: "creeerZaak_Lk01")
        #expect(answer.text.contains("Bv03"))
        let calls = bridge.calls(since: before)
        #expect(calls.allSatisfy { $0.hasPrefix("POST ") }, "\(calls)")
        #expect(calls.first == "POST zaken" && calls.count { $0 == "POST zaken" } == 1)
        #expect(calls.count { $0 == "POST rollen" } == 2)
    }

    @Test(
        "makes nothing twice, whichever answer is lost",
        arguments: ["zaken", "rollen", "statussen"], [Faults.Kind.failAfter, .dropAfter, .failBefore])
    func lostAnswers(_ collection: String, _ kind: Faults.Kind) throws {
        let bridge = try Bridge()
        defer { bridge.stop() }
        var faults = Faults()
        faults.faults = [.init(kind, method: "POST", collection: collection)]
        bridge.stub.set(faults)
        let answer = try bridge.send(try Bridge.fixture("creeer-zaak"), action: "creeerZaak_Lk01")
        #expect(answer.text.contains("Bv03"), "\(answer.text)")
        let zaken = try bridge.list("zaken", "zaken?identificatie=1900000001")
        #expect(zaken.count == 1)
        let url = zaken.first?["url"]?.text ?? ""
        #expect(try bridge.list("zaken", "rollen?zaak=\(url)").count == 2)
        #expect(try bridge.list("zaken", "statussen?zaak=\(url)").count == 1)
    }

    @Test(
        "of a zaaktype that the catalogue does not have is refused with its code, and leaves nothing behind")
    func unknownType() throws {
        let bridge = try Bridge()
        defer { bridge.stop() }
        let bericht = try Bridge.fixture("creeer-zaak", "1-request.xml", [(">B1026<", ">B4711<")])
        let answer = try bridge.send(bericht, action: "creeerZaak_Lk01")
        #expect(answer.text.contains("Fo03") && answer.text.contains("A321") && answer.text.contains("B4711"))
        #expect(!bridge.stub.calls.contains { $0.hasPrefix("POST") })
    }

    @Test(
        "that the API refuses names the element and the line of the mapping, and a corrected one completes it"
    )
    func corrected() throws {
        let bridge = try Bridge()
        defer { bridge.stop() }
        let wrong = try Bridge.fixture("creeer-zaak", "1-request.xml", [(">999990019<", ">123456789<")])
        let answer = try bridge.send(wrong, action: "creeerZaak_Lk01")
        #expect(answer.text.contains("Fo03") && answer.text.contains("StUF055"), "\(answer.text)")
        #expect(answer.text.contains("inp.bsn") && answer.text.contains("zaak.map:"), "\(answer.text)")
        #expect(!answer.text.contains("123456789"))
        let right = try Bridge.fixture("creeer-zaak", "1-request.xml", [("ref-001", "ref-003")])
        let second = try bridge.send(right, action: "creeerZaak_Lk01")
        #expect(second.text.contains("Bv03"), "\(second.text)")
        let zaken = try bridge.list("zaken", "zaken?identificatie=1900000001")
        #expect(zaken.count == 1)
        let url = zaken.first?["url"]?.text ?? ""
        #expect(try bridge.list("zaken", "rollen?zaak=\(url)").count == 2)
        #expect(try bridge.list("zaken", "statussen?zaak=\(url)").count == 1)
    }

    @Test("of a zaak that another made with other values is refused, and changes nothing") func others()
        throws
    {
        let bridge = try Bridge()
        defer { bridge.stop() }
        _ = try bridge.send(try Bridge.fixture("creeer-zaak"), action: "creeerZaak_Lk01")
        let zaak = try #require(try bridge.list("zaken", "zaken?identificatie=1900000001").first)
        let other: Value = [
            "identificatie": "1900000009", "bronorganisatie": zaak["bronorganisatie"] ?? .null,
            "verantwoordelijkeOrganisatie": zaak["bronorganisatie"] ?? .null,
            "zaaktype": zaak["zaaktype"] ?? .null, "startdatum": "2020-01-01",
        ]
        try bridge.make("zaken", "zaken", other)
        let bericht = try Bridge.fixture(
            "creeer-zaak", "1-request.xml", [("ref-001", "ref-009"), (">1900000001<", ">1900000009<")])
        let answer = try bridge.send(bericht, action: "creeerZaak_Lk01")
        #expect(answer.text.contains("Fo03") && answer.text.contains("A325"), "\(answer.text)")
        let left = try #require(try bridge.list("zaken", "zaken?identificatie=1900000009").first)
        #expect(left["startdatum"] == "2020-01-01")
    }
}

import Intake
import Ledger
import Record
import Resources
import StUF
import TestSupport
import Testing

@Suite("A bericht that was read") struct JudgeTests {
    private static let zaak = """
        <ZKN:zakLk01 xmlns:ZKN="http://www.egem.nl/StUF/sector/zkn/0310" xmlns:BG="http://www.egem.nl/StUF/sector/bg/0310"
          xmlns:StUF="http://www.egem.nl/StUF/StUF0301" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
         <ZKN:stuurgegevens><StUF:berichtcode>Lk01</StUF:berichtcode>
          <StUF:zender><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>ZSC</StUF:applicatie></StUF:zender>
          <StUF:ontvanger><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>ZSH</StUF:applicatie></StUF:ontvanger>
          <StUF:referentienummer>R1</StUF:referentienummer><StUF:tijdstipBericht>20240102093015123</StUF:tijdstipBericht>
          <StUF:entiteittype>ZAK</StUF:entiteittype></ZKN:stuurgegevens>
         <ZKN:parameters><StUF:mutatiesoort>T</StUF:mutatiesoort><StUF:indicatorOvername>V</StUF:indicatorOvername></ZKN:parameters>
         <ZKN:object StUF:entiteittype="ZAK" StUF:verwerkingssoort="T">
          <ZKN:identificatie>0000000001</ZKN:identificatie><ZKN:omschrijving>Een zaak</ZKN:omschrijving>
          <ZKN:startdatum>20240101</ZKN:startdatum>
          <ZKN:registratiedatum>20240101</ZKN:registratiedatum><ZKN:zaakniveau>1</ZKN:zaakniveau>
          <ZKN:deelzakenIndicatie>N</ZKN:deelzakenIndicatie>
          <ZKN:isVan StUF:entiteittype="ZAKZKT" StUF:verwerkingssoort="T">
           <ZKN:gerelateerde StUF:entiteittype="ZKT" StUF:verwerkingssoort="I"><ZKN:code>B0001</ZKN:code></ZKN:gerelateerde></ZKN:isVan>
         </ZKN:object>
        </ZKN:zakLk01>
        """

    @Test("that makes a zaak ends as a document in the store, under its own key")
    func stored() throws {
        let workshop = try Workshop()
        #expect(try workshop.process(Array(Self.zaak.utf8)) == .stored(1))
        let question = Question(
            resource: "zaken:Zaak",
            criteria: [.init(path: "identificatie", comparison: .equals, value: Array("0000000001".utf8))],
            limit: 10, caller: .local)
        let page = try workshop.ledger.list(question, tenant: "test")
        #expect(page.total == 1)
        let document = try #require(page.documents.first)
        let resource = try #require(workshop.judge.rulebook.resources.resource("zaken:Zaak"))
        let stored = try Stored(
            decoding: try #require(document.record), layout: resource.shape.layout, onUnknown: { _ in })
        let omschrijving = try #require(resource.shape.node("omschrijving"))
        #expect(stored.record.text(omschrijving) == "Een zaak")
    }

    @Test("and changes a zaak later changes only what it says")
    func changed() throws {
        let workshop = try Workshop()
        _ = try workshop.process(Array(Self.zaak.utf8))
        let change = Self.zaak.replacing("<StUF:mutatiesoort>T<", with: "<StUF:mutatiesoort>W<")
            .replacing("R1", with: "R2").replacing(
                #"entiteittype="ZAK" StUF:verwerkingssoort="T""#,
                with: #"entiteittype="ZAK" StUF:verwerkingssoort="W""#
            ).replacing("<ZKN:omschrijving>Een zaak</ZKN:omschrijving>", with: "")
            .replacing(
                "<ZKN:zaakniveau>1</ZKN:zaakniveau>",
                with: "<ZKN:einddatumGepland>20240301</ZKN:einddatumGepland>")
        let receipt = try workshop.process(Array(change.utf8))
        #expect(receipt == .stored(receipt.sequence))
        let history = try #require(try workshop.ledger.bericht(receipt.sequence))
        #expect(history.bericht.state == .done, "\(history)")
    }
}

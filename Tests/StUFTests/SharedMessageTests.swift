import Foundation
import Record
import StUF
import TestSupport
import Testing

@Suite("A recorded bericht") struct SharedMessageTests {
    static let folder = "data/messages"
    static let sample = "\(folder)/openzaakbrug/suites4sociaaldomein/02-request-zakLk01-Generen-Zaak.xml"

    @Test("of a creeerZaak is read into a record", .needsSharedData)
    func creeerZaak() throws {
        let bericht = try read(
            String(decoding: SharedData.bytes(Self.sample), as: UTF8.self),
            soapAction: "\"http://www.egem.nl/StUF/sector/zkn/0310/creeerZaak_Lk01\"")
        #expect(bericht.header.operation == "creeerZaak_Lk01")
        let kennisgeving = try #require(bericht.kennisgeving)
        #expect(kennisgeving.mutatiesoort == .toevoeging)
        let lines = said(kennisgeving.change)
        #expect(lines.contains("identificatie = 1900208938"))
        #expect(lines.contains("heeft[1](toevoegen)/datumStatusGezet = 2020-03-09T07:01:04Z"))
        #expect(
            lines.contains(
                "heeftAlsInitiator[1](toevoegen)/gerelateerde/natuurlijkPersoon/voorvoegselGeslachtsnaam geenWaarde"
            ))
        #expect(bericht.unmapped == Unmapped())
    }
}

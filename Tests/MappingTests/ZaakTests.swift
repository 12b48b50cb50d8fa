import Diagnostics
import Mapping
import Model
import Record
import Testing

@Suite("The shipped mapping of a zaak") struct ZaakTests {
    @Test("lifts")
    func lift() throws {
        let zaak = try Shipped.zaak()
        #expect(Shipped.library.findings.map(\.description) == [])
        let legacy = try RecordText.record(
            zaak.legacy,
            """
            identificatie = 1900208938
            omschrijving = Aanvraag minimaregelingen (Z)
            kenmerk[1]/kenmerk = 273846
            kenmerk[1]/bron = GWS4all
            startdatum = 2020-03-09
            archiefnominatie = J
            isVan/gerelateerde/code = B1026
            heeftAlsInitiator[1] * toevoegen
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/geslachtsnaam = Precies
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/voorvoegselGeslachtsnaam: geenWaarde
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/aoa.identificatie: geenWaarde
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/wpl.woonplaatsNaam = Bolsward
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/gor.openbareRuimteNaam: geenWaarde
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/gor.straatnaam = Kerkstraat
            heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/aoa.huisnummer = 1
            heeft[1]/gerelateerde/volgnummer = 1
            heeft[1]/gerelateerde/omschrijving = Ontvangen
            heeft[1]/datumStatusGezet (day) = 2020-03-09
            """)
        let lifted = try zaak.lift(legacy, context: gemeente)
        print(RecordText.text(lifted.record, zaak.api))
        print(lifted.omissions)
        let lowered = try zaak.lower(lifted.record, context: gemeente)
        print(RecordText.text(lowered.record, zaak.legacy))
    }
}

import Diagnostics
import Mapping
import Model
import Record
import Testing

private let legacy = """
    identificatie = 1900208938
    omschrijving = Aanvraag minimaregelingen (Z)
    kenmerk[1]/kenmerk = 273846
    kenmerk[1]/bron = GWS4all
    startdatum = 2020-03-09
    archiefnominatie = J
    isVan * toevoegen
    isVan/gerelateerde/omschrijving = Aanvraag minima
    isVan/gerelateerde/code = B1026
    heeftAlsInitiator[1] * toevoegen
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/geslachtsnaam = Precies
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/voorvoegselGeslachtsnaam: geenWaarde
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/geslachtsaanduiding = M
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/geboortedatum (month) = 1901-01-01
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/aoa.identificatie: geenWaarde
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/wpl.woonplaatsNaam = Bolsward
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/gor.openbareRuimteNaam: geenWaarde
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/gor.straatnaam = Kerkstraat
    heeftAlsInitiator[1]/gerelateerde/natuurlijkPersoon/verblijfsadres/aoa.huisnummer = 1
    heeftAlsUitvoerende[1]/gerelateerde/medewerker/identificatie = 012345678901234567890123
    heeftAlsUitvoerende[1]/gerelateerde/medewerker/achternaam = G. Bruiker
    heeft[1]/gerelateerde/volgnummer = 1
    heeft[1]/gerelateerde/omschrijving = Ontvangen
    heeft[1]/datumStatusGezet = 2020-03-09T07:01:04Z
    """

private let api = """
    identificatie = 1900208938
    bronorganisatie = 001900006
    omschrijving = Aanvraag minimaregelingen (Z)
    zaaktype.identificatie = B1026
    verantwoordelijkeOrganisatie = 001900006
    startdatum = 2020-03-09
    kenmerken[1].kenmerk = 273846
    kenmerken[1].bron = GWS4all
    archiefnominatie = vernietigen
    rollen[1] * toevoegen
    rollen[1].betrokkeneType = natuurlijk_persoon
    rollen[1].roltype.omschrijving = Initiator
    rollen[1].roltoelichting = Initiator: Precies
    rollen[1].betrokkeneIdentificatie.inpBsn = 111111110
    rollen[1].betrokkeneIdentificatie.geslachtsnaam = Precies
    rollen[1].betrokkeneIdentificatie.voorvoegselGeslachtsnaam: geenWaarde
    rollen[1].betrokkeneIdentificatie.geslachtsaanduiding = m
    rollen[1].betrokkeneIdentificatie.geboortedatum (month) = 1901-01-01
    rollen[1].betrokkeneIdentificatie.verblijfsadres.aoaIdentificatie: geenWaarde
    rollen[1].betrokkeneIdentificatie.verblijfsadres.wplWoonplaatsNaam = Bolsward
    rollen[1].betrokkeneIdentificatie.verblijfsadres.gorOpenbareRuimteNaam = Kerkstraat
    rollen[1].betrokkeneIdentificatie.verblijfsadres.aoaHuisnummer = 1
    rollen[2].betrokkeneType = medewerker
    rollen[2].roltype.omschrijving = Uitvoerende
    rollen[2].roltoelichting = Uitvoerende: G. Bruiker
    rollen[2].betrokkeneIdentificatie.identificatie = 012345678901234567890123
    rollen[2].betrokkeneIdentificatie.achternaam = G. Bruiker
    statussen[1].statustype.omschrijving = Ontvangen
    statussen[1].statustype.volgnummer = 1
    statussen[1].datumStatusGezet = 2020-03-09T07:01:04Z
    """

@Suite("The shipped mapping of a zaak") struct ZaakTests {
    @Test("names the entries of its code tables that are test data")
    func testEntries() {
        let entries = Shipped.library.library.testEntries
        #expect(entries.map(\.line) == [5, 6, 7, 8, 9, 10, 11])
        #expect(entries.allSatisfy { $0.file.hasSuffix("/zds-zgw/rsin.csv") })
    }

    @Test("has no problems")
    func check() {
        #expect(Shipped.library.findings.map(\.description) == [])
    }

    @Test("lifts a zaak with its rollen and statussen")
    func lift() throws {
        let zaak = try Shipped.zaak()
        let lifted = try zaak.lift(RecordText.record(zaak.legacy, legacy), context: gemeente)
        #expect(RecordText.text(lifted.record, zaak.api) == api)
        #expect(lifted.omissions == [])
    }

    @Test("lowers it again, and what comes back lifts to the same zaak")
    func lower() throws {
        let zaak = try Shipped.zaak()
        let first = try zaak.lift(RecordText.record(zaak.legacy, legacy), context: gemeente)
        let lowered = try zaak.lower(first.record, context: gemeente)
        #expect(lowered.omissions == [])
        let second = try zaak.lift(lowered.record, context: gemeente)
        #expect(RecordText.text(second.record, zaak.api) == api)
        let text = RecordText.text(lowered.record, zaak.legacy)
        #expect(text.contains("heeft[1]/gerelateerde/zkt.code = B1026"))
        #expect(text.contains("zaakniveau = 1"))
    }

    @Test("asks for the zaken of an initiator by everything that makes one")
    func question() throws {
        let zaak = try Shipped.zaak()
        let bsn = "heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn"
        let criteria: [Question.Criterion] = [
            .init(path: bsn, comparison: .equals, value: Array("111111110".utf8)),
            .init(path: "startdatum", comparison: .atLeast, value: Array("2020-01-01".utf8)),
            .init(path: "zaakniveau", comparison: .equals, value: Array("1".utf8)),
        ]
        let asked = try zaak.translate(criteria, context: gemeente)
        #expect(asked.leftOver == ["zaakniveau"])
        #expect(
            asked.criteria.map { "\($0.path) \($0.comparison) \(String(decoding: $0.value, as: UTF8.self))" }
                == [
                    "startdatum atLeast 2020-01-01",
                    "rollen.betrokkeneType equals natuurlijk_persoon",
                    "rollen.roltype.omschrijving equals Initiator",
                    "rollen.betrokkeneIdentificatie.inpBsn equals 111111110",
                ])
    }

    @Test("says of everything in a bericht whether it is mapped, ignored or lost")
    func loss() throws {
        let zaak = try Shipped.zaak()
        let record = try RecordText.record(
            zaak.legacy,
            """
            identificatie = 12345
            startdatum = 2020-03-09
            isVan/gerelateerde/code = B1026
            isVan/gerelateerde/omschrijving = Aanvraag minima
            isVan/gerelateerde/ingangsdatumObject: geenWaarde
            kenmerk[1]/kenmerk = 1
            anderZaakObject[1]/aanduiding = A1
            """)
        let loss = try zaak.traced(record, .up, context: gemeente).loss(unmapped: ["extraElementen"])
        #expect(loss.mapped == ["identificatie", "kenmerk/kenmerk", "startdatum", "isVan/gerelateerde/code"])
        #expect(
            loss.ignored.map(\.path) == [
                "anderZaakObject/aanduiding", "isVan/gerelateerde/omschrijving",
                "isVan/gerelateerde/ingangsdatumObject",
            ])
        #expect(loss.lost == ["extraElementen"])
        #expect(loss.omitted.map(\.code.number) == ["M201"])
        #expect(loss.omitted.map(\.place) == ["kenmerk/bron"])
    }

    @Test("explains where each property comes from")
    func explain() throws {
        let lineages = try Shipped.zaak().explain(.up)
        let omschrijving = try #require(lineages.first { $0.target == "omschrijving" })
        #expect(omschrijving.sources == ["omschrijving"])
        #expect(omschrijving.converter == "text(80, truncate)")
        let bsn = lineages.filter { $0.target == "rollen.betrokkeneIdentificatie.inpBsn" }
        #expect(bsn.count == 7)
        #expect(bsn.first?.sources == ["heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn"])
    }
}

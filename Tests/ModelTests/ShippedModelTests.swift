import Diagnostics
import Model
import Record
import Testing

/// Where the shipped models, mappings and routes stand.
let shippedFolder = "/" + (#filePath.split(separator: "/").dropLast(3) + ["mappings"]).joined(separator: "/")

/// The models in it, as they are shipped.
let shipped: (models: Models, findings: [Finding]) = Models.load(["\(shippedFolder)/models"])

@Suite("The shipped models") struct ShippedModelTests {
    @Test("are free of findings") func clean() {
        #expect(shipped.findings.map(\.description) == [])
    }

    @Test(
        "know what the mappings need",
        arguments: [
            ("zkn0310:ZAK", "heeftAlsInitiator/gerelateerde/natuurlijkPersoon/verblijfsadres/aoa.huisnummer"),
            ("zkn0310:ZAK", "heeftBetrekkingOp/gerelateerde/vestiging/handelsnaam"),
            ("zkn0310:ZAK", "heeft/gerelateerde/volgnummer"),
            ("zkn0310:EDC", "inhoud/@contentType"),
            ("zkn0310:EDC", "isRelevantVoor/gerelateerde/identificatie"),
            ("zaken:Zaak", "rollen.betrokkeneIdentificatie.verblijfsadres.aoaHuisnummer"),
            ("zaken:Zaak", "rollen.roltype.omschrijving"),
            ("zaken:Zaak", "statussen.statustype.volgnummer"),
            ("zaken:Zaak", "resultaat.resultaattype.omschrijving"),
            ("zaken:Zaak", "zaaktype.omschrijving"),
            ("documenten:EnkelvoudigInformatieObject", "informatieobjecttype.omschrijving"),
            ("documenten:EnkelvoudigInformatieObject", "zaakinformatieobjecten.zaak.identificatie"),
        ])
    func paths(_ entity: String, _ path: String) throws {
        #expect(try #require(shipped.models.entity(entity)).resolve(path).element != nil)
    }

    @Test("keep BG's elements in BG's namespace, inside ZKN's") func namespaces() throws {
        let zak = try #require(shipped.models.entity("zkn0310:ZAK"))
        let persoon = "heeftAlsInitiator/gerelateerde/natuurlijkPersoon"
        #expect(zak.resolve(persoon).element?.stuf?.namespace == "http://www.egem.nl/StUF/sector/zkn/0310")
        #expect(
            zak.resolve("\(persoon)/inp.bsn").element?.stuf?.namespace
                == "http://www.egem.nl/StUF/sector/bg/0310")
        #expect(zak.resolve(persoon).element?.stuf?.entiteittype == "NPS")
        #expect(zak.resolve("heeftAlsInitiator").element?.stuf?.role == .relation)
    }

    @Test("give an address its order, so that a bericht is written as the schema asks") func order() throws {
        let zak = try #require(shipped.models.entity("zkn0310:ZAK"))
        let adres = zak.resolve("heeftAlsInitiator/gerelateerde/natuurlijkPersoon/verblijfsadres").element
        #expect(
            adres?.members.map(\.name) == [
                "aoa.identificatie", "authentiek", "wpl.woonplaatsNaam", "gor.openbareRuimteNaam",
                "gor.straatnaam", "aoa.postcode", "aoa.huisnummer", "aoa.huisletter",
                "aoa.huisnummertoevoeging", "inp.locatiebeschrijving",
            ])
    }
}

import Crypto
import Diagnostics
import JSON
import Record
import Resources
import Testing

@Suite("A served resource") struct ServedTests {
    private let addresses = Addresses(base: "https://sluis.example.nl/", library: Zaken.library)
    private let uuid = Zaken.key.uuid

    private var documents: ResourceDocument {
        ResourceDocument(library: Zaken.library, addresses: addresses, tenant: "1900", hash: Zaken.hash)
    }

    private func text(_ stored: Stored) -> String {
        var json = Writer()
        documents.write(stored, of: Zaken.zaak, uuid, into: &json) { _ in }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func child(_ number: Int, _ stored: Stored) -> String {
        var json = Writer()
        documents.writeChild(number, of: stored, Zaken.zaak, uuid, into: &json) { _ in }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("has every property of the model, its links and children as URLs below the configured base")
    func root() throws {
        let stored = try Zaken.stored(
            #""rollen":[\#(Zaken.rol("Initiator", bsn: "999990019"))],"statussen":["#
                + #"\#(Zaken.status("2020-03-10T07:00:00Z", "Klaar")),"#
                + #"\#(Zaken.status("2020-03-09T07:00:00Z", "Ontvangen"))]"#)
        let api = "https://sluis.example.nl/zaken/api/v1"
        let zaaktype = ObjectKey(tenant: "1900", resource: "catalogi:ZaakType", value: "B1026").uuid
        #expect(
            text(stored)
                == #"{"url":"\#(api)/zaken/\#(uuid)","uuid":"\#(uuid)","identificatie":"Z1","#
                + #""bronorganisatie":"001005650","omschrijving":"","toelichting":"","#
                + #""zaaktype":"https://sluis.example.nl/catalogi/api/v1/zaaktypen/\#(zaaktype)","#
                + #""registratiedatum":null,"verantwoordelijkeOrganisatie":"001005650","#
                + #""startdatum":"2020-03-09","einddatum":null,"einddatumGepland":null,"#
                + #""uiterlijkeEinddatumAfdoening":null,"publicatiedatum":null,"communicatiekanaal":"","#
                + #""communicatiekanaalNaam":"","productenOfDiensten":[],"vertrouwelijkheidaanduiding":null,"#
                + #""betalingsindicatie":"","laatsteBetaaldatum":null,"zaakgeometrie":null,"#
                + #""verlenging":null,"opschorting":null,"selectielijstklasse":"","hoofdzaak":null,"#
                + #""relevanteAndereZaken":[],"gerelateerdeZaken":[],"kenmerken":[],"#
                + #""archiefnominatie":"","archiefstatus":null,"archiefactiedatum":null,"#
                + #""opdrachtgevendeOrganisatie":"","processobjectaard":"","#
                + #""startdatumBewaartermijn":null,"processobject":null,"resultaat":null,"#
                + #""rollen":["\#(api)/rollen/\#(stored.children[0].uuid)"],"#
                + #""status":"\#(api)/statussen/\#(stored.children[1].uuid)","zaakobjecten":[]}"#)
    }

    @Test("has its children as resources of their own that point back to it")
    func children() throws {
        let stored = try Zaken.stored(
            #""resultaat":{"resultaattype":{"omschrijving":"Verleend"}},"#
                + #""rollen":[\#(Zaken.rol("Initiator", bsn: "999990019"))]"#)
        let api = "https://sluis.example.nl/zaken/api/v1"
        let rol = child(1, stored)
        #expect(
            rol.hasPrefix(
                #"{"url":"\#(api)/rollen/\#(stored.children[1].uuid)","uuid":"\#(stored.children[1].uuid)","#
                    + #""zaak":"\#(api)/zaken/\#(uuid)","betrokkeneType":"natuurlijk_persoon","#))
        #expect(rol.contains(#""betrokkeneIdentificatie":{"inpBsn":"999990019","anpIdentificatie":"","#))
        #expect(!rol.contains("vestigingsNummer"))
        let roltype = ObjectKey(tenant: "1900", resource: "catalogi:RolType", values: ["B1026", "Initiator"])
        #expect(
            rol.contains(#""roltype":"https://sluis.example.nl/catalogi/api/v1/roltypen/\#(roltype.uuid)""#))
        let resultaat = child(0, stored)
        #expect(resultaat.hasPrefix(#"{"url":"\#(api)/resultaten/\#(stored.children[0].uuid)","#))
        #expect(resultaat.contains(#""zaak":"\#(api)/zaken/\#(uuid)","#))
        #expect(resultaat.hasSuffix(#""toelichting":""}"#))
        #expect(child(2, stored) == "null")
        #expect(child(-1, stored) == "null")
    }

    @Test("gives the address of its content, not the content")
    func content() throws {
        let resource = Zaken.resource("documenten:EnkelvoudigInformatieObject")
        var record = Record(resource.shape.layout)
        record.set(try #require(resource.shape.node("inhoud")), to: Record.Content(id: 3, byteCount: 20_480))
        var json = Writer()
        documents.write(Stored(record: record, children: []), of: resource, uuid, into: &json) { _ in }
        let text = String(decoding: json.bytes, as: UTF8.self)
        let url = "https://sluis.example.nl/documenten/api/v1/enkelvoudiginformatieobjecten/\(uuid)"
        #expect(text.contains(#""inhoud":"\#(url)/download""#))
    }

    @Test("is found again by its URL, and by no other")
    func byAddress() throws {
        let url = try #require(addresses.url("zaken:Zaak", uuid))
        #expect(addresses.uuid(url, of: "zaken:Zaak") == uuid)
        for other in [
            url + "/", url + "?x", "http" + url.dropFirst(5), url.replacing("zaken/api", with: "x/api"), "",
            "https://sluis.example.nl/zaken/api/v1/zaken/", url.replacing("example", with: "voorbeeld"),
        ] {
            #expect(addresses.uuid(other, of: "zaken:Zaak") == nil, "\(other)")
        }
        #expect(addresses.url("zaken:Onbekend", uuid) == nil)
        #expect(addresses.url("zkn0310:ZAK", uuid) == nil)
    }

    @Test("points to types whose documents can be made from what it says of them")
    func linked() throws {
        let stored = try Zaken.stored(
            #""rollen":[\#(Zaken.rol("Initiator", bsn: "999990019")),\#(Zaken.rol("Initiator", bsn: "111111110"))],"#
                + #""statussen":[{"statustype":{"omschrijving":"Klaar","volgnummer":2},"#
                + #""datumStatusGezet":"2020-03-10T07:00:00Z"}]"#)
        let targets = Zaken.library.linked(
            from: stored.record, of: Zaken.zaak, where: { _ in true }, tenant: "1900", hash: Zaken.hash)
        #expect(
            targets.map { "\($0.key.resource) \($0.key.value)" } == [
                "catalogi:RolType B1026|Initiator", "catalogi:StatusType B1026|Klaar",
                "catalogi:ZaakType B1026",
            ])
        let statustype = Zaken.resource("catalogi:StatusType")
        let record = targets[1].record(statustype)
        #expect(
            Zaken.json(record, statustype)
                == #"{"omschrijving":"Klaar","zaaktype":{"identificatie":"B1026"},"volgnummer":2}"#)
        #expect(try statustype.key(of: record, tenant: "1900", hash: Zaken.hash) == targets[1].key)
    }
}

@Suite("The key of an object") struct ObjectKeyTests {
    private func key(_ json: String) throws -> ObjectKey {
        try Zaken.zaak.key(of: Zaken.record(json), tenant: "1900", hash: Zaken.hash)
    }

    @Test("holds the values of the model's key, told apart whatever they hold")
    func values() throws {
        #expect(try key(Zaken.minimal()) == Zaken.key)
        let keys = [["a|b", "c"], ["a", "b|c"], ["a\\", "|b"], ["a", "\\|b"], ["a\\|b", ""]].map {
            ObjectKey(tenant: "t", resource: "r", values: $0)
        }
        #expect(Set(keys.map(\.value)).count == keys.count)
        #expect(keys[0].value == "a\\|b|c")
    }

    @Test("is refused where a value is missing")
    func missing() {
        let failure = #expect(throws: ResourcesFailure.self) { _ = try key(#"{"identificatie":"Z1"}"#) }
        #expect(failure?.code == .keyMissing)
        #expect(failure?.place == "bronorganisatie")
    }

    @Test("gives the same identity each time, and another one to each tenant, resource and value")
    func identity() {
        let keys = [
            Zaken.key, ObjectKey(tenant: "1901", resource: "zaken:Zaak", value: "001005650|Z1"),
            ObjectKey(tenant: "1900", resource: "zaken:Rol", value: "001005650|Z1"),
            ObjectKey(tenant: "1900", resource: "zaken:Zaak", value: "001005650|Z2"),
        ]
        #expect(Set(keys.map(\.uuid)).count == keys.count)
        #expect(
            Zaken.key.uuid == ObjectKey(tenant: "1900", resource: "zaken:Zaak", value: "001005650|Z1").uuid)
    }

    @Test("never shows the number of a person")
    func personal() {
        #expect(Personal.isPersonal("rollen.betrokkeneIdentificatie.inpBsn"))
        #expect(Personal.isPersonal("burgerservicenummer"))
        #expect(!Personal.isPersonal("identificatie"))
    }
}

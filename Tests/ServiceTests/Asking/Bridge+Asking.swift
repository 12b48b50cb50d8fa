import JSON
import Stubs
import Testing

/// What someone who asks has to do with the bridge, and what another system made before.
extension Bridge {
    /// The answer to a shipped fixture's vraag, with other texts in it.
    ///
    /// - Parameter file: below the fixtures of ZDS 1.1: `vraag-with-scope/2-request.xml`.
    func ask(
        _ operation: String, _ file: String, _ changes: [(String, String)] = []
    ) throws -> (status: Int, text: String, calls: [String]) {
        let parts = file.split(separator: "/").map(String.init)
        let bericht = try Self.fixture(try #require(parts.first), try #require(parts.last), changes)
        let before = stub.calls.count
        let answer = try send(bericht, action: operation)
        return (answer.status, answer.text, calls(since: before))
    }

    /// The URL of a type, by its omschrijving or code.
    func type(_ path: String, _ name: String) throws -> Value {
        let found = try list("catalogi", path).first {
            $0["omschrijving"]?.text == name || $0["identificatie"]?.text == name
        }
        return try #require(found?["url"])
    }

    /// A zaak with an initiator, two statussen and a resultaat.
    func zaak(_ identificatie: String, bsn: String = "999990019") throws -> Value {
        let type = try type("zaaktypen?identificatie=B1026", "B1026")
        let zaak = try make(
            "zaken", "zaken",
            [
                "identificatie": .string(identificatie), "bronorganisatie": "123456782",
                "verantwoordelijkeOrganisatie": "123456782", "zaaktype": type,
                "omschrijving": "Aanvraag voorziening", "startdatum": "2025-03-09",
                "kenmerken": [["kenmerk": "273846", "bron": "DEMO-OUD"]],
            ])
        let query = "?zaaktype=\(type.text ?? "")"
        _ = try make(
            "zaken", "rollen",
            [
                "zaak": zaak, "betrokkeneType": "natuurlijk_persoon", "roltoelichting": "",
                "roltype": try self.type("roltypen\(query)", "Initiator"),
                "betrokkeneIdentificatie": ["inpBsn": .string(bsn), "geslachtsnaam": "Testpersoon"],
            ])
        for (name, day) in [("Ontvangen", "2025-03-10"), ("In behandeling", "2025-03-11")] {
            _ = try make(
                "zaken", "statussen",
                [
                    "zaak": zaak, "statustype": try self.type("statustypen\(query)", name),
                    "datumStatusGezet": .string("\(day)T10:00:00Z"), "statustoelichting": .string(name),
                ])
        }
        _ = try make(
            "zaken", "resultaten",
            [
                "zaak": zaak, "toelichting": "Zoals gevraagd",
                "resultaattype": try self.type("resultaattypen\(query)", "Verleend"),
            ])
        return zaak
    }
}

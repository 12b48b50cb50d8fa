import Diagnostics
import HTTP
import Record
import Resources
import Serving
import TestSupport
import Testing

/// Invented persons of test numbers.
enum Personen {
    static let path = "/haalcentraal/api/brp/personen"
    static let official = "data/openapi/haal-centraal/brp-personen-2.7.0.json"

    static func persoon(
        _ bsn: String, _ geslachtsnaam: String, voornamen: String = "Anna", geboren: String = "1965-07-01",
        _ more: String = ""
    ) -> String {
        #"{"burgerservicenummer":"\#(bsn)","geslacht":{"code":"V","omschrijving":"vrouw"},"#
            + #""naam":{"voornamen":"\#(voornamen)","voorvoegsel":"van der","geslachtsnaam":"\#(geslachtsnaam)","#
            + #""voorletters":"A.","inOnderzoek":{"voornamen":true,"geslachtsnaam":true}},"#
            + #""geboorte":{"datum":{"type":"Datum","datum":"\#(geboren)","langFormaat":"x"},"#
            + #""land":{"code":"6030","omschrijving":"Nederland"}},"#
            + #""gemeenteVanInschrijving":{"code":"1900","omschrijving":"Testgemeente"},"#
            + #""inOnderzoek":{"burgerservicenummer":true,"gemeenteVanInschrijving":true},"#
            + #""verblijfplaats":{"type":"Adres","nummeraanduidingIdentificatie":"1900200000000001","#
            + #""adresseerbaarObjectIdentificatie":"1900010000000001","#
            + #""verblijfadres":{"officieleStraatnaam":"Dépôtstraat","huisnummer":12,"huisletter":"a","#
            + #""postcode":"1234AB","woonplaats":"Testdorp"}},"#
            + #""adressering":{"adresregel1":"Dépôtstraat 12 a","adresregel2":"1234 AB  TESTDORP"}"#
            + (more.isEmpty ? "" : ",\(more)") + "}"
    }

    static let overleden =
        #""overlijden":{"datum":{"type":"Datum","datum":"2019-12-31","langFormaat":"x"}},"#
        + #""opschortingBijhouding":{"reden":{"code":"O","omschrijving":"overlijden"}}"#

    /// Three sisters at one address; one has died, one wants secrecy.
    static func shop() throws -> Shop {
        let shop = try Shop()
        for json in [
            persoon("999990019", "Özdemir"),
            persoon(
                "999993653", "Ozdemir-Test", voornamen: "Béa Cornelia", geboren: "1970-01-31",
                #""geheimhoudingPersoonsgegevens":true,"kinderen":[{"burgerservicenummer":"123456782","#
                    + #""naam":{"voornamen":"Kind"}},{"naam":{"voornamen":"Twee"}}]"#),
            persoon("111111110", "Özdemir", voornamen: "Carla", geboren: "1960-02-29", overleden),
        ] {
            try shop.deliver(json, as: "brp:Persoon")
        }
        return shop
    }

    static func ask(
        _ shop: Shop, _ type: String, _ parameters: String, fields: [String] = ["burgerservicenummer"]
    ) throws -> Response {
        let names = fields.map { "\"\($0)\"" }.joined(separator: ",")
        let more = parameters.isEmpty ? "" : ",\(parameters)"
        return try shop.search(#"{"type":"\#(type)","fields":[\#(names)]\#(more)}"#, at: path)
    }
}

@Suite("The BRP API") struct PersonenTests {
    @Test(
        "finds persons by each kind of question",
        arguments: [
            ("RaadpleegMetBurgerservicenummer", #""burgerservicenummer":["999990019"]"#, ["999990019"]),
            (
                "RaadpleegMetBurgerservicenummer", #""burgerservicenummer":["999990019","111111110"]"#,
                ["111111110", "999990019"]
            ),
            (
                "RaadpleegMetBurgerservicenummer",
                #""burgerservicenummer":["999990019"],"gemeenteVanInschrijving":"0518""#, []
            ),
            (
                "ZoekMetGeslachtsnaamEnGeboortedatum",
                #""geslachtsnaam":"OZDEMIR","geboortedatum":"1965-07-01""#, ["999990019"]
            ),
            (
                "ZoekMetGeslachtsnaamEnGeboortedatum",
                #""geslachtsnaam":"özd*","geboortedatum":"1970-01-31","voornamen":"b*","geslacht":"v""#,
                ["999993653"]
            ),
            (
                "ZoekMetGeslachtsnaamEnGeboortedatum",
                #""geslachtsnaam":"Ozdemir","geboortedatum":"1960-02-29""#, []
            ),
            (
                "ZoekMetGeslachtsnaamEnGeboortedatum",
                #""geslachtsnaam":"Ozdemir","geboortedatum":"1960-02-29","inclusiefOverledenPersonen":true"#,
                ["111111110"]
            ),
            (
                "ZoekMetNaamEnGemeenteVanInschrijving",
                #""geslachtsnaam":"ozdemir*","voornamen":"bea*","gemeenteVanInschrijving":"1900""#,
                ["999993653"]
            ),
            (
                "ZoekMetPostcodeEnHuisnummer", #""postcode":"1234 ab","huisnummer":12,"huisletter":"A""#,
                ["999990019", "999993653"]
            ),
            ("ZoekMetPostcodeEnHuisnummer", #""postcode":"1234AB","huisnummer":13"#, []),
            (
                "ZoekMetPostcodeEnHuisnummer",
                #""postcode":"1234AB","huisnummer":12,"geslachtsnaam":"ozdemir""#, ["999990019"]
            ),
            (
                "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
                #""straat":"depotstraat","huisnummer":12,"gemeenteVanInschrijving":"1900""#,
                ["999990019", "999993653"]
            ),
            (
                "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
                #""straat":"*potstraat","huisnummer":12,"gemeenteVanInschrijving":"1900""#,
                ["999990019", "999993653"]
            ),
            (
                "ZoekMetNummeraanduidingIdentificatie",
                #""nummeraanduidingIdentificatie":"1900200000000001""#, ["999990019", "999993653"]
            ),
            (
                "ZoekMetAdresseerbaarObjectIdentificatie",
                #""adresseerbaarObjectIdentificatie":"1900010000000001""#, ["999990019", "999993653"]
            ),
        ])
    func finds(_ type: String, _ parameters: String, _ found: [String]) throws {
        let response = try Personen.ask(try Personen.shop(), type, parameters)
        #expect(response.status == .ok, "\(response.text)")
        #expect(response.fields["Content-Type"] == "application/json; charset=utf-8")
        #expect(response.fields["API-Version"] == "2.7.0")
        #expect(response.text.hasPrefix(#"{"type":"\#(type)","personen":["#))
        #expect(response.text.values("burgerservicenummer").sorted() == found)
    }

    @Test("answers with the fields that are asked, and what belongs to them")
    func fields() throws {
        let shop = try Personen.shop()
        func answer(_ fields: String..., bsn: String = "999993653") throws -> String {
            let response = try Personen.ask(
                shop, "RaadpleegMetBurgerservicenummer", #""burgerservicenummer":["\#(bsn)"]"#, fields: fields
            )
            let text = response.text.dropFirst(
                #"{"type":"RaadpleegMetBurgerservicenummer","personen":["#.utf8.count)
            return String(text.dropLast(2))
        }
        // What a person wants kept secret comes unasked; so does what is under investigation, of what is asked.
        #expect(
            try answer("burgerservicenummer") == #"{"burgerservicenummer":"999993653","#
                + #""geheimhoudingPersoonsgegevens":true,"inOnderzoek":{"burgerservicenummer":true}}"#)
        #expect(
            try answer("naam.voornamen", "geboorte.datum.jaar", "geboorte.land.code", bsn: "999990019")
                == #"{"naam":{"voornamen":"Anna","inOnderzoek":{"voornamen":true}},"geboorte":{"datum":{"type":"Datum","#
                + #""datum":"1965-07-01","langFormaat":"1 juli 1965"},"land":{"code":"6030","omschrijving":"Nederland"}}}"#
        )
        #expect(
            try answer("verblijfplaats.verblijfadres.postcode", bsn: "999990019")
                == #"{"verblijfplaats":{"type":"Adres","verblijfadres":{"postcode":"1234AB"}}}"#)
        #expect(
            try answer("kinderen.burgerservicenummer").contains(
                #""kinderen":[{"burgerservicenummer":"123456782"},{}]"#))
        #expect(try answer("partners", bsn: "999990019") == "{}")
        #expect(
            try answer("aNummer", bsn: "111111110").contains(
                #""opschortingBijhouding":{"reden":{"code":"O","#))
    }

    @Test(
        "counts an age on the day of the answer, and none of whom died or whose birthday is not known",
        arguments: [
            ("1965-07-01", "Datum", #""datum":"1965-07-01""#, true),
            ("1965", "JaarDatum", #""jaar":1965"#, false),
            ("", "DatumOnbekend", #""onbekend":true"#, false),
        ])
    func age(_ name: String, _ type: String, _ date: String, _ isCounted: Bool) throws {
        let shop = try Shop()
        for (bsn, more) in [("999990019", ""), ("111111110", ",\(Personen.overleden)")] {
            try shop.deliver(
                #"{"burgerservicenummer":"\#(bsn)","geboorte":{"datum":{"type":"\#(type)",\#(date),"#
                    + #""langFormaat":"x"}}\#(more)}"#, as: "brp:Persoon")
        }
        let response = try Personen.ask(
            shop, "RaadpleegMetBurgerservicenummer", #""burgerservicenummer":["999990019","111111110"]"#,
            fields: ["leeftijd"])
        // Born in 1965: older than fifty, and counted once.
        let ages = response.text.split(separator: "\"leeftijd\":").dropFirst().compactMap {
            Int($0.prefix(while: \.isNumber))
        }
        #expect(ages.count == (isCounted ? 1 : 0), "\(name): \(response.text)")
        #expect(ages.allSatisfy { $0 > 50 })
    }

    @Test("agrees with the official description, whole persons and excerpts", .needsSharedData)
    func official() throws {
        let schema = try OfficialSchema(Personen.official)
        let shop = try Personen.shop()
        let whole = [
            "aNummer", "burgerservicenummer", "geslacht", "leeftijd", "naam", "nationaliteiten", "geboorte",
            "overlijden", "verblijfplaats", "immigratie", "gemeenteVanInschrijving", "kinderen", "ouders",
            "partners", "adressering", "gezag",
        ]
        let brief = ["burgerservicenummer", "naam", "geboorte", "geslacht", "leeftijd", "adressering"]
        for (type, parameters, fields) in [
            (
                "RaadpleegMetBurgerservicenummer",
                #""burgerservicenummer":["999990019","999993653","111111110"]"#, whole
            ),
            (
                "ZoekMetGeslachtsnaamEnGeboortedatum",
                #""geslachtsnaam":"ozdemir","geboortedatum":"1965-07-01""#, brief
            ),
            ("ZoekMetPostcodeEnHuisnummer", #""postcode":"1234AB","huisnummer":12"#, brief),
            (
                "ZoekMetAdresseerbaarObjectIdentificatie",
                #""adresseerbaarObjectIdentificatie":"1900010000000001""#, brief + ["gezag"]
            ),
        ] {
            let response = try Personen.ask(shop, type, parameters, fields: fields)
            #expect(response.status == .ok, "\(response.text)")
            let tree = try Tree(response.bytes)
            #expect(tree["personen"]?.items.isEmpty == false)
            #expect(schema.faults(tree, "PersonenQueryResponse") == [], "\(type): \(response.text)")
        }
    }

    @Test("agrees with its own description, which has every question")
    func described() throws {
        let shop = try Personen.shop()
        for file in ["openapi.json", "openapi-3.1.json"] {
            let response = try shop.get("/haalcentraal/api/brp/\(file)")
            #expect(response.status == .ok)
            let tree = try Tree(response.bytes)
            let questions = tree["paths"]?["/personen"]?["post"]?["requestBody"]?["content"]?[
                "application/json"]?[
                    "schema"]?["oneOf"]?.items
            #expect(questions?.count == 7)
            #expect(tree["paths"]?["/personen"]?["get"] == nil)
            let shown = try #require(tree["components"]?["schemas"]?["PersoonAntwoord"])
            let answer = try Personen.ask(
                shop, "RaadpleegMetBurgerservicenummer", #""burgerservicenummer":["999990019"]"#,
                fields: ["naam", "geboorte", "verblijfplaats", "leeftijd"])
            #expect(Schema(document: tree).faults(try Tree(answer.bytes), shown) == [])
        }
        let page = try shop.get(
            "/haalcentraal/api/brp/documentatie", fields: [HTTP.Field("Accept", "text/html")])
        #expect(page.text.contains("ZoekMetPostcodeEnHuisnummer"))
    }

    @Test("finds many by an index, and refuses more than it answers with: there are no pages")
    func many() throws {
        let shop = try Shop()
        for number in 0..<31 {
            try shop.deliver(Personen.persoon(Self.bsn(number), "Test"), as: "brp:Persoon")
        }
        let name = #""geslachtsnaam":"test","geboortedatum":"1965-07-01""#
        let response = try Personen.ask(shop, "ZoekMetGeslachtsnaamEnGeboortedatum", name)
        #expect(response.status == .badRequest)
        #expect(response.text.contains(#""code":"tooManyResults","title":"Teveel zoekresultaten.""#))
        #expect(response.text.contains("Meer dan maximum van 10 zoekresultaten"))
        let address = #""postcode":"1234AB","huisnummer":12"#
        #expect(try Personen.ask(shop, "ZoekMetPostcodeEnHuisnummer", address).status == .badRequest)
    }

    /// Numbers that pass the eleven test, all below 1000: no person has one of those.
    private static func bsn(_ number: Int) -> String {
        let numbers = (1...).lazy.map { String($0) }.map { String(repeating: "0", count: 9 - $0.count) + $0 }
            .filter { text in
                let digits = text.compactMap(\.wholeNumberValue)
                let sum = zip(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]).reduce(0) { $0 + $1.0 * $1.1 }
                return sum.isMultiple(of: 11)
            }
        return Array(numbers.prefix(number + 1))[number]
    }
}

import HTTP
import Serving
import TestSupport
import Testing

@Suite("A question to the BRP API that cannot be answered") struct PersonenRefusalTests {
    private static let bsn = #""burgerservicenummer":["999990019"]"#
    private static let raadpleeg = #""type":"RaadpleegMetBurgerservicenummer""#
    private static let fields = #""fields":["aNummer"]"#
    private static let postcode = #""type":"ZoekMetPostcodeEnHuisnummer","fields":["leeftijd"]"#

    static let wrong: [(body: String, names: [String], words: [String])] = [
        ("{}", ["type"], ["required"]),
        (#"{"type":1}"#, ["type"], ["value"]),
        (#"{"type":"ZoekMetBsn"}"#, ["type"], ["value"]),
        ("{\(raadpleeg)}", ["fields", "burgerservicenummer"], ["required", "required"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":[]}"#, ["fields"], ["minItems"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":"naam"}"#, ["fields"], ["array"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["naam","kleur"]}"#, ["fields.1"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["naam.inOnderzoek"]}"#, ["fields.0"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["geheimhoudingPersoonsgegevens"]}"#, ["fields.0"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["opschortingBijhouding.reden"]}"#, ["fields.0"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["gezag.type"]}"#, ["fields.0"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["naam."]}"#, ["fields.0"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":["geboorte.datum.eeuw"]}"#, ["fields.0"], ["fields"]),
        (#"{\#(raadpleeg),\#(bsn),"fields":[1]}"#, ["fields.0"], ["fields"]),
        (
            #"{\#(raadpleeg),\#(fields),"burgerservicenummer":"999990019"}"#, ["burgerservicenummer"],
            ["array"]
        ),
        (#"{\#(raadpleeg),\#(fields),"burgerservicenummer":[]}"#, ["burgerservicenummer"], ["minItems"]),
        (
            #"{\#(raadpleeg),\#(fields),"burgerservicenummer":["999990019","99999001"]}"#,
            ["burgerservicenummer.1"], ["pattern"]
        ),
        (
            #"{\#(raadpleeg),\#(fields),"burgerservicenummer":[999990019]}"#, ["burgerservicenummer.0"],
            ["string"]
        ),
        (
            #"{\#(raadpleeg),\#(fields),\#(bsn),"inclusiefOverledenPersonen":true}"#,
            ["inclusiefOverledenPersonen"], ["unknownParam"]
        ),
        (
            #"{\#(raadpleeg),\#(fields),\#(bsn),"gemeenteVanInschrijving":"Test"}"#,
            ["gemeenteVanInschrijving"], ["pattern"]
        ),
        (#"{\#(raadpleeg),\#(fields),\#(bsn),"999990019":1}"#, ["parameter"], ["unknownParam"]),
        (#"{\#(postcode),"postcode":"1234AB","huisnummer":"12"}"#, ["huisnummer"], ["integer"]),
        (#"{\#(postcode),"postcode":"1234AB","huisnummer":1.5}"#, ["huisnummer"], ["integer"]),
        (#"{\#(postcode),"postcode":"1234AB","huisnummer":0}"#, ["huisnummer"], ["minimum"]),
        (#"{\#(postcode),"postcode":"1234AB","huisnummer":100000}"#, ["huisnummer"], ["maximum"]),
        (#"{\#(postcode),"postcode":"0234AB","huisnummer":1}"#, ["postcode"], ["pattern"]),
        (
            #"{\#(postcode),"postcode":"1234AB","huisnummer":1,"geboortedatum":"1965-02-30"}"#,
            ["geboortedatum"], ["date"]
        ),
        (
            #"{\#(postcode),"postcode":"1234AB","huisnummer":1,"inclusiefOverledenPersonen":"ja"}"#,
            ["inclusiefOverledenPersonen"], ["boolean"]
        ),
        (
            #"{"type":"ZoekMetPostcodeEnHuisnummer","fields":["partners"],"postcode":"1234AB","huisnummer":1}"#,
            ["fields.0"], ["fields"]
        ),
        (
            #"{"type":"ZoekMetGeslachtsnaamEnGeboortedatum","fields":["naam"],"geslachtsnaam":"te*","#
                + #""geboortedatum":"1965-07-01"}"#, ["geslachtsnaam"], ["pattern"]
        ),
        (
            #"{"type":"ZoekMetNummeraanduidingIdentificatie","fields":["naam"],"#
                + #""nummeraanduidingIdentificatie":"0000000000000000"}"#,
            ["nummeraanduidingIdentificatie"], ["pattern"]
        ),
    ]

    @Test("is told every parameter that is wrong, and why, with no value in it", arguments: wrong)
    func parameters(_ row: (body: String, names: [String], words: [String])) throws {
        let response = try Personen.shop().search(row.body, at: Personen.path)
        #expect(response.status == .badRequest, "\(row.body)")
        #expect(response.fields["Content-Type"] == "application/problem+json")
        let faults = try Tree(response.bytes)["invalidParams"]?.items ?? []
        #expect(faults.compactMap { $0["name"]?.text } == row.names)
        #expect(faults.compactMap { $0["code"]?.text } == row.words)
        #expect(response.text.contains(#""code":"paramsValidation""#))
        #expect(!response.text.contains("999990019"))
    }

    @Test("is spelled as the official description spells it", .needsSharedData, arguments: wrong)
    func spelled(_ row: (body: String, names: [String], words: [String])) throws {
        let schema = try OfficialSchema(Personen.official)
        let response = try Personen.shop().search(row.body, at: Personen.path)
        // Its own longest names are longer than its pattern for names.
        let faults = schema.faults(try Tree(response.bytes), "BadRequestFoutbericht").filter { fault in
            !(fault.hasSuffix(".name: not of its pattern") && row.names.contains { $0.utf8.count > 30 })
        }
        #expect(faults == [], "\(response.text)")
    }

    @Test(
        "is refused in the words of the API whatever is wrong",
        arguments: [
            (HTTP.Method.get, "", "application/json", "", 405, "methodNotAllowed"),
            (HTTP.Method.get, "/999990019", "application/json", "", 404, "notFound"),
            (.post, "/x", "application/json", "{}", 404, "notFound"),
            (.post, "", "text/plain", "{}", 415, "unsupported"),
            (.post, "", "application/json", "{", 400, "paramsValidation"),
            (.post, "", "application/json", "[]", 400, "paramsValidation"),
            (.post, "", "application/json", #"{"type":"a","type":"b"}"#, 400, "paramsValidation"),
            (.post, "", "application/json", #"{"type":[[[[1]]]]}"#, 400, "paramsValidation"),
            (.post, "?burgerservicenummer=999990019", "application/json", "{}", 400, "paramsValidation"),
        ])
    func worded(_ row: (HTTP.Method, String, String, String, Int, String)) throws {
        let (method, more, type, body, status, word) = row
        let shop = try Personen.shop()
        let response = try shop.get(
            Personen.path + more, method, fields: [HTTP.Field("Content-Type", type)], body: body)
        #expect(response.status.code == status, "\(response.text)")
        let problem = try Tree(response.bytes)
        #expect(problem["code"]?.text == word)
        #expect(problem["status"] == .number("\(status)"))
        #expect(response.fields["API-Version"] == "2.7.0")
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
        #expect(!response.text.contains("999990019"))
        if status == 405 { #expect(response.fields["Allow"] == "POST, OPTIONS") }
    }

    @Test("waits for what is written about the persons that it names")
    func waits() throws {
        let shop = try Shop()
        let key = try shop.deliver(Personen.persoon("999990019", "Test"), as: "brp:Persoon")
        let sequence = try shop.accept(about: key)
        let question = #"{\#(Self.raadpleeg),\#(Self.fields),\#(Self.bsn)}"#
        let busy = try shop.search(question, at: Personen.path)
        #expect(busy.status == .serviceUnavailable)
        #expect(busy.fields["Retry-After"] != nil)
        #expect(busy.text.contains(#""code":"notAvailable""#))
        try shop.settle(sequence)
        #expect(try shop.search(question, at: Personen.path).status == .ok)
    }
}

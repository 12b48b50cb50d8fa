import Diagnostics
import Record
import Resources
import Testing

@Suite("A graph document") struct GraphDocumentTests {
    @Test(
        "gives itself back",
        arguments: [
            "{}",
            #"{"identificatie":"0012","omschrijving":"","verlenging":null,"kenmerken":[]}"#,
            #"{"zaaktype":{"identificatie":"B1026"},"laatsteBetaaldatum":"2020-03-09T07:01:04.25Z"}"#,
            #"{"kenmerken":[{"kenmerk":"1","bron":"a"},{"kenmerk":"2","bron":""}]}"#,
            #"{"verlenging":{"reden":"r","duur":"P5D"},"opschorting":{"indicatie":false,"reden":"\"\\\n€"}}"#,
            #"{"rollen":[{"betrokkeneType":"vestiging","betrokkeneIdentificatie":{"handelsnaam":["a","b"]}}]}"#,
            #"{"rollen":[{"_verwerkingssoort":"verwijderen","roltype":{"omschrijving":"Initiator"}}]}"#,
            #"{"rollen":[{"betrokkeneIdentificatie":{"geboortedatum":"1965-07"}}]}"#,
            #"{"rollen":[{"betrokkeneIdentificatie":{"geboortedatum":"1965"}}]}"#,
            #"{"rollen":[{"betrokkeneIdentificatie":{"verblijfsadres":{"aoaHuisnummer":12}}}]}"#,
            #"{"resultaat":{"resultaattype":{"omschrijving":"Verleend"},"toelichting":"t"}}"#,
        ])
    func roundTrip(_ json: String) throws {
        #expect(Zaken.json(try Zaken.record(json)) == json)
    }

    @Test("keeps the kinds of no value apart as far as JSON can")
    func noValue() throws {
        let record = try Zaken.record(#"{"omschrijving":"","toelichting":null}"#)
        let layout = Zaken.zaak.shape.layout
        let standings = try ["omschrijving", "toelichting", "identificatie"].map {
            record.slot(try #require(layout.node($0))).standing
        }
        #expect(standings == [.empty, .null, .absent])
    }

    @Test(
        "turns a moment into UTC",
        arguments: [
            ("2020-03-09T08:01:04+01:00", "2020-03-09T07:01:04Z"),
            ("2020-07-01t00:30:00.500z", "2020-07-01T00:30:00.5Z"),
            ("2020-01-01T00:30:00+01:00", "2019-12-31T23:30:00Z"),
            ("2020-02-28T23:30:00-01:00", "2020-02-29T00:30:00Z"),
            ("2020-03-09", "2020-03-09"), ("2020-03-09T07:01:04.000Z", "2020-03-09T07:01:04Z"),
        ])
    func moments(_ written: String, _ canonical: String) throws {
        let record = try Zaken.record(#"{"laatsteBetaaldatum":"\#(written)"}"#)
        #expect(Zaken.json(record) == #"{"laatsteBetaaldatum":"\#(canonical)"}"#)
    }

    @Test(
        "is refused at the property that is wrong",
        arguments: [
            ("[]", Code.documentNotObject, "/"), ("7", .documentNotObject, "/"),
            (#"{"identificatie":12}"#, .propertyTypeWrong, "/identificatie"),
            (#"{"startdatum":"2026-13-32"}"#, .propertySpellingWrong, "/startdatum"),
            (#"{"startdatum":"20200309"}"#, .propertySpellingWrong, "/startdatum"),
            (#"{"startdatum":"2021-02-29"}"#, .propertySpellingWrong, "/startdatum"),
            (#"{"laatsteBetaaldatum":"2020-03-09T07:01:04"}"#, .propertySpellingWrong, "/laatsteBetaaldatum"),
            (
                #"{"laatsteBetaaldatum":"2020-03-09T24:00:00Z"}"#, .propertySpellingWrong,
                "/laatsteBetaaldatum"
            ),
            (
                #"{"laatsteBetaaldatum":"0000-01-01T00:00:00+01:00"}"#, .propertySpellingWrong,
                "/laatsteBetaaldatum"
            ),
            (#"{"verlenging":{"duur":"P"}}"#, .propertySpellingWrong, "/verlenging/duur"),
            (#"{"verlenging":{"duur":"P1D2Y"}}"#, .propertySpellingWrong, "/verlenging/duur"),
            (#"{"verlenging":{"duur":"P1DT"}}"#, .propertySpellingWrong, "/verlenging/duur"),
            (#"{"verlenging":"P5D"}"#, .documentNotObject, "/verlenging"),
            (#"{"opschorting":{"indicatie":"true"}}"#, .propertyTypeWrong, "/opschorting/indicatie"),
            (#"{"kenmerken":{}}"#, .propertyTypeWrong, "/kenmerken"),
            (#"{"kenmerken":[{"kenmerk":"a"},3]}"#, .documentNotObject, "/kenmerken/1"),
            (
                #"{"rollen":[{"betrokkeneIdentificatie":{"verblijfsadres":{"aoaHuisnummer":1e3}}}]}"#,
                .propertySpellingWrong, "/rollen/0/betrokkeneIdentificatie/verblijfsadres/aoaHuisnummer"
            ),
            (
                #"{"rollen":[{"_verwerkingssoort":"x"}]}"#, .propertySpellingWrong,
                "/rollen/0/_verwerkingssoort"
            ),
            (#"{"identificatie":"a""#, .jsonTruncated, "line 1, column 21"),
            (#"{"identificatie":"a","identificatie":"b"}"#, .jsonDuplicateKey, "line 1, column 23"),
        ])
    func refused(_ json: String, _ code: Code, _ place: String) throws {
        let failure = #expect(throws: ResourcesFailure.self) {
            _ = try GraphDocument.read(Array(json.utf8), of: Zaken.zaak.shape)
        }
        #expect(failure?.code == code)
        #expect(failure?.place == place)
    }

    @Test("names properties it does not know, and passes over them")
    func unknown() throws {
        let json = #"{"a/b~":{"c":[1,{"d":2}]},"identificatie":"Z1","kenmerken":[{"x":1,"kenmerk":"k"}]}"#
        let read = try GraphDocument.read(Array(json.utf8), of: Zaken.zaak.shape)
        #expect(read.unknown == ["/a~1b~0", "/kenmerken/0/x"])
        #expect(Zaken.json(read.record) == #"{"identificatie":"Z1","kenmerken":[{"kenmerk":"k"}]}"#)
    }

    @Test("carries content as base64 where there is somebody who knows it, and its size elsewhere")
    func content() throws {
        let document = Zaken.resource("documenten:EnkelvoudigInformatieObject")
        let json = #"{"inhoud":"QUJD"}"#
        let read = try GraphDocument.read(Array(json.utf8), of: document.shape) { text in
            text.elementsEqual("QUJD".utf8) ? Record.Content(id: 5, byteCount: 3) : nil
        }
        let written = GraphDocument.write(read.record, of: document.shape, isPretty: false) { content in
            content.id == 5 ? Array("QUJD".utf8) : nil
        }
        #expect(String(decoding: written, as: UTF8.self) == json)
        #expect(Zaken.json(read.record, document) == #"{"inhoud":{"byteCount":3}}"#)
        let failure = #expect(throws: ResourcesFailure.self) {
            _ = try GraphDocument.read(Array(json.utf8), of: document.shape)
        }
        #expect(failure?.code == .contentRefused)
    }

    @Test("is pretty where a person reads it")
    func pretty() throws {
        let record = try Zaken.record(#"{"identificatie":"Z1","kenmerken":[]}"#)
        let text = GraphDocument.write(record, of: Zaken.zaak.shape, isPretty: true)
        #expect(
            String(decoding: text, as: UTF8.self) == """
                {
                  "identificatie": "Z1",
                  "kenmerken": []
                }

                """)
    }
}

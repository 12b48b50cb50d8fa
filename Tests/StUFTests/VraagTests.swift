import Diagnostics
import Record
import StUF
import Testing

private func question(
    _ criteria: String, scope: String = "", parameters: String = "", more: String = ""
) throws -> Vraag {
    try #require(try read(lv01(criteria, scope: scope, parameters: parameters, more: more)).vraag)
}

private func told(_ vraag: Vraag) -> [String] {
    vraag.criteria.map { "\($0.path) \($0.comparison) \(String(decoding: $0.value, as: UTF8.self))" }
}

private let initiator = """
    <ZKN:heeftAlsInitiator StUF:entiteittype="ZAKBTRINI"><ZKN:gerelateerde><ZKN:natuurlijkPersoon \
    StUF:entiteittype="NPS"><BG:inp.bsn>111111110</BG:inp.bsn></ZKN:natuurlijkPersoon></ZKN:gerelateerde>\
    </ZKN:heeftAlsInitiator>
    """

@Suite("A vraag") struct VraagTests {
    @Test("asks by the paths of its criteria, in canonical values")
    func criteria() throws {
        let vraag = try question(
            "<ZKN:identificatie>0001</ZKN:identificatie><ZKN:startdatum>20200309</ZKN:startdatum>"
                + #"<ZKN:omschrijving StUF:exact="false">deel</ZKN:omschrijving>"# + initiator,
            parameters: "<StUF:maximumAantal>15</StUF:maximumAantal>")
        #expect(
            told(vraag) == [
                "identificatie equals 0001", "omschrijving contains deel", "startdatum equals 2020-03-09",
                "heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn equals 111111110",
            ])
        #expect(vraag.maximumAantal == 15)
        #expect(vraag.unsupported.isEmpty)
    }

    @Test("asks for a range, bounds included")
    func range() throws {
        let vraag = try question(
            "",
            more: """
                <ZKN:vanaf StUF:entiteittype="ZAK"><ZKN:startdatum>20200101</ZKN:startdatum></ZKN:vanaf>\
                <ZKN:totEnMet StUF:entiteittype="ZAK"><ZKN:startdatum>20201231</ZKN:startdatum></ZKN:totEnMet>
                """)
        #expect(told(vraag) == ["startdatum atLeast 2020-01-01", "startdatum atMost 2020-12-31"])
    }

    @Test("names the criteria that cannot be asked")
    func unsupported() throws {
        let vraag = try question(
            #"<ZKN:einddatum xsi:nil="true" StUF:noValue="geenWaarde"/><ZKN:nieuw>1</ZKN:nieuw>"#
                + #"<ZKN:omschrijving xsi:nil="true" StUF:noValue="waardeOnbekend"/>"#)
        #expect(vraag.unsupported == ["nieuw"])
        #expect(vraag.absent == ["einddatum"])
        #expect(BerichtWriter.melding0001(["nieuw", "einddatum"]) == "StUF0001: einddatum, nieuw")
        #expect(BerichtWriter.melding0001([]) == nil)
    }

    @Test("asks by one sleutel")
    func sleutel() throws {
        let text = lv01("", scope: "").replacing(
            #"<ZKN:gelijk StUF:entiteittype="ZAK">"#,
            with: #"<ZKN:gelijk StUF:entiteittype="ZAK" StUF:sleutelOntvangend="k9">"#)
        let vraag = try #require(try read(text).vraag)
        #expect(vraag.sleutel?.kind == .ontvangend && vraag.sleutel?.value == "k9")
    }

    static let refusals: [(vraag: String, code: Code, foutcode: String)] = [
        (
            lv01(
                "",
                scope:
                    #"<ZKN:scope><ZKN:object StUF:scope="alles"><ZKN:startdatum xsi:nil="true"/></ZKN:object></ZKN:scope>"#
            ),
            .stufScopeTwice, "StUF097"
        ),
        (
            lv01("", scope: #"<ZKN:scope><ZKN:object StUF:scope="veel"/></ZKN:scope>"#),
            .stufAttributeUnknown, "StUF055"
        ),
        (
            lv01(
                "", scope: "",
                more: #"<ZKN:vanaf><ZKN:omschrijving StUF:exact="false">a</ZKN:omschrijving></ZKN:vanaf>"#),
            .stufExactInRange, "StUF082"
        ),
        (
            lv01(
                "", scope: "",
                more:
                    #"<ZKN:vanaf><ZKN:laatsteBetaaldatum StUF:indOnvolledigeDatum="D">20200101</ZKN:laatsteBetaaldatum></ZKN:vanaf>"#
            ),
            .stufIncompleteInRange, "StUF085"
        ),
        (
            lv01(
                "<ZKN:startdatum>20200101</ZKN:startdatum>", scope: "",
                more: "<ZKN:vanaf><ZKN:startdatum>20200101</ZKN:startdatum></ZKN:vanaf>"),
            .stufCriterionTwice, "StUF079"
        ),
        (
            lv01("", scope: "").replacing(
                "<ZKN:gelijk ", with: #"<ZKN:gelijk StUF:sleutelOntvangend="1" StUF:sleutelVerzendend="2" "#),
            .stufSleutelsTooMany, "StUF088"
        ),
        (
            lv01("<ZKN:identificatie>1</ZKN:identificatie>", scope: "").replacing(
                "<ZKN:gelijk ", with: #"<ZKN:gelijk StUF:sleutelOntvangend="1" "#),
            .stufSleutelWithCriteria, "StUF091"
        ),
        (
            lv01("", scope: "").replacing(
                "indicatorVervolgvraag>false", with: "indicatorVervolgvraag>true"),
            .stufVervolgvraag, "StUF103"
        ),
        (lv01("<ZKN:startdatum>20261332</ZKN:startdatum>", scope: ""), .stufDatumInvalid, "StUF055"),
        (
            lv01(
                "", scope: "",
                more: """
                    <ZKN:vanaf><ZKN:startdatum>20200101</ZKN:startdatum></ZKN:vanaf>\
                    <ZKN:totEnMet><ZKN:einddatum>20200101</ZKN:einddatum></ZKN:totEnMet>
                    """),
            .stufRangesDiffer, "StUF076"
        ),
        (
            lv01("", scope: "", more: "<ZKN:start><ZKN:object/></ZKN:start>").replacing(
                "indicatorVervolgvraag>false", with: "indicatorVervolgvraag>true"),
            .stufStartIncomplete, "StUF106"
        ),
    ]

    @Test("that contradicts itself is refused with the standard's code", arguments: refusals)
    func refused(_ row: (vraag: String, code: Code, foutcode: String)) throws {
        let failure = try #require(refusal(row.vraag))
        #expect(failure.code == row.code)
        #expect(Fout(failure, as: .fo02).foutcode.code == row.foutcode)
    }
}

@Suite("An answer") struct AntwoordTests {
    /// What the answer to a question with this scope says, read back.
    func answer(_ scope: String, supported: Set<String>, object: String) throws -> (
        lines: [String], text: String
    ) {
        let found = try #require(try read(lk01(zaak(object))).kennisgeving)
        let bericht = try read(lv01("<ZKN:identificatie>1</ZKN:identificatie>", scope: scope))
        let reply = try BerichtWriter(envelope: .soap11).antwoord(
            [Gegeven(sleutel: nil, record: found.change)], to: try #require(bericht.vraag),
            question: bericht.stuurgegevens,
            identity: identity,
            supported: supported
        )
        let text = String(decoding: reply.bytes, as: UTF8.self)
        let back = try read(text)
        guard case .antwoord(let records) = back.inhoud, let record = records.first else { return ([], text) }
        #expect(back.stuurgegevens.berichtcode == .la01)
        #expect(back.stuurgegevens.crossRefnummer == "R1")
        #expect(
            back.stuurgegevens.zender?.applicatie == "NIEUW"
                && back.stuurgegevens.ontvanger?.applicatie == "OUD")
        return (said(record), text)
    }

    @Test(
        "holds what the scope asks; what is not there is geenWaarde, and what is not mapped nietOndersteund")
    func scope() throws {
        let (lines, text) = try answer(
            scopeOfDetails,
            supported: ["identificatie", "toelichting", "einddatum", "resultaat/omschrijving"],
            object: """
                <ZKN:identificatie>1</ZKN:identificatie><ZKN:omschrijving>niet gevraagd</ZKN:omschrijving>\
                <ZKN:startdatum>20200309</ZKN:startdatum>
                """)
        #expect(
            lines == [
                "identificatie = 1", "toelichting geenWaarde", "kenmerk[1]/kenmerk nietOndersteund",
                "kenmerk[1]/bron nietOndersteund", "resultaat/omschrijving geenWaarde",
                "resultaat/toelichting nietOndersteund", "startdatum = 2020-03-09", "einddatum geenWaarde",
                "isVan nietOndersteund", "heeftAlsGemachtigde nietOndersteund", "heeft nietOndersteund",
            ])
        #expect(!text.contains("niet gevraagd"))
        #expect(!text.contains("verwerkingssoort"))
    }

    @Test("to a question without hits has no antwoord element, and says so with status 200")
    func nothing() throws {
        let bericht = try read(lv01("<ZKN:identificatie>1</ZKN:identificatie>", scope: ""))
        let reply = try BerichtWriter(envelope: .soap11).antwoord(
            [], to: try #require(bericht.vraag), question: bericht.stuurgegevens, identity: identity,
            supported: []
        )
        #expect(!String(decoding: reply.bytes, as: UTF8.self).contains("antwoord"))
    }

    @Test("holds a document as base64")
    func content() throws {
        let document = "<ZKN:inhoud StUF:bestandsnaam=\"a.txt\">aGFsbG8=</ZKN:inhoud>"
        let contents = MemoryContents()
        let edc = lk01(
            #"<ZKN:object StUF:entiteittype="EDC" StUF:verwerkingssoort="T">\#(document)</ZKN:object>"#)
        let bericht = try read(edc, contents: contents)
        let kennisgeving = try #require(bericht.kennisgeving)
        let bytes = try BerichtWriter(envelope: .bare).kennisgeving(
            kennisgeving.change, form: kennisgeving.form, stuurgegevens: bericht.stuurgegevens,
            mutatiesoort: .toevoeging
        ) { content throws(StUFFailure) in contents[content.id] ?? [] }
        #expect(String(decoding: bytes, as: UTF8.self).contains(document))
    }
}

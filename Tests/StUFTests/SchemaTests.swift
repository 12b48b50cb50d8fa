import Diagnostics
import Record
import StUF
import TestSupport
import Testing

@Suite("A written bericht", .needsSharedData, .needsXmllint) struct SchemaTests {
    func sample() throws -> Bericht {
        try read(String(decoding: SharedData.bytes(SharedMessageTests.sample), as: UTF8.self))
    }

    @Test("that is a kennisgeving read before is valid, and reads back the same")
    func kennisgeving() throws {
        let bericht = try sample()
        let kennisgeving = try #require(bericht.kennisgeving)
        for isIndented in [false, true] {
            let bytes = try BerichtWriter(envelope: .bare, isIndented: isIndented).kennisgeving(
                kennisgeving.change, form: kennisgeving.form, stuurgegevens: bericht.stuurgegevens,
                mutatiesoort: .toevoeging, sleutelVerzendend: kennisgeving.sleutelVerzendend
            ) { _ in [] }
            let complaints = try Schema.complaints(bytes)
            #expect(complaints == "")
            let again = try read(String(decoding: bytes, as: UTF8.self))
            let change = try #require(again.kennisgeving?.change)
            #expect(said(change) == said(kennisgeving.change))
            #expect(again.stuurgegevens == bericht.stuurgegevens)
        }
    }

    @Test("with two objects is valid")
    func pair() throws {
        let bericht = try sample()
        let kennisgeving = try #require(bericht.kennisgeving)
        let bytes = try BerichtWriter(envelope: .bare).kennisgeving(
            kennisgeving.change, was: kennisgeving.change, form: kennisgeving.form,
            stuurgegevens: bericht.stuurgegevens, mutatiesoort: .wijziging
        ) { _ in [] }
        let complaints = try Schema.complaints(bytes)
        #expect(complaints == "")
    }

    @Test(
        "that answers a vraag is valid, whatever its scope",
        arguments: [
            #"<ZKN:scope><ZKN:object StUF:entiteittype="ZAK" StUF:scope="alles"/></ZKN:scope>"#,
            #"<ZKN:scope><ZKN:object StUF:entiteittype="ZAK" StUF:scope="kerngegevens"/></ZKN:scope>"#,
            #"<ZKN:scope><ZKN:object StUF:entiteittype="ZAK" StUF:scope="allesMaarKerngegevensGerelateerden"/></ZKN:scope>"#,
            scopeOfDetails, "",
        ])
    func antwoord(_ scope: String) throws {
        let found = try #require(try sample().kennisgeving)
        let bericht = try read(lv01("<ZKN:identificatie>1900208938</ZKN:identificatie>", scope: scope))
        let vraag = try #require(bericht.vraag)
        let reply = try BerichtWriter(envelope: .bare).antwoord(
            [Gegeven(sleutel: "k1", record: found.change)], to: vraag, question: bericht.stuurgegevens,
            identity: identity,
            supported: ["identificatie", "einddatum", "heeft/datumStatusGezet"]
        )
        let complaints = try Schema.complaints(reply.bytes)
        #expect(complaints == "")
    }

    @Test("that finds nothing, confirms or refuses is valid")
    func replies() throws {
        let writer = BerichtWriter(envelope: .bare)
        let question = try read(lv01("<ZKN:identificatie>1</ZKN:identificatie>", scope: ""))
        let vraag = try #require(question.vraag)
        let nothing = try writer.antwoord(
            [], to: vraag, question: question.stuurgegevens, identity: identity, supported: [],
            meldingen: [BerichtWriter.melding0001(["omschrijving"]) ?? ""]
        )
        let complaint = try Schema.complaints(nothing.bytes)
        #expect(complaint == "")
        let bericht = try sample()
        for code in [Berichtcode.bv02, .bv03] {
            let reply = writer.bevestiging(code, to: bericht.stuurgegevens, identity: identity)
            let complaints = try Schema.complaints(reply.body)
            #expect(complaints == "")
        }
        let failure = StUFFailure(.stufDatumInvalid, at: "object/startdatum")
        for code in [Berichtcode.fo01, .fo02, .fo03] {
            let reply = writer.fout(
                Fout(failure, as: code), as: code, to: bericht.header, identity: identity)
            let complaints = try Schema.complaints(reply.body)
            #expect(complaints == "")
        }
    }
}

let scopeOfDetails = """
    <ZKN:scope><ZKN:object StUF:entiteittype="ZAK"><ZKN:identificatie xsi:nil="true"/>\
    <ZKN:toelichting xsi:nil="true"/><ZKN:kenmerk><ZKN:kenmerk xsi:nil="true"/><ZKN:bron xsi:nil="true"/></ZKN:kenmerk>\
    <ZKN:resultaat><ZKN:omschrijving xsi:nil="true"/><ZKN:toelichting xsi:nil="true"/></ZKN:resultaat>\
    <ZKN:startdatum xsi:nil="true"/><ZKN:einddatum xsi:nil="true"/>\
    <ZKN:isVan StUF:entiteittype="ZAKZKT"><ZKN:gerelateerde StUF:entiteittype="ZKT">\
    <ZKN:code xsi:nil="true"/></ZKN:gerelateerde></ZKN:isVan>\
    <ZKN:heeftAlsGemachtigde StUF:entiteittype="ZAKBTRGMC"><ZKN:gerelateerde><ZKN:medewerker StUF:entiteittype="MDW">\
    <ZKN:identificatie xsi:nil="true"/></ZKN:medewerker></ZKN:gerelateerde></ZKN:heeftAlsGemachtigde>\
    <ZKN:heeft StUF:entiteittype="ZAKSTT"><ZKN:gerelateerde StUF:entiteittype="STT">\
    <ZKN:volgnummer xsi:nil="true"/></ZKN:gerelateerde><ZKN:datumStatusGezet xsi:nil="true"/></ZKN:heeft>\
    </ZKN:object></ZKN:scope>
    """

/// A `zakLv01` with those criteria.
func lv01(_ criteria: String, scope: String, parameters: String = "", more: String = "") -> String {
    """
    <ZKN:zakLv01 xmlns:ZKN="http://www.egem.nl/StUF/sector/zkn/0310" \
    xmlns:BG="http://www.egem.nl/StUF/sector/bg/0310" xmlns:StUF="http://www.egem.nl/StUF/StUF0301" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    \(head(code: "Lv01"))
    <ZKN:parameters><StUF:sortering>0</StUF:sortering><StUF:indicatorVervolgvraag>false</StUF:indicatorVervolgvraag>\
    \(parameters)</ZKN:parameters>
    <ZKN:gelijk StUF:entiteittype="ZAK">\(criteria)</ZKN:gelijk>\(more)\(scope)</ZKN:zakLv01>
    """
}

import Diagnostics
import Record
import StUF
import Testing

private func change(_ objects: String, _ mutatiesoort: String = "T") throws -> [String] {
    let bericht = try read(lk01(objects, mutatiesoort: mutatiesoort))
    return said(try #require(bericht.kennisgeving).change)
}

private func initiator(_ bsn: String, _ soort: String) -> String {
    #"""
    <ZKN:heeftAlsInitiator StUF:entiteittype="ZAKBTRINI" StUF:verwerkingssoort="\#(soort)"><ZKN:gerelateerde>\#
    <ZKN:natuurlijkPersoon StUF:entiteittype="NPS" StUF:verwerkingssoort="I"><BG:inp.bsn>\#(bsn)</BG:inp.bsn>\#
    </ZKN:natuurlijkPersoon></ZKN:gerelateerde></ZKN:heeftAlsInitiator>
    """#
}

private func empty(_ soort: String) -> String {
    #"""
    <ZKN:heeftAlsInitiator StUF:entiteittype="ZAKBTRINI" StUF:verwerkingssoort="\#(soort)" xsi:nil="true" \#
    StUF:noValue="geenWaarde"/>
    """#
}

private let id = "<ZKN:identificatie>1</ZKN:identificatie>"

@Suite("An element of a kennisgeving") struct ElementTests {
    @Test(
        "says a value, or which kind of no value",
        arguments: [
            ("<ZKN:omschrijving>tekst</ZKN:omschrijving>", ["omschrijving = tekst"]),
            ("<ZKN:omschrijving> 007 </ZKN:omschrijving>", ["omschrijving =  007 "]),
            ("<ZKN:omschrijving>a &amp; &#233;<![CDATA[<]]></ZKN:omschrijving>", ["omschrijving = a & é<"]),
            ("<ZKN:omschrijving/>", ["omschrijving empty"]),
            ("<ZKN:omschrijving>\n  </ZKN:omschrijving>", ["omschrijving empty"]),
            (#"<ZKN:omschrijving xsi:nil="true"/>"#, ["omschrijving geenWaarde"]),
            (#"<ZKN:omschrijving xsi:nil="false"/>"#, ["omschrijving empty"]),
            (#"<ZKN:omschrijving xsi:nil="true" StUF:noValue="geenWaarde"/>"#, ["omschrijving geenWaarde"]),
            (
                #"<ZKN:omschrijving xsi:nil="true" StUF:noValue="waardeOnbekend"/>"#,
                ["omschrijving waardeOnbekend"]
            ),
            (#"<ZKN:omschrijving StUF:noValue="nietOndersteund"/>"#, ["omschrijving nietOndersteund"]),
            (#"<ZKN:omschrijving StUF:noValue="nietGeautoriseerd"/>"#, ["omschrijving nietGeautoriseerd"]),
            (
                #"<ZKN:omschrijving StUF:noValue="vastgesteldOnbekend"/>"#,
                ["omschrijving vastgesteldOnbekend"]
            ),
            (
                #"<ZKN:omschrijving StUF:noValue="geenWaarde">toch</ZKN:omschrijving>"#,
                ["omschrijving = toch"]
            ),
            ("<ZKN:startdatum> 20200309 </ZKN:startdatum>", ["startdatum = 2020-03-09"]),
            // The model knows how senders write "none" here.
            ("<ZKN:verlenging><ZKN:duur> 0 </ZKN:duur></ZKN:verlenging>", ["verlenging/duur empty"]),
            ("<ZKN:verlenging><ZKN:duur>01</ZKN:duur></ZKN:verlenging>", ["verlenging/duur = P1D"]),
            (
                #"<ZKN:laatsteBetaaldatum StUF:indOnvolledigeDatum="M">20200000</ZKN:laatsteBetaaldatum>"#,
                ["laatsteBetaaldatum = 2020-01-01 (year)"]
            ),
            (
                #"<ZKN:laatsteBetaaldatum StUF:indOnvolledigeDatum="J"/>"#,
                ["laatsteBetaaldatum = 0001-01-01 (nothing)"]
            ),
            (#"<ZKN:heeft StUF:noValue="geenWaarde" xsi:nil="true"/>"#, ["heeft geenWaarde"]),
            (
                "<ZKN:kenmerk><ZKN:kenmerk>a</ZKN:kenmerk></ZKN:kenmerk><ZKN:kenmerk><ZKN:kenmerk>b</ZKN:kenmerk></ZKN:kenmerk>",
                ["kenmerk[1]/kenmerk = a", "kenmerk[2]/kenmerk = b"]
            ),
        ] as [(String, [String])])
    func said(_ row: (element: String, lines: [String])) throws {
        #expect(try change(zaak(row.element)) == row.lines)
    }

    @Test("that the model does not know is counted by its path, and no error")
    func unmapped() throws {
        let bericht = try read(
            lk01(
                zaak(
                    id
                        + "<ZKN:nieuw><ZKN:a>1</ZKN:a><ZKN:b/></ZKN:nieuw><ZKN:kenmerk><ZKN:x>1</ZKN:x></ZKN:kenmerk>"
                        + #"<ZKN:nieuw><ZKN:a>2</ZKN:a></ZKN:nieuw><StUF:tijdstipRegistratie>2020</StUF:tijdstipRegistratie>"#
                )))
        #expect(bericht.unmapped.counts == ["nieuw/a": 2, "kenmerk/x": 1, "tijdstipRegistratie": 1])
    }

    @Test(
        "with a value or word that does not exist refuses the bericht, by its path",
        arguments: [
            ("<ZKN:startdatum>20261332</ZKN:startdatum>", Code.stufDatumInvalid, "object/startdatum"),
            (
                "<ZKN:heeft><ZKN:datumStatusGezet>2020030</ZKN:datumStatusGezet></ZKN:heeft>",
                .stufTijdstipInvalid, "object/heeft/datumStatusGezet"
            ),
            (
                "<ZKN:deelzakenIndicatie>X</ZKN:deelzakenIndicatie>", .stufIndicatieInvalid,
                "object/deelzakenIndicatie"
            ),
            ("<ZKN:zaakniveau>een</ZKN:zaakniveau>", .stufGetalInvalid, "object/zaakniveau"),
            (#"<ZKN:einddatum StUF:noValue="weg"/>"#, .stufAttributeUnknown, "object/einddatum/@noValue"),
            (
                #"<ZKN:laatsteBetaaldatum StUF:indOnvolledigeDatum="X">20200101</ZKN:laatsteBetaaldatum>"#,
                .stufAttributeUnknown, "object/laatsteBetaaldatum/@indOnvolledigeDatum"
            ),
            (
                #"<ZKN:heeft StUF:verwerkingssoort="Z"/>"#, .stufAttributeUnknown,
                "object/heeft/@verwerkingssoort"
            ),
            (
                "<ZKN:omschrijving>" + String(repeating: "x", count: 65_537) + "</ZKN:omschrijving>",
                .stufValueTooLarge, "object/omschrijving"
            ),
            (String(repeating: "<ZKN:kenmerk/>", count: 10_001), .stufItemsTooMany, "object/kenmerk"),
        ] as [(String, Code, String)])
    func refused(_ row: (element: String, code: Code, place: String)) {
        let failure = refusal(lk01(zaak(row.element)))
        #expect(failure?.code == row.code)
        #expect(failure?.place == row.place)
    }
}

@Suite("Old and new objects") struct WasWordtTests {
    @Test("make one change: what the new one says, whatever the old one was")
    func leaves() throws {
        let bericht = try read(
            lk01(
                zaak(
                    id + "<ZKN:omschrijving>oud</ZKN:omschrijving><ZKN:toelichting>weg</ZKN:toelichting>"
                        + "<ZKN:startdatum>20200101</ZKN:startdatum>", soort: "W")
                    + zaak(
                        id + "<ZKN:omschrijving>nieuw</ZKN:omschrijving>"
                            + #"<ZKN:toelichting xsi:nil="true" StUF:noValue="geenWaarde"/>"#, soort: "W"),
                mutatiesoort: "W"))
        let kennisgeving = try #require(bericht.kennisgeving)
        #expect(kennisgeving.mutatiesoort.kind == .changed)
        #expect(kennisgeving.change.marks(of: Record.root).verwerkingssoort == .wijzigen)
        #expect(
            said(kennisgeving.change) == [
                "identificatie = 1", "omschrijving = nieuw", "toelichting geenWaarde",
            ])
        let was = said(try #require(kennisgeving.was))
        #expect(was.contains("omschrijving = oud") && was.contains("startdatum = 2020-01-01"))
    }

    @Test(
        "pair their relations by order, and keep what is to be done with each",
        arguments: [
            // What goes is told by the old object: the new one is empty.
            (
                initiator("111111110", "V"), empty("V"),
                ["heeftAlsInitiator[1](verwijderen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110"]
            ),
            (
                initiator("111111110", "E"), empty("E"),
                ["heeftAlsInitiator[1](beeindigen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110"]
            ),
            // What comes is told by the new one: the old one is empty.
            (
                empty("T"), initiator("999990019", "T"),
                ["heeftAlsInitiator[1](toevoegen)/gerelateerde/natuurlijkPersoon/inp.bsn = 999990019"]
            ),
            // Replaced: one ends and one is added.
            (
                initiator("111111110", "R"), initiator("999990019", "R"),
                [
                    "heeftAlsInitiator[1](beeindigen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110",
                    "heeftAlsInitiator[2](toevoegen)/gerelateerde/natuurlijkPersoon/inp.bsn = 999990019",
                ]
            ),
            (
                initiator("111111110", "W"), initiator("111111110", "W"),
                ["heeftAlsInitiator[1](wijzigen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110"]
            ),
            (
                initiator("111111110", "I"), initiator("111111110", "I"),
                ["heeftAlsInitiator[1](identificatie)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110"]
            ),
            // The same by a sender that leaves the empty ones out.
            (
                initiator("111111110", "V"), initiator("999990019", "T"),
                [
                    "heeftAlsInitiator[1](verwijderen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110",
                    "heeftAlsInitiator[2](toevoegen)/gerelateerde/natuurlijkPersoon/inp.bsn = 999990019",
                ]
            ),
            // Only the old object has it: a deletion when it says so, and else not mentioned.
            (
                initiator("111111110", "V"), "",
                ["heeftAlsInitiator[1](verwijderen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110"]
            ),
            (initiator("111111110", "I"), "", []),
            // One of two goes.
            (
                initiator("111111110", "V") + initiator("123456782", "I"),
                empty("V") + initiator("123456782", "I"),
                [
                    "heeftAlsInitiator[1](verwijderen)/gerelateerde/natuurlijkPersoon/inp.bsn = 111111110",
                    "heeftAlsInitiator[2](identificatie)/gerelateerde/natuurlijkPersoon/inp.bsn = 123456782",
                ]
            ),
        ] as [(String, String, [String])])
    func relations(_ row: (was: String, wordt: String, lines: [String])) throws {
        let lines = try change(zaak(id + row.was, soort: "I") + zaak(id + row.wordt, soort: "I"), "W")
        #expect(lines == ["identificatie = 1"] + row.lines)
    }

    @Test("may come as the new one alone")
    func one() throws {
        #expect(try change(zaak(id + "<ZKN:omschrijving>n</ZKN:omschrijving>", soort: "W"), "W").count == 2)
    }

    @Test(
        "in a wrong number are refused",
        arguments: [
            ("T", [String](), Code.stufObjectsMiscounted),
            ("T", [zaak(id), zaak(id)], .stufObjectsMiscounted),
            ("V", [zaak(id), zaak(id)], .stufObjectsMiscounted),
            ("W", [zaak(id), zaak(id), zaak(id)], .stufObjectsMiscounted),
            ("X", [zaak(id)], .stufAttributeUnknown), ("", [zaak(id)], .stufAttributeUnknown),
        ])
    func miscounted(_ row: (mutatiesoort: String, objects: [String], code: Code)) {
        #expect(refusal(lk01(row.objects.joined(), mutatiesoort: row.mutatiesoort))?.code == row.code)
    }
}

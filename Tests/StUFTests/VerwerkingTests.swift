import Diagnostics
import Record
import StUF
import Testing

/// An object with one relation and its gerelateerde, each with its verwerkingssoort.
private func object(_ top: String, _ relatie: String, _ gerelateerde: String) -> String {
    #"""
    <ZKN:object StUF:entiteittype="ZAK" StUF:verwerkingssoort="\#(top)"><ZKN:identificatie>1</ZKN:identificatie>\#
    <ZKN:heeftAlsUitvoerende StUF:entiteittype="ZAKBTRUTV" StUF:verwerkingssoort="\#(relatie)"><ZKN:gerelateerde>\#
    <ZKN:medewerker StUF:entiteittype="MDW" StUF:verwerkingssoort="\#(gerelateerde)">\#
    <ZKN:identificatie>m1</ZKN:identificatie></ZKN:medewerker></ZKN:gerelateerde></ZKN:heeftAlsUitvoerende>\#
    </ZKN:object>
    """#
}

/// The same relation without content.
private func leeg(_ soort: String) -> String {
    #"""
    <ZKN:heeftAlsUitvoerende StUF:entiteittype="ZAKBTRUTV" StUF:verwerkingssoort="\#(soort)" xsi:nil="true" \#
    StUF:noValue="geenWaarde"/>
    """#
}

private let soorten = ["T", "W", "V", "E", "I", "R", "S", "O"]

@Suite("The verwerkingssoorten of a kennisgeving") struct VerwerkingTests {
    /// Tables 5.3, 5.5 and 5.7 of the standard, and what recorded senders do besides (in the second of each).
    static let allowed: [String: (top: String, relatie: String, gerelateerde: String)] = [
        "T": ("T", "TI", "IT"),
        "W": ("WI", "TWVERI", "ITWV"),
        "C": ("WISO", "WRVISO", "ITV"),
        "F": ("WI", "WRVISO", "ITV"),
        "V": ("V", "I", "IT"),
    ]

    /// A combination that is allowed of the other two, to look at one at a time.
    private static func well(_ mutatiesoort: String) -> (top: String, relatie: String) {
        switch mutatiesoort {
        case "T": ("T", "T")
        case "V": ("V", "I")
        default: ("I", "I")
        }
    }

    @Test(
        "go with the mutatiesoort as the tables say, on the object itself",
        arguments: ["T", "W", "C", "F", "V"], soorten)
    func top(_ mutatiesoort: String, _ soort: String) throws {
        let text = lk01(object(soort, Self.well(mutatiesoort).relatie, "I"), mutatiesoort: mutatiesoort)
        let isAllowed = try #require(Self.allowed[mutatiesoort]).top.contains(soort)
        #expect(refusal(text)?.code == (isAllowed ? nil : .stufVerwerkingssoortMisplaced))
    }

    @Test("go with it on a relation", arguments: ["T", "W", "C", "F", "V"], soorten)
    func relatie(_ mutatiesoort: String, _ soort: String) throws {
        let text = lk01(object(Self.well(mutatiesoort).top, soort, "I"), mutatiesoort: mutatiesoort)
        let isAllowed = try #require(Self.allowed[mutatiesoort]).relatie.contains(soort)
        #expect(refusal(text)?.code == (isAllowed ? nil : .stufVerwerkingssoortMisplaced))
    }

    @Test("go with it on a gerelateerde", arguments: ["T", "W", "C", "F", "V"], soorten)
    func gerelateerde(_ mutatiesoort: String, _ soort: String) throws {
        let well = Self.well(mutatiesoort)
        let text = lk01(object(well.top, well.relatie, soort), mutatiesoort: mutatiesoort)
        let isAllowed = try #require(Self.allowed[mutatiesoort]).gerelateerde.contains(soort)
        #expect(refusal(text)?.code == (isAllowed ? nil : .stufVerwerkingssoortMisplaced))
    }

    @Test("of a key of a relation stand below an object that is only identified")
    func keyOfRelation() {
        #expect(
            refusal(lk01(object("W", "S", "I"), mutatiesoort: "C"))?.code == .stufVerwerkingssoortMisplaced)
        #expect(refusal(lk01(object("I", "S", "I"), mutatiesoort: "C")) == nil)
    }

    @Test("are found on a gerelateerde whose wrapper carries them")
    func wrapper() {
        let text = lk01(
            object("T", "T", "I").replacing(#" StUF:verwerkingssoort="I">"#, with: ">")
                .replacing("<ZKN:gerelateerde>", with: #"<ZKN:gerelateerde StUF:verwerkingssoort="R">"#))
        let failure = refusal(text)
        #expect(failure?.code == .stufVerwerkingssoortMisplaced)
        #expect(failure?.place == "object/medewerker/@verwerkingssoort")
    }

    @Test(
        "are the same in the old and the new object, where one of them does not come for another",
        arguments: [
            ("T", "T", true), ("W", "W", true), ("V", "T", true), ("E", "T", true), ("I", "T", true),
            ("W", "V", false), ("T", "V", false), ("E", "W", false), ("R", "T", false), ("T", "R", false),
            ("V", "E", false), ("I", "W", false),
        ])
    func pairs(_ row: (was: String, wordt: String, isWell: Bool)) {
        let text = lk01(object("I", row.was, "I") + object("I", row.wordt, "I"), mutatiesoort: "W")
        #expect(refusal(text)?.code == (row.isWell ? nil : .stufVerwerkingssoortUnpaired))
    }

    @Test("say of which object the relation has content", arguments: soorten.prefix(6))
    func empty(_ soort: String) {
        func text(_ was: String, _ wordt: String) -> String {
            lk01(zaak(was, soort: "I") + zaak(wordt, soort: "I"), mutatiesoort: "W")
        }
        let full = String(object("I", soort, "I").split(separator: "</ZKN:identificatie>", maxSplits: 1)[1])
            .replacing("</ZKN:object>", with: "")
        // Table 5.5: "leeg" in the old object for what comes, in the new one for what goes.
        #expect((refusal(text(leeg(soort), full)) == nil) == "TI".contains(soort), "new")
        #expect((refusal(text(full, leeg(soort))) == nil) == "VEI".contains(soort), "old")
    }

    @Test("of old and new object itself are the same")
    func tops() {
        let text = lk01(object("W", "I", "I") + object("I", "I", "I"), mutatiesoort: "W")
        #expect(refusal(text)?.code == .stufVerwerkingssoortUnpaired)
    }

    @Test("are left to senders that give none")
    func missing() {
        let text = lk01(object("T", "T", "T").replacing(#" StUF:verwerkingssoort="T""#, with: ""))
        #expect(refusal(text) == nil)
    }
}

@Suite("The tijdvakGeldigheid of a kennisgeving") struct GeldigheidTests {
    private static func tijdvak(_ begin: String, _ eind: String?) -> String {
        let end =
            eind.map { "<StUF:eindGeldigheid>\($0)</StUF:eindGeldigheid>" }
            ?? #"<StUF:eindGeldigheid xsi:nil="true" StUF:noValue="geenWaarde"/>"#
        return """
            <StUF:tijdvakGeldigheid><StUF:beginGeldigheid>\(begin)</StUF:beginGeldigheid>\(end)\
            </StUF:tijdvakGeldigheid>
            """
    }

    private static let id = "<ZKN:identificatie>1</ZKN:identificatie><ZKN:omschrijving>a</ZKN:omschrijving>"
    private static let other = id.replacing(">a<", with: ">b<")

    private func code(_ was: String, _ wordt: String, _ mutatiesoort: String = "W") -> Code? {
        refusal(
            lk01(
                zaak(Self.id + was, soort: "W") + zaak(Self.other + wordt, soort: "W"),
                mutatiesoort: mutatiesoort))?.code
    }

    @Test(
        "of a change ends where the next begins",
        arguments: [
            ("20200101", "20240101", "20240101", nil, true),
            ("20200101", "20240101", "2024010112", nil, true),
            ("20200101", "20240102", "20240101", nil, false),
            ("20250101", "20240101", "20240101", nil, false),
            ("20200101", nil, "20240101", nil, false),
            ("20200101", "20240101", "20240101", "20250101", false),
        ] as [(String, String?, String, String?, Bool)])
    func change(_ row: (tbo: String, teo: String?, tbn: String, ten: String?, isWell: Bool)) {
        let found = code(Self.tijdvak(row.tbo, row.teo), Self.tijdvak(row.tbn, row.ten))
        #expect(found == (row.isWell ? nil : .stufTijdvakGeldigheid))
    }

    @Test("of a correction does not end", arguments: ["C", "F"])
    func correction(_ mutatiesoort: String) {
        #expect(code(Self.tijdvak("20200101", nil), Self.tijdvak("20200101", nil), mutatiesoort) == nil)
        let ended = code(Self.tijdvak("20200101", "20240101"), Self.tijdvak("20240101", nil), mutatiesoort)
        #expect(ended == .stufTijdvakGeldigheid)
    }

    @Test("stands in both objects or in none")
    func both() {
        #expect(code("", Self.tijdvak("20240101", nil)) == .stufTijdvakGeldigheid)
        #expect(code(Self.tijdvak("20200101", "20240101"), "") == .stufTijdvakGeldigheid)
        #expect(code("", "") == nil)
    }

    @Test("has an end that is said to be none, not one that is left out")
    func ends() {
        let open = Self.tijdvak("20240101", nil)
        let cut = #"<StUF:eindGeldigheid xsi:nil="true" StUF:noValue="geenWaarde"/>"#
        #expect(refusal(lk01(zaak(Self.id + open))) == nil)
        #expect(refusal(lk01(zaak(Self.id + open.replacing(cut, with: ""))))?.code == .stufTijdvakGeldigheid)
        #expect(
            refusal(lk01(zaak(Self.id + Self.tijdvak("20240101", "20250101"))))?.code
                == .stufTijdvakGeldigheid)
    }

    @Test("is not that of a gerelateerde which is only identified")
    func gerelateerde() {
        let text = object("T", "T", "I").replacing(
            "</ZKN:medewerker>", with: "\(Self.tijdvak("20240101", nil))</ZKN:medewerker>")
        #expect(refusal(lk01(text))?.code == .stufTijdvakGeldigheid)
        #expect(
            refusal(lk01(text.replacing(#"verwerkingssoort="I""#, with: #"verwerkingssoort="T""#))) == nil)
    }

    @Test("tells whether a change lies in the future")
    func future() throws {
        let bericht = try read(
            lk01(
                zaak(Self.id + Self.tijdvak("20200101", "20240101"), soort: "W")
                    + zaak(Self.other + Self.tijdvak("20240101", nil), soort: "W"), mutatiesoort: "W"))
        let kennisgeving = try #require(bericht.kennisgeving)
        #expect(kennisgeving.isLater(than: "20231231235959999"))
        #expect(!kennisgeving.isLater(than: "20240101000000000"))
    }
}

@Suite("A correction") struct CorrectionTests {
    @Test("of nothing is refused", arguments: ["C", "F"])
    func nothing(_ mutatiesoort: String) {
        let same = zaak(
            "<ZKN:identificatie>1</ZKN:identificatie><ZKN:omschrijving>a</ZKN:omschrijving>", soort: "W")
        #expect(refusal(lk01(same + same, mutatiesoort: mutatiesoort))?.code == .stufNothingCorrected)
        #expect(refusal(lk01(same + same.replacing(">a<", with: ">b<"), mutatiesoort: mutatiesoort)) == nil)
        #expect(refusal(lk01(same + same, mutatiesoort: "W")) == nil)
        let key = same.replacing(#"verwerkingssoort="W""#, with: #"verwerkingssoort="S""#)
        #expect(mutatiesoort == "F" || refusal(lk01(key + key, mutatiesoort: "C")) == nil)
    }
}

import Diagnostics
import Foundation
import HTTP
import Intake
import Ledger
import StUF
import Testing
import Threads

/// The shipped rulebook with a `.zender` file beside it.
private func rulebook(_ text: String) throws -> (rulebook: Rulebook?, findings: [Finding]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("zender-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appendingPathComponent("test.zender"))
    return Rulebook.load(["\(Workshop.root)/mappings", folder.path])
}

/// A front whose sender `DEMO-OUD` has these lines in its file.
private func front(_ lines: String, more: String = "") throws -> Front {
    let text = "zender oud {\n    applicatie \"DEMO-OUD\"\n\(lines)\n}\n\(more)\n"
    let loaded = try rulebook(text)
    let rulebook: Rulebook = try #require(loaded.rulebook, "\(loaded.findings)")
    return try Front(rulebook: rulebook)
}

@Suite("A zender that does otherwise than the standard says") struct ZenderTests {
    @Test(
        "sends empty elements that say nothing, or that there is none",
        arguments: [("", nil), ("empty geenWaarde", nil), ("empty absent", "Blijft of gaat")]
            as [(String, String?)])
    func empty(_ row: (line: String, after: String?)) throws {
        let front = try front(row.line)
        var number = ""
        for file in 1...2 {
            let text = try Berichten.read("zds11/empty-element-in-an-update/\(file)-request.xml")
            let answer = try front.post(text)
            #expect(answer.isBevestiging, "\(answer)")
            number = text.firstMatch(of: /identificatie>(\d+)</).map { String($0.1) } ?? ""
        }
        let vraag = try Berichten.read("zds11/update-was-and-wordt/3-request.xml")
            .replacing("1900000003", with: number)
        #expect(try front.post(vraag, action: "geefZaakdetails_Lv01").text("toelichting") == row.after)
    }

    @Test("fills a number in that stands for none")
    func filler() throws {
        let text = try Berichten.zaak().replacing(">999990019<", with: ">000000000<")
        let plain = try Front()
        let filled = try front(#"filler inp.bsn "000000000""#)
        #expect(try plain.post(text, action: "creeerZaak_Lk01").isBevestiging)
        #expect(try filled.post(text, action: "creeerZaak_Lk01").isBevestiging)
        func served(_ front: Front) throws -> String {
            let vraag = try Berichten.read("stuf/scope-alles/2-request.xml").replacing(
                "1900000001", with: "191000001")
            return try front.post(vraag, action: "geefZaakdetails_Lv01").body
        }
        #expect(try served(plain).contains("000000000"))
        #expect(try !served(filled).contains("000000000"))
    }

    @Test("gives no referentienummer, and is confirmed all the same")
    func noNumber() throws {
        let text = try Berichten.zaak().replacing(
            "<StUF:referentienummer>ref-1</StUF:referentienummer>", with: "")
        #expect(try Front().post(text, action: "creeerZaak_Lk01").details.hasPrefix("S011"))
        #expect(try front("referentienummer missing").post(text, action: "creeerZaak_Lk01").isBevestiging)
    }

    @Test("gives one referentienummer to several berichten", arguments: LedgerKind.allCases)
    func sharedNumber(_ kind: LedgerKind) throws {
        let other = try Berichten.zaak(2, reference: "ref-1")
        let plain = try Front(kind)
        #expect(try plain.post(try Berichten.zaak(), action: "creeerZaak_Lk01").isBevestiging)
        #expect(try plain.post(other, action: "creeerZaak_Lk01").foutcode == "StUF016")
        let shared = try front("referentienummer shared")
        let first = try shared.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(first.isBevestiging)
        #expect(try shared.post(other, action: "creeerZaak_Lk01").isBevestiging)
        // With the same content it is a repeat still.
        #expect(try shared.post(try Berichten.zaak(), action: "creeerZaak_Lk01").body == first.body)
        #expect(try shared.zaken().count == 2)
    }

    @Test("gives moments to the second: two in one second are not out of order")
    func seconds() throws {
        let front = try Front()
        let text = try Berichten.zaak().replacing("20260105105900000", with: "20260105105900")
        #expect(try front.post(text, action: "creeerZaak_Lk01").isBevestiging)
        let next = try Berichten.zaak(2).replacing("20260105105900000", with: "20260105105900")
        #expect(try front.post(next, action: "creeerZaak_Lk01").isBevestiging)
    }

    @Test("contradicts the tables of verwerkingssoorten")
    func verwerkingssoort() throws {
        let text = try Berichten.zaak().replacing(
            #"entiteittype="ZAKSTT" StUF:verwerkingssoort="T""#,
            with: #"entiteittype="ZAKSTT" StUF:verwerkingssoort="W""#)
        #expect(try Front().post(text, action: "creeerZaak_Lk01").details.hasPrefix("S060"))
        #expect(try front("verwerkingssoort tolerant").post(text, action: "creeerZaak_Lk01").isBevestiging)
    }

    @Test("leaves the namespace of attributes out")
    func bare() throws {
        let text = try Berichten.zaak().replacing(
            "<ZKN:omschrijving>Aanvraag voorziening</ZKN:omschrijving>\n        <ZKN:kenmerk>",
            with: #"<ZKN:omschrijving noValue="geenWaarde"/>\#n        <ZKN:kenmerk>"#
        )
        .replacing(
            #"entiteittype="ZAKSTT" StUF:verwerkingssoort="T""#,
            with: #"entiteittype="ZAKSTT" verwerkingssoort="W""#)
        #expect(try Front().post(text, action: "creeerZaak_Lk01").isBevestiging)
        #expect(try front("attributes bare").post(text, action: "creeerZaak_Lk01").details.hasPrefix("S060"))
    }

    @Test("sends a SOAPAction of its own, or one that says nothing")
    func action() throws {
        let text = try Berichten.zaak()
        #expect(try Front().post(text, action: "nieuwezaak").details.hasPrefix("S004"))
        let named = try front("action \"\(Front.actions)nieuwezaak\" creeerZaak_Lk01")
        #expect(try named.post(text, action: "nieuwezaak").isBevestiging)
        #expect(try front("action ignored").post(text, action: "nieuwezaak").isBevestiging)
    }

    @Test("may send some operations only")
    func takes() throws {
        let front = try front("takes geefZaakdetails_Lv01")
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").foutcode == "StUF052")
        #expect(try front.post(try Berichten.vraag(), action: "geefZaakdetails_Lv01").status == 200)
    }

    @Test("may name some gebruikers only")
    func gebruikers() throws {
        let front = try front(#"gebruikers "jan""#)
        func text(_ name: String) throws -> String {
            try Berichten.zaak().replacing(
                "DEMO-OUD</StUF:applicatie>\n        </StUF:zender>",
                with:
                    "DEMO-OUD</StUF:applicatie>\n          <StUF:gebruiker>\(name)</StUF:gebruiker>\n        </StUF:zender>"
            )
        }
        #expect(try front.post(try text("piet"), action: "creeerZaak_Lk01").foutcode == "StUF127")
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").foutcode == "StUF127")
        #expect(try front.post(try text("jan"), action: "creeerZaak_Lk01").isBevestiging)
    }

    @Test("is known, where only those that are listed may send")
    func listed() throws {
        let front = try front("", more: "only listed")
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").isBevestiging)
        let other = try Berichten.zaak(2).replacing(
            "<StUF:applicatie>DEMO-OUD<", with: "<StUF:applicatie>ANDER<")
        #expect(try front.post(other, action: "creeerZaak_Lk01").foutcode == "StUF013")
    }

    @Test("addresses one of ours")
    func ontvanger() throws {
        let front = try front("", more: "ontvanger sluis {\n    applicatie \"SLUIS\"\n}")
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").isBevestiging)
        let other = try Berichten.zaak(2).replacing(
            "<StUF:applicatie>SLUIS<", with: "<StUF:applicatie>ANDER<")
        #expect(try front.post(other, action: "creeerZaak_Lk01").foutcode == "StUF010")
    }
}

@Suite("A zender file") struct ZenderFileTests {
    @Test(
        "that is wrong is reported at its place",
        arguments: [
            ("zender a {\n    applicatie \"A\"\n    leeg absent\n}", 3, 5),
            ("zender a {\n    applicatie A\n}", 2, 16), ("zender a {\n    empty absent\n}", 1, 9),
            ("zender a {\n    applicatie \"A\"\n    takes creeerZaak_Lk02\n}", 3, 11),
            ("zender a {\n    applicatie \"A\"\n    empty soms\n}", 3, 11), ("only\n", 1, 5),
            ("zender a\n", 1, 9),
            ("ontvanger a {\n    applicatie \"A\"\n    empty absent\n}", 3, 5),
            ("zender a {\n    applicatie \"A\"\n    action \"x\"\n}", 3, 15),
        ])
    func findings(_ row: (text: String, line: Int, column: Int)) throws {
        let loaded = try rulebook(row.text)
        #expect(loaded.rulebook == nil)
        #expect(
            loaded.findings.contains { $0.location.line == row.line && $0.location.column == row.column },
            "\(loaded.findings)")
    }
}

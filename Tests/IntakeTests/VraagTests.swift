import HTTP
import Intake
import Ledger
import Telemetry
import Testing
import Threads

@Suite("A posted vraag") struct VraagTests {
    @Test("is answered from the store, in its scope", arguments: LedgerKind.allCases)
    func answered(kind: LedgerKind) throws {
        let front = try Front(kind)
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").isBevestiging)
        let answer = try front.post(
            try Berichten.vraag(), to: "/stuf/BeantwoordVraag", action: "geefZaakdetails_Lv01")
        #expect(answer.status == 200 && answer.berichtcode == "La01", "\(answer)")
        #expect(answer.text("identificatie") == "191000001")
        #expect(answer.text("omschrijving") == "Aanvraag voorziening")
        #expect(!answer.body.contains("startdatum"))
        #expect(try front.berichten().count == 1)
    }

    @Test("about nothing that is there gets an answer without objects")
    func nothing() throws {
        let front = try Front()
        let answer = try front.post(try Berichten.vraag(7), action: "geefZaakdetails_Lv01")
        #expect(answer.status == 200 && answer.berichtcode == "La01", "\(answer)")
        #expect(!answer.body.contains(":antwoord"))
    }

    @Test("about a zaak that is still on its way is never answered with an older state")
    func onItsWay() throws {
        var settings = Endpoint.Settings()
        settings.readYourWrites = .milliseconds(100)
        let front = try Front(isDelivering: false, settings: settings)
        // Its sender goes away before the route's time is up; it is committed all the same.
        #expect(throws: HTTPFailure.self) {
            try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01", time: .milliseconds(300))
        }
        let answer = try front.post(try Berichten.vraag(), action: "geefZaakdetails_Lv01")
        #expect(
            answer.status == 500 && answer.berichtcode == "Fo02" && answer.foutcode == "StUF058", "\(answer)")
    }

    @Test("waits for what its zender wrote before")
    func waits() throws {
        let front = try Front(target: { FailingTarget(real: $0, failures: 5, isPassing: true) })
        #expect(throws: HTTPFailure.self) {
            try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01", time: .milliseconds(5))
        }
        #expect(front.recorder.wait(until: .after(.seconds(10))) { $0.kind == .berichtAccepted })
        let answer = try front.post(try Berichten.vraag(), action: "geefZaakdetails_Lv01")
        #expect(answer.text("identificatie") == "191000001", "\(answer)")
    }

    @Test(
        "that is wrong is refused with Fo02",
        arguments: [
            (
                "<ZKN:identificatie>191000001<",
                "<ZKN:startdatum>20261332</ZKN:startdatum><ZKN:identificatie>191000001<", "StUF055"
            ),
            ("zakLv01", "zkaLv01", "StUF040"),
        ])
    func refused(row: (old: String, new: String, foutcode: String)) throws {
        let front = try Front()
        let text = try Berichten.vraag().replacing(row.old, with: row.new)
        let answer = try front.post(text, action: "geefZaakdetails_Lv01")
        #expect(
            answer.status == 500 && answer.berichtcode == "Fo02" && answer.foutcode == row.foutcode,
            "\(answer)")
    }
}

import Delivery
import Diagnostics
import HTTP
import Intake
import Ledger
import Telemetry
import Testing
import Threads

@Suite("A posted kennisgeving") struct KennisgevingTests {
    @Test("is answered with Bv03 when the store has it", arguments: LedgerKind.allCases)
    func afterEffect(kind: LedgerKind) throws {
        let front = try Front(kind)
        let answer = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
        #expect(answer.type == "text/xml; charset=utf-8")
        #expect(answer.text("crossRefnummer") == "ref-1")
        #expect(answer.body.contains("<SOAP:Envelope"))
        #expect(try front.zaken().count == 1)
        #expect(try front.berichten().map(\.state) == [.done])
        #expect(try front.berichten().map(\.name) == ["creeerZaak_Lk01"])
    }

    @Test("is answered at the commit where its route says so", arguments: LedgerKind.allCases)
    func afterStore(kind: LedgerKind) throws {
        let front = try Front(kind, isDelivering: false)
        let content = "RGl0IGlzIGRlIGluaG91ZC4K"
        let answer = try front.post(try Berichten.document(content), action: "voegZaakdocumentToe_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
        #expect(try front.berichten().map(\.state) != [.done])
        let again = try front.post(try Berichten.document(content), action: "voegZaakdocumentToe_Lk01")
        #expect(again.body == answer.body)
        #expect(try front.berichten().count == 1)
    }

    @Test(
        "is answered in the envelope it came in",
        arguments: [
            ("soap-1-2", "application/soap+xml; charset=utf-8", "http://www.w3.org/2003/05/soap-envelope"),
            ("creeer-zaak", "text/xml; charset=utf-8", "http://schemas.xmlsoap.org/soap/envelope/"),
            ("bare-bericht", "application/xml", nil),
        ] as [(String, String, String?)])
    func envelopes(row: (fixture: String, type: String, namespace: String?)) throws {
        let front = try Front()
        let text = try Berichten.fixture("\(row.fixture)/1-request.xml")
        let action = row.namespace == nil ? "" : "; action=\"\(Front.actions)creeerZaak_Lk01\""
        let answer = try front.post(text, type: row.type + action)
        #expect(answer.isBevestiging, "\(answer)")
        #expect(answer.body.contains("Envelope") == (row.namespace != nil))
        if let namespace = row.namespace { #expect(answer.body.contains(namespace)) }
        #expect(answer.type.hasPrefix(row.namespace == nil ? "text/xml" : row.type))
    }

    @Test("that comes again gets the same answer, and nothing happens", arguments: LedgerKind.allCases)
    func duplicate(kind: LedgerKind) throws {
        let front = try Front(kind)
        let first = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        let second = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(first.isBevestiging && first.body == second.body)
        #expect(try front.berichten().count == 1)
        #expect(try front.zaken().count == 1)
    }

    @Test("that many send at once is one bericht with one answer", arguments: LedgerKind.allCases)
    func concurrent(kind: LedgerKind) throws {
        let front = try Front(kind)
        let text = try Berichten.zaak()
        let answers = Monitor<[String]>([])
        let (client, address) = (front.client, front.listener.address)
        let threads = try (0..<16).map { number in
            try Thread.start("sender-\(number)") {
                let answer = try? client.call(
                    Request(
                        .post, "http://\(address)/stuf", fields: [Field("Content-Type", "text/xml")],
                        body: Array(text.utf8)))
                answers.withLock { $0.append(String(decoding: answer?.bytes ?? [], as: UTF8.self)) }
            }
        }
        for thread in threads { thread.join() }
        let all = answers.withLock { $0 }
        #expect(all.count == 16 && Set(all).count == 1 && all.first?.contains("Bv03") == true)
        #expect(try front.berichten().count == 1)
        #expect(try front.zaken().count == 1)
    }

    @Test("with a number that is in use for other content is refused", arguments: LedgerKind.allCases)
    func differs(kind: LedgerKind) throws {
        let front = try Front(kind)
        _ = try front.post(try Berichten.zaak(1, reference: "same"), action: "creeerZaak_Lk01")
        let answer = try front.post(try Berichten.zaak(2, reference: "same"), action: "creeerZaak_Lk01")
        #expect(answer.status == 500 && answer.berichtcode == "Fo03" && answer.foutcode == "StUF016")
        #expect(answer.details.hasPrefix("S003 referentienummerReused"))
        #expect(try front.zaken().count == 1)
    }

    @Test(
        "that is cut off is refused for that, whatever its number was used for",
        arguments: LedgerKind.allCases, [8, 15, 200, 600])
    func cutOff(kind: LedgerKind, missing: Int) throws {
        let front = try Front(kind)
        let whole = try Berichten.zaak()
        #expect(try front.post(whole, action: "creeerZaak_Lk01").isBevestiging)
        let answer = try front.post(String(whole.dropLast(missing)), action: "creeerZaak_Lk01")
        #expect(answer.status == 500 && answer.details.hasPrefix("X006"), "\(answer)")
        #expect(try front.zaken().count == 1)
    }

    @Test("that makes the same zaak under another number is done already", arguments: LedgerKind.allCases)
    func known(kind: LedgerKind) throws {
        let front = try Front(kind)
        _ = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        let answer = try front.post(try Berichten.zaak(1, reference: "later"), action: "creeerZaak_Lk01")
        #expect(answer.isBevestiging && answer.text("crossRefnummer") == "later", "\(answer)")
        #expect(try front.zaken().count == 1)
    }

    @Test("that makes the zaak anew with other values is refused", arguments: LedgerKind.allCases)
    func conflicts(kind: LedgerKind) throws {
        let front = try Front(kind)
        _ = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        let other = try Berichten.zaak(1, reference: "other").replacing(
            "Aanvraag voorziening", with: "Anders")
        let answer = try front.post(other, action: "creeerZaak_Lk01")
        #expect(answer.status == 500 && answer.foutcode == "StUF058", "\(answer)")
        #expect(answer.details.hasPrefix("L108 objectExists"))
        let again = try front.post(other, action: "creeerZaak_Lk01")
        #expect(again.foutcode == "StUF058")
    }

    @Test("stands while the store fails, and is delivered when it no longer does")
    func flaky() throws {
        let front = try Front(target: { FailingTarget(real: $0, failures: 3, isPassing: true) })
        let answer = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
        #expect(try front.zaken().count == 1)
        let retries = front.recorder.events.filter { $0.kind == .deliveryRetried }
        #expect(retries.count == 3)
    }

    @Test("that the store refuses for good is refused, and a repeat is processed anew")
    func dead() throws {
        let front = try Front(target: { FailingTarget(real: $0, failures: 1, isPassing: false) })
        let first = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(first.status == 500 && first.berichtcode == "Fo03" && first.foutcode == "StUF058", "\(first)")
        let second = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(second.isBevestiging, "\(second)")
        #expect(try front.zaken().count == 1)
    }

    @Test("that was committed before a crash is expanded at the next start", arguments: LedgerKind.allCases)
    func recovery(kind: LedgerKind) throws {
        var settings = Endpoint.Settings()
        settings.join = .milliseconds(20)
        let front = try Front(kind, expands: false, settings: settings)
        let content = String(repeating: "RGl0IGlzIGRlIGluaG91ZC4K", count: 20_000)
        let answer = try front.post(try Berichten.document(content), action: "voegZaakdocumentToe_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
        #expect(try front.berichten().map(\.state) == [.accepted])
        #expect(try front.recover() == 1)
        #expect(front.recorder.wait(until: .after(.seconds(10))) { $0.kind == .deliveryDone })
        #expect(try front.berichten().map(\.state) == [.done])
    }
}

/// Fails at first.
struct FailingTarget: Target {
    let real: any Target
    let left: Monitor<Int>
    let isPassing: Bool
    var name: String { real.name }

    init(real: any Target, failures: Int, isPassing: Bool) {
        self.real = real
        self.isPassing = isPassing
        left = Monitor(failures)
    }

    func deliver(_ consignments: [Consignment]) -> [Effect] {
        let fails = left.withLock { left in
            defer { left -= 1 }
            return left > 0
        }
        guard fails else { return real.deliver(consignments) }
        let failure = LedgerFailure(.ledgerRefused, at: "proef", isPassing: isPassing)
        return consignments.map { _ in .failed(failure) }
    }
}

import HTTP
import Intake
import Ledger
import StUF
import Telemetry
import Testing
import Threads

@Suite("A posted bericht that is wrong") struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var isBericht: Bool
        var foutcode: String
        var code: String
        var text: @Sendable () throws -> String
        var testDescription: String { name }

        init(
            _ name: String, isBericht: Bool = false, _ foutcode: String, _ code: String,
            _ text: @escaping @Sendable () throws -> String
        ) {
            self.name = name
            self.isBericht = isBericht
            self.foutcode = foutcode
            self.code = code
            self.text = text
        }
    }

    private static func changed(_ old: String, _ new: String) -> @Sendable () throws -> String {
        { try Berichten.zaak().replacing(old, with: new) }
    }

    static let cases: [Case] = [
        Case("no XML", "StUF055", "X001") { "geen xml" },
        Case("nothing", "StUF055", "X006") { "" },
        Case("cut off", isBericht: true, "StUF055", "X006") { String(try Berichten.zaak().dropLast(100)) },
        Case("a DOCTYPE", "StUF055", "X002") { "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>" },
        Case("100 000 deep", "StUF055", "X003") { String(repeating: "<a>", count: 100_000) },
        Case("200 000 attributes", "StUF055", "X004") {
            "<a " + (0..<200_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"
        },
        Case("an encoding that is not true", "StUF055", "X005", changed("UTF-8", "UTF-16")),
        Case("an envelope without body", "StUF055", "S001") {
            "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"/>"
        },
        Case("two berichten", isBericht: true, "StUF055", "S002") {
            try Berichten.fixture("two-berichten-one-envelope/1-request.xml")
        },
        Case("no stuurgegevens", "StUF022", "S010") {
            try Berichten.fixture("missing-stuurgegevens/1-request.xml")
        },
        Case("an unknown root", isBericht: true, "StUF040", "S004", changed("zakLk01", "zkaLk01")),
        Case("an unknown berichtcode", isBericht: true, "StUF022", "S013", changed(">Lk01<", ">Lk99<")),
        Case(
            "no referentienummer", isBericht: true, "StUF055", "S011",
            changed("<StUF:referentienummer>ref-1</StUF:referentienummer>", "")),
        Case("a date 20261332", isBericht: true, "StUF055", "S030", changed("20250309", "20261332")),
        Case(
            "a code that no table covers", isBericht: true, "StUF055", "M2",
            changed(">N</ZKN:archief", ">Q</ZKN:archief")),
        Case(
            "a must that nothing fills", isBericht: true, "StUF055", "M2",
            changed("<ZKN:startdatum>20250309</ZKN:startdatum>", "")),
    ]

    @Test("gets the fault that says so, and is kept if it was a bericht", arguments: cases)
    func refused(row: Case) throws {
        let front = try Front()
        let answer = try front.post(try row.text(), action: "creeerZaak_Lk01")
        #expect(answer.status == 500 && answer.berichtcode == "Fo03", "\(answer)")
        #expect(answer.foutcode == row.foutcode)
        #expect(answer.details.contains(row.code), "\(answer.details)")
        #expect(answer.body.contains("Fault>") || row.name == "100 000 deep")
        #expect(try front.berichten().map(\.state) == (row.isBericht ? [.refused] : []))
        #expect(front.recorder.events.filter { $0.kind == .berichtRefused }.count == 1)
        #expect(!answer.body.contains("999990019") && !answer.body.contains("Testpersoon"))
        // Nothing is left over: the next one is well.
        #expect(try front.post(try Berichten.zaak(2), action: "creeerZaak_Lk01").isBevestiging)
    }

    @Test("is processed anew when it comes again corrected")
    func corrected() throws {
        let front = try Front()
        let wrong = try Berichten.zaak().replacing("20250309", with: "20261332")
        #expect(try front.post(wrong, action: "creeerZaak_Lk01").status == 500)
        #expect(try front.post(wrong, action: "creeerZaak_Lk01").status == 500)
        #expect(try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01").isBevestiging)
        #expect(try front.zaken().count == 1)
    }

    @Test("by its size is answered 413, announced or not")
    func tooLarge() throws {
        var settings = Endpoint.Settings()
        settings.bodyByteCount = 100_000
        let front = try Front(settings: settings)
        let large = try Berichten.zaak().replacing(
            "</ZKN:object>", with: "<!--\(String(repeating: "x", count: 100_000))-->")
        let answer = try front.post(large, action: "creeerZaak_Lk01")
        #expect(
            answer.status == 413 && answer.foutcode == "StUF055" && answer.details.hasPrefix("S005"),
            "\(answer)")
        let chunked = try Socket.connect(to: front.listener.address)
        let size = String(large.utf8.count, radix: 16)
        try? chunked.writeAll(
            Array(
                "POST /stuf HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n\(large)".utf8
            ))
        let reply = try chunked.readSome(until: .after(.seconds(10))) ?? []
        #expect(String(decoding: reply, as: UTF8.self).hasPrefix("HTTP/1.1 413 "))
        #expect(try front.berichten().isEmpty)
    }

    @Test(
        "by the listener is a fault of StUF in the envelope of its sender",
        arguments: [
            (
                "POST /stuf HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431,
                "Fo03", "H106"
            ),
            ("POST /stuf/BeantwoordVraag HTTP/1.1\r\n\r\n", 400, "Fo02", "H"),
            (
                "POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Type: application/soap+xml\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "Fo03", "2003/05/soap-envelope"
            ),
            (
                "POST /stuf HTTP/1.1\r\nHost: a\r\nSOAPAction: \"x/geefZaakdetails_Lv01\"\r\n"
                    + "Content-Type: text/xml\r\nContent-Length: 9\r\n\r\n<a>", 408, "Fo02", "StUF049"
            ),
            ("POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Type: text/html\r\n\r\n", 415, "Fo03", "StUF055"),
        ])
    func byTheListener(_ row: (text: String, status: Int, code: String, detail: String)) throws {
        var limits = HTTP.Limits()
        limits.bodyPause = .milliseconds(40)
        let front = try Front(limits: limits)
        let socket = try Socket.connect(to: front.listener.address)
        try socket.writeAll(Array(row.text.utf8))
        var answer = ""
        while let bytes = try socket.readSome(until: .after(.seconds(30))), !bytes.isEmpty {
            answer += String(decoding: bytes, as: UTF8.self)
        }
        #expect(answer.hasPrefix("HTTP/1.1 \(row.status) "), "\(answer)")
        #expect(answer.contains("SOAP:Fault>") && answer.contains("<StUF:\(row.code)Bericht"), "\(answer)")
        #expect(answer.contains(row.detail), "\(answer)")
    }

    @Test("by its method, media type or address is no bericht at all")
    func notABericht() throws {
        let front = try Front()
        #expect(try front.post("", method: .get).status == 405)
        #expect(try front.post("", method: .put).status == 405)
        #expect(try front.post("{}", type: "application/json").status == 415)
        #expect(try front.post("", to: "/stuf/a/b").status == 404)
        #expect(try front.post("", to: "/stuffing").status == 404)
        #expect(try front.post(try Berichten.zaak(), to: "/stuf", type: nil).isBevestiging)
    }

    @Test("with a SOAPAction of another operation is refused")
    func action() throws {
        let front = try Front()
        let answer = try front.post(try Berichten.zaak(), action: "voegZaakdocumentToe_Lk01")
        #expect(answer.foutcode == "StUF040" && answer.details.hasPrefix("S004"), "\(answer)")
    }
}

@Suite("A ledger that has no room") struct FullLedgerTests {
    @Test("is waited for, and then takes the bericht")
    func waits() throws {
        let front = try Front(hindered: Hindrance(full: 3))
        let answer = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
    }

    @Test("is answered as not now when it lasts, and nothing is kept", arguments: [true, false])
    func givesUp(isForTime: Bool) throws {
        var settings = Endpoint.Settings()
        settings.patience = .milliseconds(isForTime ? 60 : 60_000)
        settings.patienceByteCount = isForTime ? 1 << 20 : 0
        let front = try Front(settings: settings, hindered: Hindrance(full: .max))
        let answer = try front.post(try Berichten.zaak(), action: "creeerZaak_Lk01")
        #expect(
            answer.status == 500 && answer.berichtcode == "Fo03" && answer.foutcode == "StUF046", "\(answer)")
        #expect(answer.details == "L002 ledgerFull")
        #expect(try front.berichten().isEmpty)
    }

    @Test("for documents is answered as not now")
    func staging() throws {
        let front = try Front(hindered: Hindrance(stagingFails: true))
        let small = try Berichten.document("RGl0IGlzIGRlIGluaG91ZC4K")
        let large = try Berichten.document(String(repeating: "RGl0IGlzIGRlIGluaG91ZC4K", count: 40_000))
        for text in [small, large] {
            let answer = try front.post(text, action: "voegZaakdocumentToe_Lk01")
            #expect(answer.status == 500 && answer.foutcode == "StUF046", "\(answer)")
        }
        #expect(try front.berichten().isEmpty)
    }
}

private import Foundation
import TestSupport
import Testing
private import Threads

@Suite("A delivery that waits for a person") struct LedgerDecisionTests {
    private let bridge: Bridge

    init() throws {
        let folder = try TemporaryFolder()
        let mappings = "\(folder.path)/mappings"
        try FileManager.default.copyItem(atPath: "\(Sluis.root)/mappings", toPath: mappings)
        let file = URL(filePath: "\(mappings)/zds-zgw/zds.route")
        let routes = try String(contentsOf: file, encoding: .utf8)
        let changed = routes.replacing(
            #/(route updateZaak \{[^}]*?)reply[^\n]*/#,
            with: { "\($0.output.1)reply  Bv03 after store\n    policy older park" })
        try Data(changed.utf8).write(to: file)
        bridge = try Bridge(["--mappings", mappings], in: folder)
        let created = try bridge.post(try Bridge.fixture("update-was-and-wordt/1", as: "nummer-0"))
        #expect(created.isBevestiging, "\(created)")
    }

    /// Says that the einddatumGepland was the one and is the other.
    private func post(_ number: Int, at hour: Int, was: String, wordt: String) throws {
        let text = try Bridge.fixture("update-was-and-wordt/2", as: "nummer-\(number)")
            .replacing(/tijdstipBericht>[^<]*</) { _ in "tijdstipBericht>20260105\(hour)0000000<" }
            .replacing(">20250530<", with: ">\(wordt)<").replacing(">20250420<", with: ">\(was)<")
        let answer = try bridge.post(text, action: "updateZaak_Lk01")
        #expect(answer.isBevestiging, "\(answer)")
    }

    /// Waits for what is open about the zaak, as every question does.
    private func gepland() throws -> String? {
        let page = try bridge.get("/zaken/api/v1/zaken?identificatie=1900000003")
        return page.body.firstMatch(of: /"einddatumGepland":"([^"]*)"/).map { String($0.1) }
    }

    private func ledger(_ arguments: String...) throws -> Sluis {
        try Sluis.run(["ledger"] + arguments + ["--data", "\(bridge.folder.path)/data"])
    }

    /// The number of the one delivery that is held, once there is one.
    private func held() throws -> String {
        let deadline = Instant.after(.seconds(60))
        while deadline > .now {
            let rows = try bridge.ledger("--state", "held", "--code", "D002")
            if let first = rows.first?.first { return first }
        }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test("goes on when it is redriven, and never when it is discarded")
    func decisions() throws {
        try post(1, at: 14, was: "20250420", wordt: "20250530")
        #expect(try gepland() == "2025-05-30")
        try post(2, at: 12, was: "20250420", wordt: "20250701")
        let redriven = try held()
        let none = try ledger("redrive", "--state", "dead")
        #expect(none.exit == 0)
        #expect(none.output.isEmpty)
        #expect(none.errors == "0 deliveries redriven\n")
        let redrive = try ledger(
            "redrive", "--state", "held", "--target", "store", "--code", "D002", "--json")
        #expect(redrive.exit == 0)
        #expect(redrive.errors == "1 delivery redriven\n")
        let line = try JSONSerialization.jsonObject(with: Data(redrive.output.utf8)) as? [String: Any]
        #expect(line?["delivery"] as? String == redriven)
        #expect(line?["was"] as? String == "held")
        #expect(line?["now"] as? String == "redriven")
        #expect(try gepland() == "2025-07-01")

        try post(3, at: 11, was: "20250420", wordt: "20250801")
        let discarded = try held()
        let discard = try ledger("discard", discarded, "--reason", "stond al in de nieuwe zaak")
        #expect(discard.exit == 0)
        #expect(discard.output.contains("\n\(discarded)\t"))
        #expect(discard.errors == "1 delivery discarded\n")
        #expect(try gepland() == "2025-07-01")
        let shown = try ledger("show", discarded)
        #expect(shown.output.contains("stond al in de nieuwe zaak"))

        // What is over is over.
        for number in [redriven, discarded] {
            let again = try ledger("redrive", number)
            #expect(again.exit == 1)
            #expect(again.output.contains("\tunchanged"))
            #expect(again.errors == "0 deliveries redriven\n")
        }
        let unknown = try ledger("redrive", "d123456", "654321")
        #expect(unknown.exit == 1)
        #expect(
            unknown.errors == """
                sluis: there is no delivery d123456
                sluis: there is no bericht 654321
                0 deliveries redriven

                """)
        #expect(bridge.sluis.stop() == .status(0))
    }
}

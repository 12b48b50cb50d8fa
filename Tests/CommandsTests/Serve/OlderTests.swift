private import Foundation
import TestSupport
import Testing
private import Threads

@Suite("A bericht that its zender wrote before one that came in earlier") struct OlderTests {
    private let bridge: Bridge

    init() throws {
        let folder = try TemporaryFolder()
        let mappings = "\(folder.path)/mappings"
        try FileManager.default.copyItem(atPath: "\(Sluis.root)/mappings", toPath: mappings)
        let file = URL(filePath: "\(mappings)/zds-zgw/zds.route")
        let routes = try String(contentsOf: file, encoding: .utf8)
        let changed = routes.replacing(
            "route updateZaak {", with: "route updateZaak {\n    policy older refuse")
        try Data(changed.utf8).write(to: file)
        bridge = try Bridge(["--mappings", mappings], in: folder)
        let created = try bridge.post(try Bridge.fixture("update-was-and-wordt/1", as: "nummer-0"))
        #expect(created.isBevestiging, "\(created)")
    }

    /// Says that the einddatumGepland was the one and is the other.
    private func post(
        _ number: Int, at hour: Int, was: String, wordt: String, by applicatie: String = "DEMO-OUD"
    ) throws -> Bridge.Answer {
        let text = try Bridge.fixture("update-was-and-wordt/2", as: "nummer-\(number)")
            .replacing(/tijdstipBericht>[^<]*</) { _ in "tijdstipBericht>20260105\(hour)0000000<" }
            .replacing(">20250530<", with: ">\(wordt)<").replacing(">20250420<", with: ">\(was)<")
            .replacing(">DEMO-OUD<", with: ">\(applicatie)<")
        return try bridge.post(text, action: "updateZaak_Lk01")
    }

    private func gepland() throws -> String? {
        let page = try bridge.get("/zaken/api/v1/zaken?identificatie=1900000003")
        return page.body.firstMatch(of: /"einddatumGepland":"([^"]*)"/).map { String($0.1) }
    }

    @Test("is applied where it says what is there, and else treated as its route says")
    func older() throws {
        #expect(try post(1, at: 14, was: "20250420", wordt: "20250530").isBevestiging)
        #expect(try gepland() == "2025-05-30")
        #expect(try post(2, at: 13, was: "20250530", wordt: "20250615").isBevestiging)
        #expect(try gepland() == "2025-06-15")
        let refused = try post(3, at: 12, was: "20250420", wordt: "20250701")
        #expect(refused.status == 500, "\(refused)")
        #expect(refused.text("berichtcode") == "Fo03")
        #expect(refused.text("code") == "StUF019")
        #expect(refused.text("details") == "D002 changeOlder at zaken:Zaak")
        #expect(try gepland() == "2025-06-15")
        // The clocks of two zenders are never compared.
        let other = try post(4, at: 11, was: "20250420", wordt: "20250801", by: "ANDER")
        #expect(other.isBevestiging, "\(other)")
        #expect(try gepland() == "2025-08-01")
        #expect(bridge.sluis.stop() == .status(0))
    }
}

import Foundation
import HTTP
import TestSupport
import Testing
import Threads

/// What is posted, by the name it has in the table of `Sources/StUF/StUF.docc/Faults.md`.
private struct BadInput {
    var name: String
    /// Whether its stuurgegevens can be read, so that it stays in the ledger.
    var isBericht: Bool
    var bericht: [UInt8]

    init(_ name: String, isBericht: Bool = false, _ bericht: String) {
        self.name = name
        self.isBericht = isBericht
        self.bericht = Array(bericht.utf8)
    }

    /// The largest body that the server of these tests takes.
    static let limit = 4 << 20

    static func all() throws -> [BadInput] {
        let zaak = try Bridge.fixture("creeer-zaak/1")
        func changed(_ old: String, _ new: String) throws -> String {
            try #require(zaak.contains(old), "\(old)")
            return zaak.replacing(old, with: new)
        }
        let open = zaak.ranges(of: "<ZKN:object ").first?.lowerBound ?? zaak.startIndex
        func inside(_ text: String) -> String { zaak[..<open] + text + zaak[open...] }
        let attributes = (0..<200_000).map { "a\($0)=''" }.joined(separator: " ")
        return [
            BadInput("XML that is not well-formed", isBericht: true, inside("<a><b></a>")),
            BadInput("a DOCTYPE", try Bridge.fixture("doctype/1")),
            BadInput(
                "an entity bomb",
                """
                <!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>
                <a>&d;&d;&d;</a>
                """),
            BadInput("200 000 attributes on one element", isBericht: true, inside("<a \(attributes)/>")),
            BadInput(
                "elements 100 000 deep", isBericht: true, inside(String(repeating: "<a>", count: 100_000))),
            BadInput("an encoding declaration that is not true", try changed("UTF-8", "UTF-16")),
            BadInput("a body over the configured limit", inside(String(repeating: " ", count: limit))),
            BadInput("an envelope without body", try Bridge.fixture("envelope-without-bericht/1")),
            BadInput(
                "an envelope with two berichten", isBericht: true,
                try Bridge.fixture("two-berichten-one-envelope/1")),
            BadInput(
                "an unknown root or SOAPAction", isBericht: true, try changed("ZKN:zakLk01", "ZKN:zkaLk01")),
            BadInput(
                "an unknown entiteittype", isBericht: true,
                try changed(#"object StUF:entiteittype="ZAK""#, #"object StUF:entiteittype="XYZ""#)),
            BadInput("no stuurgegevens", try Bridge.fixture("missing-stuurgegevens/1")),
            BadInput(
                "a value that no code table covers", isBericht: true, try Bridge.fixture("unknown-code/1")),
            BadInput("a date 20261332", isBericht: true, try changed("20250309", "20261332")),
            BadInput(
                "a text longer than the target, without `truncate`", isBericht: true,
                try changed("<ZKN:identificatie>1900000001", "<ZKN:identificatie>1900000001\(zeros)")),
            BadInput(
                "a required field that nothing fills", isBericht: true, try Bridge.fixture("missing-must/1")),
        ]
    }

    private static let zeros = String(repeating: "0", count: 40)

    /// The referentienummer under which each case is sent, so that its line in the log and the ledger can be told.
    func numbered(_ number: String) -> [UInt8] {
        let text = String(decoding: bericht, as: UTF8.self)
        return Array(text.replacing(/referentienummer>[^<]*</) { _ in "referentienummer>\(number)<" }.utf8)
    }
}

@Suite("Bad input to a running sluis serve", .serialized) struct BadInputTests {
    private let folder: TemporaryFolder
    private let bridge: Bridge
    /// The table of the documentation: case, then HTTP status, Fo, foutcode, our code.
    private let table: [String: [String]]

    init() throws {
        folder = try TemporaryFolder()
        let file = "\(folder.path)/sluis.conf"
        try Data("body-limit \(BadInput.limit >> 20) MB\n".utf8).write(to: URL(filePath: file))
        bridge = try Bridge(["--config", file], in: folder)
        let text = try String(
            contentsOfFile: "\(Sluis.root)/Sources/StUF/StUF.docc/Faults.md", encoding: .utf8)
        var table: [String: [String]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.count == 5 { table[cells[0]] = Array(cells.dropFirst()) }
        }
        self.table = table
    }

    @Test("gets the fault of the table, one line in the log without a value, and is kept if it was a bericht")
    func refused() throws {
        var lines = bridge.sluis.said.split(separator: "\n").count
        let cases = try BadInput.all()
        for (index, input) in cases.enumerated() {
            let number = "slecht-\(index)"
            let answer = try bridge.post(input.numbered(number), action: "creeerZaak_Lk01")
            let row = try #require(table[input.name])
            let details = answer.text("details") ?? ""
            let code = try #require(details.firstMatch(of: /[A-Z][0-9]{3}/)).output
            let given = [
                "\(answer.status)", answer.text("berichtcode") ?? "", answer.text("code") ?? "", String(code),
            ]
            #expect(given == row, "\(input.name): \(answer.body.prefix(2000))")
            #expect(answer.text("crossRefnummer") == (input.isBericht ? number : nil), "\(input.name)")
            let said = bridge.sluis.said.split(separator: "\n")
            let new = said.dropFirst(lines).filter { $0.contains(#""event":"bericht.refused""#) }
            #expect(said.count == lines + 1 && new.count == 1, "\(input.name): \(said.dropFirst(lines))")
            #expect(new.first?.contains(#""code":"\#(code) "#) == true, "\(input.name)")
            lines = said.count
        }
        let values = ["999990019", "Testpersoon", "19650701", "20261332", "1900000001"]
        #expect(!values.contains { bridge.sluis.said.contains($0) })
        let kept = try bridge.ledger("--limit", "100")
        let expected = cases.indices.filter { cases[$0].isBericht }.map { "slecht-\($0)" }
        #expect(Set(kept.map { $0[4] }) == Set(expected))
        #expect(kept.allSatisfy { $0[2] == "refused" })
        // The next one is well.
        #expect(try bridge.post(try Bridge.fixture("creeer-zaak/1")).isBevestiging)
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test(
        "does not make its memory grow",
        .enabled(
            if: Foundation.ProcessInfo.processInfo.environment["SLUIS_SANITIZED"] == nil,
            "a sanitizer keeps what was freed"))
    func memory() throws {
        let cases = try BadInput.all()
        func post(_ count: Int) throws {
            for input in cases {
                // Of what is megabytes large a leak shows sooner.
                let repeats = input.bericht.count > 200_000 ? count / 10 : count
                for _ in 0..<repeats {
                    let answer = try bridge.post(input.bericht, action: "creeerZaak_Lk01")
                    try #require(answer.status >= 400, "\(input.name)")
                }
            }
        }
        try post(40)
        let before = try bridge.residentKilobytes()
        try post(200)
        let growth = try bridge.residentKilobytes() - before
        // 2 600 berichten of 4 KB and 60 of 600 KB to 4 MB: kept in memory they would be more than 100 MB.
        #expect(growth < 24 * 1024, "grew by \(growth) KB over \(before) KB")
        #expect(bridge.sluis.stop() == .status(0))
    }
}

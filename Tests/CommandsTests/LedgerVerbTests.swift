private import Foundation
import HTTP
import Postgres
import TestSupport
import Testing
import Threads

@Suite("sluis ledger") struct LedgerVerbTests {
    private let folder: TemporaryFolder
    private var data: String { "\(folder.path)/data" }

    init() throws { folder = try TemporaryFolder() }

    /// Posts a shipped bericht, under another number where one is given; the status.
    private func post(_ fixture: String, to base: String, as number: String? = nil) throws -> Int {
        var text = try String(
            contentsOfFile: "\(Sluis.root)/fixtures/zds11/\(fixture)/1-request.xml", encoding: .utf8)
        if let number {
            text = text.replacing(/referentienummer>[^<]*</) { _ in "referentienummer>\(number)<" }
        }
        let client = try Client()
        defer { client.stop() }
        let fields = [Field("Content-Type", "text/xml; charset=utf-8")]
        return try client.call(
            Request(.post, "\(base)/stuf", fields: fields, body: Array(text.utf8))
        ).status.code
    }

    private func ledger(_ arguments: String...) throws -> Sluis {
        try Sluis.run(["ledger"] + arguments + ["--data", data])
    }

    private func rows(_ arguments: String...) throws -> [[String]] {
        let result = try Sluis.run(["ledger", "list"] + arguments + ["--data", data])
        #expect(result.exit == 0, "\(result.errors)")
        return result.output.split(separator: "\n").map { $0.components(separatedBy: "\t") }
    }

    @Test("lists and shows what a running Sluis has, and the same when it has ended")
    func running() throws {
        let sluis = try Running(["--data", data], in: folder)
        #expect(try post("creeer-zaak", to: sluis.base, as: "nummer-1") == 200)
        #expect(try post("missing-must", to: sluis.base, as: "nummer-2") == 500)
        let whileRunning = try rows()
        #expect(whileRunning.first?.prefix(3) == ["SEQUENCE", "RECEIVED", "STATE"])
        #expect(whileRunning.dropFirst().map { $0[4] } == ["nummer-2", "nummer-1"])
        #expect(whileRunning.dropFirst().map { $0[2] } == ["refused", "done"])
        #expect(whileRunning[1][7].contains("M2"), "a code, and the mapping line")
        #expect(whileRunning[2][7].isEmpty)
        try states()
        try show(whileRunning)
        #expect(sluis.stop() == .status(0))
        let after = try ledger("list")
        #expect(after.errors == "sluis does not run: its private Postgres is started for this command\n")
        #expect(
            after.output.split(separator: "\n").map { $0.components(separatedBy: "\t") } == whileRunning)
        // Nothing of that is left: the next start finds the folder free.
        let again = try Running(["--data", data], in: folder)
        #expect(try post("creeer-zaak", to: again.base, as: "nummer-1") == 200)
        #expect(try rows() == whileRunning)
    }

    private func states() throws {
        #expect(try rows("--state", "refused").dropFirst().map { $0[4] } == ["nummer-2"])
        #expect(try rows("--limit", "1").dropFirst().map { $0[4] } == ["nummer-2"])
        let deliveries = try rows("--target", "store")
        #expect(deliveries.first?.first == "DELIVERY")
        #expect(deliveries.dropFirst().map { $0[3] } == ["done"])
        let none = try ledger("list", "--state", "waiting")
        #expect(none.exit == 0)
        #expect(none.output.isEmpty)
        #expect(none.errors == "no deliveries\n")
    }

    private func show(_ rows: [[String]]) throws {
        let delivery = try #require(try self.rows("--target", "store").last?.first)
        let shown = try ledger("show", delivery)
        #expect(shown.exit == 0)
        #expect(shown.output.contains("referentienummer  nummer-1\n"))
        #expect(shown.output.contains("\n\(delivery)\t"))
        // No persons: neither what came in nor what was answered.
        #expect(!shown.output.contains("999990019"))
        #expect(!shown.output.contains("Bv03"))
        let refused = try ledger("show", rows[1][0], "--json")
        let object = try JSONSerialization.jsonObject(with: Data(refused.output.utf8)) as? [String: Any]
        let bericht = object?["bericht"] as? [String: Any]
        #expect(bericht?["state"] as? String == "refused")
        #expect((bericht?["cause"] as? [String: Any])?["code"] as? String != nil)
        #expect((object?["deliveries"] as? [Any])?.isEmpty == true)
        for (number, name) in [("12345", "bericht 12345"), ("d12345", "delivery d12345")] {
            let none = try ledger("show", number)
            #expect(none.exit == 1)
            #expect(none.errors == "sluis: there is no \(name)\n")
        }
    }

    @Test("gives one object a line with --json, and columns on a terminal")
    func forms() throws {
        let sluis = try Running(["--data", data], in: folder)
        for number in 1...3 { _ = try post("missing-must", to: sluis.base, as: "n\(number)") }
        let json = try ledger("list", "--json", "--limit", "2")
        let numbers = try json.output.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["referentienummer"] as? String
        }
        #expect(numbers == ["n3", "n2"])
        let terminal = try Sluis.shell(
            "script -qec \"$SLUIS ledger list --color never --data \(data)\" /dev/null")
        let lines = terminal.output.split(whereSeparator: \.isNewline)
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { !$0.contains("\t") })
        let column = try #require(lines.first?.ranges(of: "REFERENTIENUMMER").first?.lowerBound)
        let offset = try #require(lines.first?.distance(from: lines[0].startIndex, to: column))
        #expect(lines.dropFirst().allSatisfy { $0.dropFirst(offset).hasPrefix("n") })
    }

    @Test("reads a configured database")
    func database() throws {
        let database = try ThrowawayPostgres.database()
        let file = "\(folder.path)/sluis.conf"
        try Data("database from environment \"DB\"\n".utf8).write(to: URL(filePath: file))
        let environment = ["DB": database.connection.description]
        let arguments = ["--config", file, "--data", data]
        let empty = try Sluis.run(["ledger", "list"] + arguments, environment: environment)
        #expect(empty.exit == 2)
        #expect(empty.errors == "sluis: L109 ledgerMissing\n")
        let sluis = try Running(arguments, environment: environment, in: folder)
        #expect(try post("creeer-zaak", to: sluis.base, as: "nummer-1") == 200)
        let list = try Sluis.run(["ledger", "list"] + arguments, environment: environment)
        #expect(list.exit == 0)
        #expect(list.errors.isEmpty)
        #expect(list.output.contains("\tnummer-1\t"))
    }

    @Test("makes no ledger where there is none")
    func none() throws {
        let result = try ledger("list")
        #expect(result.exit == 2)
        #expect(result.errors == "sluis: L109 ledgerMissing at \(data)\n")
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test(
        "says what it takes",
        arguments: [
            (
                "list --state gone",
                "`--state` takes accepted, open, done, dead, refused, waiting, sending, held, discarded"
            ),
            ("list --state refused --target store", "a delivery is never refused"),
            ("list --limit 0", "`--limit` takes a number from 1 to 1000000"),
            ("show", "`ledger show` needs SEQUENCE|DELIVERY"),
            ("show zaak", "a bericht has a number, a delivery `d` and a number"),
            ("show d", "a bericht has a number, a delivery `d` and a number"),
            ("show 9223372036854775807", "a bericht has a number, a delivery `d` and a number"),
            ("redrive", "name deliveries, or choose them with --state, --target or --code"),
            ("redrive zaak", "a bericht has a number, a delivery `d` and a number"),
            ("redrive --state waiting", "`--state` takes dead, held"),
            (
                "redrive d1 --state dead",
                "deliveries are named, or chosen with --state, --target and --code: not both"
            ),
            ("discard d1", "`ledger discard` needs --reason TEXT"),
            ("discard --reason because", "name deliveries, or choose them with --state, --target or --code"),
            ("discard d1 --state done", "`--state` takes dead, held, waiting"),
        ])
    func usage(_ row: (line: String, text: String)) throws {
        let result = try Sluis.run(["ledger"] + row.line.split(separator: " ").map(String.init))
        #expect(result.exit == 2)
        let verb = row.line.prefix { $0 != " " }
        #expect(result.errors == "sluis: C020 usage: \(row.text); read `sluis help ledger \(verb)`\n")
    }
}

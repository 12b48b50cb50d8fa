private import Foundation
import TestSupport
import Testing
private import Threads

@Suite("A backup of the ledger") struct BackupTests {
    private let bridge: Bridge
    private var backup: String { "\(bridge.folder.path)/backup" }
    private var other: String { "\(bridge.folder.path)/other" }

    init() throws { bridge = try Bridge(in: TemporaryFolder()) }

    private func ledger(_ arguments: String...) throws -> Sluis { try Sluis.run(["ledger"] + arguments) }

    @Test("is written while Sluis runs, and brings everything back in another data folder")
    func roundTrip() throws {
        let bericht = try Bridge.fixture("creeer-zaak/1", as: "nummer-1")
        #expect(try bridge.post(bericht).isBevestiging)
        #expect(try bridge.zaken("1900000001") == 1)
        let data = "\(bridge.folder.path)/data"
        let dump = try ledger("dump", backup, "--data", data)
        #expect(dump.exit == 0, "\(dump.errors)")
        #expect(dump.errors == "wrote \(backup)\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: backup)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        let again = try ledger("dump", backup, "--data", data)
        #expect(again.exit == 2)
        #expect(again.errors.contains("P310 backupFailed at \(backup): it is there already"))
        // A later one is not in it.
        #expect(try bridge.post(Bridge.fixture("creeer-zaak/1", as: "nummer-2")).status == 200)
        let here = try bridge.ledger()
        #expect(bridge.sluis.stop() == .status(0))

        let load = try ledger("load", backup, "--data", other)
        #expect(load.exit == 0, "\(load.errors)")
        #expect(load.errors.hasSuffix("loaded \(backup) into \(other)\n"))
        let loaded = try ledger("list", "--data", other)
        let rows = loaded.output.split(separator: "\n").dropFirst().map { $0.components(separatedBy: "\t") }
        #expect(rows == Array(here.dropFirst()))
        let twice = try ledger("load", backup, "--data", other)
        #expect(twice.exit == 2)
        #expect(twice.errors.contains("P310 backupFailed at \(other): it holds `pg` already"))

        // The same bericht is known there: the keys came along.
        let there = try Running(["--data", other], in: bridge.folder)
        let answer = try bridge.post(bericht, at: there)
        #expect(answer.isBevestiging, "\(answer)")
        #expect(there.stop() == .status(0))
        #expect(try ledger("list", "--data", other).output == loaded.output)
    }

    @Test("that is none is refused, and nothing is left of it")
    func none() throws {
        try FileManager.default.createDirectory(atPath: backup, withIntermediateDirectories: true)
        let missing = try ledger("load", backup, "--data", other)
        #expect(missing.exit == 2)
        #expect(missing.errors.contains("it holds no ledger.pgdump"))
        try Data("PGDMP broken".utf8).write(to: URL(filePath: "\(backup)/ledger.pgdump"))
        let broken = try ledger("load", backup, "--data", other)
        #expect(broken.exit == 2)
        #expect(broken.errors.contains("P310 backupFailed at \(backup): pg_restore: "))
        #expect(!FileManager.default.fileExists(atPath: "\(other)/pg"))
    }

    @Test("is the database's own business where the ledger is in one")
    func database() throws {
        let file = "\(bridge.folder.path)/sluis.conf"
        try Data("database from environment \"DB\"\n".utf8).write(to: URL(filePath: file))
        let result = try Sluis.run(
            ["ledger", "dump", backup, "--config", file, "--data", other],
            environment: ["DB": "host=/nowhere"])
        #expect(result.exit == 2)
        #expect(result.errors.contains("the ledger is in a database of your own"))
    }
}

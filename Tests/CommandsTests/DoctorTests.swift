private import Foundation
import Postgres
import TestSupport
import Testing
import Threads

@Suite("sluis doctor") struct DoctorTests {
    private let folder: TemporaryFolder
    private var data: String { "\(folder.path)/data" }

    init() throws { folder = try TemporaryFolder() }

    private struct Check: Decodable {
        var subject: String
        var state: String
        var code: String?
        var text: String
        var remedy: String?
    }

    private struct Report: Decodable {
        var problems: Int
        var checks: [Check]
    }

    private func examine(
        _ arguments: String..., environment: [String: String] = [:]
    ) throws -> (exit: Int32, checks: [String: Check]) {
        let result = try Sluis.run(["doctor", "--json"] + arguments, environment: environment)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(result.errors.isEmpty)
        #expect(report.problems == report.checks.count { $0.state == "problem" })
        #expect((result.exit == 0) == (report.problems == 0))
        #expect(report.checks.allSatisfy { ($0.state == "ok") == ($0.remedy == nil) })
        return (result.exit, Dictionary(uniqueKeysWithValues: report.checks.map { ($0.subject, $0) }))
    }

    @Test("finds nothing wrong here, one line a check, and leaves nothing behind")
    func healthy() throws {
        let result = try Sluis.run("doctor", "--data", data, "--listen", "127.0.0.1:0")
        #expect(result.exit == 0, "\(result.output)")
        let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(lines.allSatisfy { $0.hasPrefix("ok ") || $0.hasPrefix("advice ") })
        for subject in [
            "configuration", "mappings", "time zone", "clock", "data folder", "keys", "disk", "setpriv",
            "database user", "Postgres", "socket folder", "open files", "address",
        ] {
            #expect(lines.contains { $0.dropFirst(9).hasPrefix("\(subject) ") }, "\(subject)")
        }
        #expect(result.errors == "\(lines.count) checks: 0 problems\n")
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test("says what is wrong with the configuration, and looks at the rest")
    func configuration() throws {
        let file = "\(folder.path)/sluis.conf"
        try Data("drian 3 s\nzone \"Europe/Parijs\"\nproduction yes\n".utf8).write(to: URL(filePath: file))
        let found = try examine("--config", file, "--data", data, "--listen", "0.0.0.0:8080").checks
        #expect(found["configuration"]?.code == "C001")
        #expect(found["configuration"]?.text.hasPrefix("\(file):1:1 ") == true)
        #expect(found["configuration"]?.remedy?.contains("1 more") == true)
        #expect(found["time zone"]?.text == "Europe/Amsterdam", "what would be used when the file is mended")
        #expect(found["database"]?.code == "C006")
        #expect(found["address"]?.code == "C007")
    }

    @Test("counts what is wrong with the mappings")
    func mappings() throws {
        try Data("mapping x {\n".utf8).write(to: URL(filePath: "\(folder.path)/x.map"))
        let broken = try examine("--mappings", folder.path, "--data", data)
        #expect(broken.exit == 1)
        #expect(broken.checks["mappings"]?.state == "problem")
        #expect(try examine("--mappings", "/nowhere", "--data", data).checks["mappings"]?.code == "C024")
    }

    @Test("sees that the address is taken")
    func address() throws {
        let socket = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let found = try examine("--data", data, "--listen", "\(socket.localAddress)").checks
        #expect(found["address"]?.code == "T102")
    }

    @Test("sees a data folder that others can write, and keys that others can read")
    func rights() throws {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let keys = "\(data)/hash.keys"
        try Data("k1 \(String(repeating: "ab", count: 32))\n".utf8).write(to: URL(filePath: keys))
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys)
        try manager.setAttributes([.posixPermissions: 0o711], ofItemAtPath: data)
        #expect(try examine("--data", data).checks["keys"]?.text == "\(keys): 1 key")
        try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: keys)
        try manager.setAttributes([.posixPermissions: 0o777], ofItemAtPath: data)
        let found = try examine("--data", data).checks
        #expect(found["data folder"]?.code == "P303")
        #expect(found["data folder"]?.text.contains("chmod") == true)
        #expect(found["keys"]?.state == "problem")
        let file = try examine("--data", keys).checks
        #expect(file["data folder"]?.code == "P303")
    }

    @Test("names what is to be installed when programs are missing")
    func programs() throws {
        let found = try examine("--data", data, environment: ["PATH": "/nowhere"]).checks
        #expect(found["setpriv"]?.remedy == "`apt-get install util-linux`")
        // A cluster of a version that nobody has.
        try FileManager.default.createDirectory(atPath: "\(data)/pg", withIntermediateDirectories: true)
        try Data("9.4\n".utf8).write(to: URL(filePath: "\(data)/pg/PG_VERSION"))
        if getuid() == 0 { _ = try Sluis.shell("chown -R postgres \(data)/pg") }
        let version = try examine("--data", data).checks["Postgres"]
        #expect(version?.code == "P302")
        #expect(version?.text.contains("`apt-get install postgresql-9.4`") == true)
    }

    @Test("looks at a configured database, and never shows how it logs in")
    func database() throws {
        let file = "\(folder.path)/sluis.conf"
        try Data("database from environment \"DB\"\n".utf8).write(to: URL(filePath: file))
        let database = try ThrowawayPostgres.database()
        let text = database.connection.description
        let found = try examine("--config", file, "--data", data, environment: ["DB": text])
        #expect(found.checks["database"]?.text.hasPrefix("Postgres ") == true)
        #expect(found.checks["ledger"]?.text == "none yet; sluis may make schema sluis")
        // The throwaway server never waits for its disk.
        #expect(found.checks["durability"]?.state == "problem")
        #expect(found.checks["durability"]?.text.contains("fsync is off") == true)
        #expect(found.checks["database log"]?.state == "ok")
        #expect(found.checks["connections"]?.state == "ok")
        #expect(found.checks["database clock"]?.state == "ok")
        #expect(found.checks["setpriv"] == nil)
        try #expect(
            database.connect().execute("SELECT to_regnamespace('sluis') IS NULL").only().bool(0))
        let away = "host=/nowhere password=geheim dbname=x"
        let result = try Sluis.run(
            "doctor", "--config", file, "--data", data, environment: ["DB": away])
        #expect(result.exit == 1)
        #expect(result.output.contains("P102 serverUnreachable at /nowhere"))
        #expect(!result.output.contains("geheim"))
    }
}

private import Foundation
private import Postgres
import TestSupport
import Testing
import Threads

@Suite("A start of sluis serve that cannot be finished") struct StartTests {
    private let folder: TemporaryFolder
    private var data: String { "\(folder.path)/data" }

    init() throws { folder = try TemporaryFolder() }

    /// Starts it, which must end by itself with exit code 2; what it said to the person, without its log.
    private func refused(
        _ arguments: String..., environment: [String: String] = [:],
        _ location: Testing.SourceLocation = #_sourceLocation
    ) throws -> [String] {
        let result = try Sluis.run(
            ["serve", "--data", data] + arguments, environment: environment)
        #expect(result.exit == 2, "\(result.errors)", sourceLocation: location)
        #expect(result.output.isEmpty, sourceLocation: location)
        let said = result.errors.split(separator: "\n").filter { !$0.hasPrefix("{") }.map(String.init)
        #expect(!said.contains { $0.contains("has not ended") }, "\(said)", sourceLocation: location)
        return said
    }

    /// The processes that were started for the data folder.
    private var processes: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { Int32($0) != nil }.compactMap { id in
            let words = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") ?? Data()
            let line = String(decoding: words.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
            return line.contains(data) ? line : nil
        }
    }

    private func configuration(_ text: String) throws -> String {
        let file = "\(folder.path)/sluis.conf"
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    private func mappings() throws -> String {
        let copy = "\(folder.path)/mappings"
        try FileManager.default.copyItem(atPath: "\(Sluis.root)/mappings", toPath: copy)
        return copy
    }

    @Test("because the port is taken stops the server it had started, and says what to do")
    func port() throws {
        let socket = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let said = try refused("--listen", "\(socket.localAddress)")
        #expect(said.suffix(2).first?.hasPrefix("sluis: T102 addressInUse at ") == true, "\(said)")
        #expect(said.last?.contains("--listen ADDRESS:PORT") == true)
        #expect(processes.isEmpty)
        // Nothing of it is in the way of the next start.
        #expect(try Running(["--data", data], in: folder).stop() == .status(0))
        #expect(processes.isEmpty)
    }

    @Test("because a mapping has an error shows every one with its place, and starts nothing")
    func mapping() throws {
        let mappings = try mappings()
        let file = "\(mappings)/zds-zgw/zaak.map"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try Data(text.replacing(" bronorganisatie ", with: " bronorganistie ").utf8)
            .write(to: URL(filePath: file))
        let said = try refused("--listen", "127.0.0.1:0", "--mappings", mappings)
        #expect(said.contains { $0.hasPrefix("\(file):") && $0.contains("bronorganisatie") }, "\(said)")
        #expect(said.contains("sluis: C008 rulebookRefused at \(mappings)"))
        #expect(processes.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test("because another has the data folder leaves that one alone")
    func dataFolder() throws {
        let first = try Running(["--data", data], in: folder)
        let before = processes.count
        let said = try refused("--listen", "127.0.0.1:0")
        #expect(said.first?.contains("dataFolderInUse at \(data)") == true, "\(said)")
        #expect(said.first?.contains("process \(first.process.id) has it") == true)
        #expect(processes.count == before)
        #expect(first.stop() == .status(0))
        #expect(processes.isEmpty)
    }

    @Test("because the database is not there says where it was looked for, and not how it logs in")
    func database() throws {
        let file = try configuration("database from environment \"DB\"\n")
        let away = "host=/nowhere password=geheim dbname=x connect_timeout=1"
        let said = try refused("--listen", "127.0.0.1:0", "--config", file, environment: ["DB": away])
        #expect(said.contains { $0.contains("/nowhere") }, "\(said)")
        #expect(!said.contains { $0.contains("geheim") })
    }

    @Test("because the zone does not exist names the nearest")
    func zone() throws {
        let file = try configuration("zone \"Europe/Amsterdm\"\n")
        let said = try refused("--listen", "127.0.0.1:0", "--config", file)
        #expect(
            said.first
                == "\(file):1:6 C012 this machine knows no zone `Europe/Amsterdm`: did you mean `Europe/Amsterdam`?"
        )
    }

    @Test("because it is production and has no database of its own")
    func production() throws {
        let file = try configuration("production yes\n")
        let said = try refused("--listen", "127.0.0.1:0", "--config", file)
        #expect(said.first == "sluis: C006 privateClusterInProduction")
    }

    @Test("because it is production and a code table holds test data, by file and line; else it starts")
    func testCodes() throws {
        let file = try configuration("production yes\ndatabase from environment \"DB\"\n")
        let database = try ThrowawayPostgres.database()
        let environment = ["DB": database.connection.description]
        let mappings = try mappings()
        let arguments = ["--config", file, "--mappings", mappings, "--data", data]
        let said = try refused(
            "--listen", "127.0.0.1:0", "--config", file, "--mappings", mappings, environment: environment)
        let table = "\(mappings)/zds-zgw/rsin.csv"
        #expect(
            said.first == "\(table):5:1 C013 this code is test data, and so are 6 more below it", "\(said)")
        #expect(said.contains("sluis: C008 rulebookRefused at \(mappings)"))
        try Data("gemeentecode;rsin\n1900;001900006\n".utf8).write(to: URL(filePath: table))
        let sluis = try Running(arguments, environment: environment, in: folder)
        #expect(sluis.stop() == .status(0))
    }
}

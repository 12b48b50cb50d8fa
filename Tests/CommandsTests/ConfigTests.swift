private import Foundation
import TestSupport
import Testing

@Suite("sluis config") struct ConfigTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, to name: String = "sluis.conf") throws -> String {
        let path = "\(folder.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    @Test("prints every setting, so that the file gives the same configuration again")
    func printing() throws {
        let file = try write("drain 7 s\nmappings \"/a\"\nmappings \"/b\"\n")
        let first = try Sluis.run("config", "--print", "--config", file)
        #expect(first.exit == 0)
        #expect(first.errors.isEmpty)
        #expect(first.output.hasPrefix("# From \(file), and the defaults.\n"))
        #expect(first.output.contains("\ndrain 7 s\n"))
        #expect(first.output.contains("\nmappings \"/a\"\nmappings \"/b\"\n"))
        #expect(first.output.contains("\nlisten \"127.0.0.1:8080\"\n"))
        let again = try write(first.output, to: "again.conf")
        let second = try Sluis.run("config", "--print", "--config", again)
        #expect(second.exit == 0)
        let rest = first.output.drop { $0 != "\n" }
        #expect(second.output.drop { $0 != "\n" } == rest)
    }

    @Test("finds the file where SLUIS_HOME says, and prints the defaults without one")
    func home() throws {
        _ = try write("workers 9\n")
        let found = try Sluis.run("config", "--print", environment: ["SLUIS_HOME": folder.path])
        #expect(found.output.contains("\nworkers 9\n"))
        let none = try Sluis.run("config", "--print", environment: ["SLUIS_HOME": "\(folder.path)/nowhere"])
        #expect(none.exit == 0)
        #expect(none.output.contains("\nworkers 4\n"))
    }

    @Test("never shows a secret")
    func secrets() throws {
        let file = try write("database from environment \"DB\"\n")
        for form in ["--print", "--json"] {
            let result = try Sluis.run(
                "config", form, "--config", file, environment: ["DB": "host=x password=geheim"])
            #expect(result.exit == 0)
            #expect(result.output.contains("***"))
            #expect(!(result.output + result.errors).contains("geheim"))
        }
    }

    @Test("reports what is wrong instead, and exits 1")
    func findings() throws {
        let file = try write("listne \"127.0.0.1:1\"\ndrain soon\n")
        let result = try Sluis.run("config", "--print", "--config", file)
        #expect(result.exit == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("\(file):1:1 C001 `listne` is not a setting: did you mean `listen`?"))
        #expect(result.errors.contains("\(file):2:7 C003 "))
        let missing = try Sluis.run("config", "--print", "--config", "/nowhere/sluis.conf")
        #expect(missing.exit == 2)
        #expect(missing.errors == "sluis: C005 configurationMissing at /nowhere/sluis.conf\n")
    }

    @Test("gives it as JSON, with what is wrong")
    func json() throws {
        let good = try JSONSerialization.jsonObject(
            with: Data(try Sluis.run("config", "--print", "--json").output.utf8))
        let settings = try #require((good as? [String: Any])?["settings"] as? [String: Any])
        #expect(settings["listen"] as? String == "127.0.0.1:8080")
        #expect(settings["mappings"] as? [String] == [])
        #expect(settings["database"] is NSNull)
        let file = try write("listne \"127.0.0.1:1\"\n")
        let result = try Sluis.run("config", "--json", "--config", file)
        #expect(result.exit == 1)
        let bad = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect((bad?["findings"] as? [[String: Any]])?.map { $0["code"] as? String } == ["C001"])
        #expect(bad?["settings"] == nil)
    }

    @Test("is not used by the other commands when it has errors")
    func refused() throws {
        let file = try write("drain soon\n")
        for line in [["serve"], ["ledger", "list"]] {
            let result = try Sluis.run(line + ["--config", file])
            #expect(result.exit == 2)
            #expect(result.errors.contains("\(file):1:7 C003 "))
            #expect(result.errors.contains("sluis: C011 configurationRefused at \(file)\n"))
        }
    }
}

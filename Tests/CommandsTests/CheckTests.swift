private import Foundation
import TestSupport
import Testing

@Suite("sluis check") struct CheckTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ files: [String: String]) throws {
        for (name, text) in files {
            let url = URL(filePath: "\(folder.path)/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    @Test("finds nothing wrong with what is shipped, from wherever it runs")
    func shipped() throws {
        let result = try Sluis.run("check")
        #expect(result.exit == 0, "\(result.output)")
        #expect(result.errors.hasPrefix("checked ") && result.errors.hasSuffix("no problems\n"))
        #expect(try Sluis.run(["check"], in: "/").exit == 0)
    }

    @Test("reports every problem of every file, sorted, and exits 1")
    func problems() throws {
        try write([
            "b.map": "mapping zaak  zkn0310:ZAK <-> zaken:Zaak\n\nkey a <-> b as text(80\n",
            "a/sluis.conf": "listem \"127.0.0.1:8080\"\ndrain soon\n",
            "c.route": "route x {\n",
            "notes.txt": "{{{",
        ])
        let result = try Sluis.run(["check", "."], in: folder.path)
        #expect(result.exit == 1)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("./a/sluis.conf:1:1 C001 ") == true)
        #expect(lines.contains { $0.hasPrefix("./a/sluis.conf:2:7 C003 ") })
        #expect(lines.contains { $0.hasPrefix("./c.route:1:9 M106 ") })
        #expect(result.errors.hasPrefix("checked 3 files: "))
    }

    @Test("writes them as JSON")
    func json() throws {
        try write(["sluis.conf": "listem \"127.0.0.1:8080\"\n"])
        let result = try Sluis.run(["check", "sluis.conf", "--json"], in: folder.path)
        #expect(result.exit == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let finding = try #require((object["findings"] as? [[String: Any]])?.first)
        #expect(object["files"] as? Int == 1)
        #expect(finding["file"] as? String == "sluis.conf")
        #expect(finding["line"] as? Int == 1)
        #expect(finding["code"] as? String == "C001")
        #expect(finding["severity"] as? String == "error")
        #expect((finding["correction"] as? String)?.hasPrefix("listen ") == true)
    }

    @Test("shows what is wrong with a table of codes, and not of every route that needs its mapping")
    func tables() throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        try FileManager.default.copyItem(
            atPath: package.appending(path: "mappings/bg-brp").path, toPath: "\(folder.path)/bg-brp")
        let table = URL(filePath: "\(folder.path)/bg-brp/landen.csv")
        let text = try String(contentsOf: table, encoding: .utf8)
        try Data("\(text)0000;onbekend\n".utf8).write(to: table)
        let result = try Sluis.run(["check", "."], in: folder.path)
        #expect(result.output.contains("M165"))
        #expect(!result.output.contains("M181"))
        #expect(result.errors.hasSuffix("1 error\n"))
    }

    @Test("says when there is nothing to check, or no such file")
    func nothing() throws {
        try write(["notes.txt": ""])
        let empty = try Sluis.run(["check", folder.path])
        #expect(empty.exit == 2)
        #expect(empty.errors.contains("C025 nothingFound"))
        let missing = try Sluis.run(["check", "nowhere"], in: folder.path)
        #expect(missing.exit == 1)
        #expect(missing.output == "nowhere:1:1 M119 there is no such file or folder\n")
        let mappings = try Sluis.run(["check", "--mappings", "/nowhere"])
        #expect(mappings.exit == 2)
        #expect(mappings.errors.contains("C024 mappingsMissing"))
    }

    @Test("looks for mappings where SLUIS_HOME says")
    func home() throws {
        try write(["mappings/sluis.conf": "drain 5 s\n"])
        let result = try Sluis.run(["check"], environment: ["SLUIS_HOME": folder.path])
        #expect(result.exit == 0)
        #expect(result.errors == "checked 1 file: no problems\n")
    }
}

@Suite("sluis format") struct FormatTests {
    private static let untidy = "a<->b # c\r\nlang <- x\n\n\n\nd { e }\n"
    private static let tidy = "a     <->  b  # c\nlang  <-   x\n\nd { e }\n"

    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/a.map" }

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private func content(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test("lays files out in place, names those that changed, and changes nothing the second time")
    func inPlace() throws {
        try write(Self.untidy)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let first = try Sluis.run(["format", folder.path])
        #expect(first.exit == 0)
        #expect(first.output == "\(path)\n")
        #expect(try content(path) == Self.tidy)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o640)
        let second = try Sluis.run(["format", folder.path])
        #expect(second.exit == 0)
        #expect(second.output.isEmpty)
        #expect(second.errors == "changed 0 of 1 file\n")
    }

    @Test("only names them with --check, and exits 1")
    func check() throws {
        try write(Self.untidy)
        let result = try Sluis.run(["format", "--check", path])
        #expect(result.exit == 1)
        #expect(result.output == "\(path)\n")
        #expect(try content(path) == Self.untidy)
    }

    @Test("leaves a file with errors as it is, and reports them")
    func errors() throws {
        try write("a {\n")
        let result = try Sluis.run(["format", path])
        #expect(result.exit == 1)
        #expect(result.errors.contains("\(path):1:3 M106 "))
        #expect(try content(path) == "a {\n")
    }

    @Test("follows a link, and keeps it one")
    func links() throws {
        try write(Self.untidy)
        let link = "\(folder.path)/link.map"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.map")
        #expect(try Sluis.run(["format", link]).exit == 0)
        #expect(try content(path) == Self.tidy)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a.map")
    }

    @Test("reads standard input with -")
    func filter() throws {
        #expect(try Sluis.run("format", "-", input: Self.untidy).output == Self.tidy)
        #expect(try Sluis.run("format", "-", "--check", input: Self.untidy).exit == 1)
        #expect(try Sluis.run("format", "-", "--check", input: Self.tidy).exit == 0)
        #expect(try Sluis.run("format", "-", input: "a {").exit == 1)
    }

    @Test("says which path does not exist")
    func missing() throws {
        let result = try Sluis.run("format", "/nowhere/a.map")
        #expect(result.exit == 2)
        #expect(result.errors.contains("C021 fileNotRead at /nowhere/a.map"))
    }
}

private import Foundation
import TestSupport
import Testing

@Suite("sluis replay") struct ReplayVerbTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["creeer-zaak", "missing-must"] {
            let source = "\(Sluis.root)/fixtures/zds11/\(name)"
            let target = "\(folder.path)/bron/\(name)"
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            for file in ["1-request.xml", "1-request.headers"] {
                try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(target)/\(file)")
            }
        }
    }

    @Test("shows what differs and exits 1; what was accepted is as accepted from then on")
    func accept() throws {
        let first = try Sluis.run("replay", folder.path)
        #expect(first.exit == 1)
        #expect(
            first.output.hasPrefix(
                "--- /dev/null\n+++ \(folder.path)/bron/creeer-zaak/1-reply.xml\n@@ -0,0 +1,"))
        #expect(first.errors.hasPrefix("replayed 2 cases, ") && first.errors.hasSuffix(": 2 differ\n"))

        let accepted = try Sluis.run(
            "replay", folder.path, "--accept", "bron/creeer-zaak", "--accept",
            "\(folder.path)/bron/missing-must/")
        #expect(accepted.exit == 0)
        #expect(accepted.output.split(separator: "\n").count == 4)
        let second = try Sluis.run("replay", folder.path)
        #expect(second.exit == 0)
        #expect(second.output.isEmpty)
        #expect(second.errors.hasSuffix(": all as accepted\n"))
        // From elsewhere, with another way to the same mappings.
        #expect(try Sluis.run(["replay", folder.path], in: "/").exit == 0)

        let reply = "\(folder.path)/bron/creeer-zaak/1-reply.xml"
        let text = try String(contentsOfFile: reply, encoding: .utf8)
        try Data(text.replacing("Bv03<", with: "Bv02<").utf8).write(to: URL(filePath: reply))
        let changed = try Sluis.run("replay", "\(folder.path)/bron/creeer-zaak")
        #expect(changed.exit == 1)
        #expect(changed.output.contains("\n-        <StUF:berichtcode>Bv02</StUF:berichtcode>\n"))
        #expect(changed.output.contains("\n+        <StUF:berichtcode>Bv03</StUF:berichtcode>\n"))
    }

    @Test("accepts nothing where CI is set")
    func continuousIntegration() throws {
        let result = try Sluis.run(
            ["replay", folder.path, "--accept", "bron/creeer-zaak"], environment: ["CI": "true"])
        #expect(result.exit == 2)
        #expect(result.errors.hasPrefix("sluis: R004 acceptRefused"))
        #expect(try Sluis.run(["replay", folder.path], environment: ["CI": "true"]).exit == 1)
    }

    @Test("reports for programs: JSON and JUnit")
    func reports() throws {
        let file = "\(folder.path)/report.xml"
        let result = try Sluis.run("replay", folder.path, "--json", "--junit", file)
        #expect(result.exit == 1)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(json["cases"] as? Int == 2)
        let differing = try #require(json["differing"] as? [[String: Any]])
        #expect(differing.map { $0["case"] as? String } == ["bron/creeer-zaak", "bron/missing-must"])
        let report = try String(contentsOfFile: file, encoding: .utf8)
        #expect(report.contains("tests=\"2\" failures=\"2\""))
        #expect(report.contains("<testcase classname=\"fixtures.bron\" name=\"creeer-zaak\">"))
    }

    @Test(
        "says what it cannot do",
        arguments: [
            (["/nowhere"], "R001 fixtureUnreadable at /nowhere"),
            (["Sources"], "C025 nothingFound at Sources"),
            (["--accept", "geen/geval"], "R003 fixtureUnknown at geen/geval"),
            (["--junit", "/nowhere/report.xml"], "C022 fileNotWritten at /nowhere/report.xml"),
        ])
    func failures(_ row: (arguments: [String], message: String)) throws {
        let result = try Sluis.run(["replay"] + row.arguments)
        #expect(result.exit == 2)
        #expect(result.errors.contains(row.message), "\(result.errors)")
    }
}

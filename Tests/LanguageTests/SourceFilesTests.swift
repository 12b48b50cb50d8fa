import Diagnostics
import FoundationEssentials
import Language
import Testing

@Suite("The files below a folder") struct SourceFilesTests {
    /// A folder of its own for each test, gone afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "sluis-\(UUID().uuidString)").path
        try files.createDirectory(atPath: folder + "/deep/deeper", withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        for (name, content) in [
            ("b.model", "b"), ("a.model", "a"), ("deep/c.model", "c {"), ("deep/deeper/d.map", "d"),
            (".hidden.model", "x"),
        ] {
            _ = files.createFile(atPath: "\(folder)/\(name)", contents: Data(content.utf8))
        }
        try body(folder)
    }

    @Test("are found by their suffix, each once and in order, hidden ones left out")
    func find() throws {
        try withFolder { folder in
            let found = SourceFiles.find(".model", in: [folder, "\(folder)/a.model", "\(folder)/deep/"])
            #expect(
                found.files.map { $0.dropFirst(folder.count + 1) } == ["a.model", "b.model", "deep/c.model"])
            #expect(found.findings.isEmpty)
        }
    }

    @Test("are read with every problem they have, and a path that does not exist is one")
    func read() throws {
        try withFolder { folder in
            let read = SourceFiles.documents(".model", in: [folder, "\(folder)/nothing"])
            #expect(read.documents.map(\.statements.count) == [1, 1, 1])
            #expect(read.findings.map(\.code.number) == ["M106", "M119"])
        }
    }

    @Test("are read once where a link leads back to a folder above")
    func links() throws {
        try withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/deep/up", withDestinationPath: folder)
            #expect(SourceFiles.find(".map", in: [folder]).files.count == 1)
        }
    }
}

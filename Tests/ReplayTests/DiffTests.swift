private import Foundation
import Replay
import TestSupport
import Testing
import Threads

private let hasPatch = FileManager.default.isExecutableFile(atPath: "/usr/bin/patch")

@Suite("A unified diff") struct DiffTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("is nothing for equal texts")
    func equal() {
        #expect(UnifiedDiff.between("a\nb\n", "a\nb\n", name: "x") == nil)
        #expect(UnifiedDiff.between(nil, nil, name: "x") == nil)
    }

    @Test("shows what changed with three lines around it, and changes that touch as one")
    func hunks() {
        let old = (1...20).map { "\($0)\n" }.joined()
        let new = old.replacing("\n5\n", with: "\nvijf\n").replacing("\n7\n", with: "\n").replacing(
            "\n20\n", with: "\n20")
        let expected = """
            --- a.json
            +++ a.json
            @@ -2,9 +2,8 @@
             2
             3
             4
            -5
            +vijf
             6
            -7
             8
             9
             10
            @@ -17,4 +16,4 @@
             17
             18
             19
            -20
            +20
            \\ No newline at end of file

            """
        #expect(UnifiedDiff.between(old, new, name: "a.json") == expected)
    }

    @Test("names /dev/null for a file that was not there, or did not come")
    func missing() {
        #expect(UnifiedDiff.between(nil, "a\n", name: "x") == "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+a\n")
        #expect(UnifiedDiff.between("a\n", nil, name: "x") == "--- x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")
    }

    @Test(
        "turns the old text into the new one with patch, in as few lines as diff needs",
        .enabled(if: hasPatch, "patch is not installed"),
        arguments: Seed.series(60))
    func patch(_ seed: Seed) throws {
        var random = seed.generator
        func text() -> String {
            let lines = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                String("abcde".randomElement(using: &random) ?? "a")
            }
            return lines.joined(separator: "\n") + (Bool.random(using: &random) || lines.isEmpty ? "" : "\n")
        }
        let (old, new) = (text(), text())
        guard let diff = UnifiedDiff.between(old, new, name: "x") else { return #expect(old == new) }
        try Data(old.utf8).write(to: URL(filePath: "\(folder.path)/x"))
        try Data(new.utf8).write(to: URL(filePath: "\(folder.path)/y"))
        try Data(diff.utf8).write(to: URL(filePath: "\(folder.path)/x.diff"))
        let shortest = try run("diff -u -d x y; true")
        #expect(changes(diff) == changes(shortest), "\(diff)\n\(shortest)")
        // An empty result is removed by patch.
        _ = try run("patch -s x x.diff && touch x")
        #expect(try String(contentsOfFile: "\(folder.path)/x", encoding: .utf8) == new)
    }

    @Test("of texts that have little in common is soon done")
    func unlike() {
        let old = (0..<20_000).map { "a\($0)\n" }.joined()
        let new = (0..<20_000).map { "b\($0)\n" }.joined()
        #expect(UnifiedDiff.between(old, new, name: "x").map(changes) == 40_000)
    }

    private func changes(_ diff: String) -> Int {
        diff.split(separator: "\n").dropFirst(2).count { $0.hasPrefix("+") || $0.hasPrefix("-") }
    }

    private func run(_ line: String) throws -> String {
        let result = try Process.run(Command("/bin/sh", ["-c", line], workingDirectory: folder.path))
        #expect(result.exit.isSuccess, "\(String(decoding: result.errors, as: UTF8.self))")
        return String(decoding: result.output, as: UTF8.self)
    }
}

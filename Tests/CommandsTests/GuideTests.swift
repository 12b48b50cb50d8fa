private import Foundation
import TestSupport
import Testing

/// Walks the author's guide as its reader does: every command, every line that is to be written, in an empty folder.
@Suite("The author's guide") struct GuideTests {
    /// A block of the guide: commands with what must come of them, or what is to be written in a file.
    private struct Block {
        var language: String
        var lines: [String]
    }

    /// The blocks of the sections that are a walk.
    private static func blocks() throws -> [Block] {
        let guide = try String(contentsOfFile: "\(Sluis.root)/mappings/README.md", encoding: .utf8)
        let start = try #require(guide.firstRange(of: "\n## Fifteen minutes")).lowerBound
        let end = try #require(guide.firstRange(of: "\n## Mappings\n")).lowerBound
        var blocks: [Block] = []
        var isInside = false
        for line in guide[start..<end].split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside.toggle()
                if isInside { blocks.append(Block(language: String(line.dropFirst(3)), lines: [])) }
            } else if isInside {
                blocks[blocks.count - 1].lines.append(String(line))
            }
        }
        return blocks
    }

    @Test("leads from nothing to what it promises, command by command")
    func walk() throws {
        let folder = try TemporaryFolder()
        let bin = Sluis.path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        var exports = "export SLUIS=\"\(Sluis.root)\" PATH=\"\(bin):$PATH\"\n"
        var commands = 0
        for block in try Self.blocks() {
            guard block.language == "console" else {
                #expect(block.language == "diff")
                try Self.write(block.lines, in: folder.path)
                continue
            }
            for (command, expected) in Self.commands(block.lines) {
                if command.hasPrefix("export ") { exports += "cd \"\(folder.path)\"; \(command)\n" }
                let result = try Sluis.shell("\(exports)\(command) 2>&1", in: folder.path)
                commands += 1
                #expect(
                    Self.fits(result.output, expected),
                    "\(command) said:\n\(result.output)\nnot:\n\(expected)")
            }
        }
        #expect(commands > 15)
    }

    /// Each command, and what must come of it.
    private static func commands(_ lines: [String]) -> [(command: String, expected: String)] {
        var commands: [(command: String, expected: String)] = []
        for line in lines {
            if line.hasPrefix("$ ") {
                commands.append((String(line.dropFirst(2)), ""))
            } else if !commands.isEmpty {
                commands[commands.count - 1].expected += "\(line)\n"
            }
        }
        return commands
    }

    /// Whether a text is as it is told, where `…` stands for anything.
    private static func fits(_ text: String, _ told: String) -> Bool {
        var rest = text.drop { $0 == "\n" }
        while rest.last == "\n" { rest.removeLast() }
        let parts = told.trimmingCharacters(in: .newlines).components(separatedBy: "…")
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.isEmpty, index > 0 { return true }
            guard
                let range = rest.firstRange(of: part)
                    ?? (part.isEmpty ? rest.startIndex..<rest.startIndex : nil)
            else { return false }
            if index == 0, range.lowerBound != rest.startIndex { return false }
            rest = rest[range.upperBound...]
        }
        return rest.isEmpty
    }

    /// Writes what a block says: its `+` lines below the line before them, or in the place of its `-` lines.
    private static func write(_ lines: [String], in folder: String) throws {
        let path = "\(folder)/" + String(try #require(lines.first).dropFirst(4))
        var text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        var (old, new): ([String], [String]) = ([], [])
        for line in lines.dropFirst() {
            if !line.hasPrefix("+") { old.append(String(line.dropFirst())) }
            if !line.hasPrefix("-") { new.append(String(line.dropFirst())) }
        }
        let added = new.joined(separator: "\n") + "\n"
        if old.isEmpty {
            text += added
        } else {
            let place = try #require(text.firstRange(of: old.joined(separator: "\n") + "\n"), "\(old)")
            text.replaceSubrange(place, with: added)
        }
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}

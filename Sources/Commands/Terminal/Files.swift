import Diagnostics
import FoundationEssentials
private import Glibc

/// The files that a command line names.
enum Files {
    /// The content of a file, or of standard input where it is called `-`.
    static func read(_ path: String, limit: Int = 1 << 30) throws(CommandFailure) -> [UInt8] {
        guard path == "-" else {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(.fileNotRead, at: path)
            }
            return [UInt8](data)
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = unsafe Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0, bytes.count + count <= limit else {
                throw CommandFailure(.fileNotRead, at: "standard input")
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Puts other content in the place of a file, whole or not at all; its rights stay, and a link stays a link.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let manager = FileManager.default
        var target = path
        while let next = try? manager.destinationOfSymbolicLink(atPath: target) {
            let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
            target = next.hasPrefix("/") ? next : folder + next
        }
        let rights = try? manager.attributesOfItem(atPath: target)[.posixPermissions]
        try Data(bytes).write(to: URL(filePath: target), options: .atomic)
        if let rights { try manager.setAttributes([.posixPermissions: rights], ofItemAtPath: target) }
    }
}

import FoundationEssentials

/// Who listens where, as the kernel tells it.
enum Sockets {
    /// Whether that process listens on that TCP port. False too where we may not look at the process.
    static func isListening(process: Int32, port: UInt16) -> Bool {
        let inodes = ["tcp", "tcp6"].flatMap { table in
            listeners(in: text("/proc/\(process)/net/\(table)"), port: port)
        }
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
            return inodes.contains { target?.hasSuffix("socket:[\($0)]") == true }
        }
    }

    /// The inodes of the sockets that listen on the port: `0: 0100007F:1F90 00000000:0000 0A … 12345 …` (proc(5)).
    private static func listeners(in table: String, port: UInt16) -> [Substring] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 9, words[3] == "0A", let colon = words[1].lastIndex(of: ":"),
                UInt16(words[1][words[1].index(after: colon)...], radix: 16) == port
            else { return nil }
            return words[9]
        }
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

import FoundationEssentials
import Glibc

/// What it was measured on.
struct Machine {
    let processor: String
    let cores: Int
    let memoryMiB: Int
    let kernel: String

    static let this = Machine()

    private init() {
        processor = Self.value(of: "model name", in: "/proc/cpuinfo") ?? "unknown"
        let total = Self.value(of: "MemTotal", in: "/proc/meminfo")?.split(separator: " ").first
        memoryMiB = total.flatMap { Int($0) }.map { $0 / 1024 } ?? 0
        cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        kernel = Self.text("/proc/sys/kernel/osrelease")
    }

    private static func value(of key: String, in file: String) -> String? {
        for line in text(file).split(separator: "\n") where line.hasPrefix(key) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }

    private static func text(_ file: String) -> String {
        let bytes = FileManager.default.contents(atPath: file) ?? Data()
        return String(decoding: bytes, as: UTF8.self).trimmingPrefix { $0 == " " }.split(separator: "\n")
            .joined(separator: "\n")
    }
}

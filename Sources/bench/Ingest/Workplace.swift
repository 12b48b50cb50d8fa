import FoundationEssentials
import Glibc
import Postgres
import Threads

/// A folder on the disk with a durable private cluster in it; removed with all that is in it when it goes.
final class Workplace {
    let folder: String
    let cluster: PrivateCluster

    /// To be made on the main thread, with which the cluster ends.
    init() throws {
        folder = "/var/tmp/sluis-bench-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        cluster = try PrivateCluster.start(in: DataFolder("\(folder)/cluster"))
    }

    deinit {
        // The benchmark is over: what cannot be removed is left to whoever cleans `/var/tmp`.
        try? cluster.stop(until: .after(.seconds(20)))
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Writes a file and gives its path.
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// A copy of the shipped mappings whose routes answer as soon as a bericht is stored.
    func mappings(of root: String) throws -> String {
        let copy = "\(folder)/mappings"
        try FileManager.default.copyItem(atPath: "\(root)/mappings", toPath: copy)
        let routes = "\(copy)/zds-zgw/zds.route"
        let text = String(decoding: FileManager.default.contents(atPath: routes) ?? Data(), as: UTF8.self)
        let changed = text.replacing("Bv03 after effect within 8 s", with: "Bv03 after store")
        guard changed != text else { throw BenchFailure("\(routes): no route answers after effect") }
        try Data(changed.utf8).write(to: URL(filePath: routes))
        return copy
    }
}

private import Foundation
private import Postgres

/// A folder for one test, removed when the last reference goes.
package final class TemporaryFolder: Sendable {
    package let path: String
    private let top: String

    /// - Parameter name: may hold whatever a test wants a path to hold.
    package init(_ name: String = "folder") throws {
        top = Self.unusedPath()
        path = "\(top)/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
    }

    deinit {
        // What is left is swept by a later run.
        try? FileManager.default.removeItem(atPath: top)
    }

    private static let prefix = "sluis-test-"

    /// In memory where there is room for some clusters, else on the disk: a database is made ten times faster there.
    private static let place: String = {
        let memory = "/dev/shm"
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: memory)
        let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        let isRoomy = free > 4 << 30 && FileManager.default.isWritableFile(atPath: memory)
        return isRoomy ? memory : "/tmp"
    }()

    /// A short path: the socket of a cluster may lie in it.
    static func unusedPath() -> String {
        "\(place)/\(prefix)\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 36))"
    }

    /// Removes what test processes that were killed left behind.
    static func sweep() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix(while: \.isNumber)
            guard let id = Int32(owner), kill(id, 0) != 0, errno == ESRCH else { continue }
            // Another run may be at it too.
            try? FileManager.default.removeItem(atPath: "\(place)/\(name)")
        }
    }
}

private import Foundation
private import Postgres

/// A folder for one test, removed when the last reference goes.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// - Parameter name: may hold whatever a test wants a path to hold.
    package init(_ name: String = "folder") throws {
        path = "\(Self.unusedPath())/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
    }

    deinit {
        let parent = path.split(separator: "/").prefix(2).joined(separator: "/")
        try? FileManager.default.removeItem(atPath: "/\(parent)")
    }

    private static let prefix = "sluis-test-"

    /// A short path below `/tmp`: the socket of a cluster may lie in it.
    static func unusedPath() -> String {
        "/tmp/\(prefix)\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 36))"
    }

    /// Removes what test processes that were killed left behind.
    static func sweep() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix(while: \.isNumber)
            guard let id = Int32(owner), kill(id, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: "/tmp/\(name)")
        }
    }
}

private import Diagnostics
private import FoundationEssentials
private import Glibc
private import Threads

/// What a private cluster would need of this machine, looked at without making, locking or starting anything.
package struct ClusterInspection: Sendable {
    private let dataFolder: String
    private let programFolder: String
    private let environment: [String: String]

    /// - Parameter path: of the data folder, which need not be there yet.
    package init(
        _ path: String, settings: ClusterSettings = ClusterSettings(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        dataFolder = (try? Folder.realPath(path)) ?? path
        programFolder = settings.programFolder
        self.environment = environment
    }

    /// The user that the cluster runs as.
    ///
    /// - Throws: `P305` when there is no such user.
    package func user() throws(PostgresFailure) -> String { try Account.forCluster().name }

    /// Whether there is a cluster in the data folder.
    package var isMade: Bool { Folder.isFolder("\(dataFolder)/pg") }

    /// The server programs that would be used, as `15 in /usr/lib/postgresql/15/bin`.
    ///
    /// - Throws: `P301` and `P302` with what to install, `P303` when a cluster is there that we may not read.
    package func programs() throws(PostgresFailure) -> String {
        let files = ClusterFiles(dataFolder: dataFolder, account: try Account.forCluster())
        let places = Installation.Places(versions: programFolder, path: environment["PATH"] ?? "")
        let found = try Installation.find(version: try files.version(), in: places)
        return "\(found.version) in \(found.folder)"
    }

    /// The folder that would hold the socket.
    ///
    /// - Throws: `P308` with what was looked at.
    package func socketFolder() throws(PostgresFailure) -> String {
        try SocketFolder.expectedPath(
            for: dataFolder, account: try Account.forCluster(), environment: environment)
    }

    /// Whether the data folder can be made or used by us, and by the user that the cluster runs as.
    ///
    /// - Throws: `P303` with what is in the way.
    package func checkDataFolder() throws(PostgresFailure) {
        let nearest = Folder.nearest(to: dataFolder)
        guard Folder.isFolder(nearest), Folder.isWritable(nearest) else {
            throw PostgresFailure(
                .dataFolderUnusable, subject: dataFolder,
                hint: nearest == dataFolder ? "it is not writable" : "\(nearest) is not writable")
        }
        guard nearest == dataFolder else { return }
        if let status = Folder.status(dataFolder, followsLinks: true), status.st_mode & 0o022 != 0 {
            throw PostgresFailure(
                .dataFolderUnusable, subject: dataFolder, hint: "others can write in it; `chmod go-w` it")
        }
        let files = ClusterFiles(dataFolder: dataFolder, account: try Account.forCluster())
        _ = try files.version()
        try files.checkReach()
    }
}

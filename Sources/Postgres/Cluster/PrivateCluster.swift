private import Diagnostics
private import FoundationEssentials
private import Glibc
package import Threads

/// A Postgres server of our own in `<data>/pg`, for trying, tests and a single small host.
///
/// It listens on a Unix socket only, in a folder that only its user can enter, and asks the kernel who comes
/// (peer authentication). It ends with the thread that started it: start it on the main thread.
package final class PrivateCluster: Sendable {
    /// The user and the database of Sluis in its own cluster.
    package static let role = "sluis"

    /// How to connect to the database `sluis`.
    package let connection: ConnectionString
    /// Kept, so that the lock lives as long as the server.
    private let folder: DataFolder
    private let socketFolder: SocketFolder
    private let process: Process

    /// The server's log: only what it says of itself.
    package var logFile: String { "\(folder.path)/postgres.log" }
    /// Whether the server has not ended; when it has, start another.
    package var isRunning: Bool { process.isRunning }
    /// The server's process, for messages.
    package var processIdentifier: Int32 { process.id }

    /// Starts the server in `folder`, making the cluster where there is none yet, and waits until it answers.
    ///
    /// - Parameter progress: gets a line for a person when something takes time.
    /// - Throws: `P301` to `P308`.
    package static func start(
        in folder: DataFolder, settings: ClusterSettings = ClusterSettings(),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        progress: (String) -> Void = { _ in }
    ) throws(PostgresFailure) -> PrivateCluster {
        let account = try Account.forCluster()
        let places = Installation.Places(
            versions: settings.programFolder, path: environment["PATH"] ?? "")
        let files = ClusterFiles(dataFolder: folder.path, account: account)
        try files.checkReach()
        let programs = try Installation.find(version: try files.version(), in: places)
        let deadline = Instant.after(settings.startLimit)
        if !files.exist { try files.make(programs, settings, until: deadline, progress) }
        try files.writeAccess()
        let socketFolder = try SocketFolder.make(for: folder.path, account: account, environment: environment)
        let launch = Launch(
            files: files, programs: programs, settings: settings, socketFolder: socketFolder)
        let process = try launch.run(until: deadline, progress)
        return PrivateCluster(
            connection: .privateCluster(
                socketFolder: socketFolder.path, database: role, account: account), folder: folder,
            socketFolder: socketFolder,
            process: process)
    }

    /// How to connect to the cluster of the data folder at `path` while another process runs it; nil when it does not
    /// run. Nothing is locked, started or changed.
    ///
    /// - Throws: `P303` when the cluster is another user's.
    package static func connection(ofRunning path: String) throws(PostgresFailure) -> ConnectionString? {
        let account = try Account.forCluster()
        let files = ClusterFiles(dataFolder: try Folder.realPath(path), account: account)
        guard try files.version() != nil, let status = files.serverStatus, status.isReady,
            Leftover(clusterFolder: files.folder).usesFolder(status.process)
        else { return nil }
        return .privateCluster(socketFolder: status.socketFolder, database: role, account: account)
    }

    private init(
        connection: ConnectionString, folder: DataFolder, socketFolder: SocketFolder, process: Process
    ) {
        self.connection = connection
        self.folder = folder
        self.socketFolder = socketFolder
        self.process = process
    }

    /// Stops the server: sessions are ended, what is committed is on the disk. Later calls do nothing.
    ///
    /// - Throws: `P309` when it had not ended at the deadline; it was then told to end at once, and recovers
    ///   at its next start.
    package func stop(until deadline: Instant) throws(PostgresFailure) {
        // What a server that ended by itself left is cleared at the next start: it may already be another's.
        guard process.isRunning else { return }
        process.signal(.interrupt)
        if process.wait(until: deadline) == nil {
            process.signal(.quit)
            guard process.wait(until: .after(.seconds(5))) != nil else {
                throw PostgresFailure(.clusterStopFailed, subject: "process \(process.id)")
            }
        }
        socketFolder.remove()
    }
}

extension ConnectionString {
    /// Nothing is left to the `PG…` variables of the environment; the socket must be the cluster user's.
    static func privateCluster(
        socketFolder: String, database: String, account: Account
    ) -> ConnectionString {
        ConnectionString(settings: [
            ("host", socketFolder), ("port", "5432"), ("user", PrivateCluster.role), ("dbname", database),
            ("requirepeer", account.name), ("target_session_attrs", "any"),
        ])
    }
}

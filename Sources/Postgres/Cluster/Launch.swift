private import Diagnostics
private import Glibc
internal import Threads

/// Starts the server of a private cluster, and waits until it answers.
struct Launch {
    let files: ClusterFiles
    let programs: Installation
    let settings: ClusterSettings
    let socketFolder: SocketFolder

    private func connection(database: String) -> ConnectionString {
        .privateCluster(socketFolder: socketFolder.path, database: database, account: files.account)
    }

    /// The server, answering and with the database `sluis`.
    func run(until deadline: Instant, _ progress: (String) -> Void) throws(PostgresFailure) -> Process {
        let leftover = Leftover(clusterFolder: files.folder)
        try wait(for: leftover, until: deadline, progress)
        leftover.clear()
        socketFolder.clear()
        let logStart = keepLogSmall()
        let process = try start()
        do throws(PostgresFailure) {
            try waitUntilReady(process, until: deadline, progress)
            try prepareDatabase()
            return process
        } catch {
            process.signal(.quit)
            _ = process.wait(until: .after(.seconds(5)))
            socketFolder.remove()
            throw PostgresFailure(
                .clusterStartFailed, subject: files.logFile, hint: lastWords(from: logStart) ?? "\(error)")
        }
    }

    private func wait(
        for leftover: Leftover, until deadline: Instant, _ progress: (String) -> Void
    ) throws(PostgresFailure) {
        var patience = Patience(until: deadline)
        while let process = leftover.processes.first {
            patience.tell(
                progress, "waiting for the Postgres of an earlier Sluis to end (process \(process))")
            guard !patience.isOver else {
                throw PostgresFailure(
                    .clusterStillRunning, subject: files.folder, hint: "process \(process) has it")
            }
            usleep(10_000)
        }
    }

    private func start() throws(PostgresFailure) -> Process {
        let arguments = settings.arguments(dataFolder: files.folder, socketFolder: socketFolder.path)
        do throws(SystemFailure) {
            return try Process.start(
                files.account.command(programs.postgres, arguments, output: .file(files.logFile)))
        } catch {
            throw PostgresFailure(.clusterStartFailed, subject: files.logFile, hint: "\(error)")
        }
    }

    private func waitUntilReady(
        _ process: Process, until deadline: Instant, _ progress: (String) -> Void
    ) throws(PostgresFailure) {
        var patience = Patience(until: deadline)
        while !isReady(process) {
            patience.tell(progress, "waiting for the private Postgres to start")
            guard !patience.isOver else { throw PostgresFailure(.serverUnavailable, subject: files.folder) }
            guard process.wait(until: patience.nextLook) == nil else {
                throw PostgresFailure(.serverUnreachable, subject: files.folder)
            }
        }
    }

    private func isReady(_ process: Process) -> Bool {
        guard let status = files.serverStatus else { return false }
        return status.isReady && status.process == process.id
    }

    private func prepareDatabase() throws(PostgresFailure) {
        let connection = try Connection(connection(database: "postgres"))
        let name = PrivateCluster.role
        let found = try connection.execute("SELECT 1 FROM pg_database WHERE datname = $1", [.text(name)])
        guard found.isEmpty else { return }
        try connection.execute("CREATE DATABASE \(Identifier(name))")
    }

    /// What the server wrote to its log since it started. It is about files and memory: of statements our
    /// cluster logs nothing.
    private func lastWords(from start: Int) -> String? {
        guard let log = Folder.read(files.logFile) else { return nil }
        let lines = String(decoding: log.utf8.dropFirst(start), as: UTF8.self).split(
            whereSeparator: \.isNewline)
        if let fatal = lines.last(where: { $0.contains("FATAL: ") }) { return String(fatal) }
        return lines.isEmpty ? nil : lines.suffix(3).joined(separator: " / ")
    }

    /// At 4 MiB the log starts anew; the one before is kept.
    ///
    /// - Returns: its size.
    private func keepLogSmall() -> Int {
        guard let status = Folder.status(files.logFile, followsLinks: false) else { return 0 }
        guard status.st_size > 4 << 20 else { return status.st_size }
        let isMoved = unsafe Glibc.rename(files.logFile, "\(files.logFile).1") == 0
        return isMoved ? 0 : status.st_size
    }
}

/// Looks at something again and again until the limit, and says so when that takes long.
private struct Patience {
    let limit: Instant
    private var nextTelling = Instant.after(.seconds(1))

    init(until limit: Instant) { self.limit = limit }

    var isOver: Bool { Instant.now >= limit }
    /// When to look again.
    var nextLook: Instant { min(limit, .after(.milliseconds(10))) }

    /// After a second, and then every five.
    mutating func tell(_ progress: (String) -> Void, _ text: String) {
        guard Instant.now >= nextTelling else { return }
        nextTelling = .after(.seconds(5))
        progress(text)
    }
}

private import Diagnostics
private import FoundationEssentials
private import Glibc
private import Threads

/// A folder with a private cluster's database, as `pg_dump` writes it, and files of the data folder beside it.
///
/// It shows one moment, whatever runs meanwhile, and can be loaded by another major version of Postgres.
private struct ClusterBackup {
    let folder: String
    /// Names of files that go with the database.
    let files: [String]

    var database: String { "\(folder)/ledger.pgdump" }
}

extension PrivateCluster {
    /// Writes a backup, whole or not at all, into a new folder that only its owner can read.
    ///
    /// - Parameters:
    ///   - connection: to the cluster, which runs.
    ///   - dataFolder: the folder that the cluster is in.
    ///   - files: names of files in it that go with the database; those that are not there are left out.
    /// - Throws: `P310` with what the program said.
    package static func dump(
        _ connection: ConnectionString, of dataFolder: String, with files: [String], to path: String,
        settings: ClusterSettings = ClusterSettings(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(PostgresFailure) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard Folder.status(path, followsLinks: false) == nil else {
            throw PostgresFailure(.backupFailed, subject: path, hint: "it is there already")
        }
        let programs = try programs(of: dataFolder, settings, environment)
        let new = ClusterBackup(folder: "\(path).new-\(getpid())", files: files)
        try Folder.make(new.folder, mode: 0o700)
        do throws(PostgresFailure) {
            try run(
                "\(programs.folder)/pg_dump",
                [
                    "--format=custom", "--schema=sluis", "--no-owner", "--no-privileges",
                    "--file=\(new.database)",
                ],
                connection, about: path)
            for file in files {
                guard let text = Folder.read("\(dataFolder)/\(file)") else { continue }
                try Folder.write(text, to: "\(new.folder)/\(file)")
            }
            let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                .joined(separator: "/")
            try Folder.rename(
                new.folder, to: path, in: parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent)
        } catch {
            Folder.remove(new.folder)
            throw error
        }
    }

    /// Loads a backup into a data folder without a cluster: by the newest Postgres there is.
    ///
    /// - Parameter files: names of files that go with the database.
    /// - Throws: `P310`, also where the data folder holds a cluster or one of the files; nothing is left behind then.
    package static func load(
        _ path: String, with files: [String], into folder: DataFolder,
        settings: ClusterSettings = ClusterSettings(),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        progress: (String) -> Void = { _ in }
    ) throws(PostgresFailure) {
        let backup = ClusterBackup(folder: path, files: files)
        guard Folder.status(backup.database, followsLinks: true) != nil else {
            throw PostgresFailure(.backupFailed, subject: path, hint: "it holds no ledger.pgdump")
        }
        for name in ["pg"] + files where Folder.status("\(folder.path)/\(name)", followsLinks: false) != nil {
            throw PostgresFailure(
                .backupFailed, subject: folder.path, hint: "it holds `\(name)` already: load into another")
        }
        do throws(PostgresFailure) {
            // Before the database: with other keys nothing in it would be found again.
            for file in files {
                guard let text = Folder.read("\(path)/\(file)") else { continue }
                try Folder.write(text, to: "\(folder.path)/\(file)")
            }
            let cluster = try start(
                in: folder, settings: settings, environment: environment, progress: progress)
            let restored = Result { () throws(PostgresFailure) in
                let programs = try programs(of: folder.path, settings, environment)
                try run(
                    "\(programs.folder)/pg_restore",
                    [
                        "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                        "--dbname=\(role)", backup.database,
                    ], cluster.connection, about: path)
            }
            try cluster.stop(until: .after(.seconds(30)))
            try restored.get()
        } catch {
            for name in ["pg"] + files { Folder.remove("\(folder.path)/\(name)") }
            throw error
        }
    }

    private static func programs(
        of dataFolder: String, _ settings: ClusterSettings, _ environment: [String: String]
    ) throws(PostgresFailure) -> Installation {
        let files = ClusterFiles(dataFolder: dataFolder, account: try Account.forCluster())
        let places = Installation.Places(
            versions: settings.programFolder, path: environment["PATH"] ?? "")
        return try Installation.find(version: try files.version(), in: places)
    }

    /// Runs a program that speaks to the cluster, which asks the kernel who it is.
    private static func run(
        _ program: String, _ arguments: [String], _ connection: ConnectionString, about path: String
    ) throws(PostgresFailure) {
        let names = [
            "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE",
            "requirepeer": "PGREQUIREPEER",
        ]
        var environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"]
        for (keyword, value) in connection.settings {
            if let name = names[keyword] { environment[name] = value }
        }
        let output: Process.Output
        do throws(SystemFailure) {
            output = try Process.run(Command(program, arguments, environment: environment))
        } catch {
            throw PostgresFailure(.backupFailed, subject: path, hint: "\(error)")
        }
        guard output.exit.isSuccess else {
            // What is wrong with a row repeats it: the first line, up to there.
            let lines = String(decoding: output.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
            throw PostgresFailure(.backupFailed, subject: path, hint: lines.first.map(String.init))
        }
    }
}

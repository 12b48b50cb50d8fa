private import Diagnostics
private import Glibc
internal import Threads

/// The files of a private cluster, in a data folder that is locked for us.
struct ClusterFiles: Sendable {
    let dataFolder: String
    let account: Account

    /// Where the cluster lies.
    var folder: String { "\(dataFolder)/pg" }
    var logFile: String { "\(dataFolder)/postgres.log" }
    /// It gets its name only when it is complete.
    var exist: Bool { Folder.isFolder(folder) }

    /// The major version that made the cluster; nil when there is none yet.
    ///
    /// - Throws: `P303` when there is one that cannot be read or is another user's.
    func version() throws(PostgresFailure) -> String? {
        guard exist else { return nil }
        guard let owner = Folder.status(folder, followsLinks: true)?.st_uid, owner == account.uid else {
            throw PostgresFailure(
                .dataFolderUnusable, subject: folder,
                hint: "it is another user's; Postgres runs as \(account.name) here")
        }
        guard let text = Folder.read("\(folder)/PG_VERSION") else {
            throw PostgresFailure(.dataFolderUnusable, subject: folder, hint: "it holds no `PG_VERSION`")
        }
        return String(text.prefix { !$0.isWhitespace })
    }

    /// What the server says of itself in `postmaster.pid`, as `pg_ctl` reads it (`pidfile.h` of Postgres); it may have
    /// ended meanwhile.
    var serverStatus: (process: Int32, socketFolder: String, isReady: Bool)? {
        let text = Folder.read("\(folder)/postmaster.pid") ?? ""
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 7, let process = Int32(lines[0]) else { return nil }
        return (process, String(lines[4]), lines[7].hasPrefix("ready"))
    }

    /// - Throws: `P303` when the cluster's user cannot get into the data folder.
    func checkReach() throws(PostgresFailure) {
        guard Account.isRoot else { return }
        do throws(SystemFailure) {
            let test = try Process.run(
                account.command("test", ["-x", dataFolder]), until: .after(.seconds(10)))
            if test.exit.isSuccess { return }
        } catch {
            throw PostgresFailure(.dataFolderUnusable, subject: dataFolder, hint: "\(error)")
        }
        throw PostgresFailure(
            .dataFolderUnusable, subject: dataFolder,
            hint: "user \(account.name), as which Postgres runs, cannot enter it or a folder above it")
    }

    /// Makes the cluster under another name and renames it, so that an end half way leaves nothing half.
    func make(
        _ programs: Installation, _ settings: ClusterSettings, until deadline: Instant,
        _ progress: (String) -> Void
    ) throws(PostgresFailure) {
        progress("making a private Postgres \(programs.version) in \(folder)")
        for name in Folder.names(in: dataFolder) where name.hasPrefix("pg.new-") {
            Folder.remove("\(dataFolder)/\(name)")
        }
        let new = "\(dataFolder)/pg.new-\(getpid())"
        try Folder.make(new, mode: 0o700)
        do throws(PostgresFailure) {
            try Folder.give(new, to: account)
            try initialize(new, programs, settings, until: deadline)
            try Folder.rename(new, to: folder, in: dataFolder)
        } catch {
            Folder.remove(new)
            throw error
        }
    }

    private func initialize(
        _ folder: String, _ programs: Installation, _ settings: ClusterSettings, until deadline: Instant
    ) throws(PostgresFailure) {
        let arguments = [
            "-D", folder, "-E", "UTF8", "--locale=C", "-k", "-U", PrivateCluster.role, "--auth-local=peer",
            "--auth-host=reject",
        ]
        let output: Process.Output
        do throws(SystemFailure) {
            output = try Process.run(
                account.command(programs.initdb, arguments + (settings.isDurable ? [] : ["--no-sync"])),
                until: deadline)
        } catch {
            throw PostgresFailure(.clusterInitFailed, subject: folder, hint: "\(error)")
        }
        guard output.exit.isSuccess else {
            let lines = String(decoding: output.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
            throw PostgresFailure(
                .clusterInitFailed, subject: folder, hint: lines.suffix(3).joined(separator: " / "))
        }
    }

    /// Writes who may come in: our own user, who is root where the cluster runs as `postgres`. At each start,
    /// so that nobody is let in, or shut out, by a change of these files.
    func writeAccess() throws(PostgresFailure) {
        let rules = ["local all all peer map=sluis", "local replication all peer map=sluis"]
        let users = Account.isRoot ? ["root", account.name] : [account.name]
        try Folder.write(rules.map { "\($0)\n" }.joined(), to: "\(folder)/pg_hba.conf")
        // Between quotes a name is a name, whatever is in it; a leading slash would make it an expression.
        let map = users.map { "sluis \"\($0)\" \(PrivateCluster.role)\n" }
        try Folder.write(map.joined(), to: "\(folder)/pg_ident.conf")
    }
}

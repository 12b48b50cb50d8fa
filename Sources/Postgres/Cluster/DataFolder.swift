private import Diagnostics
private import FoundationEssentials
private import Glibc
internal import Threads

/// The folder in which one Sluis process keeps what is its own: the private cluster, keys, the lock.
///
/// It is locked against every other Sluis process from here until the last reference goes, or the process
/// ends in whatever way.
package final class DataFolder: Sendable {
    /// Absolute, without symbolic links.
    package let path: String
    private let lock: FileLock

    /// Opens the folder at `path`, making it where it is not there yet.
    ///
    /// - Throws: `P303` when it cannot be made or written, `P304` with the process that has it.
    package init(_ path: String) throws(PostgresFailure) {
        // As root the cluster runs as another user, who must get through to its own folder in it.
        try Folder.make(path, mode: Account.isRoot ? 0o711 : 0o700)
        self.path = try Folder.realPath(path)
        let file = "\(self.path)/lock"
        lock = try Self.lock(file, of: self.path)
        try Folder.write("\(getpid())\n", to: file)
    }

    /// `/var/lib/sluis` for root, else `$XDG_STATE_HOME/sluis` or `~/.local/state/sluis`.
    ///
    /// - Throws: `P303` when the user has no home.
    package static func standardPath(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(PostgresFailure) -> String {
        if Account.isRoot { return "/var/lib/sluis" }
        // The standard says that a relative path is to be ignored.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return "\(state)/sluis" }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw PostgresFailure(.dataFolderUnusable, hint: "`HOME` is not set; name a folder with `--data`")
        }
        return "\(home)/.local/state/sluis"
    }

    /// The process that has the folder at `path` now; the lock is neither taken nor waited for.
    package static func owner(of path: String) -> Int32? {
        guard let path = try? Folder.realPath(path) else { return nil }
        let file = "\(path)/lock"
        guard let id = Folder.read(file).flatMap({ Int32($0.prefix { $0.isNumber }) }) else { return nil }
        let open = Folder.names(in: "/proc/\(id)/fd").map { Folder.linkTarget("/proc/\(id)/fd/\($0)") }
        return open.contains(file) ? id : nil
    }

    private static func lock(_ file: String, of folder: String) throws(PostgresFailure) -> FileLock {
        let deadline = Instant.after(.seconds(5))
        while true {
            do throws(SystemFailure) {
                return try FileLock(path: file)
            } catch {
                guard error.code == .fileLocked else {
                    throw PostgresFailure(.dataFolderUnusable, subject: file, hint: error.hint)
                }
            }
            let owner = Folder.read(file).flatMap { Int32($0.prefix { $0.isNumber }) }
            // A Sluis that was killed while it started a program leaves the lock with that for a moment.
            if let owner, kill(owner, 0) != 0, errno == ESRCH, Instant.now < deadline {
                usleep(10_000)
                continue
            }
            throw PostgresFailure(
                .dataFolderInUse, subject: folder, hint: owner.map { "process \($0) has it" })
        }
    }
}

/// The user that the private cluster runs as.
struct Account: Sendable, Equatable {
    let name: String
    let uid: UInt32
    let gid: UInt32

    static var isRoot: Bool { geteuid() == 0 }

    /// `postgres` when we are root, as a Postgres server refuses to run as root; else the user we are.
    ///
    /// - Throws: `P305` when that user has no name, which both `initdb` and peer authentication need.
    static func forCluster() throws(PostgresFailure) -> Account {
        let uid = geteuid()
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 16_384)
        let size = text.count
        _ =
            uid == 0
            ? unsafe getpwnam_r("postgres", &entry, &text, size, &found)
            : unsafe getpwuid_r(uid, &entry, &text, size, &found)
        guard unsafe found != nil, let name = unsafe entry.pw_name else {
            let hint = uid == 0 ? "there is no user `postgres`" : "user id \(uid) has no entry in /etc/passwd"
            throw PostgresFailure(.clusterInitFailed, hint: hint)
        }
        return unsafe Account(name: String(cString: name), uid: entry.pw_uid, gid: entry.pw_gid)
    }

    /// The program as this user, with SIGINT as its end should the thread that starts it end.
    func command(_ program: String, _ arguments: [String], output: Command.Stream = .nothing) -> Command {
        let user = Self.isRoot ? ["--reuid=\(name)", "--regid=\(gid)", "--init-groups"] : []
        return Command(
            "setpriv", user + ["--pdeathsig", "INT", "--", program] + arguments,
            // Nothing of `PGDATA`, `PGOPTIONS` and the like; messages in English.
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"],
            workingDirectory: "/", output: output, errors: output, ownGroup: true)
    }
}

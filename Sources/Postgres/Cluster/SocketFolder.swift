private import Diagnostics
private import Glibc

/// A folder for the cluster's socket, which only the cluster's user can enter.
struct SocketFolder: Sendable, Equatable {
    let path: String

    /// What a `sockaddr_un` holds on Linux, without the NUL at its end.
    static let longestPath = 107
    private static let socketName = ".s.PGSQL.5432"

    /// Makes the first that is possible: below `/run/sluis`, `$XDG_RUNTIME_DIR`, the data folder, `/tmp`.
    ///
    /// - Throws: `P308` with what was tried.
    static func make(
        for dataFolder: String, account: Account, environment: [String: String]
    ) throws(PostgresFailure) -> SocketFolder {
        let candidates = candidates(for: dataFolder, environment)
        return try first(of: candidates) { (parent, path) throws(PostgresFailure) in
            try SocketFolder(path: path, in: parent, account: account)
        }
    }

    /// The path that ``make(for:account:environment:)`` would choose, as far as that can be seen without making it.
    ///
    /// - Throws: `P308` with what was looked at.
    static func expectedPath(
        for dataFolder: String, account: Account, environment: [String: String]
    ) throws(PostgresFailure) -> String {
        try first(of: candidates(for: dataFolder, environment)) { (parent, path) throws(PostgresFailure) in
            for (folder, owners) in [(parent, [geteuid(), 0]), (path, [geteuid(), account.uid])]
            where Folder.status(folder, followsLinks: false) != nil {
                try check(folder, belongsTo: owners)
            }
            guard Folder.isWritable(Folder.nearest(to: path)) else {
                throw PostgresFailure(.socketFolderUnusable, hint: "it cannot be made")
            }
            return path
        }
    }

    private static func candidates(
        for dataFolder: String, _ environment: [String: String]
    ) -> [(parent: String, path: String)] {
        // So that two clusters on one machine have two folders, and each finds its own again.
        let name = hash(dataFolder)
        var parents = ["/run/sluis"]
        if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") {
            parents.insert("\(runtime)/sluis", at: Account.isRoot ? 1 : 0)
        }
        let own = "/tmp/sluis-\(geteuid())"
        return parents.map { (parent: $0, path: "\($0)/\(name)") }
            + [(parent: dataFolder, path: "\(dataFolder)/run"), (parent: own, path: "\(own)/\(name)")]
    }

    private static func first<Value>(
        of candidates: [(parent: String, path: String)],
        _ take: (_ parent: String, _ path: String) throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value {
        var refusals: [String] = []
        for (parent, path) in candidates {
            guard path.utf8.count + 1 + socketName.utf8.count <= longestPath else {
                refusals.append("\(path) is too long")
                continue
            }
            do throws(PostgresFailure) {
                return try take(parent, path)
            } catch {
                refusals.append("\(path): \(error.hint ?? "not usable")")
            }
        }
        throw PostgresFailure(.socketFolderUnusable, hint: refusals.joined(separator: "; "))
    }

    private init(path: String, in parent: String, account: Account) throws(PostgresFailure) {
        try Folder.make(parent, mode: Account.isRoot ? 0o711 : 0o700)
        // In a shared place another user could have been first: a folder of his, or a link of his, is not
        // used.
        try Self.check(parent, belongsTo: [geteuid(), 0])
        try Folder.make(path, mode: 0o700)
        try Self.check(path, belongsTo: [geteuid(), account.uid])
        if Account.isRoot { try Folder.give(path, to: account) }
        guard unsafe chmod(path, 0o700) == 0 else {
            throw PostgresFailure(.socketFolderUnusable, subject: path, hint: "its rights cannot be set")
        }
        self.path = path
    }

    private static func check(_ path: String, belongsTo owners: [uid_t]) throws(PostgresFailure) {
        guard let status = Folder.status(path, followsLinks: false), status.st_mode & S_IFMT == S_IFDIR,
            owners.contains(status.st_uid), status.st_mode & 0o022 == 0
        else {
            throw PostgresFailure(
                .socketFolderUnusable, subject: path, hint: "others own it or can write to it")
        }
    }

    /// Removes what a server that was killed left here. The server would do so itself, unless the number of
    /// that one now is some other process's.
    func clear() {
        unsafe unlink("\(path)/\(Self.socketName)")
        unsafe unlink("\(path)/\(Self.socketName).lock")
    }

    func remove() {
        clear()
        unsafe rmdir(path)
    }

    /// FNV-1a, 64 bits: short, and the same in every process.
    private static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

private import Diagnostics
private import FoundationEssentials
internal import Glibc

/// The few things that the data folder and the cluster do with files.
enum Folder {
    /// Makes a folder and those above it; one that is there stays as it is.
    static func make(_ path: String, mode: mode_t) throws(PostgresFailure) {
        if unsafe mkdir(path, mode) == 0 { return }
        let number = errno
        if number == EEXIST, isFolder(path) { return }
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        guard number == ENOENT, !parent.isEmpty else { throw unusable(path, number) }
        try make(path.hasPrefix("/") ? "/\(parent)" : parent, mode: 0o755)
        // Another process may have made it in between.
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else { throw unusable(path, errno) }
    }

    static func isFolder(_ path: String) -> Bool {
        status(path, followsLinks: true).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    static func status(_ path: String, followsLinks: Bool) -> stat? {
        var status = stat()
        let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
        return result == 0 ? status : nil
    }

    /// Whether we may make and remove what is in it.
    static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK | X_OK) == 0 }

    /// The folder itself, or the first above it that is there.
    static func nearest(to path: String) -> String {
        var path = path[...]
        while status(String(path), followsLinks: true) == nil, let slash = path.lastIndex(of: "/"),
            path != "/"
        {
            path = slash == path.startIndex ? "/" : path[..<slash]
        }
        return String(path)
    }

    static func realPath(_ path: String) throws(PostgresFailure) -> String {
        guard let real = unsafe realpath(path, nil) else { throw unusable(path, errno) }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// Where a symbolic link points to; nil when it is none or cannot be read.
    static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The text of a small file; nil when it cannot be read.
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Replaces the content of a file, which keeps its owner; a new one is readable by its owner only.
    static func write(_ text: String, to path: String) throws(PostgresFailure) {
        let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw unusable(path, errno) }
        defer { close(number) }
        var text = text
        let isWritten = text.withUTF8 {
            unsafe Glibc.write(number, $0.baseAddress, $0.count) == $0.count
        }
        guard isWritten, fsync(number) == 0 else { throw unusable(path, errno) }
    }

    static func give(_ path: String, to account: Account) throws(PostgresFailure) {
        guard unsafe lchown(path, account.uid, account.gid) == 0 else { throw unusable(path, errno) }
    }

    /// Renames so that the name survives a power cut.
    static func rename(_ old: String, to new: String, in folder: String) throws(PostgresFailure) {
        guard unsafe Glibc.rename(old, new) == 0 else { throw unusable(new, errno) }
        let number = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw unusable(folder, errno) }
        defer { close(number) }
        fsync(number)
    }

    static func remove(_ path: String) {
        // What cannot be removed is in nobody's way: names are chosen anew.
        try? FileManager.default.removeItem(atPath: path)
    }

    static func names(in path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    private static func unusable(_ path: String, _ number: Int32) -> PostgresFailure {
        let words = unsafe strerror(number).map { unsafe String(cString: $0) }
        return PostgresFailure(.dataFolderUnusable, subject: path, hint: words)
    }
}

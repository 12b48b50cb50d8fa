private import Diagnostics
private import Glibc

extension KeyRing {
    /// The name of the key file in the data folder.
    package static let fileName = "hash.keys"

    /// The keys of the data folder's key file, which is made with one random key when there is none.
    ///
    /// The file appears whole or not at all, also when two processes make it at once: then both use the same.
    ///
    /// - Throws: ``CryptoFailure`` when the file cannot be read or made, others may read it, or it is malformed.
    package static func open(folder: String) throws(CryptoFailure) -> KeyRing {
        let path = "\(folder)/\(fileName)"
        if let text = try read(path) { return try KeyRing(text: text, file: path) }
        try create(path)
        guard let text = try read(path) else {
            throw CryptoFailure(.keyFileUnreadable, at: path, hint: "the file vanished")
        }
        return try KeyRing(text: text, file: path)
    }

    /// The keys of the data folder's key file; nil when there is none yet. Makes nothing.
    ///
    /// - Throws: ``CryptoFailure`` when the file cannot be read, others may read it, or it is malformed.
    package static func existing(in folder: String) throws(CryptoFailure) -> KeyRing? {
        let path = "\(folder)/\(fileName)"
        guard let text = try read(path) else { return nil }
        return try KeyRing(text: text, file: path)
    }

    /// The text of the file; nil when there is none.
    private static func read(_ path: String) throws(CryptoFailure) -> String? {
        try PrivateFile.read(path, .hashKeys).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Makes the file with one random key; another process that was first wins.
    private static func create(_ path: String) throws(CryptoFailure) {
        let draft = "\(path).\(getpid()).\(randomBytes(4).hexadecimal)"
        let file = unsafe Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unreadable(path) }
        defer { unsafe unlink(draft) }
        let text =
            "# Keys of the hashes in the ledger: the last makes hashes, all recognise. Keep a copy.\n"
            + "k1 \(randomBytes(32).hexadecimal)\n"
        let isWritten = write(text, to: file) && fchmod(file, 0o600) == 0 && fsync(file) == 0
        guard close(file) == 0, isWritten, unsafe link(draft, path) == 0 || errno == EEXIST else {
            throw unreadable(path)
        }
        syncFolder(of: path)
    }

    private static func write(_ text: String, to file: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Makes the new name survive a power cut; a file system that cannot do so is no reason to stop.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let file = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { return }
        fsync(file)
        close(file)
    }

    private static func unreadable(_ path: String) -> CryptoFailure {
        CryptoFailure(.keyFileUnreadable, at: path, hint: unsafe String(cString: strerror(errno)))
    }
}

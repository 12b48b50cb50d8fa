internal import Diagnostics
private import Glibc

/// A file that only its owner may read: keys and secrets.
enum PrivateFile {
    /// What is kept in it, and so by which codes its troubles are reported.
    enum Content {
        case hashKeys, secret

        var unreadable: Code { self == .hashKeys ? .keyFileUnreadable : .secretFileUnreadable }
        var notOurs: Code { self == .hashKeys ? .keyFileNotOurs : .secretFileNotOurs }
        var tooOpen: Code { self == .hashKeys ? .keyFileTooOpen : .secretFileTooOpen }
        var malformed: Code { self == .hashKeys ? .keyFileMalformed : .secretFileMalformed }
    }

    private static let byteCount = 65_536

    /// The bytes of the file; nil when there is none.
    ///
    /// - Throws: ``CryptoFailure`` when it is no plain file of ours, others may read or write it, or it is over 64 KiB.
    static func read(_ path: String, _ content: Content) throws(CryptoFailure) -> [UInt8]? {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            switch errno {
            case ENOENT: return nil
            case ELOOP: throw CryptoFailure(content.notOurs, at: path, hint: "the file is a symbolic link")
            default: throw unreadable(path, content)
            }
        }
        defer { close(file) }
        try check(file, path, content)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= byteCount {
            let count = unsafe Glibc.read(file, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(path, content)
            }
            bytes += buffer.prefix(count)
        }
        throw CryptoFailure(content.malformed, at: path, hint: "the file is over 64 KiB")
    }

    private static func check(
        _ file: Int32, _ path: String, _ content: Content
    ) throws(CryptoFailure) {
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw unreadable(path, content) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
            throw CryptoFailure(content.notOurs, at: path)
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw CryptoFailure(content.tooOpen, at: path, hint: "its mode is \(mode); run chmod 600")
        }
    }

    private static func unreadable(_ path: String, _ content: Content) -> CryptoFailure {
        CryptoFailure(content.unreadable, at: path, hint: unsafe String(cString: strerror(errno)))
    }
}

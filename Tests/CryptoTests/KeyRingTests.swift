import Crypto
import Diagnostics
import Glibc
import Testing

@Suite("The key file") struct KeyRingTests {
    /// A folder of its own for each test, removed afterwards.
    final class Folder {
        let path: String
        var file: String { "\(path)/\(KeyRing.fileName)" }

        init() {
            path = "/tmp/sluis-keys-\(UUID.random())"
            unsafe mkdir(path, 0o700)
        }

        deinit {
            unsafe unlink(file)
            unsafe rmdir(path)
        }

        func write(_ text: String, mode: mode_t = 0o600) {
            let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, mode)
            let bytes = Array(text.utf8)
            _ = unsafe Glibc.write(descriptor, bytes, bytes.count)
            fchmod(descriptor, mode)
            close(descriptor)
        }
    }

    static let key = String(repeating: "0a", count: 32)

    private func refusal(_ folder: Folder) -> CryptoFailure? {
        do throws(CryptoFailure) {
            _ = try KeyRing.open(folder: folder.path)
            return nil
        } catch {
            return error
        }
    }

    @Test("is made with a random key when there is none, and keeps it")
    func made() throws {
        let folder = Folder()
        let first = try KeyRing.open(folder: folder.path)
        let second = try KeyRing.open(folder: folder.path)
        #expect(first.current.text([1]) == second.current.text([1]))
        let other = Folder()
        let third = try KeyRing.open(folder: other.path)
        #expect(first.current.text([1]) != third.current.text([1]))
        var status = stat()
        #expect(unsafe stat(folder.file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("makes hashes with its last key and recognises those of all")
    func rotation() throws {
        let folder = Folder()
        folder.write("# comment\nk1 \(Self.key)\n\nk2 \(String(repeating: "0B", count: 32))\n")
        let ring = try KeyRing.open(folder: folder.path)
        #expect(ring.current.id == "k2")
        #expect(ring.all.map(\.id) == ["k2", "k1"])
        #expect(ring.key("k1")?.hash([1]) == HMACSHA256.code([1], key: [UInt8](repeating: 10, count: 32)))
        #expect(ring.key("k3") == nil)
    }

    @Test("is refused when others may read or write it", arguments: [0o640, 0o604, 0o620, 0o666] as [mode_t])
    func tooOpen(_ mode: mode_t) throws {
        let folder = Folder()
        folder.write("k1 \(Self.key)\n", mode: mode)
        let failure = try #require(refusal(folder))
        #expect(failure.code == .keyFileTooOpen)
        #expect(
            failure.description
                == "C051 keyFileTooOpen at \(folder.file): its mode is \(String(mode, radix: 8)); run chmod 600"
        )
    }

    @Test(
        "is refused when it is malformed, naming the line and never the key",
        arguments: [
            ("", ""), ("k1 0a\n", ":1"), ("k1 \(key)\nk1 \(key)\n", ":2"), ("K1 \(key)\n", ":1"),
            ("k1  \(key)\n", ":1"), ("k1:\(key)\n", ":1"), ("#\nk1 \(key)0a\n", ":2"), (" k1 \(key)\n", ":1"),
            ("k1 \(key)\r\n", ":1"), ("k1 \(String(repeating: "zz", count: 32))\n", ":1"),
        ])
    func malformed(_ text: String, _ place: String) throws {
        let folder = Folder()
        folder.write(text)
        let failure = try #require(refusal(folder))
        #expect(failure.code == .keyFileMalformed)
        #expect(failure.place == folder.file + place)
        #expect(!failure.description.contains(Self.key))
    }

    @Test("is refused when it is huge")
    func huge() throws {
        let folder = Folder()
        folder.write("#" + String(repeating: "x", count: 100_000))
        #expect(try #require(refusal(folder)).code == .keyFileMalformed)
    }

    @Test("is refused when it is a link or a folder")
    func notOurs() throws {
        let folder = Folder()
        unsafe symlink("/etc/hostname", folder.file)
        #expect(try #require(refusal(folder)).code == .keyFileNotOurs)
        unsafe unlink(folder.file)
        unsafe mkdir(folder.file, 0o700)
        #expect(try #require(refusal(folder)).code == .keyFileNotOurs)
        unsafe rmdir(folder.file)
    }

    @Test("names the folder that is not there")
    func noFolder() throws {
        let place = "/nonexistent/\(KeyRing.fileName)"
        let failure = #expect(throws: CryptoFailure.self) { _ = try KeyRing.open(folder: "/nonexistent") }
        #expect(failure?.code == .keyFileUnreadable)
        #expect(failure?.place?.hasPrefix(place) == true)
    }
}

import Crypto
import Diagnostics
import Glibc
import TestSupport
import Testing

@Suite("A signed token") struct SignedTokenTests {
    private let secret = SharedSecret("geheim-van-de-test")

    @Test("is believed by who has its secret, and by nobody when a character is changed")
    func signed() throws {
        let secret = try #require(secret)
        let other = try #require(SharedSecret("een-ander-geheim"))
        let token = SignedToken.text(claims: Array("{\"iss\":\"sluis\"}".utf8), secret: secret)
        #expect(SignedToken.isSigned(token, with: secret))
        #expect(!SignedToken.isSigned(token, with: other))
        #expect(SignedToken.parts(token)?.claims == Array("{\"iss\":\"sluis\"}".utf8))
        for index in token.indices where token[index] != "A" {
            var changed = token
            changed.replaceSubrange(index...index, with: "A")
            #expect(!SignedToken.isSigned(changed, with: secret))
        }
    }

    @Test(
        "with another shape is none", arguments: ["", ".", "..", "a.b", "a.b.c.d", "a=.b.c", "é.b.c", "a.b."])
    func malformed(_ text: String) throws {
        let secret = try #require(secret)
        #expect(!SignedToken.isSigned(text, with: secret))
    }
}

@Suite("Base64 for URLs") struct Base64URLTests {
    @Test(
        "has no padding, and `-` and `_` (RFC 4648, 5 and 10)",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("~~~", "fn5-"), ("???", "Pz8_"),
        ])
    func vectors(row: (plain: String, text: String)) {
        #expect(Base64URL.text(row.plain.utf8) == row.text)
        #expect(Base64URL.bytes(row.text) == Array(row.plain.utf8))
    }

    @Test("is read in one spelling only", arguments: ["Zg==", "Zh", "Z", "Zm9v\n", "Zm+v", "Zm/v"])
    func strict(_ text: String) { #expect(Base64URL.bytes(text) == nil) }
}

@Suite("A file with a secret") struct SecretFileTests {
    private func write(_ text: String, mode: mode_t, in folder: TemporaryFolder) -> String {
        let path = "\(folder.path)/geheim"
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        let bytes = Array(text.utf8)
        _ = unsafe Glibc.write(file, bytes, bytes.count)
        fchmod(file, mode)
        close(file)
        return path
    }

    private func refusal(_ path: String) -> Code? {
        do throws(CryptoFailure) {
            _ = try SharedSecret(file: path)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("gives its first line, which is never printed")
    func read() throws {
        let folder = try TemporaryFolder()
        let secret = try SharedSecret(file: write("abc-123\r\nrest\n", mode: 0o600, in: folder))
        #expect(
            secret.text == "abc-123" && "\(secret)" == "***" && !String(reflecting: secret).contains("abc"))
    }

    @Test("that others may read or write is refused", arguments: [0o640, 0o604, 0o620, 0o602, 0o644, 0o660])
    func tooOpen(_ mode: Int) throws {
        let folder = try TemporaryFolder()
        #expect(refusal(write("abc", mode: mode_t(mode), in: folder)) == .secretFileTooOpen)
    }

    @Test(
        "that holds none is refused",
        arguments: ["", "\n", "a b\n", "é", String(repeating: "a", count: 70_000)])
    func malformed(_ text: String) throws {
        let folder = try TemporaryFolder()
        #expect(refusal(write(text, mode: 0o600, in: folder)) == .secretFileMalformed)
    }

    @Test("that is a link, a folder or not there is refused")
    func kinds() throws {
        let folder = try TemporaryFolder()
        let file = write("abc", mode: 0o600, in: folder)
        let link = "\(folder.path)/link"
        unsafe symlink(file, link)
        #expect(refusal(link) == .secretFileNotOurs)
        #expect(refusal(folder.path) == .secretFileNotOurs)
        #expect(refusal("\(folder.path)/niets") == .secretFileUnreadable)
    }
}

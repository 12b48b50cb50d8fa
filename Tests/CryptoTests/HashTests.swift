import Crypto
import Testing

@Suite("A SHA-256 digest") struct SHA256Tests {
    @Test(
        "is the published one (FIPS 180-4 examples)",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func published(_ text: String, _ digest: String) {
        #expect(SHA256.digest(text.utf8).hexadecimal == digest)
    }

    @Test("does not depend on how the bytes came in pieces, contiguous or not")
    func pieces() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        hash.update(bytes[..<1])
        hash.update([])
        hash.update(bytes[1..<64_000])
        hash.update(bytes[64_000...].lazy.map { $0 })
        #expect(hash.finish() == SHA256.digest(bytes))
    }
}

@Suite("An HMAC-SHA256") struct HMACTests {
    @Test(
        "is the published one (RFC 4231)",
        arguments: [
            (
                key: [UInt8](repeating: 0x0B, count: 20), text: "Hi There",
                code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                key: Array("Jefe".utf8), text: "what do ya want for nothing?",
                code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                key: [UInt8](repeating: 0xAA, count: 131),
                text: "Test Using Larger Than Block-Size Key - Hash Key First",
                code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            (
                key: [], text: "",
                code: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
            ),
        ])
    func published(_ row: (key: [UInt8], text: String, code: String)) {
        #expect(HMACSHA256.code(row.text.utf8, key: row.key).hexadecimal == row.code)
        let hash = KeyedHash(id: "k1", key: row.key)
        #expect(hash.hash(row.text.utf8).hexadecimal == row.code)
        var hmac = hash.start()
        for byte in row.text.utf8 { hmac.update([byte]) }
        #expect(hmac.finish().hexadecimal == row.code)
    }

    @Test("names its key where it stands in text")
    func text() {
        let text = KeyedHash(id: "k7", key: [1, 2, 3]).text("999990019".utf8)
        #expect(text.hasPrefix("k7:"))
        #expect(text.utf8.count == 3 + 64)
        #expect(!text.contains("999990019"))
    }
}

@Suite("A comparison in constant time") struct EqualityTests {
    @Test("says what == says")
    func same() {
        let cases: [([UInt8], [UInt8])] = [([], []), ([1], [1]), ([1], [2]), ([1], []), ([1, 2], [1, 3])]
        for (left, right) in cases { #expect(equalInConstantTime(left, right) == (left == right)) }
    }
}

@Suite("Hexadecimal text") struct HexadecimalTests {
    @Test("goes back to its bytes, in either case")
    func backAndForth() {
        let all = (0...255).map { UInt8($0) }
        #expect(bytes(hexadecimal: all.hexadecimal) == all)
        #expect(bytes(hexadecimal: all.hexadecimal.uppercased()) == all)
    }

    @Test("is refused when it is something else", arguments: ["0", "0g", "é", " 0", "0x12"])
    func refused(_ text: String) {
        #expect(bytes(hexadecimal: text) == nil)
    }
}

private import Diagnostics

/// The keys of our hashes: the newest makes hashes, all of them recognise.
///
/// To replace the key, add a line to the key file; earlier lines stay for as long as the ledger holds their hashes.
package struct KeyRing: Sendable {
    /// The key that new hashes are made with.
    package let current: KeyedHash
    /// Every key, newest first.
    package let all: [KeyedHash]

    /// A ring of one key: for replay and tests.
    package init(_ key: KeyedHash) {
        current = key
        all = [key]
    }

    /// The keys of a file's text, oldest first.
    ///
    /// - Throws: ``CryptoFailure`` when a line is malformed, an id appears twice, or there is no key at all.
    init(text: String, file: String) throws(CryptoFailure) {
        var keys: [KeyedHash] = []
        var line = 0
        for content in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            if content.isEmpty || content.first == "#" { continue }
            let parts = content.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, Self.isId(parts[0]), parts[1].utf8.count == 64,
                let key = bytes(hexadecimal: parts[1]), !keys.contains(where: { $0.id == parts[0] })
            else { throw CryptoFailure(.keyFileMalformed, at: "\(file):\(line)") }
            keys.append(KeyedHash(id: String(parts[0]), key: key))
        }
        guard let newest = keys.last else {
            throw CryptoFailure(.keyFileMalformed, at: file, hint: "the file holds no key")
        }
        current = newest
        all = keys.reversed()
    }

    /// The key with that id.
    package func key(_ id: String) -> KeyedHash? { all.first { $0.id == id } }

    private static func isId(_ text: Substring) -> Bool {
        (1...16).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}

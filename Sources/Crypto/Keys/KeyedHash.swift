/// A hash that only the holder of the key can compute: for values that may be guessed, such as a BSN.
///
/// The key has an id, written in front of each hash, so that a key can be replaced while older hashes keep their
/// meaning.
package final class KeyedHash: Sendable {
    /// Short, without spaces, `:` or `|`: `k1`.
    package let id: String
    private let template: HMACTemplate

    package init(id: String, key: [UInt8]) {
        self.id = id
        template = HMACTemplate(key: key)
    }

    /// Begins a hash over bytes that come in pieces.
    package func start() -> HMACSHA256 { template.start() }

    /// The 32 bytes of the hash.
    package func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var hmac = start()
        hmac.update(bytes)
        return hmac.finish()
    }

    /// The hash as it stands in a key: `k1:` and 64 hexadecimal digits.
    package func text(_ bytes: some Sequence<UInt8>) -> String {
        "\(id):\(hash(bytes).hexadecimal)"
    }
}

/// A universally unique identifier (RFC 9562), written as 36 lower-case characters.
package struct UUID: Hashable, Sendable, CustomStringConvertible {
    /// The 16 bytes.
    package let bytes: [UInt8]

    private init(shaping bytes: some Sequence<UInt8>) {
        var bytes = Array(bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        self.bytes = bytes
    }

    /// The identifier of 16 bytes; nil for any other number of them.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// A random one (version 4).
    package static func random() -> UUID { UUID(shaping: randomBytes(16)) }

    /// One that is the same each time for the same seed and ordinal, and otherwise as unguessable as the seed.
    ///
    /// So that everything a bericht makes keeps its identifiers at each resume: the seed is stored with the bericht,
    /// the ordinal counts what it makes. Shaped as version 4, since readers in the field refuse version 8.
    package static func derived(seed: [UInt8], ordinal: Int) -> UUID {
        var hmac = HMACSHA256(key: seed)
        hmac.update("sluis uuid ".utf8)
        hmac.update(String(ordinal).utf8)
        return UUID(shaping: hmac.finish())
    }

    /// The identifier of that text, hyphens in their places, either case; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        guard characters.count == 36 else { return nil }
        var digits: [UInt8] = []
        for (index, character) in characters.enumerated() {
            if Self.hyphens.contains(index) {
                guard character == UInt8(ascii: "-") else { return nil }
            } else {
                digits.append(character)
            }
        }
        let text = String(decoding: digits, as: UTF8.self)
        guard let bytes = Crypto.bytes(hexadecimal: text) else { return nil }
        self.bytes = bytes
    }

    package var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for byte in bytes {
            if Self.hyphens.contains(text.count) { text.append(UInt8(ascii: "-")) }
            text.append(hexadecimalDigit(byte >> 4))
            text.append(hexadecimalDigit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let hyphens = [8, 13, 18, 23]
}

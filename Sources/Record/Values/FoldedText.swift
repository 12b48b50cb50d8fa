/// Text as people look for it: without capitals, and letters without their marks. `Özdemir` is `ozdemir`.
///
/// The BRP API compares names so (BRP API Personen 2.7.0, GeslachtsnaamFilter: case-insensitive; letters À to ž).
package enum FoldedText {
    /// What stands for the letters from U+00C0 to U+017F, in their order.
    private static let letters: [[UInt8]] = """
        a a a a a a ae c e e e e i i i i d n o o o o o × o u u u u y th ss a a a a a a ae c \
        e e e e i i i i d n o o o o o ÷ o u u u u y th y a a a a a a c c c c c c c c d d d d \
        e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i ij ij j j k k k l l \
        l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t t \
        t t t t u u u u u u u u u u u u w w y y y z z z z z z s
        """.split(separator: " ").map { Array($0.utf8) }

    /// - Parameter bytes: UTF-8.
    package static func of(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes.map(lowercased) }
        var folded: [UInt8] = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0..<0x80: folded.append(lowercased(UInt8(truncatingIfNeeded: scalar.value)))
            case 0xC0...0x17F: folded += letters[Int(scalar.value) - 0xC0]
            // Marks that stand behind their letter.
            case 0x300...0x36F: continue
            default: folded += scalar.properties.lowercaseMapping.utf8
            }
        }
        return folded
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
}

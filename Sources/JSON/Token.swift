/// One thing a document says. Trivial; its text is asked for with ``Reader/text(of:)``.
package struct Token: Sendable {
    package enum Kind: UInt8, Sendable {
        case objectStart, objectEnd, arrayStart, arrayEnd, key, string, number, `true`, `false`, null
        /// The document has ended as it should.
        case end
    }

    package var kind: Kind
    /// Offset of its first byte; of a key or string: behind the quote.
    package var start: Int
    /// How many bytes as written, without quotes.
    package var count: Int
    /// A key or string with escapes, so that what it means differs from what is written.
    package var isEscaped = false
}

/// How much a document may ask of its reader.
package struct Limits: Sendable {
    /// Objects and arrays within each other.
    package var depth = 64
    package var byteCount = 64 << 20

    package init() {}
}

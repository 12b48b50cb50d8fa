internal import Record
internal import XML

/// Decodes the base64 text of one element and hands it on in pieces, in memory that does not grow with it.
struct ContentReader {
    private var decoder = Base64Decoder()
    private var id: Int64 = 0
    private var byteCount: Int64 = 0
    private var hasBegun = false

    mutating func add(_ text: ArraySlice<UInt8>, to contents: any ContentSink) throws(StUFFailure) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4 + 3)
        decoder.decode(text, into: &bytes)
        try write(bytes, to: contents)
    }

    /// - Returns: nil when it was not base64; id 0 and no bytes when there was nothing.
    mutating func finish(to contents: any ContentSink) throws(StUFFailure) -> Record.Content? {
        var bytes: [UInt8] = []
        let isWhole = decoder.finish(into: &bytes)
        try write(bytes, to: contents)
        if hasBegun { try contents.end() }
        return isWhole ? Record.Content(id: id, byteCount: byteCount) : nil
    }

    private mutating func write(_ bytes: [UInt8], to contents: any ContentSink) throws(StUFFailure) {
        guard !bytes.isEmpty else { return }
        if !hasBegun {
            id = try contents.begin()
            hasBegun = true
        }
        byteCount += Int64(bytes.count)
        try contents.write(bytes)
    }
}

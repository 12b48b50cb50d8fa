private import CLibXML2

/// What libxml2 takes by itself: it reads a document as ``Reader`` does, and the callbacks only count.
///
/// Beside this the benchmarks put what we make of the same bytes.
package enum Yardstick {
    /// - Returns: how many elements and pieces of text there were; 0 when it is not well-formed.
    package static func countEvents(of document: [UInt8]) -> Int {
        var count = 0
        var sax = unsafe xmlSAXHandler()
        unsafe sax.initialized = XML_SAX2_MAGIC
        unsafe sax.startElementNs = { context, _, _, _, _, _, _, _, _ in unsafe add(context) }
        unsafe sax.endElementNs = { context, _, _, _ in unsafe add(context) }
        unsafe sax.characters = { context, _, _ in unsafe add(context) }
        let status = unsafe withUnsafeMutablePointer(to: &count) { counter -> Int32 in
            guard let parser = unsafe xmlCreatePushParserCtxt(&sax, counter, nil, 0, nil) else { return -1 }
            defer { unsafe xmlFreeParserCtxt(parser) }
            unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue))
            return unsafe document.withUnsafeBytes { bytes in
                unsafe xmlParseChunk(
                    parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(clamping: bytes.count), 1)
            }
        }
        return status == 0 ? count : 0
    }
}

private func add(_ counter: UnsafeMutableRawPointer?) {
    unsafe counter?.assumingMemoryBound(to: Int.self).pointee += 1
}

private import CLibXML2
internal import Diagnostics

/// Sets libxml2's process-wide hooks: no external entities from anywhere, nothing printed.
///
/// Call it once, before any thread is started: the hooks are global variables of the library.
package func initialise() {
    xmlInitParser()
    unsafe xmlSetExternalEntityLoader { _, _, _ in nil }
    sluis_xml_silence()
}

/// Reads one document from chunks of bytes as they arrive, without a tree and without holding text back.
///
/// After each ``feed(_:)`` the ``events`` say what that chunk told:
///
/// ```swift
/// try reader.feed(chunk)
/// let events = reader.events
/// for event in events.list { switch event.kind { … } }
/// ```
///
/// Handing over arrays of trivial events costs less than a call through a protocol for each, and no C callback runs
/// foreign code (<doc:Decision-0001-events-in-arrays>). A chunk that is refused throws; what came before the refused
/// place is in ``events`` nevertheless.
///
/// Refused: any DOCTYPE, depth, attribute bombs, wrong encodings (``Limits``). The external entity loader is off for
/// the whole process (``initialise()``).
@safe package struct Reader: ~Copyable {
    // One owner for both; the parser points at the recorder, so that it must not move.
    private let parser: xmlParserCtxtPtr
    private let recorder: UnsafeMutablePointer<Recorder>
    private let limits: Limits
    private var bytesSinceEvent = 0
    private var isBlank = true

    /// - Throws: `X009` when libxml2 has no memory for a parser.
    package init(names: Names, limits: Limits = Limits()) throws(XMLFailure) {
        let recorder = UnsafeMutablePointer<Recorder>.allocate(capacity: 1)
        unsafe recorder.initialize(to: Recorder(names: names, limits: limits))
        var sax = unsafe xmlSAXHandler()
        unsafe sax.initialized = XML_SAX2_MAGIC
        unsafe sax.startElementNs = startElement
        unsafe sax.endElementNs = endElement
        unsafe sax.characters = characters
        unsafe sax.ignorableWhitespace = characters
        unsafe sax.internalSubset = internalSubset
        unsafe sax.serror = structuredError
        guard let parser = unsafe xmlCreatePushParserCtxt(&sax, recorder, nil, 0, nil) else {
            unsafe recorder.deinitialize(count: 1)
            unsafe recorder.deallocate()
            throw XMLFailure(.xmlUnavailable, line: 0)
        }
        unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue))
        unsafe recorder.pointee.parser = UnsafeMutableRawPointer(parser)
        unsafe self.parser = parser
        unsafe self.recorder = recorder
        self.limits = limits
    }

    deinit {
        unsafe xmlFreeParserCtxt(parser)
        unsafe recorder.deinitialize(count: 1)
        unsafe recorder.deallocate()
    }

    /// What the last ``feed(_:)`` or ``finish()`` told, up to a refused place if there was one.
    package var events: Events { unsafe recorder.pointee.events }
    package func namespace(of name: Name) -> ArraySlice<UInt8> { unsafe recorder.pointee.namespace(of: name) }
    package func local(of name: Name) -> ArraySlice<UInt8> { unsafe recorder.pointee.local(of: name) }
    func append(spelled name: Name, to bytes: inout [UInt8]) {
        unsafe recorder.pointee.append(spelled: name, to: &bytes)
    }
    func precedes(_ left: Name, _ right: Name) -> Bool { unsafe recorder.pointee.precedes(left, right) }
    /// The line the parser has come to; 1-based.
    package var line: Int { unsafe lineNumber(parser) }

    /// Reads on. Memory in use grows with the chunk: feed at most some tens of KB at a time.
    ///
    /// - Throws: the first reason to refuse the document. It is not read any further then.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) throws(XMLFailure) {
        unsafe recorder.pointee.events.removeAll()
        unsafe recorder.pointee.events.reserve(byteCount: min(bytes.count, 16 * 1024))
        if isBlank { isBlank = bytes.allSatisfy { $0 <= 0x20 } }
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = min(start + 4096, bytes.endIndex)
            let before = unsafe recorder.pointee.eventCount
            let status = unsafe bytes[start..<end].withUnsafeBytes { piece in
                unsafe xmlParseChunk(
                    parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), 0)
            }
            try check(status)
            bytesSinceEvent =
                unsafe recorder.pointee.eventCount == before ? bytesSinceEvent + (end - start) : 0
            guard bytesSinceEvent <= limits.bytesWithoutEvent else {
                unsafe recorder.pointee.fail(.xmlNoProgress, line: line)
                return try check(0)
            }
            start = end
        }
    }

    /// Says that there are no more bytes; ``events`` then hold what was still open.
    ///
    /// - Throws: `X006` when the document is not complete.
    package mutating func finish() throws(XMLFailure) {
        unsafe recorder.pointee.events.removeAll()
        // Whatever the parser complains of at the end of an open document, the cause is that it ends.
        if unsafe isBlank || recorder.pointee.depth > 0 {
            unsafe recorder.pointee.fail(.xmlTruncated, line: line)
            return try check(0)
        }
        let status = unsafe xmlParseChunk(parser, nil, 0, 1)
        try check(status)
        guard unsafe recorder.pointee.isComplete else { throw XMLFailure(.xmlTruncated, line: line) }
    }

    private func check(_ status: Int32) throws(XMLFailure) {
        if unsafe recorder.pointee.hasFailed, let failure = unsafe recorder.pointee.failure {
            unsafe xmlStopParser(parser)
            throw failure
        }
        // Errors reach `structuredError`; warnings leave a status but no failure.
        if status != 0, unsafe parser.pointee.wellFormed == 0 {
            throw XMLFailure(.xmlMalformed, line: line)
        }
    }
}

// MARK: What the parser calls. None of it captures: the context is the recorder.

private func recorder(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Recorder>? {
    unsafe context?.assumingMemoryBound(to: Recorder.self)
}

private func lineNumber(_ parser: xmlParserCtxtPtr) -> Int {
    guard let input = unsafe parser.pointee.input else { return 0 }
    return Int(unsafe input.pointee.line)
}

private func line(_ recorder: UnsafeMutablePointer<Recorder>) -> Int {
    guard let parser = unsafe recorder.pointee.parser else { return 0 }
    return unsafe lineNumber(parser.assumingMemoryBound(to: xmlParserCtxt.self))
}

/// Stops the parser as soon as the recorder has a reason to.
private func stopIfFailed(_ recorder: UnsafeMutablePointer<Recorder>) {
    guard unsafe recorder.pointee.hasFailed, let parser = unsafe recorder.pointee.parser else { return }
    unsafe xmlStopParser(parser.assumingMemoryBound(to: xmlParserCtxt.self))
}

private func startElement(
    context: UnsafeMutableRawPointer?, local: UnsafePointer<UInt8>?, prefix: UnsafePointer<UInt8>?,
    namespace: UnsafePointer<UInt8>?, namespaceCount: Int32,
    namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, attributeCount: Int32, defaultedCount: Int32,
    attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
    guard let recorder = unsafe recorder(context), let local = unsafe local else { return }
    let line = unsafe line(recorder)
    unsafe recorder.pointee.start(
        local: local, namespace: namespace, attributeCount: Int(attributeCount), attributes: attributes,
        line: line)
    unsafe stopIfFailed(recorder)
}

private func endElement(
    context: UnsafeMutableRawPointer?, local: UnsafePointer<UInt8>?, prefix: UnsafePointer<UInt8>?,
    namespace: UnsafePointer<UInt8>?
) {
    guard let recorder = unsafe recorder(context) else { return }
    let line = unsafe line(recorder)
    unsafe recorder.pointee.end(line: line)
}

private func characters(
    context: UnsafeMutableRawPointer?, text: UnsafePointer<UInt8>?, count: Int32
) {
    guard let recorder = unsafe recorder(context), count > 0 else { return }
    let line = unsafe line(recorder)
    unsafe recorder.pointee.text(UnsafeBufferPointer(start: text, count: Int(count)), line: line)
}

private func internalSubset(
    context: UnsafeMutableRawPointer?, name: UnsafePointer<UInt8>?, external: UnsafePointer<UInt8>?,
    system: UnsafePointer<UInt8>?
) {
    guard let recorder = unsafe recorder(context) else { return }
    let line = unsafe line(recorder)
    unsafe recorder.pointee.fail(.xmlDoctype, line: line)
    unsafe stopIfFailed(recorder)
}

/// Every error but a warning refuses the document. Its message is not kept: it quotes the text.
private func structuredError(context: UnsafeMutableRawPointer?, error: xmlErrorPtr?) {
    guard let recorder = unsafe recorder(context), let error = unsafe error,
        unsafe error.pointee.level != XML_ERR_WARNING
    else { return }
    let line = Int(unsafe error.pointee.line)
    var code = unsafe code(domain: error.pointee.domain, number: error.pointee.code)
    // Bytes that are not UTF-8 are reported as a character that is not allowed; a reference to one is ASCII.
    if unsafe error.pointee.code == XML_ERR_INVALID_CHAR.rawValue, unsafe isAtHighByte(recorder) {
        code = .xmlEncoding
    }
    unsafe recorder.pointee.fail(code, line: line)
    unsafe stopIfFailed(recorder)
}

private func isAtHighByte(_ recorder: UnsafeMutablePointer<Recorder>) -> Bool {
    guard let parser = unsafe recorder.pointee.parser?.assumingMemoryBound(to: xmlParserCtxt.self),
        let input = unsafe parser.pointee.input, let current = unsafe input.pointee.cur
    else { return false }
    return unsafe current < input.pointee.end && current.pointee >= 0x80
}

private func code(domain: Int32, number: Int32) -> Code {
    if domain == Int32(XML_FROM_NAMESPACE.rawValue) { return .xmlNamespace }
    switch xmlParserErrors(rawValue: UInt32(bitPattern: number)) {
    case XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_INVALID_ENCODING, XML_ERR_UNKNOWN_ENCODING,
        XML_ERR_ENCODING_NAME, XML_I18N_CONV_FAILED, XML_I18N_NO_HANDLER, XML_I18N_NO_NAME,
        XML_I18N_EXCESS_HANDLER, XML_I18N_NO_OUTPUT:
        return .xmlEncoding
    case XML_ERR_NO_MEMORY: return .xmlUnavailable
    default: return .xmlMalformed
    }
}

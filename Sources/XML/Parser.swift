private import CLibXML2
internal import Diagnostics

/// A parser of libxml2 and the recorder that it calls: one owner for both, for the parser points at the recorder.
///
/// A used one remembers the names of its documents, so that the next document finds them by their address alone.
///
/// Sendable: it is with one ``Reader`` at a time, and ``ReaderPool`` hands it on whole.
@safe final class Parser: @unchecked Sendable {
    /// What a parser may remember to be used again: names by number and by size.
    private static let rememberedNames = 1024
    private static let rememberedBytes = 128 * 1024

    private let context: xmlParserCtxtPtr
    let recorder: UnsafeMutablePointer<Recorder>

    /// - Throws: `X009` when libxml2 has no memory for a parser.
    init(names: Names, limits: Limits) throws(XMLFailure) {
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
        guard let context = unsafe xmlCreatePushParserCtxt(&sax, recorder, nil, 0, nil) else {
            unsafe recorder.deinitialize(count: 1)
            unsafe recorder.deallocate()
            throw XMLFailure(.xmlUnavailable, line: 0)
        }
        unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue))
        unsafe recorder.pointee.parser = UnsafeMutableRawPointer(context)
        unsafe self.context = context
        unsafe self.recorder = recorder
    }

    deinit {
        unsafe xmlFreeParserCtxt(context)
        unsafe recorder.deinitialize(count: 1)
        unsafe recorder.deallocate()
    }

    /// The line the parser has come to; 1-based.
    var line: Int { unsafe lineNumber(context) }

    /// Whether a document of any kind may follow: the last one was read to its end and little is remembered.
    ///
    /// A parser that refused something is not used again: what it then leaves behind differs between releases.
    var isReusable: Bool {
        guard unsafe recorder.pointee.isComplete, unsafe !recorder.pointee.hasFailed,
            unsafe context.pointee.wellFormed != 0
        else { return false }
        let dictionary = unsafe context.pointee.dict
        return unsafe xmlDictSize(dictionary) < Self.rememberedNames
            && xmlDictGetUsage(dictionary) < Self.rememberedBytes
            && recorder.pointee.remembersLittle
    }

    /// Forgets the document, not its names.
    ///
    /// - Returns: false when libxml2 has no memory for it: then it must not be used.
    func startAnew() -> Bool {
        unsafe recorder.pointee.startAnew()
        return unsafe sluis_xml_start_anew(context) == 0
    }

    /// Reads on; what it told is with the recorder.
    ///
    /// - Returns: false when the document is refused, though the recorder may know no reason.
    func parse(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> Bool {
        let status = unsafe bytes.withUnsafeBytes { bytes in
            unsafe xmlParseChunk(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
                isLast ? 1 : 0)
        }
        // Errors reach `structuredError`; warnings leave a status but no failure.
        return unsafe status == 0 || context.pointee.wellFormed != 0
    }

    func stop() { unsafe xmlStopParser(context) }
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

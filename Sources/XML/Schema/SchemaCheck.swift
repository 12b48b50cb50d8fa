private import CLibXML2
internal import Diagnostics

/// Checks one document, or the child of its `SOAP:Body`, against a schema: by SAX, from chunks, in bounded memory.
///
/// Of the text of one element no more than ``longestText`` is looked at: a document in base64 is not put together here.
/// An `xop:Include` counts as content.
@safe package struct SchemaCheck: ~Copyable {
    /// The first thing that is not as the schema says.
    package struct Finding: Equatable, Sendable {
        /// Local name of the element.
        package var element: String
        /// 1-based.
        package var line: Int
    }

    fileprivate static let longestText = 48 * 1024

    private let state: UnsafeMutablePointer<SchemaCheckState>
    private let context: xmlParserCtxtPtr
    private let valid: xmlSchemaValidCtxtPtr
    private let plug: xmlSchemaSAXPlugPtr

    /// - Throws: `X009` when libxml2 has no memory for it.
    package init(_ schema: Schema) throws(XMLFailure) {
        guard let valid = unsafe xmlSchemaNewValidCtxt(schema.pointer) else {
            throw XMLFailure(.xmlUnavailable, line: 0)
        }
        let state = UnsafeMutablePointer<SchemaCheckState>.allocate(capacity: 1)
        unsafe state.initialize(to: SchemaCheckState())
        unsafe xmlSchemaSetValidStructuredErrors(valid, schemaError, state)
        // The plug's own callbacks are called for the events of the bericht alone, and not by the parser.
        guard let plug = unsafe xmlSchemaSAXPlug(valid, &state.pointee.sax, &state.pointee.user) else {
            unsafe xmlSchemaFreeValidCtxt(valid)
            unsafe state.deinitialize(count: 1)
            unsafe state.deallocate()
            throw XMLFailure(.xmlUnavailable, line: 0)
        }
        var sax = unsafe xmlSAXHandler()
        unsafe sax.initialized = XML_SAX2_MAGIC
        unsafe sax.startElementNs = schemaStart
        unsafe sax.endElementNs = schemaEnd
        unsafe sax.characters = schemaText
        unsafe sax.ignorableWhitespace = schemaText
        unsafe sax.cdataBlock = schemaText
        unsafe sax.internalSubset = schemaSubset
        unsafe sax.serror = { _, _ in }
        guard let context = unsafe xmlCreatePushParserCtxt(&sax, state, nil, 0, nil) else {
            unsafe xmlSchemaSAXUnplug(plug)
            unsafe xmlSchemaFreeValidCtxt(valid)
            unsafe state.deinitialize(count: 1)
            unsafe state.deallocate()
            throw XMLFailure(.xmlUnavailable, line: 0)
        }
        unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue))
        unsafe state.pointee.parser = context
        unsafe self.state = state
        unsafe self.context = context
        unsafe self.valid = valid
        unsafe self.plug = plug
    }

    deinit {
        unsafe xmlSchemaSAXUnplug(plug)
        unsafe xmlFreeParserCtxt(context)
        unsafe xmlSchemaFreeValidCtxt(valid)
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// Reads on. What is no XML is no finding: the reader of the bericht says so.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while start < bytes.endIndex, unsafe !state.pointee.isDone {
            let end = min(start + 4096, bytes.endIndex)
            unsafe bytes[start..<end].withUnsafeBytes { chunk in
                _ = unsafe xmlParseChunk(
                    context, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(chunk.count), 0)
            }
            start = end
        }
    }

    /// - Returns: nil when the schema has nothing against the document.
    package mutating func finish() -> Finding? {
        if unsafe !state.pointee.isDone { _ = unsafe xmlParseChunk(context, nil, 0, 1) }
        return unsafe state.pointee.finding
    }

    /// Checks a document that is at hand.
    package static func check(_ bytes: [UInt8], _ schema: Schema) throws(XMLFailure) -> Finding? {
        var check = try SchemaCheck(schema)
        check.feed(bytes[...])
        return check.finish()
    }
}

/// What the callbacks share; it stays at one address.
@safe private struct SchemaCheckState {
    var parser: xmlParserCtxtPtr?
    var sax: xmlSAXHandlerPtr?
    var user: UnsafeMutableRawPointer?
    var finding: SchemaCheck.Finding?
    /// Elements that are open.
    var depth = 0
    /// Of those, how many stand around what is checked; nil while that has not begun.
    var outside: Int?
    /// In an envelope: whether the body is open.
    var isInBody = false
    var hasEnvelope = false
    /// Open elements of an `xop:Include`.
    var including = 0
    /// Of the element that is open: what was looked at.
    var textCount = 0
    /// Namespaces that the envelope declares, as pairs of prefix and name; the parser owns the text.
    var namespaces: [UnsafePointer<UInt8>?] = unsafe []
    var isDone = false
    /// Of the element that starts or ends, for a finding.
    var local: UnsafePointer<UInt8>?
}

private let soapNamespaces = [
    "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope",
]

private func state(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<SchemaCheckState>? {
    unsafe context?.assumingMemoryBound(to: SchemaCheckState.self)
}

private func equals(_ text: UnsafePointer<UInt8>?, _ other: String) -> Bool {
    guard let text = unsafe text else { return false }
    return unsafe xmlStrEqual(text, other) == 1
}

private func isSOAP(_ namespace: UnsafePointer<UInt8>?) -> Bool {
    soapNamespaces.contains { unsafe equals(namespace, $0) }
}

private func schemaStart(
    context: UnsafeMutableRawPointer?, local: UnsafePointer<UInt8>?, prefix: UnsafePointer<UInt8>?,
    namespace: UnsafePointer<UInt8>?, namespaceCount: Int32,
    namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, attributeCount: Int32, defaultedCount: Int32,
    attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
    guard let state = unsafe state(context) else { return }
    unsafe state.pointee.depth += 1
    unsafe state.pointee.textCount = 0
    let depth = unsafe state.pointee.depth
    guard depth <= 100, unsafe !state.pointee.isDone else { return unsafe stop(state) }
    if unsafe state.pointee.outside == nil {
        if depth == 1, unsafe isSOAP(namespace) { unsafe state.pointee.hasEnvelope = true }
        let isInEnvelope = unsafe state.pointee.hasEnvelope
        if depth == 2, unsafe isSOAP(namespace), unsafe equals(local, "Body") {
            unsafe state.pointee.isInBody = true
        }
        let isRoot = isInEnvelope ? unsafe depth == 3 && state.pointee.isInBody : depth == 1
        guard isRoot else {
            if depth < 3, let namespaces = unsafe namespaces {
                for index in 0..<Int(namespaceCount) * 2 {
                    unsafe state.pointee.namespaces.append(namespaces[index])
                }
            }
            return
        }
        unsafe state.pointee.outside = depth - 1
        unsafe forwardRoot(
            state, local, prefix, namespace, namespaceCount, namespaces, attributeCount, defaultedCount,
            attributes)
        return
    }
    if unsafe state.pointee.including > 0 || equals(namespace, "http://www.w3.org/2004/08/xop/include") {
        unsafe state.pointee.including += 1
        return
    }
    unsafe state.pointee.local = local
    unsafe state.pointee.sax?.pointee.startElementNs?(
        state.pointee.user, local, prefix, namespace, namespaceCount, namespaces, attributeCount,
        defaultedCount,
        attributes)
}

/// The root sees what the envelope declared: a type or a value may use a prefix of it.
private func forwardRoot(
    _ state: UnsafeMutablePointer<SchemaCheckState>, _ local: UnsafePointer<UInt8>?,
    _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?, _ namespaceCount: Int32,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
    // The nearest declaration of a prefix comes first.
    var all: [UnsafePointer<UInt8>?] = unsafe []
    if let namespaces = unsafe namespaces {
        for index in 0..<Int(namespaceCount) * 2 { unsafe all.append(namespaces[index]) }
    }
    unsafe all += unsafe state.pointee.namespaces
    unsafe state.pointee.local = local
    let count = unsafe Int32(all.count / 2)
    unsafe all.withUnsafeMutableBufferPointer { all in
        unsafe state.pointee.sax?.pointee.startElementNs?(
            state.pointee.user, local, prefix, namespace, count, all.baseAddress, attributeCount,
            defaultedCount,
            attributes)
    }
}

private func schemaEnd(
    context: UnsafeMutableRawPointer?, local: UnsafePointer<UInt8>?, prefix: UnsafePointer<UInt8>?,
    namespace: UnsafePointer<UInt8>?
) {
    guard let state = unsafe state(context), unsafe !state.pointee.isDone else { return }
    unsafe state.pointee.depth -= 1
    guard let outside = unsafe state.pointee.outside else {
        if unsafe state.pointee.depth < 2 { unsafe state.pointee.isInBody = false }
        return
    }
    if unsafe state.pointee.including > 0 {
        unsafe state.pointee.including -= 1
        return
    }
    unsafe state.pointee.local = local
    unsafe state.pointee.sax?.pointee.endElementNs?(state.pointee.user, local, prefix, namespace)
    unsafe state.pointee.textCount = 0
    if unsafe state.pointee.depth == outside { unsafe stop(state) }
}

private func schemaText(context: UnsafeMutableRawPointer?, text: UnsafePointer<UInt8>?, count: Int32) {
    guard let state = unsafe state(context), unsafe !state.pointee.isDone, let text = unsafe text,
        unsafe state.pointee.outside != nil, unsafe state.pointee.including == 0
    else { return }
    // Cut off where a group of four of base64 ends.
    let room = unsafe SchemaCheck.longestText - state.pointee.textCount
    guard room > 0 else { return }
    var taken = 0
    while taken < Int(count), unsafe state.pointee.textCount < SchemaCheck.longestText {
        if unsafe text[taken] > 0x20 { unsafe state.pointee.textCount += 1 }
        taken += 1
    }
    unsafe state.pointee.sax?.pointee.characters?(state.pointee.user, text, Int32(taken))
}

private func schemaSubset(
    context: UnsafeMutableRawPointer?, name: UnsafePointer<UInt8>?, external: UnsafePointer<UInt8>?,
    system: UnsafePointer<UInt8>?
) {
    if let state = unsafe state(context) { unsafe stop(state) }
}

private func stop(_ state: UnsafeMutablePointer<SchemaCheckState>) {
    unsafe state.pointee.isDone = true
    if let parser = unsafe state.pointee.parser { unsafe xmlStopParser(parser) }
}

/// The message is not kept: it quotes the text.
private func schemaError(context: UnsafeMutableRawPointer?, error: xmlErrorPtr?) {
    guard let state = unsafe state(context), let error = unsafe error,
        unsafe error.pointee.level != XML_ERR_WARNING, unsafe state.pointee.finding == nil
    else { return }
    var element = ""
    if let local = unsafe state.pointee.local { element = unsafe String(cString: local) }
    var line = 0
    if let input = unsafe state.pointee.parser?.pointee.input { line = Int(unsafe input.pointee.line) }
    unsafe state.pointee.finding = SchemaCheck.Finding(element: String(element.prefix(200)), line: line)
}

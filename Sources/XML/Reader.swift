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
package struct Reader: ~Copyable {
    private let parser: Parser
    /// Where the parser goes when the document has ended; nil when that is nowhere.
    private let pool: ReaderPool?
    private let limits: Limits
    private var bytesSinceEvent = 0
    private var isBlank = true

    /// - Throws: `X009` when libxml2 has no memory for a parser.
    package init(names: Names, limits: Limits = Limits()) throws(XMLFailure) {
        self.init(try Parser(names: names, limits: limits), of: nil, limits: limits)
    }

    init(_ parser: Parser, of pool: ReaderPool?, limits: Limits) {
        self.parser = parser
        self.pool = pool
        self.limits = limits
    }

    deinit { pool?.takeBack(parser) }

    /// What the last ``feed(_:)`` or ``finish()`` told, up to a refused place if there was one.
    package var events: Events { unsafe parser.recorder.pointee.events }
    package func namespace(of name: Name) -> ArraySlice<UInt8> {
        unsafe parser.recorder.pointee.namespace(of: name)
    }
    package func local(of name: Name) -> ArraySlice<UInt8> { unsafe parser.recorder.pointee.local(of: name) }
    func append(spelled name: Name, to bytes: inout [UInt8]) {
        unsafe parser.recorder.pointee.append(spelled: name, to: &bytes)
    }
    func precedes(_ left: Name, _ right: Name) -> Bool {
        unsafe parser.recorder.pointee.precedes(left, right)
    }
    /// The line the parser has come to; 1-based.
    package var line: Int { parser.line }

    /// Reads on. Memory in use grows with the chunk: feed at most some tens of KB at a time.
    ///
    /// - Throws: the first reason to refuse the document. It is not read any further then.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) throws(XMLFailure) {
        unsafe parser.recorder.pointee.startChunk(byteCount: min(bytes.count, 16 * 1024))
        if isBlank { isBlank = bytes.allSatisfy { $0 <= 0x20 } }
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = min(start + 4096, bytes.endIndex)
            let before = unsafe parser.recorder.pointee.eventCount
            try check(parser.parse(bytes[start..<end], isLast: false))
            bytesSinceEvent =
                unsafe parser.recorder.pointee.eventCount == before ? bytesSinceEvent + (end - start) : 0
            guard bytesSinceEvent <= limits.bytesWithoutEvent else {
                unsafe parser.recorder.pointee.fail(.xmlNoProgress, line: line)
                return try check(true)
            }
            start = end
        }
    }

    /// Says that there are no more bytes; ``events`` then hold what was still open.
    ///
    /// - Throws: `X006` when the document is not complete.
    package mutating func finish() throws(XMLFailure) {
        unsafe parser.recorder.pointee.startChunk(byteCount: 0)
        // Whatever the parser complains of at the end of an open document, the cause is that it ends.
        if unsafe isBlank || parser.recorder.pointee.depth > 0 {
            unsafe parser.recorder.pointee.fail(.xmlTruncated, line: line)
            return try check(true)
        }
        try check(parser.parse([], isLast: true))
        guard unsafe parser.recorder.pointee.isComplete else { throw XMLFailure(.xmlTruncated, line: line) }
    }

    private func check(_ isTaken: Bool) throws(XMLFailure) {
        if unsafe parser.recorder.pointee.hasFailed, let failure = unsafe parser.recorder.pointee.failure {
            parser.stop()
            throw failure
        }
        guard isTaken else { throw XMLFailure(.xmlMalformed, line: line) }
    }
}

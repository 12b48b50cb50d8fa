package import Crypto
internal import Diagnostics
internal import Model
internal import Record
internal import XML

/// Reads one bericht from chunks as they come from the socket: SOAP 1.1, SOAP 1.2 or bare.
///
/// ```swift
/// var reader = try BerichtReader(forms, soapAction: action, hash: hash, contents: contents)
/// try reader.feed(chunk)                    // as often as there are chunks
/// let bericht = try reader.finish()
/// ```
///
/// ``feed(_:)`` throws when reading cannot go on: the XML is refused, or a content cannot be kept. What is wrong with
/// the bericht itself (a date that does not exist, two objects too many) is thrown by ``finish()``, so that the whole
/// has been read and hashed: ``header`` and ``contentHash`` then serve to keep and refuse it.
package struct BerichtReader: ~Copyable {
    /// What is known of the bericht so far.
    package var header: Header { outline.header }
    /// Keyed hash of what was read of the content; complete after ``finish()`` or a failure.
    package private(set) var contentHash: [UInt8] = []

    private var xml: XML.Reader
    private var outline: Outline
    private var canonical = Canonical()
    private var hmac: HMACSHA256?
    private let isHashed: Bool
    private let contents: any ContentSink

    /// - Parameters:
    ///   - soapAction: the header's value, with or without quotes.
    ///   - hash: nil where nobody asks for ``contentHash``; it then stays empty.
    ///   - contents: where large content goes.
    package init(
        _ forms: Forms, soapAction: String?, hash: KeyedHash?, contents: any ContentSink
    ) throws(StUFFailure) {
        do throws(XMLFailure) {
            xml = try forms.readers.reader()
        } catch {
            throw StUFFailure(error)
        }
        outline = Outline(forms, soapAction: soapAction)
        hmac = hash?.start()
        isHashed = hash != nil
        self.contents = contents
    }

    /// Reads on.
    ///
    /// - Throws: an `X` code when the XML is refused, `S025` when a content cannot be kept. Stop feeding then.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) throws(StUFFailure) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = min(start + 16 * 1024, bytes.endIndex)
            var refusal: XMLFailure?
            do throws(XMLFailure) {
                try xml.feed(bytes[start..<end])
            } catch {
                refusal = error
            }
            try take(refusal)
            start = end
        }
    }

    /// Ends the bericht.
    ///
    /// - Throws: the first thing that is wrong with it.
    package mutating func finish() throws(StUFFailure) -> Bericht {
        var refusal: XMLFailure?
        do throws(XMLFailure) {
            try xml.finish()
        } catch {
            refusal = error
        }
        try take(refusal)
        endHash()
        return try outline.bericht(contentHash: contentHash)
    }

    /// Reads a whole bericht that is in memory.
    package static func read(
        _ bytes: [UInt8], _ forms: Forms, soapAction: String?, hash: KeyedHash?, contents: any ContentSink
    ) throws(StUFFailure) -> Bericht {
        var reader = try BerichtReader(forms, soapAction: soapAction, hash: hash, contents: contents)
        try reader.feed(bytes[...])
        return try reader.finish()
    }

    /// Takes in what the last chunk told, then the reason to stop, if there is one.
    private mutating func take(_ refusal: XMLFailure?) throws(StUFFailure) {
        let events = xml.events
        var isInContent = outline.isInContent
        for index in events.list.indices {
            let wasInContent = isInContent
            do throws(StUFFailure) {
                try outline.take(events.list[index], events, xml, contents: contents)
            } catch {
                endHash()
                throw error
            }
            // The start of the root and the end of its last child count; stuurgegevens do not.
            guard isHashed else { continue }
            isInContent = outline.isInContent
            guard wasInContent || isInContent else { continue }
            // What an include names differs each time it is sent; the hash of the document does not.
            if events.list[index].name == outline.include { continue }
            canonical.add(index, of: events, reader: xml)
            if let digest = outline.included.take() { canonical.bytes += digest }
        }
        if isHashed {
            hmac?.update(canonical.bytes)
            canonical.bytes.removeAll(keepingCapacity: true)
        }
        guard let refusal else { return }
        endHash()
        throw StUFFailure(refusal)
    }

    private mutating func endHash() {
        guard let hmac = hmac.take() else { return }
        contentHash = hmac.finish()
    }
}

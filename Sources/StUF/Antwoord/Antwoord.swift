private import Diagnostics
package import Record
internal import XML

/// An answer as it is sent: what is written, and between that the documents, which are read while it is sent.
package struct Antwoord: Sendable {
    enum Segment: Sendable {
        case bytes([UInt8])
        /// In the bericht.
        case base64(Record.Content)
        /// As a part of its own.
        case binary(Record.Content)
    }

    package let contentType: String
    let segments: [Segment]

    /// The documents that it holds.
    package var contents: [Record.Content] {
        segments.compactMap { segment in
            switch segment {
            case .bytes: nil
            case .base64(let content), .binary(let content): content
            }
        }
    }

    /// What is written, without any document.
    package var bytes: [UInt8] {
        segments.reduce(into: []) { bytes, segment in
            if case .bytes(let more) = segment { bytes += more }
        }
    }
}

extension Antwoord {
    /// Spells an answer, one piece in memory at a time.
    package struct Pieces: Sendable {
        private var segments: ArraySlice<Segment>
        /// Of the document that is being read.
        private var piece = 0
        private var byteCount: Int64 = 0
        private var encoder = Base64Encoder()

        package init(_ antwoord: Antwoord) { segments = antwoord.segments[...] }

        package var isAtEnd: Bool { segments.isEmpty }

        /// The next piece, never empty; nil behind the last.
        ///
        /// - Parameter read: gives one piece of a content by the content's number; nil behind the last.
        /// - Throws: `S022` when a document is not there as a whole, or what `read` throws.
        package mutating func next(
            _ read: (_ content: Int64, _ piece: Int) throws(StUFFailure) -> [UInt8]?
        ) throws(StUFFailure) -> [UInt8]? {
            while let segment = segments.first {
                var bytes: [UInt8] = []
                switch segment {
                case .bytes(let written):
                    bytes = written
                    segments.removeFirst()
                case .binary(let content): bytes = try take(content, read) ?? []
                case .base64(let content):
                    if let piece = try take(content, read) {
                        encoder.encode(piece[...], into: &bytes)
                    } else {
                        encoder.finish(into: &bytes)
                    }
                }
                if !bytes.isEmpty { return bytes }
            }
            return nil
        }

        /// - Returns: nil behind the end of the document, which is then passed.
        private mutating func take(
            _ content: Record.Content, _ read: (Int64, Int) throws(StUFFailure) -> [UInt8]?
        ) throws(StUFFailure) -> [UInt8]? {
            if let bytes = try read(content.id, piece) {
                piece += 1
                byteCount += Int64(bytes.count)
                return bytes
            }
            guard byteCount == content.byteCount else { throw StUFFailure(.stufContentNotStored) }
            segments.removeFirst()
            (piece, byteCount) = (0, 0)
            return nil
        }
    }
}

/// Where the documents of an answer stand between what is written of it.
final class Gaps {
    private var segments: [Antwoord.Segment] = []

    /// Leaves a gap for a document in the element that was just started.
    func leave(for content: Record.Content, in writer: inout Writer) {
        // Ends the tag.
        writer.base64([])
        segments += [.bytes(writer.take()), .base64(content)]
    }

    /// - Parameter rest: what was written behind the last gap.
    func closed(_ rest: [UInt8]) -> [Antwoord.Segment] { segments + [.bytes(rest)] }
}

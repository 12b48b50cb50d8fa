private import Diagnostics

/// Finds the content of a body, and its end, in bytes that come in piece by piece.
package struct BodyDecoder {
    package typealias Step = ChunkedDecoder.Step

    private enum Kind {
        case length(left: Int64)
        case chunked(ChunkedDecoder)
    }

    private var kind: Kind
    private var room: Int64

    /// - Throws: `bodyTooLarge` when the announced length is beyond the limit.
    package init(_ framing: RequestHead.Framing, limit: Int64, limits: Limits) throws(HTTPFailure) {
        switch framing {
        case .none: kind = .length(left: 0)
        case .length(let length):
            guard length <= limit else { throw HTTPFailure(.bodyTooLarge) }
            kind = .length(left: length)
        case .chunked: kind = .chunked(ChunkedDecoder(overheadLimit: limits.headByteCount))
        }
        room = limit
    }

    /// Looks at bytes from `start` on; ends at once when nothing is to come.
    package mutating func step(_ bytes: ArraySlice<UInt8>, from start: Int) throws(HTTPFailure) -> Step {
        switch kind {
        case .length(let left):
            if left == 0 { return .end(start) }
            guard start < bytes.endIndex else { return .more }
            let end = min(bytes.endIndex, start + Int(clamping: left))
            kind = .length(left: left - Int64(end - start))
            return .data(start..<end)
        case .chunked(var decoder):
            let step = try decoder.step(bytes, from: start)
            kind = .chunked(decoder)
            if case .data(let range) = step {
                room -= Int64(range.count)
                guard room >= 0 else { throw HTTPFailure(.bodyTooLarge) }
            }
            return step
        }
    }
}

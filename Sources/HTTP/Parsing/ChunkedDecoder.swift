private import Diagnostics

/// Takes the chunks of a body apart (RFC 9112, 7.1), in pieces of any size. Extensions and trailer fields are read
/// and forgotten.
package struct ChunkedDecoder {
    private enum State {
        case sizeStart, size, blank, `extension`, sizeLineFeed
        case data, dataReturn, dataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, lastLineFeed, done
    }

    /// What was found in some bytes.
    package enum Step: Equatable, Sendable {
        /// These bytes are content.
        case data(Range<Int>)
        /// All bytes were looked at.
        case more
        /// The body ended; what begins here is the next request.
        case end(Int)
    }

    private var state = State.sizeStart
    /// Of the present chunk, still to come.
    private var left: Int64 = 0
    private var contentCount: Int64 = 0
    /// Bytes that carry no content: extensions and trailer.
    private var overhead = 0
    private let overheadLimit: Int

    /// - Parameter overheadLimit: for extensions (beyond the size of the content) and the trailer.
    package init(overheadLimit: Int) { self.overheadLimit = overheadLimit }

    /// Looks at bytes from `start` on. Not to be called again after `end`.
    package mutating func step(_ bytes: ArraySlice<UInt8>, from start: Int) throws(HTTPFailure) -> Step {
        var index = start
        while index < bytes.endIndex {
            if state == .data {
                let end = min(bytes.endIndex, index + Int(clamping: left))
                left -= Int64(end - index)
                contentCount &+= Int64(end - index)
                if left == 0 { state = .dataReturn }
                return .data(index..<end)
            }
            try take(bytes[index])
            index += 1
            if state == .done { return .end(index) }
        }
        return .more
    }

    private mutating func take(_ byte: UInt8) throws(HTTPFailure) {
        switch state {
        case .sizeStart:
            guard let digit = byte.hexValue else { throw HTTPFailure(.chunkInvalid) }
            left = Int64(digit)
            state = .size
        case .size: try takeSize(byte)
        case .blank:
            guard byte.isBlankByte || byte == UInt8(ascii: ";") else { throw HTTPFailure(.chunkInvalid) }
            if byte == UInt8(ascii: ";") { state = .extension }
            try count()
        case .extension:
            try count()
            state = try endOfLine(byte, then: .sizeLineFeed) ?? .extension
        case .sizeLineFeed:
            try expect(byte, 0x0A)
            state = left == 0 ? .trailerStart : .data
        case .data, .done: break
        case .dataReturn:
            try expect(byte, 0x0D)
            state = .dataLineFeed
        case .dataLineFeed:
            try expect(byte, 0x0A)
            state = .sizeStart
        case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed, .lastLineFeed:
            try takeTrailer(byte)
        }
    }

    private mutating func takeSize(_ byte: UInt8) throws(HTTPFailure) {
        switch byte {
        case 0x0D: state = .sizeLineFeed
        case UInt8(ascii: ";"): state = .extension
        case 0x20, 0x09: state = .blank
        default:
            // Far below overflow, and far beyond any body.
            guard let digit = byte.hexValue, left < 1 << 56 else { throw HTTPFailure(.chunkInvalid) }
            left = left << 4 | Int64(digit)
        }
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(HTTPFailure) {
        try count()
        switch state {
        case .trailerStart where byte == 0x0D: state = .lastLineFeed
        case .trailerStart:
            guard byte.isTokenByte else { throw HTTPFailure(.chunkInvalid) }
            state = .trailerName
        case .trailerName where byte.isTokenByte: break
        case .trailerName:
            try expect(byte, UInt8(ascii: ":"))
            state = .trailerValue
        case .trailerValue: state = try endOfLine(byte, then: .trailerLineFeed) ?? .trailerValue
        case .trailerLineFeed:
            try expect(byte, 0x0A)
            state = .trailerStart
        default:
            try expect(byte, 0x0A)
            state = .done
        }
    }

    /// The state behind the CR of a line of free text; nil while the line goes on.
    private func endOfLine(_ byte: UInt8, then next: State) throws(HTTPFailure) -> State? {
        if byte == 0x0D { return next }
        guard byte.isFieldByte else { throw HTTPFailure(.chunkInvalid) }
        return nil
    }

    private func expect(_ byte: UInt8, _ expected: UInt8) throws(HTTPFailure) {
        guard byte == expected else { throw HTTPFailure(.chunkInvalid) }
    }

    /// Keeps a body of nothing but extensions from going on for ever.
    private mutating func count() throws(HTTPFailure) {
        overhead += 1
        guard overhead <= overheadLimit + Int(clamping: contentCount) else {
            throw HTTPFailure(.chunkInvalid)
        }
    }
}

extension UInt8 {
    fileprivate var isBlankByte: Bool { self == 0x20 || self == 0x09 }
}

private import Diagnostics

/// Finds the end of a head in bytes that come in piece by piece; looks at each byte once.
package struct HeadScanner {
    /// Bytes looked at so far.
    private var scanned = 0
    /// Where the present line began.
    private var lineStart = 0
    /// Empty lines before the request line, which a reader should forgive (RFC 9112, 2.2).
    package private(set) var leading = 0

    package init() {}

    /// Looks at all bytes of the request so far.
    ///
    /// - Returns: where the head ends, behind its empty line; nil when it is not complete.
    package mutating func scan(_ bytes: ArraySlice<UInt8>, limits: Limits) throws(HTTPFailure) -> Int? {
        let start = bytes.startIndex
        if scanned == 0, let first = bytes.first, !first.isTokenByte, first != 0x0D {
            throw HTTPFailure(first == 0x0A ? .lineEndInvalid : .requestLineInvalid)
        }
        while scanned < bytes.count {
            guard let end = bytes[(start + scanned)...].firstIndex(of: 0x0A) else { break }
            let offset = end - start
            guard offset > lineStart, bytes[end - 1] == 0x0D else { throw HTTPFailure(.lineEndInvalid) }
            let isEmpty = offset == lineStart + 1
            if lineStart == leading {
                if isEmpty {
                    leading += 2
                    guard leading <= 4 else { throw HTTPFailure(.requestLineInvalid) }
                }
            } else if isEmpty {
                try check(offset + 1 - leading, limits.headByteCount)
                return offset + 1
            }
            scanned = offset + 1
            lineStart = scanned
        }
        scanned = bytes.count
        if lineStart == leading, scanned - leading > limits.targetByteCount + 32 {
            throw HTTPFailure(.targetTooLong)
        }
        try check(scanned - leading, limits.headByteCount)
        return nil
    }

    /// What stands where a path belongs in a head that may be anything: behind the first blank, up to a question mark or
    /// another blank; empty when there is none.
    ///
    /// A copy: what comes in is read into the same buffer again.
    static func path(in head: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let line = head.drop { $0 == 0x0D || $0 == 0x0A }.prefix { $0 != 0x0A }
        guard let blank = line.firstIndex(of: 0x20) else { return [] }
        let path = line[(blank + 1)...].prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") }
        return path.first == UInt8(ascii: "/") ? Array(path.prefix(1024))[...] : []
    }

    private func check(_ count: Int, _ limit: Int) throws(HTTPFailure) {
        guard count <= limit else { throw HTTPFailure(.headTooLarge) }
    }
}

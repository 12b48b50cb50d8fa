internal import Threads

/// What still has to be written to one connection, in order.
struct Output {
    /// How writing went.
    enum Progress { case finished, blocked, broken }

    /// Beyond this a body is not copied behind its head but written by itself.
    private static let mergeLimit = 16 * 1024

    private var segments: [[UInt8]] = []
    /// Written of the first segment.
    private var offset = 0
    private(set) var byteCount = 0

    var isEmpty: Bool { segments.isEmpty }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        byteCount += bytes.count
        if let last = segments.indices.last, segments[last].count + bytes.count <= Self.mergeLimit {
            segments[last] += bytes
        } else {
            segments.append(bytes)
        }
    }

    /// Writes what the socket takes.
    ///
    /// - Returns: how it went, and whether anything was written.
    mutating func write(to socket: borrowing Socket) -> (progress: Progress, isMoving: Bool) {
        var isMoving = false
        while let first = segments.first {
            let result = unsafe first.withUnsafeBytes { bytes in
                unsafe socket.write(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
            }
            switch result {
            case .bytes(let count):
                isMoving = true
                byteCount -= count
                offset += count
                if offset == first.count {
                    segments.removeFirst()
                    offset = 0
                }
            case .wouldBlock: return (.blocked, isMoving)
            case .failed: return (.broken, isMoving)
            }
        }
        return (.finished, isMoving)
    }
}

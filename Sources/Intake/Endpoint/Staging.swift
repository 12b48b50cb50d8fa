internal import Crypto
private import Diagnostics
internal import Ledger
internal import StUF
internal import Threads

/// Puts bytes in the ledger in pieces, under one number; on a thread that may block.
struct Pieces {
    private let ledger: any Ledger
    private let now: WallTime
    private let pieceByteCount: Int
    private var waiting: [UInt8] = []
    private var count = 0
    let id: Int64

    init(_ ledger: any Ledger, pieceByteCount: Int, now: WallTime) throws(LedgerFailure) {
        self.ledger = ledger
        self.now = now
        self.pieceByteCount = min(pieceByteCount, LedgerLimits.piece)
        id = try ledger.openUpload(now: now)
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) throws(LedgerFailure) {
        var rest = bytes
        while waiting.count + rest.count >= pieceByteCount {
            let part = rest.prefix(pieceByteCount - waiting.count)
            waiting += part
            rest = rest[part.endIndex...]
            try flush()
        }
        waiting += rest
    }

    mutating func end() throws(LedgerFailure) {
        if !waiting.isEmpty || count == 0 { try flush() }
    }

    private mutating func flush() throws(LedgerFailure) {
        try ledger.stage(id, piece: count, of: waiting, now: now)
        count += 1
        waiting.removeAll(keepingCapacity: true)
    }
}

/// Puts the documents of a bericht in the ledger while it is read.
final class StagedContents: ContentSink {
    /// In order.
    private(set) var ids: [Int64] = []
    /// A keyed hash of each.
    private(set) var digests: [Int64: [UInt8]] = [:]

    private let ledger: any Ledger
    private let hash: KeyedHash
    private let now: WallTime
    private let pieceByteCount: Int
    private var pieces: Pieces?
    private var digest: HMACSHA256?

    init(_ ledger: any Ledger, hash: KeyedHash, pieceByteCount: Int, now: WallTime) {
        self.ledger = ledger
        self.hash = hash
        self.pieceByteCount = pieceByteCount
        self.now = now
    }

    func begin() throws(StUFFailure) -> Int64 {
        let pieces = try stored { () throws(LedgerFailure) in
            try Pieces(ledger, pieceByteCount: pieceByteCount, now: now)
        }
        self.pieces = pieces
        digest = hash.start()
        ids.append(pieces.id)
        return pieces.id
    }

    func write(_ piece: [UInt8]) throws(StUFFailure) {
        digest?.update(piece)
        try stored { () throws(LedgerFailure) in try pieces?.write(piece[...]) }
    }

    func end() throws(StUFFailure) {
        try stored { () throws(LedgerFailure) in try pieces?.end() }
        if let id = pieces?.id, let digest = digest.take() { digests[id] = digest.finish() }
        pieces = nil
    }

    private func stored<Value>(_ body: () throws(LedgerFailure) -> Value) throws(StUFFailure) -> Value {
        do throws(LedgerFailure) {
            return try body()
        } catch {
            throw StUFFailure(.stufContentNotStored, hint: error.description, isPassing: true)
        }
    }
}

internal import Crypto
private import Diagnostics
internal import Ledger
internal import Record
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
    /// Documents that came as parts of their own, by content id, until the bericht takes them.
    private var parts: [String: Record.Content] = [:]
    private var part: (id: String, byteCount: Int64)?

    init(_ ledger: any Ledger, hash: KeyedHash, pieceByteCount: Int, now: WallTime) {
        self.ledger = ledger
        self.hash = hash
        self.pieceByteCount = pieceByteCount
        self.now = now
    }

    func begin() throws(StUFFailure) -> Int64 {
        let id = try open()
        ids.append(id)
        return id
    }

    /// Begins a document that the bericht names later, or not at all; then the sweep takes it.
    func beginPart(_ id: String) throws(StUFFailure) {
        guard parts[id] == nil else {
            throw StUFFailure(.stufMultipart, at: "multipart", hint: "two parts have one Content-ID")
        }
        parts[id] = Record.Content(id: try open(), byteCount: 0)
        part = (id, 0)
    }

    func include(_ href: String) -> (content: Record.Content, digest: [UInt8])? {
        guard href.hasPrefix("cid:"), let content = parts.removeValue(forKey: Self.decoded(href.dropFirst(4)))
        else { return nil }
        ids.append(content.id)
        return (content, digests[content.id] ?? [])
    }

    /// A URL of a Content-ID is percent-encoded (RFC 2392).
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func open() throws(StUFFailure) -> Int64 {
        let pieces = try stored { () throws(LedgerFailure) in
            try Pieces(ledger, pieceByteCount: pieceByteCount, now: now)
        }
        self.pieces = pieces
        digest = hash.start()
        return pieces.id
    }

    func write(_ piece: [UInt8]) throws(StUFFailure) {
        digest?.update(piece)
        part?.byteCount += Int64(piece.count)
        try stored { () throws(LedgerFailure) in try pieces?.write(piece[...]) }
    }

    func end() throws(StUFFailure) {
        try stored { () throws(LedgerFailure) in try pieces?.end() }
        if let id = pieces?.id, let digest = digest.take() { digests[id] = digest.finish() }
        if let (name, byteCount) = part, let id = pieces?.id {
            parts[name] = Record.Content(id: id, byteCount: byteCount)
        }
        part = nil
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

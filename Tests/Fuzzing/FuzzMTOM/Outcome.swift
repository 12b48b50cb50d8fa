private import Crypto
private import Diagnostics
private import Ledger
private import StUF
private import Threads

@testable private import Intake

/// What a body in parts is understood as: code of the refusal, the bericht, and a hash of each of its documents.
struct Outcome: Equatable {
    var refusal: String?
    var root: [UInt8] = []
    var documents: [[UInt8]] = []
}

private let hash = KeyedHash(id: "k1", key: [1, 2, 3])

func outcome(_ bytes: [UInt8], step: Int) -> Outcome {
    var outcome = Outcome()
    let line = bytes.prefix { $0 != 0x0A }
    let type = MediaType(String(decoding: line, as: UTF8.self))
    let ledger = MemoryLedger()
    defer { ledger.close() }
    let contents = StagedContents(
        ledger, hash: hash, pieceByteCount: 1024, now: WallTime(seconds: 1_700_000_000))
    do throws(StUFFailure) {
        var body = try MTOMBody(type)
        defer { outcome.root = body.root }
        var rest = bytes[min(line.endIndex + 1, bytes.endIndex)...]
        while !rest.isEmpty {
            try body.feed(rest.prefix(step), contents)
            rest = rest.dropFirst(step)
        }
        try body.finish()
        _ = contents.include("cid:a%20b")
    } catch {
        outcome.refusal = error.code.number
    }
    outcome.documents = contents.digests.sorted { $0.key < $1.key }.map(\.value)
    return outcome
}

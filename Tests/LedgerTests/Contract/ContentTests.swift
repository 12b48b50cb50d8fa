import Diagnostics
import Ledger
import Record
import Testing
import Threads

@Suite("Content") struct ContentTests {
    private func stage(_ pieces: [[UInt8]], in ledger: any Ledger, now: WallTime = noon) throws -> Int64 {
        let upload = try ledger.openUpload(now: now)
        for (number, piece) in pieces.enumerated() {
            try ledger.stage(upload, piece: number, of: piece, now: now)
        }
        return upload
    }

    private func read(_ id: Int64, from ledger: any Ledger) throws -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        while let piece = try ledger.content(id, piece: pieces.count) { pieces.append(piece) }
        return pieces
    }

    @Test("is read back as it was staged", arguments: LedgerKind.allCases)
    func staged(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let pieces: [[UInt8]] = [
            (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }, Array(0...255), [],
        ]
        let upload = try stage(pieces, in: subject.ledger)
        let other = try stage([[1]], in: subject.ledger)
        #expect(upload != other)
        #expect(try read(upload, from: subject.ledger) == pieces)
        // A piece of which the answer was lost is staged again.
        try subject.ledger.stage(upload, piece: 1, of: pieces[1], now: noon)
        #expect(try read(upload, from: subject.ledger) == pieces)
    }

    @Test("can be a bericht's body", arguments: LedgerKind.allCases)
    func body(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let upload = try stage([[1, 2], [3]], in: subject.ledger)
        let large = try subject.keep(Entry.accepted().with { $0.body = .upload(upload) }).sequence
        #expect(try subject.ledger.body(of: large) == upload)
        let small = try subject.keep(Entry.accepted().with { $0.body = .bytes([4, 0, 5]) }).sequence
        let id = try #require(try subject.ledger.body(of: small))
        #expect(try read(id, from: subject.ledger) == [[4, 0, 5]])
        #expect(try subject.ledger.body(of: 12_345) == nil)
    }

    @Test("belongs to the one bericht that adopted it", arguments: LedgerKind.allCases)
    func adopted(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let content = try stage([[1]], in: subject.ledger)
        let entry = Entry.accepted().with { $0.contents = [content] }
        let sequence = try subject.keep(entry).sequence
        #expect(throws: LedgerFailure(.contentMissing, at: "content \(content)")) {
            _ = try subject.keep(Entry.accepted().with { $0.contents = [content] })
        }
        // A duplicate comes with an upload of its own, which nobody adopts.
        let again = try stage([[1]], in: subject.ledger)
        #expect(try subject.keep(entry.with { $0.contents = [again] }) == .underWay(sequence))
        try subject.ledger.sweep(Retention(), now: noon + 86_401)
        #expect(try read(again, from: subject.ledger).isEmpty)
        #expect(try read(content, from: subject.ledger) == [[1]])
    }

    @Test("larger than a piece is refused", arguments: LedgerKind.allCases)
    func large(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let upload = try subject.ledger.openUpload(now: noon)
        let failure = #expect(throws: LedgerFailure.self) {
            try subject.ledger.stage(upload, piece: 0, of: .init(repeating: 0, count: 1 << 20 + 1), now: noon)
        }
        #expect(failure?.code == .pieceTooLarge)
    }

    @Test("that nobody adopts is swept after a day", arguments: LedgerKind.allCases)
    func orphan(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let orphan = try stage([[1], [2]], in: subject.ledger)
        try subject.ledger.sweep(Retention(), now: noon + 86_399)
        #expect(try read(orphan, from: subject.ledger).count == 2)
        #expect(try subject.ledger.sweep(Retention(), now: noon + 86_400) == 2)
        #expect(try read(orphan, from: subject.ledger).isEmpty)
    }

    @Test("stays until its bericht has been done for a fortnight", arguments: LedgerKind.allCases)
    func fortnight(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let document = try stage([[1]], in: subject.ledger)
        let pointedAt = try stage([[2]], in: subject.ledger)
        let entry = Entry.accepted().with { $0.contents = [document, pointedAt] }
        let done = try subject.keep(entry).sequence
        let open = try subject.accept(.zaak(2))
        let dead = try subject.deliver(.zaak(3))
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .dead(trouble), now: noon)
        let refused = try subject.keep(Entry.accepted().with { $0.outcome = .refused(trouble) }).sequence
        try subject.ledger.expand(done, [], now: noon)
        _ = try subject.ledger.write([
            Document(
                key: .zaak(1), uuid: "u", record: [1], sequence: done, asOf: noon, source: "s",
                contents: [pointedAt])
        ])

        let fortnight: Int64 = 14 * 86_400
        try subject.ledger.sweep(Retention(), now: noon + (fortnight - 1))
        #expect(try subject.ledger.body(of: done) != nil)
        try subject.ledger.sweep(Retention(), now: noon + fortnight)
        #expect(try subject.ledger.body(of: done) == nil)
        #expect(try subject.ledger.body(of: refused) == nil)
        #expect(try subject.ledger.body(of: open) != nil)
        #expect(try subject.ledger.body(of: dead) != nil)
        #expect(try read(document, from: subject.ledger).isEmpty)
        #expect(try read(pointedAt, from: subject.ledger) == [[2]])
        // Still known, so still done once.
        #expect(try subject.keep(entry.with { $0.contents = [] }) == .underWay(done))
    }

    @Test("leaves its bericht's line for a year", arguments: LedgerKind.allCases)
    func year(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let done = try subject.deliver(.zaak(1))
        _ = try subject.drain()
        let open = try subject.accept(.zaak(2))
        let year: Int64 = 365 * 86_400
        try subject.ledger.sweep(Retention(), now: noon + (year - 1))
        #expect(try subject.ledger.bericht(done) != nil)
        try subject.ledger.sweep(Retention(), now: noon + year)
        #expect(try subject.ledger.bericht(done) == nil)
        #expect(try subject.ledger.bericht(open) != nil)
        #expect(try subject.ledger.deliveries(.init(), before: nil, limit: 10).isEmpty)
    }
}

import Ledger
import Record
import Testing
import Threads

@Suite("A worker without work") struct WaitingTests {
    /// Sleeps on a thread for as long as the ledger lets it.
    ///
    /// - Returns: whether it was woken.
    private func isWoken(
        _ ledger: any Ledger, unless isOver: @escaping @Sendable () -> Bool = { false },
        while body: () throws -> Void = {}
    ) throws -> Bool {
        let ended = OneShot<Bool>()
        let thread = try Thread.start("test-waiting") {
            ledger.awaitWork(for: "store", upTo: .seconds(3_600), unless: isOver)
            ended.fulfil(true)
        }
        try body()
        guard ended.wait(until: .after(.seconds(30))) == true else { return false }
        thread.join()
        return true
    }

    @Test("is woken when a delivery that was put off is due", arguments: LedgerKind.allCases)
    func due(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.deliver(.zaak(1))
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .later(at: noon + .milliseconds(20), trouble), now: noon)
        // It looks, finds nothing yet, and sleeps.
        #expect(try subject.claim(at: noon).isEmpty)
        #expect(try isWoken(subject.ledger))
        #expect(try subject.claim(at: noon + 1).map(\.sequence) == [sequence])
    }

    @Test("sleeps on beside one that was put off for ever", arguments: LedgerKind.allCases)
    func never(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        try subject.deliver(.zaak(1))
        let lent = try #require(try subject.claim().first)
        let never = Verdict.later(at: WallTime(seconds: 9_000_000_000), trouble)
        try subject.ledger.settle(lent, never, now: noon)
        #expect(try subject.claim(at: noon + 60).isEmpty)
        var next: Int64 = 0
        #expect(try isWoken(subject.ledger, while: { next = try subject.deliver(.zaak(2)) }))
        #expect(try subject.claim(at: noon + 60).map(\.sequence) == [next])
    }

    @Test("asks whether it still should be one", arguments: LedgerKind.allCases)
    func over(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        _ = try subject.claim()
        let isOver = Monitor(false)
        #expect(
            try isWoken(
                subject.ledger, unless: { isOver.withLock { $0 } },
                while: {
                    isOver.update { $0 = true }
                    subject.ledger.wakeWorkers()
                }))
    }
}

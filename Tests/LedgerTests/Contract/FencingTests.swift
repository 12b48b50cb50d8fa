import Diagnostics
import Ledger
import Record
import Testing

@Suite("A claimed delivery") struct FencingTests {
    @Test("is its claimer's alone until the lease ends", arguments: LedgerKind.allCases)
    func lease(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        try subject.deliver(.zaak(1))
        let first = try #require(try subject.claim(lease: .seconds(60)).first)
        #expect(try subject.claim(at: noon + 59).isEmpty)
        let second = try #require(try subject.claim(at: noon + 60).first)
        #expect(second.id == first.id)
        #expect(second.fence > first.fence)
        #expect([first.attempt, second.attempt] == [1, 2])
    }

    @Test("cannot be settled with a stale fence", arguments: LedgerKind.allCases)
    func stale(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.deliver(.zaak(1))
        let first = try #require(try subject.claim().first)
        let second = try #require(try subject.claim(at: noon + 60).first)
        for verdict: Verdict in [.done, .later(at: noon, trouble), .dead(trouble), .parked(trouble)] {
            let failure = #expect(throws: LedgerFailure.self) {
                try subject.ledger.settle(first, verdict, now: noon + 61)
            }
            #expect(failure?.code == .fenceStale)
        }
        #expect(try subject.state(of: sequence) == .open)
        try subject.ledger.settle(second, .done, now: noon + 61)
        #expect(try subject.state(of: sequence) == .done)
        #expect(throws: LedgerFailure.self) { try subject.ledger.settle(first, .done, now: noon + 62) }
    }

    @Test("may be settled after its lease when nobody else has it", arguments: LedgerKind.allCases)
    func late(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.deliver(.zaak(1))
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .done, now: noon + 3_600)
        #expect(try subject.state(of: sequence) == .done)
    }

    @Test("may be settled twice the same way, not in two ways", arguments: LedgerKind.allCases)
    func twice(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        try subject.deliver(.zaak(1))
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .parked(trouble), now: noon)
        try subject.ledger.settle(lent, .parked(trouble), now: noon)
        #expect(throws: LedgerFailure.self) { try subject.ledger.settle(lent, .done, now: noon) }
    }

    @Test("settles beside stale ones of the same batch", arguments: LedgerKind.allCases)
    func batch(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequences = try (1...3).map { try subject.deliver(.zaak($0)) }
        let stale = try subject.claim()
        let fresh = try subject.claim(at: noon + 60)
        let settlements = [
            Settlement(delivery: fresh[0].id, fence: fresh[0].fence, verdict: .done),
            Settlement(delivery: stale[1].id, fence: stale[1].fence, verdict: .done),
            Settlement(delivery: fresh[2].id, fence: fresh[2].fence, verdict: .dead(trouble)),
            Settlement(delivery: 999_999, fence: 1, verdict: .done),
        ]
        let failures = try subject.ledger.settle(settlements, now: noon + 61)
        #expect(failures.map { $0?.code } == [nil, .fenceStale, nil, .berichtUnknown])
        #expect(try sequences.map { try subject.state(of: $0) } == [.done, .open, .dead])
    }

    @Test("that is tried later waits until then, and counts its attempts", arguments: LedgerKind.allCases)
    func later(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.deliver(.zaak(1))
        for attempt in 1...3 {
            let moment = noon + Int64(attempt * 10)
            if attempt > 1 { #expect(try subject.claim(at: moment + -1).isEmpty) }
            let lent = try #require(try subject.claim(at: moment).first)
            #expect(lent.attempt == attempt)
            try subject.ledger.settle(lent, .later(at: moment + 10, trouble), now: moment)
        }
        #expect(try subject.drain(at: noon + 40) == [sequence])
        let history = try #require(try subject.ledger.bericht(sequence))
        #expect(history.attempts.map(\.attempt) == [1, 2, 3, 4])
        #expect(history.attempts.map(\.cause) == [trouble, trouble, trouble, nil])
        #expect(history.deliveries.map(\.state) == [.done])
    }

    @Test("of which the process died is lent again", arguments: LedgerKind.allCases)
    func crash(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.deliver(.zaak(1))
        let lost = try #require(try subject.claim().first)
        let reopened = try subject.reopened()
        #expect(try reopened.claim().isEmpty)
        let lent = try #require(try reopened.claim(at: noon + 60).first)
        #expect(lent.id == lost.id && lent.change == lost.change)
        try reopened.ledger.settle(lent, .done, now: noon + 60)
        #expect(throws: LedgerFailure.self) { try subject.ledger.settle(lost, .done, now: noon + 60) }
        #expect(try reopened.state(of: sequence) == .done)
    }
}

import Diagnostics
import Ledger
import Record
import Testing

@Suite("An accepted bericht") struct ExpandingTests {
    @Test("is expanded once, however often it is tried", arguments: LedgerKind.allCases)
    func once(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.accept(.zaak(1))
        let delivery = NewDelivery(target: "store", objects: [.zaak(1)], change: [1])
        for _ in 0..<3 { try subject.ledger.expand(sequence, [delivery, delivery], now: noon) }
        #expect(try subject.ledger.bericht(sequence)?.deliveries.count == 2)
        #expect(try subject.drain() == [sequence, sequence])
        try subject.ledger.expand(sequence, [delivery], now: noon)
        #expect(try subject.state(of: sequence) == .done)
        #expect(try subject.claim().isEmpty)
    }

    @Test("without deliveries is done", arguments: LedgerKind.allCases)
    func none(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.accept(.zaak(1))
        try subject.ledger.expand(sequence, [], now: noon)
        #expect(try subject.state(of: sequence) == .done)
    }

    @Test("is expanded beside others in one go", arguments: LedgerKind.allCases)
    func batch(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequences = try (1...3).map { try subject.accept(.zaak($0)) }
        let expansions = [
            Expansion(
                sequence: sequences[0],
                deliveries: [
                    .init(target: "store", objects: [.zaak(1)], change: [1]),
                    .init(target: "api", objects: [.zaak(1), .zaak(9)], change: []),
                ]),
            Expansion(sequence: sequences[1], deliveries: []),
            Expansion(
                sequence: sequences[2],
                deliveries: [.init(target: "store", objects: [], change: [3], whenDead: .passes)]),
        ]
        try subject.ledger.expand(expansions, now: noon)
        #expect(try sequences.map { try subject.state(of: $0) } == [.open, .done, .open])
        let lent = try subject.claim()
        #expect(lent.map(\.change) == [[1], [3]])
        #expect(lent.map(\.objects) == [[.zaak(1)], []])
        let other = try subject.claim("api")
        #expect(other.map(\.change) == [[]])
        #expect(other.map(\.objects) == [[.zaak(1), .zaak(9)]])
    }

    @Test("is found after a crash, whole and in order", arguments: LedgerKind.allCases)
    func recovery(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted(about: [.zaak(1), .zaak(2)]).with {
            $0.zender.administratie = "A"
            $0.kind = .corrected
            $0.creates = .init(object: .zaak(2), hash: [7, 7])
        }
        let first = try subject.keep(entry).sequence
        let expanded = try subject.accept(.zaak(3))
        try subject.ledger.expand(expanded, [], now: noon)
        _ = try subject.keep(Entry.accepted().with { $0.outcome = .refused(trouble) })
        let last = try subject.keep(Entry.accepted().with { $0.received = noon + 5 }).sequence

        let reopened = try subject.reopened()
        let left = try reopened.ledger.unexpanded(receivedBefore: noon + 6, limit: 10)
        #expect(left.map(\.sequence) == [first, last])
        #expect(try reopened.ledger.unexpanded(receivedBefore: noon + 6, limit: 1).map(\.sequence) == [first])
        #expect(try reopened.ledger.unexpanded(receivedBefore: noon + 5, limit: 10).count == 1)

        let kept = try #require(left.first).entry
        #expect(kept.tenant == entry.tenant)
        #expect(kept.zender == entry.zender)
        #expect(kept.referentienummer == entry.referentienummer)
        #expect(kept.berichtcode == entry.berichtcode)
        #expect(kept.name == entry.name)
        #expect(kept.entiteittype == entry.entiteittype)
        #expect(kept.tijdstipBericht == entry.tijdstipBericht)
        #expect(kept.received == entry.received)
        #expect(kept.digest == entry.digest)
        #expect(kept.content == entry.content)
        #expect(kept.objects == entry.objects)
        #expect(kept.kind == entry.kind)
        #expect(kept.creates == entry.creates)
        #expect(kept.outcome == .accepted)
        guard case .upload(let body) = kept.body else { throw Surprise(kept) }
        #expect(.bytes(try reopened.ledger.content(body, piece: 0) ?? []) == entry.body)
    }

    @Test("cannot be expanded when it does not exist", arguments: LedgerKind.allCases)
    func unknown(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let failure = #expect(throws: LedgerFailure.self) {
            try subject.ledger.expand(12_345, [], now: noon)
        }
        #expect(failure?.code == .berichtUnknown)
    }

    @Test(
        "that can no longer be expanded is dead, and tried anew when it comes again",
        arguments: LedgerKind.allCases)
    func buried(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted().with {
            $0.creates = .init(object: .zaak(1), hash: [1])
            $0.reply = [1]
        }
        let sequence = try subject.keep(entry).sequence
        let later = try subject.deliver(.zaak(1))
        #expect(try subject.claim().isEmpty)
        #expect(try subject.ledger.bury(sequence, trouble, now: noon))
        #expect(try !subject.ledger.bury(sequence, otherTrouble, now: noon))
        #expect(try !subject.ledger.bury(later, otherTrouble, now: noon))
        #expect(throws: LedgerFailure.self) { _ = try subject.ledger.bury(12_345, trouble, now: noon) }

        #expect(try subject.ledger.unexpanded(receivedBefore: noon + 1, limit: 10).isEmpty)
        #expect(try subject.state(of: sequence) == .dead)
        #expect(try subject.progress(of: sequence) == .dead([trouble], reply: [1]))
        #expect(try subject.drain() == [later])

        #expect(try subject.keep(entry.with { $0.content = [9] }) == .differs(sequence))
        let again = try subject.keep(entry)
        #expect(again == .retried(again.sequence) && again.sequence > later)
        #expect(try subject.state(of: again.sequence) == .accepted)
    }

    @Test("wakes the workers of its targets", arguments: LedgerKind.allCases)
    func wakes(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        #expect(try subject.claim().isEmpty)
        try subject.deliver(.zaak(1))
        // Returns at once, or the suite would take an hour.
        subject.ledger.awaitWork(for: "store", upTo: .seconds(3_600)) { false }
        let lent = try #require(try subject.claim().first)
        try subject.deliver(.zaak(1))
        #expect(try subject.claim().isEmpty)
        try subject.ledger.settle(lent, .done, now: noon)
        subject.ledger.awaitWork(for: "store", upTo: .seconds(3_600)) { false }
        #expect(try subject.claim().count == 1)
    }
}

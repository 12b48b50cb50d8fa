import Diagnostics
import Ledger
import Record
import Testing

@Suite("A bericht that is kept") struct KeepingTests {
    @Test("is stored once, under rising sequence numbers", arguments: LedgerKind.allCases)
    func stored(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.accept(.zaak(1))
        let second = try subject.accept(.zaak(2))
        #expect(first < second)
        #expect(try subject.state(of: first) == .accepted)
    }

    @Test("and comes again while it goes on is joined", arguments: LedgerKind.allCases)
    func underWay(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted()
        let sequence = try subject.keep(entry).sequence
        #expect(try subject.keep(entry) == .underWay(sequence))
        try subject.ledger.expand(sequence, [.init(target: "t", objects: [], change: [])], now: noon)
        #expect(try subject.keep(entry) == .underWay(sequence))
    }

    @Test("and comes again after its answer gets the same answer", arguments: LedgerKind.allCases)
    func duplicate(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted()
        let sequence = try subject.keep(entry).sequence
        let given = try subject.ledger.answer(sequence, .acknowledged, with: [1], now: noon)
        #expect(given == [1])
        #expect(try subject.keep(entry) == .duplicate(sequence, state: .accepted, reply: [1]))
        try subject.ledger.expand(sequence, [], now: noon)
        #expect(try subject.keep(entry) == .duplicate(sequence, state: .done, reply: [1]))
    }

    @Test("keeps the answer it came with", arguments: LedgerKind.allCases)
    func replyAtOnce(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted().with { $0.reply = [7] }
        let sequence = try subject.keep(entry).sequence
        #expect(try subject.keep(entry) == .duplicate(sequence, state: .accepted, reply: [7]))
        #expect(try subject.ledger.answer(sequence, .acknowledged, with: [8], now: noon) == [7])
    }

    @Test("keeps the first of two answers", arguments: LedgerKind.allCases)
    func firstAnswer(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.accept(.zaak(1))
        _ = try subject.ledger.answer(sequence, .acknowledged, with: [1], now: noon)
        #expect(try subject.ledger.answer(sequence, .refused(trouble), with: [2], now: noon) == [1])
        #expect(try subject.state(of: sequence) == .accepted)
    }

    @Test("has a referentienummer that no other content may use", arguments: LedgerKind.allCases)
    func differs(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted()
        let sequence = try subject.keep(entry).sequence
        #expect(try subject.keep(entry.with { $0.content = [9] }) == .differs(sequence))
        try subject.ledger.expand(sequence, [], now: noon)
        #expect(try subject.keep(entry.with { $0.content = [9] }) == .differs(sequence))
    }

    @Test(
        "is another one when any part of its sender differs", arguments: LedgerKind.allCases,
        [
            { @Sendable (entry: inout Entry) in entry.tenant = "9999" },
            { @Sendable (entry: inout Entry) in entry.zender.organisatie = "9999" },
            { @Sendable (entry: inout Entry) in entry.zender.applicatie = "OTHER" },
            { @Sendable (entry: inout Entry) in entry.zender.administratie = "OTHER" },
            { @Sendable (entry: inout Entry) in entry.referentienummer += "x" },
        ] as [@Sendable (inout Entry) -> Void])
    func sender(_ kind: LedgerKind, change: @Sendable (inout Entry) -> Void) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted()
        let first = try subject.keep(entry).sequence
        let receipt = try subject.keep(entry.with(change))
        #expect(receipt == .stored(receipt.sequence) && receipt.sequence > first)
    }

    @Test("was never processed when it was refused, and is tried anew", arguments: LedgerKind.allCases)
    func refused(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let refused = Entry.accepted().with {
            $0.outcome = .refused(trouble)
            $0.reply = [1]
        }
        let first = try subject.keep(refused)
        #expect(first == .stored(first.sequence))
        #expect(try subject.state(of: first.sequence) == .refused)

        // Refused again: an attempt is noted.
        #expect(try subject.keep(refused) == .retried(first.sequence))
        #expect(try subject.ledger.bericht(first.sequence)?.attempts.map(\.kind) == [.repeated])

        // The mapping was mended meanwhile: it is kept as a new one, behind all that came in before.
        let between = try subject.accept(.zaak(1))
        let accepted = refused.with {
            $0.outcome = .accepted
            $0.reply = nil
        }
        let second = try subject.keep(accepted)
        #expect(second == .retried(second.sequence) && second.sequence > between)
        #expect(try subject.state(of: second.sequence) == .accepted)
        #expect(try subject.keep(accepted) == .underWay(second.sequence))
        #expect(try subject.state(of: first.sequence) == .refused)
    }

    @Test("leaves its number to other content when it was refused", arguments: LedgerKind.allCases)
    func refusedThenCorrected(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let refused = Entry.accepted().with { $0.outcome = .refused(trouble) }
        let first = try subject.keep(refused).sequence
        let corrected = refused.with {
            $0.content = [9]
            $0.outcome = .accepted
        }
        let receipt = try subject.keep(corrected)
        #expect(receipt == .retried(receipt.sequence) && receipt.sequence > first)
        #expect(try subject.keep(refused) == .differs(receipt.sequence))
    }

    @Test("and died goes on its way again when it is repeated", arguments: LedgerKind.allCases)
    func redriven(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted()
        let sequence = try subject.keep(entry).sequence
        try subject.ledger.expand(
            sequence, [.init(target: "store", objects: entry.objects, change: [5])], now: noon)
        _ = try subject.ledger.answer(sequence, .acknowledged, with: [1], now: noon)
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .dead(trouble), now: noon)
        #expect(try subject.state(of: sequence) == .dead)

        #expect(try subject.keep(entry) == .redriven(sequence, reply: [1]))
        #expect(try subject.state(of: sequence) == .open)
        #expect(try subject.keep(entry) == .duplicate(sequence, state: .open, reply: [1]))
        #expect(try subject.drain() == [sequence])
        #expect(try subject.state(of: sequence) == .done)
        #expect(
            try subject.ledger.bericht(sequence)?.attempts.map(\.kind) == [.delivered, .redriven, .delivered])
    }

    @Test(
        "that is refused after all leaves nothing that a repeat would trip over",
        arguments: LedgerKind.allCases)
    func refusedLate(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let entry = Entry.accepted().with { $0.creates = .init(object: .zaak(1), hash: [1]) }
        let sequence = try subject.keep(entry).sequence
        try subject.ledger.expand(
            sequence, [.init(target: "store", objects: entry.objects, change: [])], now: noon)
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .dead(trouble), now: noon)
        #expect(try subject.ledger.answer(sequence, .refused(trouble), with: [3], now: noon) == [3])
        let history = try #require(try subject.ledger.bericht(sequence))
        #expect(history.bericht.state == .refused)
        #expect(history.bericht.cause == trouble)
        #expect(history.deliveries.map(\.state) == [.discarded])

        // A later one of the object passes, and the same object can be created anew.
        let next = try subject.deliver(.zaak(1))
        #expect(try subject.drain() == [next])
        let other = Entry.accepted().with { $0.creates = .init(object: .zaak(1), hash: [2]) }
        let receipt = try subject.keep(other)
        #expect(receipt == .stored(receipt.sequence))
    }

    @Test(
        "is refused alone when it holds what no ledger can keep", arguments: LedgerKind.allCases,
        [
            ({ @Sendable (entry: inout Entry) in entry.referentienummer = "a\0b" }, Code.keyTooLong),
            (
                { @Sendable (entry: inout Entry) in
                    entry.zender.applicatie = String(repeating: "x", count: 4_000)
                },
                .keyTooLong
            ),
            (
                { @Sendable (entry: inout Entry) in
                    entry.objects = [
                        .init(tenant: "t", resource: "r", value: String(repeating: "é", count: 501))
                    ]
                }, .keyTooLong
            ),
            (
                { @Sendable (entry: inout Entry) in entry.objects = (0...1_000).map { .zaak($0) } },
                .pieceTooLarge
            ),
            (
                { @Sendable (entry: inout Entry) in
                    entry.body = .bytes(Array(repeating: 0x20, count: 1 << 20 + 1))
                },
                .pieceTooLarge
            ),
            ({ @Sendable (entry: inout Entry) in entry.contents = [987_654_321] }, .contentMissing),
            ({ @Sendable (entry: inout Entry) in entry.body = .upload(987_654_321) }, .contentMissing),
        ] as [(@Sendable (inout Entry) -> Void, Code)])
    func harmful(_ kind: LedgerKind, row: (change: @Sendable (inout Entry) -> Void, code: Code)) throws {
        let subject = try Subject(kind)
        let failure = #expect(throws: LedgerFailure.self) {
            _ = try subject.keep(Entry.accepted().with(row.change))
        }
        #expect(failure?.code == row.code)
        try subject.accept(.zaak(1))
        #expect(try subject.ledger.berichten(in: nil, before: nil, limit: 10).count == 1)
    }
}

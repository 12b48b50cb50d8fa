import Ledger
import Record
import Testing
import Threads

@Suite("The order of deliveries") struct OrderTests {
    @Test("is that of the sequence for one object", arguments: LedgerKind.allCases)
    func oneObject(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequences = try (0..<4).map { _ in try subject.deliver(.zaak(1)) }
        #expect(try subject.claim().map(\.sequence) == [sequences[0]])
        #expect(try subject.claim().isEmpty)
        #expect(try subject.drain(at: noon + 61) == sequences)
    }

    @Test("leaves other objects free", arguments: LedgerKind.allCases)
    func otherObjects(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.deliver(.zaak(1))
        _ = try subject.deliver(.zaak(1))
        let other = try subject.deliver(.zaak(2))
        #expect(try subject.claim().map(\.sequence) == [first, other])
    }

    @Test("leaves other targets free", arguments: LedgerKind.allCases)
    func otherTargets(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.deliver(.zaak(1), to: ["store"])
        let second = try subject.deliver(.zaak(1), to: ["store", "api"])
        #expect(try subject.claim("api").map(\.sequence) == [second])
        #expect(try subject.claim("store").map(\.sequence) == [first])
    }

    @Test("waits for each of several objects", arguments: LedgerKind.allCases)
    func severalObjects(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let one = try subject.deliver(.zaak(1))
        let two = try subject.deliver(.zaak(2))
        let both = try subject.deliver(.zaak(1), .zaak(2))
        let later = try subject.deliver(.zaak(2))
        let lent = try subject.claim()
        #expect(lent.map(\.sequence) == [one, two])
        try subject.ledger.settle(lent[0], .done, now: noon)
        #expect(try subject.claim().isEmpty)
        try subject.ledger.settle(lent[1], .done, now: noon)
        let third = try subject.claim()
        #expect(third.map(\.sequence) == [both])
        #expect(third.first?.objects == [.zaak(1), .zaak(2)])
        try subject.ledger.settle(third[0], .done, now: noon)
        #expect(try subject.claim().map(\.sequence) == [later])
    }

    @Test("counts accepted berichten that are not expanded yet", arguments: LedgerKind.allCases)
    func unexpanded(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let waiting = try subject.accept(.zaak(1), .zaak(2))
        let blocked = try subject.deliver(.zaak(2))
        let free = try subject.deliver(.zaak(3))
        #expect(try subject.claim().map(\.sequence) == [free])
        try subject.ledger.expand(waiting, [], now: noon)
        #expect(try subject.claim().map(\.sequence) == [blocked])
    }

    @Test("does not wait for what is not expanded behind it", arguments: LedgerKind.allCases)
    func unexpandedBehind(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.deliver(.zaak(1))
        try subject.accept(.zaak(1))
        #expect(try subject.claim().map(\.sequence) == [first])
    }

    @Test("is that of making within one bericht", arguments: LedgerKind.allCases)
    func withinOne(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.accept(.zaak(1))
        let changes: [[UInt8]] = [[1], [2], [3]]
        try subject.ledger.expand(
            sequence, changes.map { NewDelivery(target: "store", objects: [.zaak(1)], change: $0) }, now: noon
        )
        var seen: [[UInt8]] = []
        while let lent = try subject.claim().first {
            seen.append(lent.change)
            try subject.ledger.settle(lent, .done, now: noon)
        }
        #expect(seen == changes)
    }

    @Test("waits for one that is held, tried later or dead", arguments: LedgerKind.allCases)
    func blocked(_ kind: LedgerKind) throws {
        for verdict: Verdict in [.parked(trouble), .later(at: noon + 60, trouble), .dead(trouble)] {
            let subject = try Subject(kind)
            let first = try subject.deliver(.zaak(1))
            let second = try subject.deliver(.zaak(1))
            let lent = try #require(try subject.claim().first)
            try subject.ledger.settle(lent, verdict, now: noon)
            #expect(try subject.claim().isEmpty, "\(verdict)")
            _ = try subject.ledger.redrive(lent.id, now: noon)
            #expect(try subject.drain(at: noon + 60) == [first, second], "\(verdict)")
        }
    }

    @Test("lets later ones pass a dead one where that was said", arguments: LedgerKind.allCases)
    func passes(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.deliver(.zaak(1), whenDead: .passes)
        let second = try subject.deliver(.zaak(1))
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .dead(trouble), now: noon)
        let passing = try subject.claim()
        #expect(passing.map(\.sequence) == [second])

        // Sent on its way again, it does not run beside the one that passed.
        #expect(try subject.ledger.redrive(lent.id, now: noon))
        #expect(try subject.claim().isEmpty)
        try subject.ledger.settle(try #require(passing.first), .done, now: noon)
        #expect(try subject.drain() == [first])
    }

    @Test("goes on after a discarded one", arguments: LedgerKind.allCases)
    func discarded(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.deliver(.zaak(1))
        let second = try subject.deliver(.zaak(1))
        let lent = try #require(try subject.claim().first)
        #expect(try !subject.ledger.discard(lent.id, reason: "it is being sent", now: noon))
        try subject.ledger.settle(lent, .dead(trouble), now: noon)
        #expect(try subject.ledger.discard(lent.id, reason: "entered by hand", now: noon))
        #expect(try subject.drain() == [second])
        #expect(try subject.state(of: first) == .done)
        #expect(try subject.ledger.bericht(first)?.deliveries.first?.cause?.text == "entered by hand")
    }

    @Test("holds with many claimers at once, each delivery going to one", arguments: LedgerKind.allCases)
    func manyClaimers(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let ledger = subject.ledger
        var expected: [ObjectKey: [Int64]] = [:]
        for round in 0..<60 {
            let objects: [ObjectKey] =
                round % 3 == 0 ? [.zaak(round % 5), .zaak(round % 7 + 3)] : [.zaak(round % 5)]
            let sequence = try subject.keep(.accepted(about: objects)).sequence
            try ledger.expand(
                sequence, [NewDelivery(target: "store", objects: objects, change: [])], now: noon)
            for object in Set(objects) { expected[object, default: []].append(sequence) }
        }
        let seen = Monitor<[ObjectKey: [Int64]]>([:])
        let busy = Monitor<Set<ObjectKey>>([])
        let overlaps = Monitor(0)
        let total = expected.values.map(\.count).reduce(0, +)
        let deadline = Instant.after(.seconds(60))
        let threads = try (0..<4).map { number in
            try Thread.start("claimer\(number)") {
                while seen.withLock({ $0.values.map(\.count).reduce(0, +) }) < total, .now < deadline {
                    for lent in (try? ledger.claim("store", limit: 3, now: noon, lease: .seconds(600))) ?? []
                    {
                        let objects = Set(lent.objects)
                        let isAlone = busy.withLock { busy in
                            defer { busy.formUnion(objects) }
                            return busy.isDisjoint(with: objects)
                        }
                        if !isAlone { overlaps.withLock { $0 += 1 } }
                        seen.withLock {
                            for object in objects { $0[object, default: []].append(lent.sequence) }
                        }
                        busy.withLock { $0.subtract(objects) }
                        try? ledger.settle(lent, .done, now: noon)
                    }
                }
            }
        }
        for thread in threads { #expect(thread.join(until: .after(.seconds(60)))) }
        #expect(seen.withLock { $0 } == expected)
        #expect(overlaps.withLock { $0 } == 0)
    }
}

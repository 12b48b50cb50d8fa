import Ledger
import Record
import Testing
import Threads

@Suite("Whoever waits") struct WatchingTests {
    @Test("for a bericht hears how it ended", arguments: LedgerKind.allCases)
    func ended(_ kind: LedgerKind) throws {
        for (verdict, expected) in [
            (.done, .done(reply: nil)), (.dead(trouble), .dead([trouble], reply: nil)),
            (.parked(trouble), .held),
        ] as [(Verdict, Progress)] {
            let subject = try Subject(kind)
            let sequence = try subject.deliver(.zaak(1))
            let lent = try #require(try subject.claim().first)
            let progress = OneShot<Progress>()
            subject.ledger.watch(sequence, within: .seconds(60)) { progress.fulfil($0) }
            try subject.ledger.settle(lent, verdict, now: noon)
            #expect(progress.wait(until: .after(.seconds(30))) == expected)
            #expect(try subject.progress(of: sequence) == expected)
        }
    }

    @Test("for a bericht hears only when its last delivery ended", arguments: LedgerKind.allCases)
    func last(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.deliver(.zaak(1), to: ["a", "b", "c"])
        let progress = OneShot<Progress>()
        subject.ledger.watch(sequence, within: .seconds(60)) { progress.fulfil($0) }
        for (target, verdict) in [("a", .dead(trouble)), ("b", .dead(otherTrouble))] as [(String, Verdict)] {
            try subject.ledger.settle(try #require(try subject.claim(target).first), verdict, now: noon)
            #expect(try subject.progress(of: sequence, within: .zero) == .open)
        }
        try subject.ledger.settle(try #require(try subject.claim("c").first), .done, now: noon)
        #expect(progress.wait(until: .after(.seconds(30))) == .dead([trouble, otherTrouble], reply: nil))
    }

    @Test("for a bericht hears that time is up", arguments: LedgerKind.allCases)
    func open(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let accepted = try subject.accept(.zaak(1))
        let open = try subject.deliver(.zaak(2))
        #expect(try subject.progress(of: accepted, within: .milliseconds(20)) == .open)
        #expect(try subject.progress(of: open, within: .milliseconds(20)) == .open)
        #expect(try subject.progress(of: 12_345, within: .milliseconds(20)) == .open)
    }

    @Test("for a bericht hears the answer it had", arguments: LedgerKind.allCases)
    func reply(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequence = try subject.accept(.zaak(1))
        _ = try subject.ledger.answer(sequence, .acknowledged, with: [6], now: noon)
        try subject.ledger.expand(sequence, [], now: noon)
        #expect(try subject.progress(of: sequence) == .done(reply: [6]))
        let refused = try subject.keep(Entry.accepted().with { $0.outcome = .refused(trouble) }).sequence
        #expect(try subject.progress(of: refused) == .refused(reply: nil))
    }

    @Test("for objects can learn which are still being made", arguments: LedgerKind.allCases)
    func beingMade(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let other = ObjectKey(tenant: "0000", resource: "zaken:ZaakX", value: "1900|Z2")
        let foreign = ObjectKey(tenant: "9999", resource: "zaken:Zaak", value: "1900|Z2")
        let accepted = try subject.accept(.zaak(2), .zaak(12), other, foreign)
        func open(_ ending: String, _ target: String = "store", limit: Int = 10) throws -> [ObjectKey] {
            try subject.ledger.open(
                "zaken:Zaak", tenant: "0000", ending: ending, target: target, limit: limit)
        }
        for target in ["store", "api"] {
            #expect(try open("|Z2", target) == [.zaak(2)])
            #expect(try open("", target) == [.zaak(12), .zaak(2)])
            #expect(try open("", target, limit: 1) == [.zaak(12)])
            #expect(try open("\0", target).isEmpty)
        }
        let deliveries = [NewDelivery(target: "store", objects: [.zaak(2), other], change: [])]
        try subject.ledger.expand(accepted, deliveries, now: noon)
        #expect(try open("2") == [.zaak(2)])
        #expect(try open("2", "api").isEmpty)
        try subject.ledger.settle(try #require(try subject.claim().first), .done, now: noon)
        #expect(try open("2").isEmpty)
    }

    @Test("for objects hears when nothing is open about them", arguments: LedgerKind.allCases)
    func objects(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        #expect(try subject.isAtRest(.zaak(1), within: .zero))
        let accepted = try subject.accept(.zaak(1))
        #expect(try !subject.isAtRest(.zaak(2), .zaak(1), within: .milliseconds(20)))
        #expect(try subject.isAtRest(.zaak(2), within: .seconds(10)))

        let answer = OneShot<Bool>()
        subject.ledger.watch([.zaak(1)], target: "store", within: .seconds(60)) { answer.fulfil($0) }
        try subject.ledger.expand(
            accepted,
            [
                .init(target: "store", objects: [.zaak(1)], change: []),
                .init(target: "api", objects: [.zaak(1)], change: []),
            ], now: noon)
        #expect(try !subject.isAtRest(.zaak(1), within: .milliseconds(20)))
        try subject.ledger.settle(try #require(try subject.claim().first), .done, now: noon)
        #expect(answer.wait(until: .after(.seconds(30))) == true)
        #expect(try !subject.isAtRest(.zaak(1), target: "api", within: .milliseconds(20)))
    }

    @Test("for objects waits for what is held or dead and holds", arguments: LedgerKind.allCases)
    func blocked(_ kind: LedgerKind) throws {
        for (verdict, whenDead, isAtRest) in [
            (.parked(trouble), .holds, false), (.dead(trouble), .holds, false),
            (.dead(trouble), .passes, true),
        ] as [(Verdict, NewDelivery.WhenDead, Bool)] {
            let subject = try Subject(kind)
            try subject.deliver(.zaak(1), whenDead: whenDead)
            try subject.ledger.settle(try #require(try subject.claim().first), verdict, now: noon)
            #expect(try subject.isAtRest(.zaak(1), within: isAtRest ? .seconds(10) : .zero) == isAtRest)
        }
    }

    @Test("is many, and each hears once", arguments: LedgerKind.allCases)
    func many(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequences = try (0..<20).map { try subject.deliver(.zaak($0)) }
        let heard = Monitor<[Int64]>([])
        for sequence in sequences + sequences {
            subject.ledger.watch(sequence, within: .seconds(60)) { _ in heard.update { $0.append(sequence) } }
        }
        _ = try subject.drain()
        let all = heard.wait(until: .after(.seconds(30))) { $0.count >= 40 ? $0 : nil }
        #expect(all?.sorted() == (sequences + sequences).sorted())
    }
}

import Diagnostics
import Ledger
import Record
import TestSupport
import Testing

@Suite("The review of a ledger") struct ReviewTests {
    @Test("lists berichten newest first, by state and page", arguments: LedgerKind.allCases)
    func berichten(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let accepted = try subject.accept(.zaak(1))
        let refused = try subject.keep(Entry.accepted().with { $0.outcome = .refused(trouble) }).sequence
        let open = try subject.deliver(.zaak(2))
        let all = try subject.ledger.berichten(in: nil, before: nil, limit: 10)
        #expect(all.map(\.sequence) == [open, refused, accepted])
        #expect(all.map(\.state) == [.open, .refused, .accepted])
        #expect(all.map(\.cause) == [nil, trouble, nil])
        #expect(all.first?.zender == Zender(organisatie: "1900", applicatie: "SUITE"))
        #expect(all.first?.received == noon)
        #expect(
            try subject.ledger.berichten(in: .refused, before: nil, limit: 10).map(\.sequence) == [refused])
        #expect(try subject.ledger.berichten(in: nil, before: nil, limit: 1).map(\.sequence) == [open])
        #expect(
            try subject.ledger.berichten(in: nil, before: refused, limit: 9).map(\.sequence) == [accepted])
    }

    @Test("lists deliveries newest first, by state and page", arguments: LedgerKind.allCases)
    func deliveries(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let sequences = try (1...5).map { try subject.deliver(.zaak($0)) }
        let lent = try subject.claim(limit: 4)
        try subject.ledger.settle(lent[0], .done, now: noon)
        try subject.ledger.settle(lent[1], .dead(trouble), now: noon)
        try subject.ledger.settle(lent[2], .parked(otherTrouble), now: noon)
        let all = try subject.ledger.deliveries(.init(), before: nil, limit: 10)
        #expect(all.map(\.sequence) == sequences.reversed())
        #expect(all.map(\.state) == [.waiting, .sending, .held, .dead, .done])
        #expect(all.map(\.cause) == [nil, nil, otherTrouble, trouble, nil])
        #expect(all.map(\.attempt) == [0, 1, 1, 1, 1])
        #expect(all[1].due == noon + 60)
        #expect(
            try subject.ledger.deliveries(.init(state: .dead), before: nil, limit: 10).map(\.id) == [
                lent[1].id
            ])
        #expect(
            try subject.ledger.deliveries(.init(), before: lent[1].id, limit: 1).map(\.id) == [
                lent[0].id
            ])
    }

    @Test("lists the deliveries to one target", arguments: LedgerKind.allCases)
    func target(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let both = try subject.deliver(.zaak(1), to: ["store", "suite"])
        try subject.deliver(.zaak(2))
        let suite = try subject.ledger.deliveries(
            .init(state: .waiting, target: "suite"), before: nil, limit: 10)
        #expect(suite.map(\.sequence) == [both])
        #expect(try subject.ledger.deliveries(.init(target: "store"), before: nil, limit: 10).count == 2)
        #expect(try subject.ledger.deliveries(.init(target: "nowhere"), before: nil, limit: 10).isEmpty)
    }

    @Test("knows no bericht that does not exist", arguments: LedgerKind.allCases)
    func unknown(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        #expect(try subject.ledger.bericht(12_345) == nil)
        #expect(throws: LedgerFailure.self) { _ = try subject.ledger.redrive(12_345, now: noon) }
        #expect(throws: LedgerFailure.self) { _ = try subject.ledger.discard(12_345, reason: "", now: noon) }
        #expect(throws: LedgerFailure.self) {
            _ = try subject.ledger.answer(12_345, .acknowledged, with: [], now: noon)
        }
    }

    @Test("redrives only what is dead or held", arguments: LedgerKind.allCases)
    func redrive(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        try subject.deliver(.zaak(1))
        let waiting = try #require(
            try subject.ledger.deliveries(.init(state: .waiting), before: nil, limit: 1).first)
        #expect(try !subject.ledger.redrive(waiting.id, now: noon))
        let lent = try #require(try subject.claim().first)
        #expect(try !subject.ledger.redrive(lent.id, now: noon))
        try subject.ledger.settle(lent, .done, now: noon)
        #expect(try !subject.ledger.redrive(lent.id, now: noon))
        #expect(try !subject.ledger.discard(lent.id, reason: "", now: noon))
    }
}

@Suite("A reader of another process's ledger") struct PostgresReviewTests {
    @Test("sees what that writes, and changes nothing")
    func reading() throws {
        let database = try ThrowawayPostgres.database()
        let subject = try Subject(on: database)
        let sequence = try subject.deliver(.zaak(1))
        let review = try PostgresReview(database.connection, isReadOnly: true)
        #expect(try review.berichten(in: .open, before: nil, limit: 10).map(\.sequence) == [sequence])
        #expect(try review.bericht(sequence) == subject.ledger.bericht(sequence))
        #expect(
            try review.deliveries(.init(target: "store"), before: nil, limit: 10).map(\.sequence) == [
                sequence
            ])
    }

    @Test("says when there is no ledger, and makes none")
    func missing() throws {
        let database = try ThrowawayPostgres.database()
        #expect(throws: LedgerFailure(.ledgerMissing)) {
            _ = try PostgresReview(database.connection, isReadOnly: true)
        }
        #expect(throws: LedgerFailure(.ledgerMissing)) {
            _ = try PostgresReview(database.connection, isReadOnly: true)
        }
    }
}

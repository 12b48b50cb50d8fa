import Diagnostics
import Ledger
import Record
import Testing

/// Real senders use a new referentienummer for each attempt (design section 5, "business key").
@Suite("A bericht that creates an object") struct CreationTests {
    private func creating(_ hash: [UInt8]) -> Entry {
        Entry.accepted().with { $0.creates = .init(object: .zaak(1), hash: hash) }
    }

    @Test("again, with the same record, adopts the open plan", arguments: LedgerKind.allCases)
    func adopts(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.keep(creating([1])).sequence
        let repeated = creating([1])
        let receipt = try subject.keep(repeated)
        #expect(receipt == .known(receipt.sequence, first: first, state: .accepted))
        #expect(try subject.keep(repeated) == .underWay(receipt.sequence))

        // It makes no deliveries of its own, and ends with the first.
        #expect(try subject.ledger.unexpanded(receivedBefore: noon + 1, limit: 10).map(\.sequence) == [first])
        try subject.ledger.expand(first, [.init(target: "store", objects: [.zaak(1)], change: [])], now: noon)
        #expect(try subject.state(of: receipt.sequence) == .open)
        #expect(try subject.drain() == [first])
        #expect(try subject.state(of: receipt.sequence) == .done)
        #expect(try subject.progress(of: receipt.sequence) == .done(reply: nil))
        #expect(try subject.ledger.answer(receipt.sequence, .acknowledged, with: [4], now: noon) == [4])
        #expect(
            try subject.keep(repeated) == .duplicate(receipt.sequence, state: .done, reply: [4]))
        #expect(try subject.ledger.bericht(receipt.sequence)?.first == first)
    }

    @Test("that is there already is done", arguments: LedgerKind.allCases)
    func done(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.keep(creating([1])).sequence
        try subject.ledger.expand(first, [], now: noon)
        let receipt = try subject.keep(creating([1]))
        #expect(receipt == .known(receipt.sequence, first: first, state: .done))
    }

    @Test("sends a dead plan on its way again", arguments: LedgerKind.allCases)
    func dead(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.keep(creating([1])).sequence
        try subject.ledger.expand(first, [.init(target: "store", objects: [.zaak(1)], change: [])], now: noon)
        let lent = try #require(try subject.claim().first)
        try subject.ledger.settle(lent, .dead(trouble), now: noon)
        let receipt = try subject.keep(creating([1]))
        #expect(receipt == .known(receipt.sequence, first: first, state: .open))
        #expect(try subject.drain() == [first])
    }

    @Test("that is there with other values is refused", arguments: LedgerKind.allCases)
    func conflicts(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.keep(creating([1])).sequence
        let other = creating([2])
        let receipt = try subject.keep(other)
        #expect(receipt == .conflicts(receipt.sequence, first: first))
        #expect(try subject.state(of: receipt.sequence) == .refused)
        #expect(try subject.ledger.bericht(receipt.sequence)?.bericht.cause?.code == Code.objectExists.number)

        // Its answer is kept; a repeat is judged anew, and refused anew.
        _ = try subject.ledger.answer(receipt.sequence, .refused(trouble), with: [1], now: noon)
        let again = try subject.keep(other)
        #expect(again == .conflicts(again.sequence, first: first))
    }

    @Test("is judged anew after its first creator was refused", arguments: LedgerKind.allCases)
    func refusedCreator(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let first = try subject.keep(creating([1])).sequence
        let second = creating([1])
        let known = try subject.keep(second).sequence
        _ = try subject.ledger.answer(first, .refused(trouble), with: [1], now: noon)
        #expect(try subject.progress(of: known) == .refused(reply: nil))
        let retried = try subject.keep(second)
        #expect(retried == .retried(retried.sequence))
        let third = try subject.keep(creating([2]))
        #expect(third == .conflicts(third.sequence, first: retried.sequence))
    }
}

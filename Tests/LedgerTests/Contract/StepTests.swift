import Diagnostics
import Ledger
import Record
import Testing
import Threads

@Suite("The steps of a delivery") struct StepTests {
    private static let lease = Duration.seconds(120)

    @Test("are there after a crash, each as it was kept last", arguments: LedgerKind.allCases)
    func kept(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        _ = try subject.deliver(.zaak(1))
        let delivery = try #require(try subject.claim().first)
        let begun = [
            Step(number: 0, call: "POST zaken"),
            Step(number: 1, call: "DELETE rollen", heir: "{\"rollen\":{}}"),
        ]
        try subject.ledger.note(begun, of: delivery, now: noon, lease: Self.lease)
        let made = Step(number: 0, call: "POST zaken", result: "https://api/zaken/1", object: .zaak(1))
        try subject.ledger.note([made], of: delivery, now: noon, lease: Self.lease)
        let after = try subject.reopened()
        #expect(try after.ledger.steps(of: delivery.id) == [made, begun[1]])
        #expect(try after.ledger.steps(of: delivery.id + 1).isEmpty)
        #expect(try after.ledger.place(of: .zaak(1)) == "https://api/zaken/1")
        #expect(try after.ledger.place(of: .zaak(2)) == nil)
    }

    @Test("lengthen the claim", arguments: LedgerKind.allCases)
    func lengthened(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        _ = try subject.deliver(.zaak(1))
        let delivery = try #require(try subject.claim().first)
        try subject.ledger.note(
            [Step(number: 0, call: "POST zaken")], of: delivery, now: noon, lease: .seconds(600))
        #expect(try subject.claim(at: noon + 599).isEmpty)
        #expect(try subject.claim(at: noon + 601).map(\.id) == [delivery.id])
    }

    @Test("are not taken from one whose delivery another has claimed since", arguments: LedgerKind.allCases)
    func fenced(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        _ = try subject.deliver(.zaak(1))
        let old = try #require(try subject.claim().first)
        let new = try #require(try subject.claim(at: noon + 600).first)
        #expect(throws: LedgerFailure.self) {
            try subject.ledger.note(
                [Step(number: 0, call: "POST zaken")], of: old, now: noon + 601, lease: Self.lease)
        }
        #expect(try subject.ledger.steps(of: old.id).isEmpty)
        try subject.ledger.note(
            [Step(number: 0, call: "POST zaken")], of: new, now: noon + 601, lease: Self.lease)
        #expect(try subject.ledger.steps(of: new.id).count == 1)
    }
}

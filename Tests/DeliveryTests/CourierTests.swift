import Delivery
import Diagnostics
import Ledger
import Record
import Telemetry
import Testing
import Threads

private let layout = Layout(
    name: "zaken:Zaak",
    nodes: [.init(name: "identificatie", path: "identificatie", type: .text, items: nil, parent: nil)])
private let start = WallTime(seconds: 1_767_600_000)

/// A target that does as each test says, and remembers what it was given.
private final class Scripted: Target {
    let name = "scripted"
    let given = Monitor<[String]>([])
    private let answer: @Sendable (Int) -> Effect

    init(_ answer: @escaping @Sendable (Int) -> Effect) { self.answer = answer }

    func deliver(_ consignments: [Consignment]) -> [Effect] {
        consignments.map { each in
            let count = given.withLock { given in
                given.append(each.change.origin)
                return given.count
            }
            return answer(count)
        }
    }
}

/// A ledger in memory with a courier whose clock the test moves.
private struct Post {
    let ledger = MemoryLedger()
    let now = Monitor(start)
    let recorder = Recorder()
    let courier: Courier

    init(_ target: any Target, resources: Set<String> = ["zaken:Zaak"]) throws {
        let now = now
        let time = TimeSource(instant: { Instant(nanoseconds: 0) }, wall: { now.withLock { $0 } })
        courier = try Courier(
            to: target, ledger: ledger, layouts: { resources.contains($0) ? layout : nil },
            settings: Courier.Settings(), observer: Observer([recorder], time: time), time: time,
            chance: { 0 })
    }

    /// Accepts a bericht about a zaak and expands it to one delivery.
    func accept(_ referentienummer: String, about zaak: String = "1") throws -> Int64 {
        let key = ObjectKey(tenant: "test", resource: "zaken:Zaak", value: zaak)
        let entry = Entry(
            tenant: "test", zender: Zender(organisatie: "1900", applicatie: "OUD"),
            referentienummer: referentienummer, berichtcode: "Lk01", name: "updateZaak_Lk01", received: start,
            digest: [], content: Array(referentienummer.utf8), objects: [key], kind: .changed,
            body: .bytes([1]), contents: [], outcome: .accepted)
        let kept = OneShot<Result<Receipt, LedgerFailure>>()
        ledger.keep(entry) { kept.fulfil($0) }
        let sequence = try #require(kept.wait(until: nil)).get().sequence
        let change = Change(
            objects: [key], kind: .changed, before: nil, after: Record(layout), origin: referentienummer,
            source: "GWS",
            position: sequence)
        try ledger.expand(
            sequence, [NewDelivery(target: "scripted", objects: [key], change: change.encoded())], now: start)
        return sequence
    }

    func state(_ sequence: Int64) throws -> BerichtState? { try ledger.bericht(sequence)?.bericht.state }
}

@Suite("A delivery") struct CourierTests {
    private static let away = DeliveryFailure(.changeUnreadable, at: "store", isPassing: true)
    private static let refused = DeliveryFailure(.changeUnreadable, at: "store")

    @Test("that fails three times in a passing way is tried again, each time later, and arrives")
    func retries() throws {
        let target = Scripted { $0 <= 3 ? .failed(Self.away) : .done(changed: true) }
        let post = try Post(target)
        let sequence = try post.accept("R1")
        for wait in [Duration.milliseconds(200), .milliseconds(400), .milliseconds(800)] {
            #expect(try post.courier.round() == 1)
            #expect(try post.state(sequence) == .open)
            #expect(try post.courier.round() == 0, "not before its time")
            post.now.update { $0 = $0 + wait }
        }
        #expect(try post.courier.round() == 1)
        #expect(try post.state(sequence) == .done)
        #expect(target.given.withLock { $0 } == ["R1", "R1", "R1", "R1"])
        #expect(post.recorder.events.count { $0.kind == .deliveryRetried } == 3)
    }

    @Test("that can never succeed is dead at once, and holds what comes after it about the same zaak only")
    func dies() throws {
        let target = Scripted { $0 == 1 ? .failed(Self.refused) : .done(changed: true) }
        let post = try Post(target)
        let first = try post.accept("R1", about: "1")
        let second = try post.accept("R2", about: "1")
        let other = try post.accept("R3", about: "2")
        while try post.courier.round() > 0 {}
        #expect(try post.state(first) == .dead)
        #expect(try post.state(second) == .open)
        #expect(try post.state(other) == .done)
    }

    @Test("of which nobody knows the outcome waits for a person")
    func parks() throws {
        let post = try Post(Scripted { _ in .parked(Self.refused) })
        let sequence = try post.accept("R1")
        #expect(try post.courier.round() == 1)
        #expect(try post.state(sequence) == .open)
        #expect(try post.courier.round() == 0)
        #expect(post.recorder.events.map(\.kind) == [.deliveryParked])
    }

    @Test("of a resource that no model has any more is dead, and the target is not asked")
    func unreadable() throws {
        let target = Scripted { _ in .done(changed: true) }
        let post = try Post(target, resources: [])
        let sequence = try post.accept("R1")
        #expect(try post.courier.round() == 1)
        #expect(try post.state(sequence) == .dead)
        #expect(target.given.withLock { $0.isEmpty })
    }

    @Test("about one zaak waits for the one before it; about another does not")
    func order() throws {
        let target = Scripted { _ in .done(changed: true) }
        let post = try Post(target)
        for number in 1...20 { _ = try post.accept("R\(number)", about: "\(number % 3)") }
        while try post.courier.round() > 0 {}
        let given = target.given.withLock { $0 }
        #expect(given.count == 20)
        for zaak in 0..<3 {
            let own = given.compactMap { Int($0.dropFirst()) }.filter { $0 % 3 == zaak }
            #expect(own == own.sorted())
        }
    }

    @Test("goes on by threads of the courier's own, which end when it is stopped")
    func threads() throws {
        let post = try Post(Scripted { _ in .done(changed: true) })
        try post.courier.start()
        for number in 1...50 {
            let sequence = try post.accept("R\(number)", about: "\(number)")
            let settled = OneShot<Progress>()
            post.ledger.watch(sequence, within: .seconds(20)) { settled.fulfil($0) }
            #expect(settled.wait(until: nil) == .done(reply: nil))
        }
        #expect(post.courier.stop(until: .after(.seconds(20))) == 0)
    }
}

@Suite("The wait before the next attempt") struct BackoffTests {
    @Test(
        "doubles up to a most",
        arguments: [(1, 200), (2, 400), (3, 800), (11, 204_800), (12, 300_000), (1_000, 300_000)])
    func doubling(_ row: (attempt: Int, milliseconds: Int)) {
        #expect(Backoff().wait(after: row.attempt, chance: 0) == .milliseconds(row.milliseconds))
    }

    @Test("is shorter by chance, never longer and never nothing")
    func jitter() {
        for chance in [0, 0.25, 0.999, 1, 7] {
            let wait = Backoff().wait(after: 3, chance: chance)
            #expect(wait <= .milliseconds(800) && wait >= .milliseconds(560))
        }
    }
}

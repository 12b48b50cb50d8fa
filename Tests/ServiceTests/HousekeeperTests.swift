import Crypto
import Delivery
import Diagnostics
import Foundation
import Intake
import Ledger
import Record
import Service
import Telemetry
import Testing
import Threads

private let noon = WallTime(seconds: 1_767_600_000)

/// Remembers events, and lets a test wait for one.
private final class Watched: Sink {
    private let events = Monitor<[Event]>([])

    func take(_ event: Event, at time: WallTime) { events.update { $0.append(event) } }

    var kinds: [Event.Kind] { events.withLock { $0.map(\.kind) } }

    func wait(for kind: Event.Kind, times count: Int = 1) -> Bool {
        events.wait(until: .after(.seconds(60))) { $0.count { $0.kind == kind } >= count ? true : nil }
            ?? false
    }
}

@Suite("The housekeeper") struct HousekeeperTests {
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    private static let rulebook = Rulebook.load(["\(root)/mappings"]).rulebook

    private let ledger = MemoryLedger()
    private let sink = Watched()
    private let now = Monitor(noon)
    private let expander: Expander
    private let judge: Judge

    init() throws {
        let now = now
        let time = TimeSource(instant: { .now }, wall: { now.withLock { $0 } })
        expander = try Expander(ledger: ledger, observer: Observer([sink], time: time), time: time)
        judge = Judge(
            rulebook: try #require(Self.rulebook), tenant: "test", hash: KeyedHash(id: "k1", key: [1, 2, 3]))
    }

    private func housekeeper(_ settings: Housekeeper.Settings = .init()) throws -> Housekeeper {
        let (now, judge) = (now, judge)
        let time = TimeSource(instant: { .now }, wall: { now.withLock { $0 } })
        return try Housekeeper(
            expander, ledger: ledger, settings: settings, observer: Observer([sink], time: time), time: time
        ) { judge }
    }

    /// Keeps a shipped bericht as accepted and leaves it there, as a crash does.
    private func accept(_ number: String, body: [UInt8]? = nil) throws -> Int64 {
        let file = "\(Self.root)/fixtures/zds11/creeer-zaak/1-request.xml"
        let bericht = try body ?? [UInt8](Data(contentsOf: URL(filePath: file)))
        let entry = Entry(
            tenant: "test", zender: Zender(organisatie: "1900", applicatie: "OUD"), referentienummer: number,
            berichtcode: "Lk01", name: "creeerZaak_Lk01", received: now.withLock { $0 }, digest: [],
            content: Array(number.utf8), kind: .added, body: .bytes(bericht), outcome: .accepted)
        let kept = OneShot<Result<Receipt, LedgerFailure>>()
        ledger.keep(entry) { kept.fulfil($0) }
        return try #require(kept.wait()).get().sequence
    }

    private func state(_ sequence: Int64) throws -> BerichtState? {
        try ledger.bericht(sequence)?.bericht.state
    }

    @Test("expands what was never expanded, as soon as it can be nobody's any more")
    func expands() throws {
        let housekeeper = try housekeeper()
        let sequence = try accept("R1")
        now.update { $0 = noon + .seconds(119) }
        housekeeper.tidy(round: 1)
        #expect(try state(sequence) == .accepted)
        #expect(sink.kinds.isEmpty)
        now.update { $0 = noon + .seconds(121) }
        housekeeper.tidy(round: 2)
        #expect(try state(sequence) == .open)
        #expect(sink.kinds == [.recovered])
        housekeeper.tidy(round: 3)
        #expect(sink.kinds == [.recovered], "once is enough")
        let waiting = DeliveryChoice(state: .waiting, target: "store")
        let deliveries = try ledger.deliveries(waiting, before: nil, limit: 10)
        #expect(deliveries.map(\.sequence) == [sequence])
    }

    @Test("buries what can no longer be read, says so, and goes on with the others")
    func buries() throws {
        let broken = try accept("R1", body: Array("<geen bericht".utf8))
        let good = try accept("R2")
        now.update { $0 = noon + .seconds(121) }
        try housekeeper().tidy(round: 1)
        #expect(try state(broken) == .dead)
        #expect(try state(good) == .open)
        #expect(sink.kinds == [.berichtNotExpanded, .recovered])
    }

    @Test("sweeps uploads that nobody adopted, in some of its rounds")
    func sweeps() throws {
        let upload = try ledger.openUpload(now: noon)
        try ledger.stage(upload, piece: 0, of: [1, 2, 3], now: noon)
        now.update { $0 = noon + .seconds(2 * 86_400) }
        let housekeeper = try housekeeper()
        housekeeper.tidy(round: 59)
        #expect(try ledger.content(upload, piece: 0) == [1, 2, 3])
        housekeeper.tidy(round: 60)
        #expect(try ledger.content(upload, piece: 0) == nil)
        #expect(sink.kinds == [.partsSwept])
    }

    @Test("goes round and round on a thread of its own, until it is told to end")
    func thread() throws {
        var settings = Housekeeper.Settings()
        settings.interval = .milliseconds(1)
        let housekeeper = try housekeeper(settings)
        try housekeeper.start()
        for number in 1...3 {
            _ = try accept("R\(number)")
            now.update { $0 = $0 + .seconds(121) }
            #expect(sink.wait(for: .recovered, times: number))
        }
        #expect(housekeeper.stop(until: .after(.seconds(60))) == 0)
        let sequence = try accept("R4")
        now.update { $0 = $0 + .seconds(121) }
        #expect(try state(sequence) == .accepted, "it has ended")
    }

    @Test("that was never started ends at once")
    func unstarted() throws {
        #expect(try housekeeper().stop(until: .now) == 0)
    }
}

import Delivery
import Diagnostics
import Ledger
import Record
import Telemetry
import Testing
import Threads

private let start = WallTime(seconds: 1_767_600_000)

/// Why a bericht cannot be lifted any more.
private struct Unliftable: Failure {
    var code = Code.changeUnreadable
    var place: String?
    var isPassing = false
}

@Suite("An accepted bericht") struct ExpanderTests {
    private let ledger = MemoryLedger()
    private let recorder = Recorder()

    private func expander() throws -> Expander {
        let time = TimeSource.fixed(start)
        return try Expander(ledger: ledger, observer: Observer([recorder], time: time), time: time)
    }

    private func accept(_ referentienummer: String, reply: [UInt8]? = nil) throws -> Int64 {
        let entry = Entry(
            tenant: "test", zender: Zender(organisatie: "1900", applicatie: "OUD"),
            referentienummer: referentienummer, berichtcode: "Lk01", name: "updateZaak_Lk01", received: start,
            digest: [], content: Array(referentienummer.utf8), body: .bytes([1]), outcome: .accepted,
            reply: reply)
        let kept = OneShot<Result<Receipt, LedgerFailure>>()
        ledger.keep(entry) { kept.fulfil($0) }
        return try #require(kept.wait(until: nil)).get().sequence
    }

    private func delivery(to target: String) -> NewDelivery {
        NewDelivery(target: target, objects: [], change: [])
    }

    private func states(_ sequences: [Int64]) throws -> [BerichtState?] {
        try sequences.map { try ledger.bericht($0)?.bericht.state }
    }

    @Test("that can never be expanded is buried, and holds up none of its batch")
    func buried() throws {
        let expander = try expander()
        let sequences = try (1...5).map { try accept("R\($0)") }
        for (number, sequence) in sequences.enumerated() {
            let target = number == 2 ? String(repeating: "x", count: LedgerLimits.key + 1) : "store"
            expander.accept(
                Expansion(sequence: sequence, deliveries: [delivery(to: target)]), referentienummer: "R")
        }
        try expander.start()
        #expect(expander.stop(until: .after(.seconds(30))))
        #expect(try states(sequences) == [.open, .open, .dead, .open, .open])
        #expect(try ledger.bericht(sequences[2])?.bericht.cause?.code == Code.keyTooLong.number)
    }

    @Test("is expanded after a crash; one that cannot be lifted any more is dead, whatever its answer was")
    func recovered() throws {
        let sequences = [try accept("R1"), try accept("R2", reply: [1]), try accept("R3"), try accept("R4")]
        let found = try expander().recover(before: WallTime(seconds: start.seconds + 1)) {
            kept throws(Unliftable) in
            if kept.sequence == sequences[1] || kept.sequence == sequences[2] { throw Unliftable() }
            return [delivery(to: "store")]
        }
        #expect(found.berichten == 4)
        #expect(found.deliveries == 2)
        #expect(recorder.events.map(\.kind) == [.berichtNotExpanded, .berichtNotExpanded])
        #expect(try states(sequences) == [.open, .dead, .dead, .open])
    }

    @Test("waits for another start when it cannot be lifted now")
    func notNow() throws {
        let sequence = try accept("R1")
        #expect(throws: LedgerFailure.self) {
            _ = try expander().recover(before: WallTime(seconds: start.seconds + 1)) {
                _ throws(Unliftable) in throw Unliftable(isPassing: true)
            }
        }
        #expect(try states([sequence]) == [.accepted])
    }
}

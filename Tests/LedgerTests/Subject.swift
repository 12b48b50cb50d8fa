import Diagnostics
import Ledger
import Postgres
import Record
import TestSupport
import Testing
import Threads

/// The two ledgers that are held to one contract.
enum LedgerKind: CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, postgres

    var testDescription: String { self == .memory ? "in memory" : "in Postgres" }
}

/// A ledger under test, with short ways to say what a test does to it.
final class Subject {
    let ledger: any Ledger
    private let database: ThrowawayPostgres.Database?
    private let close: () -> Void

    /// An empty ledger.
    convenience init(_ kind: LedgerKind) throws {
        switch kind {
        case .memory:
            let memory = MemoryLedger()
            self.init(memory, database: nil) { memory.close() }
        case .postgres:
            try self.init(on: ThrowawayPostgres.database())
        }
    }

    /// The ledger in that database, as another process would open it.
    convenience init(
        on database: ThrowawayPostgres.Database, through connection: ConnectionString? = nil,
        settings: PostgresLedger.Settings = .test
    ) throws {
        let postgres = try PostgresLedger(
            connection ?? database.connection, settings: settings, now: noon)
        self.init(postgres, database: database) { postgres.close() }
    }

    private init(_ ledger: any Ledger, database: ThrowawayPostgres.Database?, close: @escaping () -> Void) {
        self.ledger = ledger
        self.database = database
        self.close = close
    }

    deinit { close() }

    /// The same ledger as after a crash: all that was committed, nothing that was remembered.
    func reopened() throws -> Subject {
        guard let database else { return Subject(ledger, database: nil) {} }
        return try Subject(on: database)
    }

    func keep(_ entry: Entry) throws -> Receipt {
        let receipt = OneShot<Result<Receipt, LedgerFailure>>()
        ledger.keep(entry) { receipt.fulfil($0) }
        return try #require(receipt.wait(until: .after(.seconds(30)))).get()
    }

    /// Keeps an accepted bericht about those objects.
    @discardableResult
    func accept(_ objects: ObjectKey...) throws -> Int64 {
        let receipt = try keep(.accepted(about: objects))
        guard case .stored(let sequence) = receipt else { throw Surprise(receipt) }
        return sequence
    }

    /// Keeps a bericht about those objects with one delivery to each target.
    @discardableResult
    func deliver(
        _ objects: ObjectKey..., to targets: [String] = ["store"], whenDead: NewDelivery.WhenDead = .holds
    ) throws -> Int64 {
        let receipt = try keep(.accepted(about: objects))
        guard case .stored(let sequence) = receipt else { throw Surprise(receipt) }
        let deliveries = targets.map {
            NewDelivery(
                target: $0, objects: objects, change: Array("change \(sequence)".utf8), whenDead: whenDead)
        }
        try ledger.expand(sequence, deliveries, now: noon)
        return sequence
    }

    func claim(
        _ target: String = "store", limit: Int = 100, at now: WallTime = noon, lease: Duration = .seconds(60)
    ) throws -> [Delivery] {
        try ledger.claim(target, limit: limit, now: now, lease: lease)
    }

    /// Claims what can be claimed and settles it all as done, until nothing is left; in the order of doing.
    func drain(_ target: String = "store", at now: WallTime = noon) throws -> [Int64] {
        var done: [Int64] = []
        while true {
            let claimed = try claim(target, at: now)
            guard !claimed.isEmpty else { return done }
            for delivery in claimed {
                try ledger.settle(delivery, .done, now: now)
                done.append(delivery.sequence)
            }
        }
    }

    func state(of sequence: Int64) throws -> BerichtState? { try ledger.bericht(sequence)?.bericht.state }

    /// How far the bericht is by now; nil when it is still going on.
    func progress(of sequence: Int64, within time: Duration = .seconds(10)) throws -> Progress {
        let progress = OneShot<Progress>()
        ledger.watch(sequence, within: time) { progress.fulfil($0) }
        return try #require(progress.wait(until: .after(.seconds(30))))
    }

    func isAtRest(_ objects: ObjectKey..., target: String = "store", within time: Duration) throws -> Bool {
        let answer = OneShot<Bool>()
        ledger.watch(objects, target: target, within: time) { answer.fulfil($0) }
        return try #require(answer.wait(until: .after(.seconds(30))) as Bool?)
    }
}

struct Surprise: Error, CustomStringConvertible {
    var description: String
    init(_ value: some Sendable) { description = "unexpected: \(value)" }
}

/// A moment to count from.
let noon = WallTime(seconds: 1_700_000_000, nanoseconds: 123_456_000)

extension WallTime {
    static func + (left: Self, seconds: Int64) -> Self {
        WallTime(seconds: left.seconds + seconds, nanoseconds: left.nanoseconds)
    }
}

extension ObjectKey {
    static func zaak(_ number: Int) -> ObjectKey {
        ObjectKey(tenant: "0000", resource: "zaken:Zaak", value: "1900|Z\(number)")
    }
}

private let drawn = Monitor(0)

extension Entry {
    /// An accepted bericht with a referentienummer of its own.
    static func accepted(about objects: [ObjectKey] = [.zaak(1)]) -> Entry {
        let number = drawn.withLock { number in
            number += 1
            return number
        }
        return Entry(
            tenant: "0000", zender: Zender(organisatie: "1900", applicatie: "SUITE"),
            referentienummer: "R\(number)", berichtcode: "Lk01", name: "zakLk01", entiteittype: "ZAK",
            tijdstipBericht: "20231114221320", received: noon, digest: [1, 2, 3],
            content: Array("content \(number)".utf8), objects: objects, kind: .changed,
            body: .bytes(Array("<zakLk01>\(number)</zakLk01>".utf8)), outcome: .accepted)
    }

    func with(_ change: (inout Entry) -> Void) -> Entry {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A failure that a test gives as the reason.
let trouble = Cause(code: "D000", text: "D000 trouble at target")
let otherTrouble = Cause(code: "D001", text: "D001 other trouble")

extension PostgresLedger.Settings {
    /// None looks by itself within a test's time: what it knows of others, it was told.
    static let test = PostgresLedger.Settings(
        connections: 4, lookInterval: .seconds(3_600), slowLookInterval: .seconds(3_600))
}

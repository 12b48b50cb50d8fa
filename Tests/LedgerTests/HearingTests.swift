import Ledger
import Postgres
import Record
import TestSupport
import Testing
import Threads

/// Two ledgers on one database, as two processes have it. Neither looks by itself within a test's time, so whatever
/// one knows of the other, it was told.
@Suite("Several processes on one ledger") struct HearingTests {
    private let database: ThrowawayPostgres.Database
    private let here: Subject
    private let there: Subject
    private let administration: Connection
    private let name: String

    init() throws {
        database = try ThrowawayPostgres.database()
        name = try database.connect().execute("SELECT current_database()").only().text(0)
        here = try Subject(on: database)
        there = try Subject(on: database)
        administration = try Connection(database.connection.with(database: "postgres"))
        try awaitListeners(2)
    }

    @Test("wake each other's workers when there are deliveries")
    func expansion() throws {
        let worker = try Worker(there.ledger, "store")
        let sequence = try here.deliver(.zaak(1))
        #expect(worker.claimed()?.map(\.sequence) == [sequence])
    }

    @Test("wake each other's workers when a settlement lets the next go")
    func settlement() throws {
        try here.deliver(.zaak(1))
        let lent = try #require(try here.claim().first)
        let next = try here.deliver(.zaak(1))
        let worker = try Worker(there.ledger, "store")
        try here.ledger.settle(lent, .done, now: noon)
        #expect(worker.claimed()?.map(\.sequence) == [next])
    }

    @Test("wake each other's workers when a person decides", arguments: [true, false])
    func decision(_ isRedriven: Bool) throws {
        let first = try here.deliver(.zaak(1))
        let dead = try #require(try here.claim().first)
        try here.ledger.settle(dead, .dead(trouble), now: noon)
        let second = try here.deliver(.zaak(1))
        let worker = try Worker(there.ledger, "store")
        if isRedriven {
            #expect(try here.ledger.redrive(dead.id, now: noon))
        } else {
            #expect(try here.ledger.discard(dead.id, reason: "no", now: noon))
        }
        #expect(worker.claimed()?.map(\.sequence) == [isRedriven ? first : second])
    }

    @Test("tell each other how a bericht ended, and that nothing is open about an object")
    func watches() throws {
        let sequence = try here.deliver(.zaak(1))
        let other = try here.accept(.zaak(2))
        let refused = try here.accept(.zaak(3))
        let buried = try here.accept(.zaak(4))
        let ends = Monitor<[Int64: Progress]>([:])
        for each in [sequence, other, refused, buried] {
            there.ledger.watch(each, within: .seconds(60)) { end in ends.update { $0[each] = end } }
        }
        let isAtRest = OneShot<Bool>()
        there.ledger.watch([.zaak(1)], target: "store", within: .seconds(60)) { isAtRest.fulfil($0) }
        try here.ledger.settle(try #require(try here.claim().first), .done, now: noon)
        #expect(isAtRest.wait(until: .after(.seconds(30))) == true)
        try here.ledger.expand(other, [], now: noon)
        _ = try here.ledger.answer(refused, .refused(trouble), with: [1], now: noon)
        #expect(try here.ledger.bury(buried, trouble, now: noon))
        let all = ends.wait(until: .after(.seconds(30))) { $0.count == 4 ? $0 : nil }
        #expect(
            all == [
                sequence: .done(reply: nil), other: .done(reply: nil), refused: .refused(reply: [1]),
                buried: .dead([trouble], reply: nil),
            ])
    }

    @Test("hear each other again after a lost connection")
    func lost() throws {
        for round in 1...3 {
            try cut()
            try awaitListeners(2)
            let worker = try Worker(there.ledger, "store")
            let sequence = try here.deliver(.zaak(round))
            #expect(worker.claimed()?.map(\.sequence) == [sequence])
        }
    }

    @Test("find what was told while the connection was away")
    func reconnect() throws {
        // Nobody connects any more; who is connected stays so.
        try here.deliver(.zaak(9), to: ["connected"])
        let worker = try Worker(there.ledger, "store")
        try administration.execute("ALTER DATABASE \(Identifier(name)) ALLOW_CONNECTIONS false")
        let before = worker.lookCount
        try cut()
        #expect(worker.awaitLook(beyond: before))
        let sequence = try here.deliver(.zaak(1))
        try administration.execute("ALTER DATABASE \(Identifier(name)) ALLOW_CONNECTIONS true")
        #expect(worker.claimed()?.map(\.sequence) == [sequence])
    }

    @Test("look for themselves where nobody can be heard")
    func deaf() throws {
        let settings = PostgresLedger.Settings(connections: 4, lookInterval: .milliseconds(20))
        let deaf = try Subject(on: database, settings: settings)
        try here.deliver(.zaak(9), to: ["connected"])
        let worker = try Worker(deaf.ledger, "store")
        try administration.execute("ALTER DATABASE \(Identifier(name)) ALLOW_CONNECTIONS false")
        defer {
            _ = try? administration.execute("ALTER DATABASE \(Identifier(name)) ALLOW_CONNECTIONS true")
        }
        let before = worker.lookCount
        try cut()
        #expect(worker.awaitLook(beyond: before))
        let sequence = try here.deliver(.zaak(1))
        #expect(worker.claimed()?.map(\.sequence) == [sequence])
    }

    /// Ends the sessions of all that listen.
    private func cut() throws {
        try administration.execute(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = $1 AND application_name = 'sluis ledger listener'
            """, [.text(name)])
    }

    /// Waits until so many sessions have asked to hear.
    private func awaitListeners(_ count: Int64) throws {
        let looking = try database.connect()
        let stop = try StopSignal()
        let deadline = Instant.after(.seconds(30))
        while deadline > .now {
            let found = try looking.execute(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'sluis ledger listener'
                    AND state = 'idle' AND query LIKE 'LISTEN%'
                """
            ).only().int(0)
            if found == count { return }
            _ = stop.wait(until: .after(.milliseconds(5)))
        }
        throw Surprise("fewer than \(count) listeners")
    }
}

/// A thread that claims once, whenever there may be work, until it has some.
private final class Worker: Sendable {
    private let result = OneShot<[Delivery]>()
    private let looks = Monitor(0)
    private let isOver = Monitor(false)
    private let ledger: any Ledger
    private let thread = Monitor<Thread?>(nil)

    init(_ ledger: any Ledger, _ target: String) throws {
        self.ledger = ledger
        let (result, looks, isOver) = (result, looks, isOver)
        let thread = try Thread.start("test-worker") {
            while !isOver.withLock({ $0 }) {
                let claimed = (try? ledger.claim(target, limit: 10, now: noon, lease: .seconds(60))) ?? []
                looks.update { $0 += 1 }
                guard claimed.isEmpty else {
                    result.fulfil(claimed)
                    return
                }
                ledger.awaitWork(for: target, upTo: .seconds(3_600)) { isOver.withLock { $0 } }
            }
        }
        self.thread.withLock { $0 = thread }
        // It has looked, and found nothing.
        _ = awaitLook(beyond: 0)
    }

    deinit {
        isOver.update { $0 = true }
        ledger.wakeWorkers()
        thread.withLock { $0 }?.join()
    }

    /// What it claimed; nil when nobody woke it for that.
    func claimed() -> [Delivery]? { result.wait(until: .after(.seconds(30))) }

    var lookCount: Int { looks.withLock { $0 } }

    func awaitLook(beyond count: Int) -> Bool {
        looks.wait(until: .after(.seconds(30))) { $0 > count ? true : nil } ?? false
    }
}

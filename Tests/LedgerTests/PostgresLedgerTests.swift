import Diagnostics
import Foundation
import Glibc
import Ledger
import Postgres
import Record
import TestSupport
import Testing
import Threads

@Suite("A ledger in Postgres") struct PostgresLedgerTests {
    @Test(
        "finds out what became of a commit of which the answer was lost",
        arguments: [Cutter.Cut.before, .after], [1, 20])
    func unknownCommit(_ cut: Cutter.Cut, batch: Int) throws {
        let database = try ThrowawayPostgres.database()
        let cutter = try Cutter(to: database.connection)
        defer { cutter.close() }
        let ledger = try PostgresLedger(cutter.connection, settings: .test, now: noon)
        defer { ledger.close() }
        let receipts = Monitor<[Result<Receipt, LedgerFailure>]>([])
        cutter.arm(cut, at: "COMMIT")
        for _ in 0..<batch { ledger.keep(.accepted()) { result in receipts.update { $0.append(result) } } }
        let all = try #require(
            receipts.wait(until: .after(.seconds(30))) { $0.count == batch ? $0 : nil }
                as [Result<Receipt, LedgerFailure>]?)
        #expect(cutter.cutCount == 1)
        let sequences = try all.map { try $0.get().sequence }
        #expect(all == sequences.map { .success(.stored($0)) })
        #expect(Set(sequences).count == batch)
        let lines = try ledger.berichten(in: .accepted, before: nil, limit: 100)
        #expect(lines.map(\.sequence).sorted() == sequences.sorted())
    }

    @Test("settles, expands and answers over a lost connection", arguments: [Cutter.Cut.before, .after])
    func lostConnection(_ cut: Cutter.Cut) throws {
        let database = try ThrowawayPostgres.database()
        let cutter = try Cutter(to: database.connection)
        defer { cutter.close() }
        let subject = try Subject(on: database, through: cutter.connection)
        let sequence = try subject.accept(.zaak(1))
        // These words stand among the parameters.
        cutter.arm(cut, at: "target-word")
        try subject.ledger.expand(
            sequence, [.init(target: "target-word", objects: [.zaak(1)], change: [])], now: noon)
        let lent = try #require(try subject.claim("target-word").first)
        cutter.arm(cut, at: "cause-word")
        let cause = Cause(code: "D000", text: "cause-word")
        try subject.ledger.settle(lent, .dead(cause), now: noon)
        cutter.arm(cut, at: "reply-word")
        let reply = Array("reply-word".utf8)
        #expect(try subject.ledger.answer(sequence, .acknowledged, with: reply, now: noon) == reply)
        #expect(cutter.cutCount == 3)
        let history = try #require(try subject.ledger.bericht(sequence))
        #expect(history.deliveries.map(\.state) == [.dead])
        #expect(history.attempts.count == 1)
        #expect(history.bericht.state == .dead)
    }

    @Test("gives back what an earlier process had claimed, and fences that one off")
    func releaseClaims() throws {
        let database = try ThrowawayPostgres.database()
        let earlier = try Subject(on: database)
        let sequence = try earlier.deliver(.zaak(1))
        let lost = try #require(try earlier.claim(lease: .seconds(3_600)).first)
        let ledger = try PostgresLedger(database.connection, settings: .test, now: noon)
        defer { ledger.close() }
        #expect(try ledger.claim("store", limit: 10, now: noon + 1, lease: .seconds(60)).isEmpty)
        try ledger.releaseClaims(now: noon + 1)
        let again = try #require(
            try ledger.claim("store", limit: 10, now: noon + 1, lease: .seconds(60)).first)
        #expect(again.id == lost.id)
        #expect(again.attempt == 2)
        let failure = #expect(throws: LedgerFailure.self) {
            try earlier.ledger.settle(lost, .done, now: noon + 2)
        }
        #expect(failure?.code == .fenceStale)
        #expect(try earlier.state(of: sequence) == .open)
        // What is not claimed, or ended, is left as it is.
        try ledger.settle(again, .done, now: noon + 2)
        try ledger.releaseClaims(now: noon + 3)
        #expect(try earlier.state(of: sequence) == .done)
    }

    @Test("numbers berichten in the order of their commits, with several writers")
    func commitOrder() throws {
        let database = try ThrowawayPostgres.database()
        let subjects = try (0..<3).map { _ in try Subject(on: database) }
        let total = 300
        let kept = Monitor(0)
        for number in 0..<total {
            subjects[number % 3].ledger.keep(.accepted(about: [.zaak(number)])) { _ in kept.update { $0 += 1 }
            }
        }
        // What one look sees must all lie behind what an earlier look saw.
        let looking = try database.connect()
        var seen: Set<Int64> = []
        while seen.count < total {
            let newest = seen.max() ?? 0
            for row in try looking.execute("SELECT sequence FROM sluis.bericht") {
                let sequence = try row.int(0)
                guard seen.insert(sequence).inserted else { continue }
                #expect(sequence > newest)
            }
        }
        #expect(kept.wait(until: .after(.seconds(30))) { $0 == total ? true : nil } == true)
    }

    @Test("lends each delivery to one of several processes, in order")
    func severalProcesses() throws {
        let database = try ThrowawayPostgres.database()
        let subjects = try (0..<3).map { _ in try Subject(on: database) }
        var expected: [ObjectKey: [Int64]] = [:]
        for number in 0..<60 {
            let objects: [ObjectKey] = [.zaak(number % 4), .zaak(4 + number % 3)]
            let sequence = try subjects[0].keep(.accepted(about: objects)).sequence
            try subjects[number % 3].ledger.expand(
                sequence, [.init(target: "store", objects: objects, change: [])], now: noon)
            for object in objects { expected[object, default: []].append(sequence) }
        }
        let seen = Monitor<[ObjectKey: [Int64]]>([:])
        let deadline = Instant.after(.seconds(60))
        let threads = try subjects.map { subject in
            let ledger = subject.ledger
            return try Threads.Thread.start("process") {
                while seen.withLock({ $0.values.map(\.count).reduce(0, +) }) < 120, .now < deadline {
                    for lent in (try? ledger.claim("store", limit: 5, now: noon, lease: .seconds(600))) ?? []
                    {
                        seen.withLock {
                            for object in lent.objects { $0[object, default: []].append(lent.sequence) }
                        }
                        try? ledger.settle(lent, .done, now: noon)
                    }
                }
            }
        }
        for thread in threads { #expect(thread.join(until: .after(.seconds(60)))) }
        #expect(seen.withLock { $0 } == expected)
    }

    @Test("says that it is full, and takes more when there is room")
    func full() throws {
        let database = try ThrowawayPostgres.database()
        let cutter = try Cutter(to: database.connection)
        defer { cutter.close() }
        var settings = PostgresLedger.Settings.test
        settings.waiting = 3
        let subject = try Subject(on: database, through: cutter.connection, settings: settings)
        let sequence = try subject.accept(.zaak(1))
        // Holds the writer up: it waits for the lock that gives numbers.
        let other = try database.connect()
        try other.execute("SELECT pg_advisory_lock(1937536361, 1936748901)")
        let results = Monitor<[Result<Receipt, LedgerFailure>]>([])
        for _ in 0..<300 {
            subject.ledger.keep(.accepted()) { result in results.update { $0.append(result) } }
        }
        let refused = results.withLock { $0 }
        #expect(refused.count >= 300 - 3 - 256)
        #expect(refused.allSatisfy { $0 == .failure(.full) })
        try other.execute("SELECT pg_advisory_unlock_all()")
        let all = results.wait(until: .after(.seconds(30))) { $0.count == 300 ? $0 : nil }
        #expect(all?.contains { (try? $0.get()) != nil } == true)
        #expect(try subject.accept(.zaak(1)) > sequence)
    }

    @Test("writes what waits when it is closed, and takes nothing more")
    func closed() throws {
        let database = try ThrowawayPostgres.database()
        let ledger = try PostgresLedger(database.connection, settings: .test, now: noon)
        let results = Monitor<[Result<Receipt, LedgerFailure>]>([])
        for _ in 0..<50 { ledger.keep(.accepted()) { result in results.update { $0.append(result) } } }
        ledger.watch(999, within: .seconds(3_600)) { progress in #expect(progress == .open) }
        ledger.close()
        #expect(results.withLock { $0.count } == 50)
        #expect(results.withLock { $0.allSatisfy { (try? $0.get()) != nil } })
        ledger.keep(.accepted()) { #expect($0 == .failure(.closed)) }
        #expect(throws: LedgerFailure.closed) { _ = try ledger.bericht(1) }
    }

    @Test("gives up on a server that is away, and says so")
    func away() throws {
        let database = try ThrowawayPostgres.database()
        let cutter = try Cutter(to: database.connection)
        var settings = PostgresLedger.Settings.test
        settings.patience = .milliseconds(100)
        let subject = try Subject(on: database, through: cutter.connection, settings: settings)
        cutter.close()
        cutter.arm(.before, at: "SAVED")
        cutter.arm(.before, at: "COMMIT")
        let failure = #expect(throws: LedgerFailure.self) { _ = try subject.keep(.accepted()) }
        #expect(failure?.code == .ledgerUnavailable)
        #expect(failure?.isPassing == true)
    }

    @Test("notices a damaged piece")
    func damaged() throws {
        let database = try ThrowawayPostgres.database()
        let subject = try Subject(on: database)
        let body = try #require(try subject.ledger.body(of: try subject.accept(.zaak(1))))
        try database.connect().execute("UPDATE sluis.part SET bytes = 'x'")
        let failure = #expect(throws: LedgerFailure.self) { _ = try subject.ledger.content(body, piece: 0) }
        #expect(failure?.code == .contentDamaged)
    }

    @Test("has every acknowledged bericht once after its server was killed in the middle")
    func killed() throws {
        let folder = try TemporaryFolder()
        var cluster: PrivateCluster? = try PrivateCluster.start(in: DataFolder(folder.path))
        var settings = PostgresLedger.Settings.test
        settings.patience = .seconds(60)
        let connection = try #require(cluster).connection
        let ledger = try PostgresLedger(connection, settings: settings, now: noon)
        defer { ledger.close() }
        let load = Load(on: ledger)
        try load.start()
        for _ in 1...3 {
            let before = load.stored.withLock { $0.count }
            #expect(
                load.stored.wait(until: .after(.seconds(60))) { $0.count > before + 200 ? true : nil } == true
            )
            kill(try #require(cluster).processIdentifier, SIGKILL)
            while cluster?.isRunning == true { usleep(1_000) }
            // Frees the folder's lock for the next.
            cluster = nil
            cluster = try PrivateCluster.start(in: DataFolder(folder.path))
        }
        load.stop()
        #expect(load.failures.withLock { $0 }.isEmpty)
        let stored = load.stored.withLock { $0 }
        var found: [String: [Int64]] = [:]
        for row in try Connection(connection).execute("SELECT referentienummer, sequence FROM sluis.bericht")
        {
            found[try row.text(0), default: []].append(try row.int(1))
        }
        #expect(found == stored.mapValues { [$0] })
        try cluster?.stop(until: .after(.seconds(20)))
    }

    @Test("has every acknowledged bericht once when its sessions are ended all the time")
    func terminated() throws {
        let database = try ThrowawayPostgres.database()
        let subject = try Subject(on: database)
        let load = Load(on: subject.ledger)
        try load.start()
        let killer = try database.connect()
        for _ in 0..<100 {
            let before = load.stored.withLock { $0.count }
            _ = load.stored.wait(until: .after(.seconds(60))) { $0.count > before + 5 ? true : nil }
            try killer.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'sluis ledger writer'
                """)
        }
        load.stop()
        #expect(load.failures.withLock { $0 }.isEmpty)
        let stored = load.stored.withLock { $0 }
        var found: [String: [Int64]] = [:]
        for row in try killer.execute("SELECT referentienummer, sequence FROM sluis.bericht") {
            found[try row.text(0), default: []].append(try row.int(1))
        }
        #expect(found == stored.mapValues { [$0] })
    }
}

/// Berichten posted one after the other, at most so many under way, until it is stopped.
private final class Load: Sendable {
    let stored = Monitor<[String: Int64]>([:])
    let failures = Monitor<[String]>([])
    private let underWay = Monitor(0)
    private let isOver = Monitor(false)
    private let thread = Monitor<Threads.Thread?>(nil)
    private let ledger: any Ledger

    init(on ledger: any Ledger) { self.ledger = ledger }

    func start() throws {
        let poster = try Threads.Thread.start("poster") { [self] in
            while !isOver.withLock({ $0 }) { post() }
        }
        thread.withLock { $0 = poster }
    }

    private func post() {
        _ = underWay.wait(until: nil) { $0 < 50 ? true : nil }
        underWay.update { $0 += 1 }
        let entry = Entry.accepted()
        ledger.keep(entry) { [self] result in
            switch result {
            case .success(.stored(let sequence)): stored.update { $0[entry.referentienummer] = sequence }
            default: failures.update { $0.append("\(result)") }
            }
            underWay.update { $0 -= 1 }
        }
    }

    /// Waits for all that is under way.
    func stop() {
        isOver.update { $0 = true }
        thread.withLock { $0 }?.join()
        _ = underWay.wait(until: .after(.seconds(60))) { $0 == 0 ? true : nil }
    }
}

private import Crypto
private import Diagnostics
package import Postgres
package import Record
package import Threads

/// The ledger in schema `sluis` of a Postgres database.
///
/// One thread writes berichten (``Writer``), one tells those who wait (``Watches``); everything else runs on
/// the caller's thread, over a connection that it borrows. Several processes may have the same database.
package final class PostgresLedger: Ledger {
    package struct Settings: Sendable {
        /// Connections for callers, and as many for what goes out; the writer and the listener have one of their own.
        package var connections: Int
        /// Berichten that may wait for the writer, and their bytes; then it is `full`.
        package var waiting: Int
        package var waitingBytes: Int
        /// Berichten in one commit.
        package var batch: Int
        /// How long an unreachable server is tried again before the caller hears of it.
        package var patience: Duration
        /// How often to look for what other processes did while they cannot be heard.
        package var lookInterval: Duration
        /// How often to look while they are heard: for what was said and got lost, and for what the dead left.
        package var slowLookInterval: Duration
        /// The forms of what its callers store; a ledger that holds others is refused.
        package var forms: [StoredForm]

        package init(
            connections: Int = 8, waiting: Int = 10_000, waitingBytes: Int = 64 << 20, batch: Int = 256,
            patience: Duration = .seconds(10), lookInterval: Duration = .milliseconds(500),
            slowLookInterval: Duration = .seconds(5), forms: [StoredForm] = []
        ) {
            self.connections = connections
            self.waiting = waiting
            self.waitingBytes = waitingBytes
            self.batch = batch
            self.patience = patience
            self.lookInterval = lookInterval
            self.slowLookInterval = slowLookInterval
            self.forms = forms
        }
    }

    let sessions: Sessions
    /// For what a crash of the server may undo.
    private let quickSessions: Sessions
    private let queue: WriteQueue
    private let closing = Monitor(false)
    private let writer: Thread
    private let watches: Watches
    private let work: WorkSignal
    private let announcing: Announcing
    private let listening: Listening

    /// Brings the tables up to this release and starts the writer.
    ///
    /// - Throws: `formUnreadable` when it holds what this program cannot read.
    /// - Parameter now: for the record of the migration.
    package init(
        _ database: ConnectionString, settings: Settings, now: WallTime
    ) throws(LedgerFailure) {
        let sessions = Sessions(database, limit: max(settings.connections, 1), patience: settings.patience)
        let (process, refusal) = try sessions.repeatable { (connection) throws(PostgresFailure) in
            _ = try Schema.migrations.run(on: connection, now: now.microseconds)
            return try connection.transaction { () throws(PostgresFailure) in
                let refusal = try Forms(connection).adopt(settings.forms)
                return (try connection.execute("SELECT nextval('sluis.number')").only().int(0), refusal)
            }
        }
        if let refusal { throw refusal }
        let announcing = Announcing(process: process)
        let queue = WriteQueue(countLimit: settings.waiting, byteLimit: settings.waitingBytes)
        let closing = closing
        do {
            writer = try Thread.start("ledger.writer") {
                Writer(database, settings: settings, queue: queue, closing: closing, announcing: announcing)
                    .run()
            }
        } catch {
            throw LedgerFailure(.ledgerUnavailable, at: error.place, hint: error.description, isPassing: true)
        }
        self.sessions = sessions
        quickSessions = Sessions(
            database, limit: max(settings.connections, 1), patience: settings.patience, kind: .quick)
        self.queue = queue
        self.announcing = announcing
        let work = WorkSignal(look: settings.lookInterval)
        self.work = work
        let watches = Watches(
            Watches.Look(
                progress: { sequences in
                    // Who cannot be told now is told at the next look, or that time is up.
                    let found = try? sessions.once { (connection) throws(PostgresFailure) in
                        try Looking(connection).progress(sequences)
                    }
                    return found ?? [:]
                },
                isAtRest: { objects, target in
                    let isAtRest = try? sessions.once { (connection) throws(PostgresFailure) in
                        try Looking(connection).isAtRest(objects, target)
                    }
                    return isAtRest ?? false
                }),
            interval: settings.lookInterval)
        self.watches = watches
        do {
            listening = try Listening(database, announcing) { word in
                switch word {
                case .isHearing(let isHearing):
                    let interval = isHearing ? settings.slowLookInterval : settings.lookInterval
                    work.look(every: interval)
                    watches.look(every: interval)
                case .changed(let target):
                    work.raise(target)
                    watches.changed()
                }
            }
        } catch {
            queue.close()
            writer.join()
            throw LedgerFailure(.ledgerUnavailable, at: error.place, hint: error.description, isPassing: true)
        }
    }

    /// Writes what waits, lets go of all who wait, ends the threads and connections.
    package func close() {
        closing.update { $0 = true }
        queue.close()
        writer.join()
        listening.close()
        work.close()
        watches.close()
        sessions.close()
        quickSessions.close()
    }

    /// Wakes those for whom something may have changed.
    private func changed() {
        work.raise()
        watches.changed()
    }

    // MARK: Inbox

    package func keep(_ entry: Entry, done: @escaping @Sendable (Result<Receipt, LedgerFailure>) -> Void) {
        do {
            try entry.check()
        } catch {
            done(.failure(error))
            return
        }
        var hash = SHA256.digest([])
        if case .bytes(let bytes) = entry.body { hash = SHA256.digest(bytes) }
        let writing = Writing(entry: entry, hash: hash) { [work, watches] result in
            switch result {
            case .success(.redriven), .success(.known):
                work.raise()
                watches.changed()
            default: break
            }
            done(result)
        }
        if let failure = queue.offer(writing) { done(.failure(failure)) }
    }

    package func openUpload(now: WallTime) throws(LedgerFailure) -> Int64 {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Contents(connection).openUpload()
        }
    }

    package func stage(
        _ upload: Int64, piece: Int, of bytes: [UInt8], now: WallTime
    ) throws(LedgerFailure) {
        guard bytes.count <= LedgerLimits.piece else { throw LedgerFailure(.pieceTooLarge, at: "piece") }
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Contents(connection).stage(upload, piece: piece, of: bytes, now: now)
        }
    }

    package func content(_ id: Int64, piece: Int) throws(LedgerFailure) -> [UInt8]? {
        let found = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Contents(connection).piece(piece, of: id)
        }
        guard let found else { return nil }
        guard SHA256.digest(found.bytes) == found.hash else {
            throw LedgerFailure(.contentDamaged, at: "content \(id) piece \(piece)")
        }
        return found.bytes
    }

    package func body(of sequence: Int64) throws(LedgerFailure) -> Int64? {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Contents(connection).body(of: sequence)
        }
    }

    package func answer(
        _ sequence: Int64, _ answer: BerichtAnswer, with reply: [UInt8], now: WallTime
    ) throws(LedgerFailure) -> [UInt8] {
        let standing = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try connection.transaction { () throws(PostgresFailure) in
                try Deciding(connection, announcing).answer(sequence, answer, with: reply, now: now)
            }
        }
        guard let standing else { throw LedgerFailure(.berichtUnknown, at: "bericht \(sequence)") }
        changed()
        return standing
    }

    package func sweep(_ terms: Retention, now: WallTime) throws(LedgerFailure) -> Int {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Contents(connection).sweep(terms, now: now)
        }
    }

    // MARK: Outbox

    package func expand(_ expansions: [Expansion], now: WallTime) throws(LedgerFailure) {
        for expansion in expansions { for delivery in expansion.deliveries { try delivery.check() } }
        let unknown = try quickSessions.repeatable { (connection) throws(PostgresFailure) in
            try Expanding(connection, announcing).expand(expansions, now: now)
        }
        CrashPoint.reached("ledger.afterExpand")
        changed()
        if let sequence = unknown.first { throw LedgerFailure(.berichtUnknown, at: "bericht \(sequence)") }
    }

    package func unexpanded(
        receivedBefore: WallTime, limit: Int
    ) throws(LedgerFailure) -> [KeptEntry] {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Expanding(connection, announcing).unexpanded(receivedBefore: receivedBefore, limit: limit)
        }
    }

    package func bury(_ sequence: Int64, _ cause: Cause, now: WallTime) throws(LedgerFailure) -> Bool {
        let isBuried = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Expanding(connection, announcing).bury(sequence, cause)
        }
        guard let isBuried else { throw LedgerFailure(.berichtUnknown, at: "bericht \(sequence)") }
        changed()
        return isBuried
    }

    package func claim(
        _ target: String, limit: Int, now: WallTime, lease: Duration
    ) throws(LedgerFailure) -> [Delivery] {
        work.lower(target)
        // Once: what a claim of unknown outcome has lent comes back when its lease ends.
        let lent = try quickSessions.once { (connection) throws(PostgresFailure) in
            try Claiming(connection).claim(target, limit: limit, now: now, lease: lease)
        }
        if lent.count == limit { work.raise(target) }
        if !lent.isEmpty { CrashPoint.reached("ledger.afterClaim") }
        return lent
    }

    package func settle(
        _ settlements: [Settlement], now: WallTime
    ) throws(LedgerFailure) -> [LedgerFailure?] {
        let settled = try quickSessions.repeatable { (connection) throws(PostgresFailure) in
            try Settling(connection, announcing).settle(settlements, now: now)
        }
        CrashPoint.reached("ledger.afterSettle")
        for settlement in settlements {
            guard let wait = settlement.verdict.wait(from: now) else { continue }
            if let target = settled.targets[settlement.delivery] { work.raise(target, after: wait) }
        }
        changed()
        return settled.failures
    }

    // MARK: Steps

    package func note(
        _ steps: [Step], of delivery: Delivery, now: WallTime, lease: Duration
    ) throws(LedgerFailure) {
        // Not quick: a call that was made must never be one that nobody meant to make.
        let isHeld = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Stepping(connection).note(steps, of: delivery, now: now, due: now + lease)
        }
        guard isHeld else { throw .fenceStale(delivery.id) }
        CrashPoint.reached("ledger.afterNote")
    }

    package func steps(of delivery: Int64) throws(LedgerFailure) -> [Step] {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Stepping(connection).steps(of: delivery)
        }
    }

    package func place(of object: ObjectKey) throws(LedgerFailure) -> String? {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Stepping(connection).place(of: object)
        }
    }

    /// Ends every lease, so that what an earlier process had claimed can be claimed again at once.
    ///
    /// Only for one that knows that no other process has this database: the owner of a private cluster, at its start.
    /// What the earlier process may still have done is repeated harmlessly; its settlements would be fenced off.
    package func releaseClaims(now: WallTime) throws(LedgerFailure) {
        _ = try sessions.repeatable { (connection) throws(PostgresFailure) in
            try connection.execute(
                "UPDATE sluis.delivery SET due = $1 WHERE state = 'sending' AND due > $1", [.moment(now)])
        }
        work.raise()
    }

    package func awaitWork(for target: String, upTo time: Duration, unless isOver: () -> Bool) {
        work.wait(for: target, upTo: time, unless: isOver)
    }

    package func wakeWorkers() { work.wake() }

    package func watch(
        _ sequence: Int64, within time: Duration, done: @escaping @Sendable (Progress) -> Void
    ) {
        watches.add(sequence, deadline: .after(time), done: done)
    }

    package func watch(
        _ objects: [ObjectKey], target: String, within time: Duration,
        done: @escaping @Sendable (Bool) -> Void
    ) {
        watches.add(objects, target: target, deadline: .after(time), done: done)
    }

    package func open(
        _ resource: String, tenant: String, ending: String, target: String, limit: Int
    ) throws(LedgerFailure) -> [ObjectKey] {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Looking(connection).open(
                resource, tenant: tenant, ending: ending, target: target, limit: limit)
        }
    }

    package func redrive(_ delivery: Int64, now: WallTime) throws(LedgerFailure) -> Bool {
        let isDone = try sessions.decide(about: delivery, announcing) { (deciding) throws(PostgresFailure) in
            try deciding.redrive(delivery, now: now)
        }
        changed()
        return isDone
    }

    package func discard(_ delivery: Int64, reason: String, now: WallTime) throws(LedgerFailure) -> Bool {
        let isDone = try sessions.decide(about: delivery, announcing) { (deciding) throws(PostgresFailure) in
            try deciding.discard(delivery, reason: reason, now: now)
        }
        changed()
        return isDone
    }

    // MARK: Documents

    package func write(_ documents: [Document]) throws(LedgerFailure) -> [Bool] {
        for document in documents { try document.check() }
        return try quickSessions.repeatable { (connection) throws(PostgresFailure) in
            try StoredDocuments(connection).write(documents)
        }
    }

    package func documents(_ keys: [ObjectKey]) throws(LedgerFailure) -> [Document] {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try StoredDocuments(connection).documents(keys)
        }
    }

    package func document(
        tenant: String, resource: String, uuid: String
    ) throws(LedgerFailure) -> Document? {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try StoredDocuments(connection).document(tenant: tenant, resource: resource, uuid: uuid)
        }
    }

    package func list(_ question: Question, tenant: String) throws(LedgerFailure) -> DocumentPage {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try StoredDocuments(connection).list(question, tenant: tenant)
        }
    }

    // MARK: Review

    package func berichten(
        in state: BerichtState?, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [BerichtLine] {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Reviewing(connection).berichten(in: state, before: before, limit: limit)
        }
    }

    package func deliveries(
        _ choice: DeliveryChoice, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [DeliveryLine] {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Reviewing(connection).deliveries(choice, before: before, limit: limit)
        }
    }

    package func bericht(_ sequence: Int64) throws(LedgerFailure) -> BerichtHistory? {
        try sessions.repeatable { (connection) throws(PostgresFailure) in
            try Reviewing(connection).history(sequence)
        }
    }
}

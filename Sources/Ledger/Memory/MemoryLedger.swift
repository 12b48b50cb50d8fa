private import Diagnostics
package import Record
package import Threads

/// A ledger that ends with the process: for replay and for tests of the rooms above.
///
/// `keep` answers on the caller's thread, before it returns.
package final class MemoryLedger: Ledger {
    private let state: Monitor<MemoryState>
    private let watches: Watches
    private let work = WorkSignal()

    package init() {
        let state = Monitor(MemoryState())
        self.state = state
        watches = Watches(
            Watches.Look(
                progress: { sequences in state.withLock { $0.progress(sequences) } },
                isAtRest: { objects, target in state.withLock { $0.isAtRest(objects, target) } }),
            interval: nil)
    }

    /// Lets go of all who wait.
    package func close() {
        work.close()
        watches.close()
    }

    /// Changes the state, then wakes those for whom something may have changed.
    private func change<Value>(
        _ body: (inout MemoryState) throws(LedgerFailure) -> sending Value
    ) throws(LedgerFailure) -> Value {
        let value = try state.withLock(body)
        work.raise()
        watches.changed()
        return value
    }

    // MARK: Steps

    package func note(
        _ steps: [Step], of delivery: Delivery, now: WallTime, lease: Duration
    ) throws(LedgerFailure) {
        try state.withLock { (state) throws(LedgerFailure) in
            try state.note(steps, of: delivery, due: now + lease)
        }
    }

    package func steps(of delivery: Int64) throws(LedgerFailure) -> [Step] {
        state.withLock { $0.steps(of: delivery) }
    }

    package func place(of object: ObjectKey) throws(LedgerFailure) -> String? {
        state.withLock { $0.place(of: object) }
    }

    // MARK: Inbox

    package func keep(_ entry: Entry, done: @escaping @Sendable (Result<Receipt, LedgerFailure>) -> Void) {
        let result: Result<Receipt, LedgerFailure>
        do {
            result = .success(try change { (state) throws(LedgerFailure) in try state.keep(entry) })
        } catch {
            result = .failure(error)
        }
        done(result)
    }

    package func openUpload(now: WallTime) throws(LedgerFailure) -> Int64 {
        state.withLock { $0.drawNumber() }
    }

    package func stage(
        _ upload: Int64, piece: Int, of bytes: [UInt8], now: WallTime
    ) throws(LedgerFailure) {
        guard bytes.count <= LedgerLimits.piece else { throw LedgerFailure(.pieceTooLarge, at: "piece") }
        state.withLock {
            $0.contents[upload, default: MemoryState.Content(staged: now)].pieces[piece] = bytes
        }
    }

    package func content(_ id: Int64, piece: Int) throws(LedgerFailure) -> [UInt8]? {
        state.withLock { $0.contents[id]?.pieces[piece] }
    }

    package func body(of sequence: Int64) throws(LedgerFailure) -> Int64? {
        state.withLock { state in
            state.berichten[sequence].flatMap { state.contents[$0.body] == nil ? nil : $0.body }
        }
    }

    package func answer(
        _ sequence: Int64, _ answer: BerichtAnswer, with reply: [UInt8], now: WallTime
    ) throws(LedgerFailure) -> [UInt8] {
        try change { (state) throws(LedgerFailure) in
            try state.answer(sequence, answer, with: reply, now: now)
        }
    }

    package func sweep(_ terms: Retention, now: WallTime) throws(LedgerFailure) -> Int {
        state.withLock { state in
            let before = state.pieceCount
            state.sweep(terms, now: now)
            return before - state.pieceCount
        }
    }

    // MARK: Outbox

    package func expand(_ expansions: [Expansion], now: WallTime) throws(LedgerFailure) {
        for expansion in expansions { for delivery in expansion.deliveries { try delivery.check() } }
        try change { (state) throws(LedgerFailure) in
            for expansion in expansions { try state.expand(expansion, now: now) }
        }
    }

    package func unexpanded(
        receivedBefore: WallTime, limit: Int
    ) throws(LedgerFailure) -> [KeptEntry] {
        state.withLock { $0.unexpanded(receivedBefore: receivedBefore, limit: limit) }
    }

    package func bury(_ sequence: Int64, _ cause: Cause, now: WallTime) throws(LedgerFailure) -> Bool {
        try change { (state) throws(LedgerFailure) in try state.bury(sequence, cause) }
    }

    package func claim(
        _ target: String, limit: Int, now: WallTime, lease: Duration
    ) throws(LedgerFailure) -> [Delivery] {
        work.lower(target)
        let claimed = state.withLock { $0.claim(target, limit: limit, now: now, lease: lease) }
        if claimed.count == limit { work.raise(target) }
        return claimed
    }

    package func settle(
        _ settlements: [Settlement], now: WallTime
    ) throws(LedgerFailure) -> [LedgerFailure?] {
        for settlement in settlements {
            guard let wait = settlement.verdict.wait(from: now) else { continue }
            let target = state.withLock { $0.outgoing[settlement.delivery]?.delivery.target }
            if let target { work.raise(target, after: wait) }
        }
        return try change { state in settlements.map { state.settle($0, now: now) } }
    }

    package func awaitWork(for target: String, upTo time: Duration, unless isOver: () -> Bool) {
        work.wait(for: target, upTo: time, unless: isOver)
    }

    package func wakeWorkers() { work.wake() }

    package func watch(
        _ sequence: Int64, within time: Duration, done: @escaping @Sendable (Progress) -> Void
    ) {
        if let progress = state.withLock({ $0.progress([sequence])[sequence] }) {
            done(progress)
        } else {
            watches.add(sequence, deadline: .after(time), done: done)
        }
    }

    package func watch(
        _ objects: [ObjectKey], target: String, within time: Duration,
        done: @escaping @Sendable (Bool) -> Void
    ) {
        if state.withLock({ $0.isAtRest(objects, target) }) {
            done(true)
        } else {
            watches.add(objects, target: target, deadline: .after(time), done: done)
        }
    }

    package func open(
        _ resource: String, tenant: String, ending: String, target: String, limit: Int
    ) throws(LedgerFailure) -> [ObjectKey] {
        let open = state.withLock { $0.open(target) }
        let found = open.filter {
            $0.tenant == tenant && $0.resource == resource
                && $0.value.utf8.reversed().starts(with: ending.utf8.reversed())
        }
        return Array(found.sorted().prefix(limit))
    }

    package func redrive(_ delivery: Int64, now: WallTime) throws(LedgerFailure) -> Bool {
        try change { (state) throws(LedgerFailure) in try state.redrive(delivery, now: now) }
    }

    package func discard(_ delivery: Int64, reason: String, now: WallTime) throws(LedgerFailure) -> Bool {
        try change { (state) throws(LedgerFailure) in try state.discard(delivery, reason: reason, now: now) }
    }

    // MARK: Documents

    package func write(_ documents: [Document]) throws(LedgerFailure) -> [Bool] {
        for document in documents { try document.check() }
        return state.withLock { state in documents.map { state.documents.write($0) } }
    }

    package func documents(_ keys: [ObjectKey]) throws(LedgerFailure) -> [Document] {
        state.withLock { state in keys.compactMap { state.documents.document($0) } }
    }

    package func document(
        tenant: String, resource: String, uuid: String
    ) throws(LedgerFailure) -> Document? {
        state.withLock { $0.documents.document(tenant: tenant, resource: resource, uuid: uuid) }
    }

    package func list(_ question: Question, tenant: String) throws(LedgerFailure) -> DocumentPage {
        state.withLock { $0.documents.list(question, tenant: tenant) }
    }

    // MARK: Review

    package func berichten(
        in state: BerichtState?, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [BerichtLine] {
        self.state.withLock { $0.berichten(in: state, before: before, limit: limit) }
    }

    package func deliveries(
        _ choice: DeliveryChoice, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [DeliveryLine] {
        state.withLock { $0.deliveries(choice, before: before, limit: limit) }
    }

    package func bericht(_ sequence: Int64) throws(LedgerFailure) -> BerichtHistory? {
        state.withLock { $0.history(sequence) }
    }
}

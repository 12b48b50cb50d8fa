import Diagnostics
import Ledger
import Record
import Threads

/// What goes wrong with a ledger in a test.
final class Hindrance: Sendable {
    private let full: Monitor<Int>
    let stagingFails: Bool
    /// Bytes that were put in, of bodies and documents together.
    let staged = Monitor(0)

    /// - Parameters:
    ///   - full: so many times there is no room.
    ///   - stagingFails: no piece of a body or document can be put in.
    init(full: Int = 0, stagingFails: Bool = false) {
        self.full = Monitor(full)
        self.stagingFails = stagingFails
    }

    func isFull() -> Bool {
        full.withLock { count in
            guard count > 0 else { return false }
            count -= 1
            return true
        }
    }
}

/// A ledger behind a hindrance.
struct HinderedLedger: Ledger {
    let real: any Ledger
    let hindrance: Hindrance

    func keep(_ entry: Entry, done: @escaping @Sendable (Result<Receipt, LedgerFailure>) -> Void) {
        hindrance.isFull() ? done(.failure(.full)) : real.keep(entry, done: done)
    }

    func stage(_ upload: Int64, piece: Int, of bytes: [UInt8], now: WallTime) throws(LedgerFailure) {
        if hindrance.stagingFails { throw LedgerFailure(.ledgerUnavailable, isPassing: true) }
        try real.stage(upload, piece: piece, of: bytes, now: now)
        hindrance.staged.update { $0 += bytes.count }
    }

    func note(
        _ steps: [Step], of delivery: Delivery, now: WallTime, lease: Duration
    ) throws(LedgerFailure) {
        try real.note(steps, of: delivery, now: now, lease: lease)
    }
    func steps(of delivery: Int64) throws(LedgerFailure) -> [Step] { try real.steps(of: delivery) }
    func place(of object: ObjectKey) throws(LedgerFailure) -> String? { try real.place(of: object) }

    func openUpload(now: WallTime) throws(LedgerFailure) -> Int64 { try real.openUpload(now: now) }
    func content(_ id: Int64, piece: Int) throws(LedgerFailure) -> [UInt8]? {
        try real.content(id, piece: piece)
    }
    func body(of sequence: Int64) throws(LedgerFailure) -> Int64? { try real.body(of: sequence) }
    func answer(
        _ sequence: Int64, _ answer: BerichtAnswer, with reply: [UInt8], now: WallTime
    ) throws(LedgerFailure) -> [UInt8] {
        try real.answer(sequence, answer, with: reply, now: now)
    }
    func sweep(_ terms: Retention, now: WallTime) throws(LedgerFailure) -> Int {
        try real.sweep(terms, now: now)
    }
    func expand(_ expansions: [Expansion], now: WallTime) throws(LedgerFailure) {
        try real.expand(expansions, now: now)
    }
    func unexpanded(receivedBefore: WallTime, limit: Int) throws(LedgerFailure) -> [KeptEntry] {
        try real.unexpanded(receivedBefore: receivedBefore, limit: limit)
    }
    func bury(_ sequence: Int64, _ cause: Cause, now: WallTime) throws(LedgerFailure) -> Bool {
        try real.bury(sequence, cause, now: now)
    }
    func claim(
        _ target: String, limit: Int, now: WallTime, lease: Duration
    ) throws(LedgerFailure) -> [Delivery] {
        try real.claim(target, limit: limit, now: now, lease: lease)
    }
    func settle(_ settlements: [Settlement], now: WallTime) throws(LedgerFailure) -> [LedgerFailure?] {
        try real.settle(settlements, now: now)
    }
    func awaitWork(for target: String, upTo time: Duration, unless isOver: () -> Bool) {
        real.awaitWork(for: target, upTo: time, unless: isOver)
    }
    func wakeWorkers() { real.wakeWorkers() }
    func watch(_ sequence: Int64, within time: Duration, done: @escaping @Sendable (Progress) -> Void) {
        real.watch(sequence, within: time, done: done)
    }
    func watch(
        _ objects: [ObjectKey], target: String, within time: Duration,
        done: @escaping @Sendable (Bool) -> Void
    ) {
        real.watch(objects, target: target, within: time, done: done)
    }
    func open(
        _ resource: String, tenant: String, ending: String, target: String, limit: Int
    ) throws(LedgerFailure) -> [ObjectKey] {
        try real.open(resource, tenant: tenant, ending: ending, target: target, limit: limit)
    }
    func redrive(_ delivery: Int64, now: WallTime) throws(LedgerFailure) -> Bool {
        try real.redrive(delivery, now: now)
    }
    func discard(_ delivery: Int64, reason: String, now: WallTime) throws(LedgerFailure) -> Bool {
        try real.discard(delivery, reason: reason, now: now)
    }
    func write(_ documents: [Document]) throws(LedgerFailure) -> [Bool] { try real.write(documents) }
    func documents(_ keys: [ObjectKey]) throws(LedgerFailure) -> [Document] { try real.documents(keys) }
    func document(tenant: String, resource: String, uuid: String) throws(LedgerFailure) -> Document? {
        try real.document(tenant: tenant, resource: resource, uuid: uuid)
    }
    func list(_ question: Question, tenant: String) throws(LedgerFailure) -> DocumentPage {
        try real.list(question, tenant: tenant)
    }
    func berichten(
        in state: BerichtState?, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [BerichtLine] {
        try real.berichten(in: state, before: before, limit: limit)
    }
    func deliveries(
        _ choice: DeliveryChoice, before: Int64?, limit: Int
    ) throws(LedgerFailure) -> [DeliveryLine] {
        try real.deliveries(choice, before: before, limit: limit)
    }
    func bericht(_ sequence: Int64) throws(LedgerFailure) -> BerichtHistory? { try real.bericht(sequence) }
}

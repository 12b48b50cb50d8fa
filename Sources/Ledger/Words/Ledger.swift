package import Threads

/// Everything that makes a crash harmless: what came in, what must go out, what is served.
///
/// Two conformers: ``PostgresLedger``, and ``MemoryLedger`` for replay. One suite of tests holds both to the
/// same contract. Every function may be called from any thread, and blocks for as long as the store takes,
/// except where it says otherwise. Moments are the caller's: nothing here reads a clock, except for
/// deadlines.
package protocol Ledger: Inbox, Outbox, StepLog, DocumentStore, LedgerReview {}

/// Berichten as they come in, with their content and their answers.
package protocol Inbox: Sendable {
    /// Keeps a bericht: whatever the receipt says is committed when `done` is called.
    ///
    /// Does not block: many wait for one commit. `done` is called exactly once, on a thread of the ledger,
    /// and must not block; with ``LedgerFailure`` `full` when too many wait, and with `unavailable` when the
    /// store could not be reached in time (the bericht may then have been kept after all; the sender repeats
    /// it).
    func keep(_ entry: Entry, done: @escaping @Sendable (Result<Receipt, LedgerFailure>) -> Void)

    /// Draws the number for a large body or content, before its first piece.
    func openUpload(now: WallTime) throws(LedgerFailure) -> Int64

    /// Stores one piece, at most ``LedgerLimits/piece`` bytes, committed by itself; pieces count from 0.
    ///
    /// What no entry adopts is swept away a day later.
    func stage(_ upload: Int64, piece: Int, of bytes: [UInt8], now: WallTime) throws(LedgerFailure)

    /// One piece of a body or content; nil after the last one.
    func content(_ id: Int64, piece: Int) throws(LedgerFailure) -> [UInt8]?

    /// The content id of a bericht's body; nil when it was swept, or there is no such bericht.
    func body(of sequence: Int64) throws(LedgerFailure) -> Int64?

    /// Records the answer to a bericht. The first answer stands.
    ///
    /// - Returns: the answer that stands: this one, or the one that was given before.
    func answer(
        _ sequence: Int64, _ answer: BerichtAnswer, with reply: [UInt8], now: WallTime
    ) throws(LedgerFailure) -> [UInt8]

    /// Removes what has served its time: bodies of done and refused berichten, adopted content of delivered
    /// ones, uploads that nobody adopted.
    ///
    /// - Returns: how many pieces were removed.
    @discardableResult
    func sweep(_ terms: Retention, now: WallTime) throws(LedgerFailure) -> Int
}

/// What an answer says about its bericht.
package enum BerichtAnswer: Sendable, Equatable {
    /// It stands, whatever comes later: `Bv03`, `Du02`.
    case acknowledged
    /// It counts as never processed: what was left of its deliveries is discarded, and a repeat is processed
    /// anew. Only where nothing took effect, or what did is harmless to repeat.
    case refused(Cause)
}

/// How long things are kept (design section 5, "Personal data").
package struct Retention: Sendable, Equatable {
    /// After a bericht was done, refused or discarded.
    package var body: Duration
    /// After the upload of a piece that nobody adopted.
    package var upload: Duration
    /// Of berichten and deliveries that are done or refused.
    package var metadata: Duration

    package init(
        body: Duration = .seconds(14 * 86_400), upload: Duration = .seconds(86_400),
        metadata: Duration = .seconds(365 * 86_400)
    ) {
        self.body = body
        self.upload = upload
        self.metadata = metadata
    }
}

/// Limits on what comes from outside, the same in every ledger.
package enum LedgerLimits {
    /// Bytes of one piece of a body or content.
    package static let piece = 1 << 20
    /// UTF-8 bytes of a name, and of all parts of a key together.
    package static let key = 1_000
    /// Objects of one bericht or delivery.
    package static let objects = 1_000
}

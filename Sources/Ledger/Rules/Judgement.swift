/// What the ledger knows of an earlier bericht with the same referentienummer, or that created the same
/// object.
struct Known: Equatable {
    var sequence: Int64
    /// Of the bericht itself, or of the one whose fate it shares.
    var state: BerichtState
    var content: [UInt8]
    var reply: [UInt8]?
    /// The bericht whose deliveries count for it: itself, or the first one that created the object.
    var owner: Int64
    /// Keyed hash of the record that it created an object with.
    var creation: [UInt8]?
    /// It, or the one whose fate it shares, died before it had deliveries.
    var isBuried: Bool
}

/// What to do with an offered bericht (design section 5, "Effectively once").
enum Judgement: Equatable {
    /// Nothing to store.
    case answer(Receipt)
    /// Send the dead deliveries of `owner` on their way again; nothing to store.
    case redrive(owner: Int64, Receipt)
    /// The refused bericht came again, and is refused again: note the attempt.
    case note(Int64)
    /// Store it; `replacing` the refused one that had its referentienummer.
    case store(replacing: Int64?)
    /// Store it without deliveries, sharing the fate of `first`.
    case storeKnown(first: Known, replacing: Int64?)
    /// Store it as refused.
    case storeConflict(first: Int64, replacing: Int64?)

    /// - Parameters:
    ///   - earlier: the newest bericht with its sender and referentienummer.
    ///   - creator: the bericht, not refused, that created the object that this one creates.
    init(_ entry: Entry, earlier: Known?, creator: Known?) {
        var replacing: Int64?
        if let earlier {
            // A refused bericht counts as never processed (StUF 03.01 section 4.4.3), so its number is free
            // again.
            let isFree =
                earlier.state == .refused || (earlier.isBuried && entry.content == earlier.content)
            guard isFree else {
                self = Self.repeated(entry, earlier)
                return
            }
            if case .refused = entry.outcome, entry.content == earlier.content {
                self = .note(earlier.sequence)
                return
            }
            replacing = earlier.sequence
        }
        guard case .accepted = entry.outcome, let creates = entry.creates, let creator else {
            self = .store(replacing: replacing)
            return
        }
        self =
            creator.creation == creates.hash
            ? .storeKnown(first: creator, replacing: replacing)
            : .storeConflict(first: creator.sequence, replacing: replacing)
    }

    private static func repeated(_ entry: Entry, _ earlier: Known) -> Self {
        guard entry.content == earlier.content else { return .answer(.differs(earlier.sequence)) }
        if earlier.state == .dead {
            return .redrive(owner: earlier.owner, .redriven(earlier.sequence, reply: earlier.reply))
        }
        guard let reply = earlier.reply else { return .answer(.underWay(earlier.sequence)) }
        return .answer(.duplicate(earlier.sequence, state: earlier.state, reply: reply))
    }
}

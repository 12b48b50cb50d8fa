import Diagnostics
import Record
import Threads

/// All that a ``MemoryLedger`` knows.
struct MemoryState {
    struct Bericht {
        var entry: Entry
        var state: BerichtState
        var cause: Cause?
        var reply: [UInt8]?
        /// Content id.
        var body: Int64
        /// The bericht whose deliveries count for this one, when it is another.
        var first: Int64?
        /// When it was done or refused.
        var ended: WallTime?
    }

    struct Content {
        var pieces: [Int: [UInt8]] = [:]
        var staged: WallTime
        /// The bericht that adopted it.
        var adopter: Int64?
    }

    struct Number: Hashable {
        var tenant: String
        var zender: Zender
        var referentienummer: String
    }

    struct Outgoing {
        var delivery: Delivery
        var state: DeliveryState
        var due: WallTime
        var cause: Cause?
        var whenDead: NewDelivery.WhenDead
        /// A dead one that was sent on its way again while later ones passed.
        var isRedriven = false

        /// Whether later ones of the same objects wait for it.
        var holds: Bool { state.isOpen || (state == .dead && whenDead == .holds) }
    }

    private var lastNumber: Int64 = 0
    var berichten: [Int64: Bericht] = [:]
    /// The newest bericht with that number.
    var byNumber: [Number: Int64] = [:]
    var contents: [Int64: Content] = [:]
    var outgoing: [Int64: Outgoing] = [:]
    /// By delivery, then by number.
    var steps: [Int64: [Int: Step]] = [:]
    var attempts: [(sequence: Int64, line: AttemptLine)] = []
    var documents = MemoryDocuments()

    var pieceCount: Int { contents.values.reduce(0) { $0 + $1.pieces.count } }

    /// One series numbers berichten, uploads and deliveries.
    mutating func drawNumber() -> Int64 {
        lastNumber += 1
        return lastNumber
    }
}

extension MemoryState.Number {
    init(_ entry: Entry) {
        self.init(tenant: entry.tenant, zender: entry.zender, referentienummer: entry.referentienummer)
    }
}

// MARK: Inbox

extension MemoryState {
    mutating func keep(_ entry: Entry) throws(LedgerFailure) -> Receipt {
        try entry.check()
        let earlier = byNumber[Number(entry)].map { known($0) }
        switch Judgement(entry, earlier: earlier ?? nil, creator: creator(of: entry)) {
        case .answer(let receipt):
            return receipt
        case .redrive(let owner, let receipt):
            for delivery in deliveries(of: owner) where delivery.state == .dead {
                _ = try redrive(delivery.delivery.id, now: entry.received)
            }
            return receipt
        case .note(let sequence):
            note(sequence, .repeated, entry)
            return .retried(sequence)
        case .store(let replacing):
            let sequence = try store(entry, first: nil)
            guard let replacing else { return .stored(sequence) }
            note(replacing, .repeated, entry)
            return .retried(sequence)
        case .storeKnown(let first, let replacing):
            let sequence = try store(entry, first: first.owner)
            if let replacing { note(replacing, .repeated, entry) }
            guard first.state == .dead else {
                return .known(sequence, first: first.owner, state: first.state)
            }
            for delivery in deliveries(of: first.owner) where delivery.state == .dead {
                _ = try redrive(delivery.delivery.id, now: entry.received)
            }
            return .known(sequence, first: first.owner, state: .open)
        case .storeConflict(let first, let replacing):
            var refused = entry
            refused.outcome = .refused(.objectExists)
            refused.creates = nil
            refused.reply = nil
            let sequence = try store(refused, first: nil)
            if let replacing { note(replacing, .repeated, entry) }
            return .conflicts(sequence, first: first)
        }
    }

    private func known(_ sequence: Int64) -> Known? {
        guard let bericht = berichten[sequence] else { return nil }
        let owner = bericht.first ?? sequence
        return Known(
            sequence: sequence, state: berichten[owner]?.state ?? bericht.state,
            content: bericht.entry.content,
            reply: bericht.reply, owner: owner, creation: bericht.entry.creates?.hash,
            isBuried: berichten[owner]?.state == .dead && berichten[owner]?.cause != nil)
    }

    private func creator(of entry: Entry) -> Known? {
        guard let object = entry.creates?.object else { return nil }
        let creator = berichten.first {
            $0.value.state != .refused && $0.value.first == nil && $0.value.cause == nil
                && $0.value.entry.creates?.object == object
        }
        return creator.flatMap { known($0.key) }
    }

    private mutating func store(_ entry: Entry, first: Int64?) throws(LedgerFailure) -> Int64 {
        var staged = entry.contents
        if case .upload(let upload) = entry.body { staged.append(upload) }
        for id in staged {
            guard let content = contents[id], content.adopter == nil else {
                throw LedgerFailure(.contentMissing, at: "content \(id)")
            }
        }
        let sequence = drawNumber()
        for id in staged { contents[id]?.adopter = sequence }
        var body = sequence
        switch entry.body {
        case .bytes(let bytes):
            contents[sequence] = Content(pieces: [0: bytes], staged: entry.received, adopter: sequence)
        case .upload(let upload): body = upload
        }
        var bericht = Bericht(
            entry: entry, state: .accepted, cause: nil, reply: entry.reply, body: body, first: first)
        bericht.entry.body = .upload(body)
        if case .refused(let cause) = entry.outcome {
            (bericht.state, bericht.cause, bericht.ended) = (.refused, cause, entry.received)
        } else if first != nil {
            (bericht.state, bericht.ended) = (.done, entry.received)
        }
        berichten[sequence] = bericht
        byNumber[Number(entry)] = sequence
        return sequence
    }

    private mutating func note(_ sequence: Int64, _ kind: AttemptLine.Kind, _ entry: Entry) {
        var cause: Cause?
        if case .refused(let refusal) = entry.outcome { cause = refusal }
        attempts.append(
            (
                sequence,
                AttemptLine(kind: kind, at: entry.received, delivery: nil, attempt: 0, cause: cause)
            ))
    }

    mutating func answer(
        _ sequence: Int64, _ answer: BerichtAnswer, with reply: [UInt8], now: WallTime
    ) throws(LedgerFailure) -> [UInt8] {
        guard var bericht = berichten[sequence] else {
            throw LedgerFailure(.berichtUnknown, at: "bericht \(sequence)")
        }
        if let given = bericht.reply { return given }
        bericht.reply = reply
        if case .refused(let cause) = answer, bericht.state != .refused,
            bericht.state != .done || bericht.first != nil
        {
            for delivery in deliveries(of: sequence) where delivery.state != .done {
                outgoing[delivery.delivery.id]?.state = .discarded
                outgoing[delivery.delivery.id]?.delivery.fence += 1
            }
            (bericht.state, bericht.cause, bericht.ended, bericht.first) = (.refused, cause, now, nil)
        }
        berichten[sequence] = bericht
        return reply
    }

    mutating func sweep(_ terms: Retention, now: WallTime) {
        contents = contents.filter { $0.value.adopter != nil || now < $0.value.staged + terms.upload }
        let pointedAt = documents.contents
        for (sequence, bericht) in berichten where bericht.state == .done || bericht.state == .refused {
            guard let ended = bericht.ended, ended + terms.body <= now else { continue }
            for id in bericht.entry.contents + [bericht.body] where !pointedAt.contains(id) {
                contents[id] = nil
            }
            guard ended + terms.metadata <= now else { continue }
            berichten[sequence] = nil
            outgoing = outgoing.filter { $0.value.delivery.sequence != sequence }
            attempts.removeAll { $0.sequence == sequence }
            if byNumber[Number(bericht.entry)] == sequence { byNumber[Number(bericht.entry)] = nil }
        }
    }
}

extension Cause {
    /// What a bericht is refused for that creates an object anew with other values.
    static let objectExists = Cause(LedgerFailure(.objectExists))
}

import Diagnostics
import Record
import Threads

extension MemoryState {
    /// In the order in which they were made.
    func deliveries(of sequence: Int64) -> [Outgoing] {
        outgoing.values.filter { $0.delivery.sequence == sequence }.sorted { $0.delivery.id < $1.delivery.id }
    }

    mutating func expand(_ expansion: Expansion, now: WallTime) throws(LedgerFailure) {
        let sequence = expansion.sequence
        guard let bericht = berichten[sequence] else {
            throw LedgerFailure(.berichtUnknown, at: "bericht \(sequence)")
        }
        guard bericht.state == .accepted else { return }
        for new in expansion.deliveries {
            let delivery = Delivery(
                id: drawNumber(), sequence: sequence, target: new.target, objects: new.objects,
                change: new.change, attempt: 0, fence: 0)
            outgoing[delivery.id] = Outgoing(
                delivery: delivery, state: .waiting, due: bericht.entry.received, whenDead: new.whenDead)
        }
        close(sequence, now: now)
    }

    mutating func bury(_ sequence: Int64, _ cause: Cause) throws(LedgerFailure) -> Bool {
        guard let bericht = berichten[sequence] else {
            throw LedgerFailure(.berichtUnknown, at: "bericht \(sequence)")
        }
        guard bericht.state == .accepted else { return false }
        berichten[sequence]?.state = .dead
        berichten[sequence]?.cause = cause
        return true
    }

    func unexpanded(receivedBefore: WallTime, limit: Int) -> [KeptEntry] {
        berichten
            .filter { $0.value.state == .accepted && $0.value.entry.received < receivedBefore }
            .sorted { $0.key < $1.key }
            .prefix(max(limit, 0))
            .map { KeptEntry(sequence: $0.key, entry: $0.value.entry) }
    }

    mutating func claim(_ target: String, limit: Int, now: WallTime, lease: Duration) -> [Delivery] {
        let mine = outgoing.values
            .filter { $0.delivery.target == target && $0.holds }
            .sorted { ($0.delivery.sequence, $0.delivery.id) < ($1.delivery.sequence, $1.delivery.id) }
        let firstUnexpanded = firstUnexpandedByObject()
        let sending = Set(mine.filter { $0.state == .sending && now < $0.due }.flatMap(\.delivery.objects))
        var passed: Set<ObjectKey> = []
        var claimed: [Delivery] = []
        for candidate in mine where claimed.count < limit {
            let delivery = candidate.delivery
            let isDue = (candidate.state == .waiting || candidate.state == .sending) && candidate.due <= now
            let isFirst = delivery.objects.allSatisfy {
                !passed.contains($0) && firstUnexpanded[$0, default: .max] > delivery.sequence
            }
            passed.formUnion(delivery.objects)
            let isAlone = !candidate.isRedriven || sending.isDisjoint(with: delivery.objects)
            guard isDue, isFirst, isAlone else { continue }
            claimed.append(lend(delivery.id, until: now + lease))
        }
        return claimed
    }

    private func firstUnexpandedByObject() -> [ObjectKey: Int64] {
        var first: [ObjectKey: Int64] = [:]
        for (sequence, bericht) in berichten where bericht.state == .accepted {
            for object in bericht.entry.objects { first[object] = min(first[object] ?? .max, sequence) }
        }
        return first
    }

    private mutating func lend(_ id: Int64, until end: WallTime) -> Delivery {
        guard var lent = outgoing[id] else { preconditionFailure("a candidate is an outgoing delivery") }
        lent.state = .sending
        lent.due = end
        lent.delivery.attempt += 1
        lent.delivery.fence += 1
        lent.delivery.lastCode = lent.cause?.code
        outgoing[id] = lent
        return lent.delivery
    }

    mutating func settle(_ settlement: Settlement, now: WallTime) -> LedgerFailure? {
        guard var sent = outgoing[settlement.delivery] else {
            return LedgerFailure(.berichtUnknown, at: "delivery \(settlement.delivery)")
        }
        guard sent.delivery.fence == settlement.fence else { return .fenceStale(settlement.delivery) }
        let outcome = settlement.verdict.outcome
        guard sent.state == .sending else {
            return sent.state == outcome.state ? nil : .fenceStale(settlement.delivery)
        }
        sent.state = outcome.state
        sent.cause = outcome.cause
        sent.due = outcome.due ?? now
        outgoing[settlement.delivery] = sent
        if outcome.cause != nil || sent.delivery.attempt > 1 {
            attempts.append(
                (
                    sent.delivery.sequence,
                    AttemptLine(
                        kind: .delivered, at: now, delivery: sent.delivery.id, attempt: sent.delivery.attempt,
                        cause: outcome.cause)
                ))
        }
        close(sent.delivery.sequence, now: now)
        return nil
    }

    mutating func redrive(_ id: Int64, now: WallTime) throws(LedgerFailure) -> Bool {
        guard var dead = outgoing[id] else {
            throw LedgerFailure(.berichtUnknown, at: "delivery \(id)")
        }
        guard dead.state == .dead || dead.state == .held else { return false }
        dead.isRedriven = dead.state == .dead && dead.whenDead == .passes
        dead.state = .waiting
        dead.due = now
        outgoing[id] = dead
        decide(.redriven, about: dead, cause: nil, now: now)
        return true
    }

    mutating func discard(_ id: Int64, reason: String, now: WallTime) throws(LedgerFailure) -> Bool {
        guard var dead = outgoing[id] else {
            throw LedgerFailure(.berichtUnknown, at: "delivery \(id)")
        }
        guard dead.state == .dead || dead.state == .held || dead.state == .waiting else { return false }
        let cause = Cause(code: dead.cause?.code ?? "", text: reason)
        dead.state = .discarded
        dead.cause = cause
        outgoing[id] = dead
        decide(.discarded, about: dead, cause: cause, now: now)
        return true
    }

    private mutating func decide(
        _ kind: AttemptLine.Kind, about sent: Outgoing, cause: Cause?, now: WallTime
    ) {
        attempts.append(
            (
                sent.delivery.sequence,
                AttemptLine(
                    kind: kind, at: now, delivery: sent.delivery.id, attempt: sent.delivery.attempt,
                    cause: cause)
            ))
        close(sent.delivery.sequence, now: now)
    }

    /// Works out the state of a bericht from its deliveries.
    private mutating func close(_ sequence: Int64, now: WallTime) {
        guard berichten[sequence]?.state != .refused else { return }
        let deliveries = deliveries(of: sequence)
        let state: BerichtState =
            deliveries.contains { $0.state.isOpen }
            ? .open : deliveries.contains { $0.state == .dead } ? .dead : .done
        berichten[sequence]?.state = state
        berichten[sequence]?.ended = state == .done ? now : nil
    }

    func progress(_ sequences: [Int64]) -> [Int64: Progress] {
        var found: [Int64: Progress] = [:]
        for sequence in sequences { found[sequence] = progress(of: sequence) }
        return found
    }

    private func progress(of sequence: Int64) -> Progress? {
        guard let bericht = berichten[sequence] else { return nil }
        let owner = bericht.first ?? sequence
        switch berichten[owner]?.state ?? bericht.state {
        case .done: return .done(reply: bericht.reply)
        case .refused: return .refused(reply: bericht.reply)
        case .dead:
            let causes = deliveries(of: owner).filter { $0.state == .dead }.compactMap(\.cause)
            return .dead((berichten[owner]?.cause).map { [$0] } ?? causes, reply: bericht.reply)
        case .accepted: return nil
        case .open:
            let deliveries = deliveries(of: owner)
            let isGoingOn = deliveries.contains { $0.state == .waiting || $0.state == .sending }
            return isGoingOn ? nil : .held
        }
    }

    func isAtRest(_ objects: [ObjectKey], _ target: String) -> Bool { open(target).isDisjoint(with: objects) }

    /// The objects about which something is open: a bericht to be expanded, or a delivery to the target.
    func open(_ target: String) -> Set<ObjectKey> {
        let waited = berichten.values.filter { $0.state == .accepted }.flatMap(\.entry.objects)
        let sent = outgoing.values.filter { $0.delivery.target == target && $0.holds }
        return Set(waited).union(sent.flatMap(\.delivery.objects))
    }
}

extension Verdict {
    /// How long the delivery waits before it can be claimed again; nil when it cannot.
    func wait(from now: WallTime) -> Duration? {
        guard case .later(let due, _) = self else { return nil }
        return .microseconds(due.microseconds &- now.microseconds)
    }

    /// How a verdict is kept.
    var outcome: (state: DeliveryState, cause: Cause?, due: WallTime?) {
        switch self {
        case .done: (.done, nil, nil)
        case .later(let due, let cause): (.waiting, cause, due)
        case .dead(let cause): (.dead, cause, nil)
        case .parked(let cause): (.held, cause, nil)
        }
    }
}

extension MemoryState {
    mutating func note(_ steps: [Step], of delivery: Delivery, due: WallTime) throws(LedgerFailure) {
        guard let held = outgoing[delivery.id], held.state == .sending, held.delivery.fence == delivery.fence
        else { throw .fenceStale(delivery.id) }
        outgoing[delivery.id]?.due = due
        for step in steps { self.steps[delivery.id, default: [:]][step.number] = step }
    }

    func steps(of delivery: Int64) -> [Step] {
        (steps[delivery] ?? [:]).values.sorted { $0.number < $1.number }
    }

    func place(of object: ObjectKey) -> String? {
        let places = steps.compactMap { delivery, steps in
            steps.values.first { $0.object == object && $0.result != nil }.map { (delivery, $0.result) }
        }
        return places.max { $0.0 < $1.0 }?.1
    }
}

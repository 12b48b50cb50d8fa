import Record
import Threads

/// Those who wait for the fate of a bericht or for objects to come to rest, and the thread that tells them.
final class Watches: Sendable {
    /// Asks the ledger; called on the thread of the watches only.
    struct Look: Sendable {
        /// How far those berichten are; those that are still going on are left out.
        var progress: @Sendable (_ sequences: [Int64]) -> [Int64: Progress]
        /// Whether nothing is open about any of the objects.
        var isAtRest: @Sendable (_ objects: [ObjectKey], _ target: String) -> Bool
    }

    private struct Bericht {
        var sequence: Int64
        var deadline: Instant
        var done: @Sendable (Progress) -> Void
    }

    private struct Objects {
        var objects: [ObjectKey]
        var target: String
        var deadline: Instant
        var done: @Sendable (Bool) -> Void
    }

    private struct State {
        var berichten: [Bericht] = []
        var objects: [Objects] = []
        /// How often to look for what other processes did; nil when there are none.
        var interval: Duration?
        var isChanged = false
        var isClosed = false
        var thread: Thread?

        var isEmpty: Bool { berichten.isEmpty && objects.isEmpty }
        var nextDeadline: Instant? {
            (berichten.map(\.deadline) + objects.map(\.deadline)).min()
        }
    }

    private let state: Monitor<State>
    private let look: Look

    /// - Parameter interval: how often to look for what other processes did; nil when there are none.
    init(_ look: Look, interval: Duration?) {
        self.look = look
        state = Monitor(State(interval: interval))
    }

    func add(_ sequence: Int64, deadline: Instant, done: @escaping @Sendable (Progress) -> Void) {
        let isAdded = add { $0.berichten.append(Bericht(sequence: sequence, deadline: deadline, done: done)) }
        if !isAdded { done(.open) }
    }

    func add(
        _ objects: [ObjectKey], target: String, deadline: Instant, done: @escaping @Sendable (Bool) -> Void
    ) {
        let isAdded = add {
            $0.objects.append(Objects(objects: objects, target: target, deadline: deadline, done: done))
        }
        if !isAdded { done(false) }
    }

    /// Something settled, was expanded or answered: look again.
    func changed() {
        state.update { if !$0.isEmpty { $0.isChanged = true } }
    }

    /// Says how often to look for what other processes did, and looks at once.
    func look(every interval: Duration) {
        state.update { state in
            state.interval = interval
            state.isChanged = true
        }
    }

    /// Tells all who still wait that it is not settled, and ends the thread.
    func close() {
        let thread = state.update { (state) -> Thread? in
            state.isClosed = true
            return state.thread
        }
        thread?.join()
    }

    /// The thread starts with the first who waits; false when there can be none.
    private func add(_ append: (inout State) -> Void) -> Bool {
        state.update { state in
            guard !state.isClosed else { return false }
            if state.thread == nil {
                state.thread = try? Thread.start("ledger.watch") { [weak self] in self?.run() }
            }
            guard state.thread != nil else { return false }
            append(&state)
            state.isChanged = true
            return true
        }
    }

    private func run() {
        while awaitChange() { tell() }
        let (berichten, objects) = state.withLock { state in
            defer { (state.berichten, state.objects) = ([], []) }
            return (state.berichten, state.objects)
        }
        for bericht in berichten { bericht.done(.open) }
        for object in objects { object.done(false) }
    }

    /// - Returns: false when it is time to end.
    private func awaitChange() -> Bool {
        while true {
            let deadline = state.withLock { state -> Instant? in
                guard !state.isEmpty else { return nil }
                let poll = state.interval.map { Instant.after($0) }
                return [state.nextDeadline, poll].compactMap(\.self).min()
            }
            let isOpen = state.wait(until: deadline) { state -> Bool? in
                if state.isClosed { return false }
                guard state.isChanged else { return nil }
                state.isChanged = false
                return true
            }
            if let isOpen { return isOpen }
            if state.withLock({ !$0.isEmpty }) { return true }
        }
    }

    private func tell() {
        let (berichten, objects) = state.withLock { ($0.berichten, $0.objects) }
        let progress =
            berichten.isEmpty ? [:] : look.progress(Set(berichten.map(\.sequence)).sorted())
        let atRest = objects.map { look.isAtRest($0.objects, $0.target) }
        let now = Instant.now
        // Those who came meanwhile stand behind these.
        state.withLock { state in
            let newBerichten = state.berichten.dropFirst(berichten.count)
            let newObjects = state.objects.dropFirst(objects.count)
            state.berichten =
                berichten.filter { progress[$0.sequence] == nil && $0.deadline > now } + newBerichten
            state.objects =
                zip(objects, atRest).filter { !$0.1 && $0.0.deadline > now }.map(\.0) + newObjects
        }
        for bericht in berichten {
            if let end = progress[bericht.sequence] {
                bericht.done(end)
            } else if bericht.deadline <= now {
                bericht.done(.open)
            }
        }
        for (object, isAtRest) in zip(objects, atRest) where isAtRest || object.deadline <= now {
            object.done(isAtRest)
        }
    }
}

internal import JSON
internal import Resources
internal import Threads

/// What catalogues answered, for a stated time: types hardly ever change, and every zaak needs a dozen of them.
final class TypeCache: Sendable {
    private struct Entry: Sendable {
        var items: [Value]
        var end: Instant
    }

    /// More answers than any catalogue gives; beyond that all are asked again.
    private static let capacity = 10_000

    private let entries = Monitor<[MakePlan.Place: Entry]>([:])
    private let age: Duration
    private let time: TimeSource

    /// - Parameter age: how old an answer may be.
    init(age: Duration, time: TimeSource) {
        self.age = age
        self.time = time
    }

    subscript(place: MakePlan.Place) -> [Value]? {
        let now = time.instant()
        return entries.withLock { entries in
            guard let entry = entries[place], now < entry.end else { return nil }
            return entry.items
        }
    }

    /// An answer that is empty is not kept: what is missing is about to be added.
    func keep(_ items: [Value], at place: MakePlan.Place) {
        guard !items.isEmpty else { return }
        let entry = Entry(items: items, end: time.instant() + age)
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries = [:] }
            entries[place] = entry
        }
    }

    /// The API found fault with a type: all are asked again.
    ///
    /// - Returns: whether there was anything to forget.
    func forget() -> Bool {
        entries.withLock { entries in
            defer { entries = [:] }
            return !entries.isEmpty
        }
    }
}

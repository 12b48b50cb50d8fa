package import JSON
private import Model

/// Makes an object with its children at an API, one call at a time; pure: it says which call is next and is told how it
/// ended.
///
/// Each call that makes something is noted before it is made (``Entry/begun``) and after (``Entry/made``). A plan that
/// goes on after a crash begins with those notes: a step that was begun and not made is unknown, so it looks first.
///
/// ```swift
/// var plan = MakePlan(planned, resuming: notes)
/// var call = plan.next(after: nil)
/// while let now = call {
///     if let note = now.note { keep(note) }        // committed before the call
///     call = plan.next(after: make(now))
///     for note in plan.takeNotes() { keep(note) }
/// }
/// ```
package struct MakePlan: Sendable {
    /// What is kept of a plan.
    package enum Entry: Hashable, Sendable {
        case begun(step: Int)
        case made(step: Int, url: String)

        package var step: Int {
            switch self {
            case .begun(let step), .made(let step, _): step
            }
        }
    }

    /// One call.
    package enum Call: Hashable, Sendable {
        /// A list of those that it may be among; a page of it when it is a URL.
        case look(step: Int, Place)
        case make(step: Int, api: String, collection: String, body: Value)

        /// What must be kept before it is made.
        package var note: Entry? {
            if case .make(let step, _, _, _) = self { .begun(step: step) } else { nil }
        }
    }

    /// Where is looked.
    package enum Place: Hashable, Sendable {
        case list(api: String, collection: String, query: [Criterion])
        case page(String)
    }

    package struct Criterion: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How a call ended.
    package enum Outcome: Hashable, Sendable {
        /// With this document, or page.
        case answered(Value)
        /// Nothing took effect. The object may be there already: `isTaken`.
        case refused(isTaken: Bool)
        /// Nothing took effect, and the same can succeed later.
        case later
        /// Nobody can say whether it took effect.
        case unknown
    }

    /// How the plan ended.
    package enum Verdict: Hashable, Sendable {
        /// Everything is there; the URL of the root.
        case done(String)
        /// It goes on later, from its notes.
        case later
        /// This step was refused.
        case refused(step: Int)
        /// Another object has this one's key.
        case taken
        /// The API cannot tell whether this step was done: a person looks.
        case parked(step: Int)
    }

    /// How often in one run a step may end in nobody knows.
    private static let patience = 3

    private enum State: Hashable, Sendable {
        case deciding
        case making
        /// What the pages before gave, and the next one.
        case looking(found: [Value], page: String?)
        case ended
    }

    private let planned: [PlannedResource]
    private var urls: [String?]
    private var begun: Set<Int> = []
    private var step = 0
    private var state = State.deciding
    private var unknowns = 0
    private var notes: [Entry] = []
    /// Nil while it goes on.
    package private(set) var verdict: Verdict?

    /// - Parameter entries: what was kept of it, in order.
    package init(_ planned: [PlannedResource], resuming entries: [Entry] = []) {
        self.planned = planned
        urls = Array(repeating: nil, count: planned.count)
        for entry in entries where planned.indices.contains(entry.step) {
            switch entry {
            case .begun(let step): begun.insert(step)
            case .made(let step, let url): urls[step] = url
            }
        }
    }

    /// What is to be kept since the last time.
    package mutating func takeNotes() -> [Entry] {
        defer { notes = [] }
        return notes
    }

    /// The next call; nil when the plan has ended: see ``verdict``.
    ///
    /// - Parameter outcome: of the call before; nil at first.
    package mutating func next(after outcome: Outcome?) -> Call? {
        if let outcome { take(outcome) }
        guard state != .ended else { return nil }
        if case .looking(_, let page?) = state { return .look(step: step, .page(page)) }
        while step < planned.count, urls[step] != nil { advance() }
        guard step < planned.count else { return end(.done(urls.first?.flatMap { $0 } ?? "")) }
        return begun.contains(step) ? look() : make()
    }

    // MARK: Calls

    private mutating func make() -> Call {
        begun.insert(step)
        state = .making
        return .make(
            step: step, api: planned[step].api, collection: planned[step].collection, body: body(step))
    }

    private mutating func look() -> Call? {
        guard let query = query(step) else { return end(.parked(step: step)) }
        state = .looking(found: [], page: nil)
        return .look(
            step: step,
            .list(api: planned[step].api, collection: planned[step].collection, query: query))
    }

    private func body(_ step: Int) -> Value {
        var body = planned[step].document
        if let parent = planned[step].parent { body[parent] = .string(root) }
        return body
    }

    private var root: String { urls.first?.flatMap { $0 } ?? "" }

    /// Of the root its key, of a child the root; nil when nothing would tell it from others.
    private func query(_ step: Int) -> [Criterion]? {
        let planned = planned[step]
        guard let parent = planned.parent else { return planned.query }
        guard planned.isOnlyOne || !planned.match.equal.isEmpty else { return nil }
        return [Criterion(name: parent, value: root)]
    }

    // MARK: Outcomes

    private mutating func take(_ outcome: Outcome) {
        switch (state, outcome) {
        case (.making, .answered(let document)):
            guard let url = document["url"]?.text, !url.isEmpty else { return lookNext() }
            made(url)
        case (.making, .refused(let isTaken)):
            // Only of a root: what it is refused for may be what this plan made before its notes were lost.
            if isTaken, step == 0, unknowns > 0 { return lookNext() }
            end(isTaken && step == 0 ? .taken : .refused(step: step))
        case (.making, .unknown): lookNext()
        case (.looking(let found, _), .answered(let page)): looked(at: page, found)
        case (.looking, .refused): end(.refused(step: step))
        case (_, .later), (.looking, .unknown): end(.later)
        case (.deciding, _), (.ended, _): break
        }
    }

    /// Nobody knows whether the step was done.
    private mutating func lookNext() {
        unknowns += 1
        state = .deciding
        if unknowns >= Self.patience { end(.later) }
    }

    private mutating func looked(at page: Value, _ found: [Value]) {
        let all = found + (page.items ?? page["results"]?.items ?? [])
        if let next = page["next"]?.text, !next.isEmpty {
            state = .looking(found: all, page: next)
            return
        }
        state = .deciding
        let matches = DocumentMatch(planned[step])
        // Those of the steps before are not this one: two equal ones are told apart by their number.
        let others = Set(urls.compactMap { $0 })
        let match = all.first { document in
            guard let url = document["url"]?.text, !others.contains(url) else { return false }
            return matches(planned[step].document, document)
        }
        if let match, planned[step].parent == nil, !planned[step].isMeant(by: match) {
            end(.taken)
        } else if let url = match?["url"]?.text {
            made(url)
        } else {
            begun.remove(step)
        }
    }

    private mutating func made(_ url: String) {
        urls[step] = url
        notes.append(.made(step: step, url: url))
        state = .deciding
        advance()
    }

    private mutating func advance() {
        step += 1
        unknowns = 0
    }

    @discardableResult
    private mutating func end(_ verdict: Verdict) -> Call? {
        state = .ended
        self.verdict = verdict
        return nil
    }
}

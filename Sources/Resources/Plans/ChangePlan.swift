package import JSON
package import Model

/// Brings an object that an API has to what a change says, one call at a time; pure.
///
/// It reads first and writes exactly what differs, so that it can be begun anew at any point: after a crash, a lost
/// answer, or a write of someone else.
package struct ChangePlan: Sendable {
    /// What may be done about a difference.
    package enum Purpose: Hashable, Sendable {
        /// It is written.
        case change
        /// Nothing is written: it is only looked whether the object is what is meant.
        case compare
    }

    package enum Call: Hashable, Sendable {
        case look(MakePlan.Place)
        case write(Write)
    }

    /// How the plan ended.
    package enum Verdict: Hashable, Sendable {
        /// It is so now; the URL of the root.
        case done(String, changed: Bool)
        case later
        /// This write was refused; nil for a look.
        case refused(Write?)
        /// There is no such object.
        case absent
        /// It is not what is meant, and may not be changed.
        case other
        /// Another status has the moment of one of these.
        case momentTaken
    }

    private enum State: Hashable, Sendable {
        case finding
        /// The children in that place of ``said`` are read: what the pages before gave, and the next one.
        case reading(Int, found: [Value], page: String?)
        case writing(Int)
        case ended
    }

    private static let patience = 3

    private let difference: GraphDifference
    private let root: PlannedResource
    private let said: [Element]
    private let purpose: Purpose
    private var present: Value = .null
    private var children: [String: [Value]] = [:]
    /// What was taken away to be made anew, by its collection: it counts as there until it is.
    private var owed: [String: [Value]]
    private var writes: [Write] = []
    private var hasWritten = false
    private var state = State.finding
    private var unknowns = 0
    /// Nil while it goes on.
    package private(set) var verdict: Verdict?

    /// - Parameters:
    ///   - graph: what the change says, links as URLs.
    ///   - isWhole: whether what it does not name is no longer there.
    ///   - endTypes: the statustypen that end a zaak: a zaak has one of them once.
    ///   - found: the root, where it has just been read.
    ///   - owed: the heirs of what an earlier run took away (``Write/delete(collection:url:heir:)``), by their
    ///     collection.
    package init?(
        _ graph: Value, of entity: Entity, _ models: Models, purpose: Purpose, isWhole: Bool = false,
        endTypes: Set<String> = [], found: Value? = nil, owed: [String: [Value]] = [:]
    ) {
        guard let root = PlannedResource.root(of: graph, entity) else { return nil }
        self.root = root
        self.owed = owed
        self.purpose = purpose
        said = entity.elements.filter { $0.api?.child != nil && graph[$0.name] != nil }
        difference = GraphDifference(
            graph: graph, entity: entity, models: models, isWhole: isWhole, endTypes: endTypes)
        guard let found else { return }
        present = found
        state = .reading(0, found: [], page: nil)
    }

    /// The next call; nil when the plan has ended: see ``verdict``.
    ///
    /// - Parameter outcome: of the call before; nil at first.
    package mutating func next(after outcome: MakePlan.Outcome?) -> Call? {
        if let outcome { take(outcome) }
        switch state {
        case .ended: return nil
        case .finding:
            guard let query = root.query else { return end(.absent) }
            return .look(.list(api: root.api, collection: root.collection, query: query))
        case .reading(let place, _, let page?): return place < said.count ? .look(.page(page)) : nil
        case .reading(let place, _, nil):
            guard place < said.count else { return decide() }
            guard let place = difference.place(of: said[place], url) else { return end(.absent) }
            return .look(place)
        case .writing(let place):
            guard place < writes.count else { return end(.done(url, changed: hasWritten)) }
            return .write(writes[place])
        }
    }

    private var url: String { present["url"]?.text ?? "" }

    private mutating func decide() -> Call? {
        switch difference.writes(over: present, children, owed: owed) {
        case .failure: return end(.momentTaken)
        case .success(let writes):
            self.writes = writes
            if purpose == .compare { return end(writes.isEmpty ? .done(url, changed: false) : .other) }
            state = .writing(0)
            return next(after: nil)
        }
    }

    private mutating func take(_ outcome: MakePlan.Outcome) {
        if case .writing(let place) = state, case .delete(let collection, _, let heir?) = writes[place] {
            owed[collection, default: []].append(heir)
        }
        switch (state, outcome) {
        case (.finding, .answered(let page)):
            guard let found = Self.items(page).first else { return finish(.absent) }
            present = found
            children = [:]
            state = .reading(0, found: [], page: nil)
        case (.reading(let place, let found, _), .answered(let page)):
            let all = found + Self.items(page)
            if let next = page["next"]?.text, !next.isEmpty {
                state = .reading(place, found: all, page: next)
            } else {
                children[said[place].name] = all
                state = .reading(place + 1, found: [], page: nil)
            }
        case (.writing(let place), .answered):
            hasWritten = true
            state = .writing(place + 1)
        case (.writing(let place), .refused): finish(.refused(writes[place]))
        case (.writing, .unknown):
            // It may have been done: looked at anew.
            hasWritten = true
            unknowns += 1
            state = .finding
            if unknowns >= Self.patience { finish(.later) }
        case (_, .refused): finish(.refused(nil))
        case (_, .later), (_, .unknown): finish(.later)
        case (.ended, _): break
        }
    }

    private static func items(_ page: Value) -> [Value] { page.items ?? page["results"]?.items ?? [] }

    private mutating func finish(_ verdict: Verdict) {
        state = .ended
        self.verdict = verdict
    }

    private mutating func end(_ verdict: Verdict) -> Call? {
        finish(verdict)
        return nil
    }
}

/// One call that changes something.
package enum Write: Hashable, Sendable {
    case make(api: String, collection: String, body: Value)
    case patch(collection: String, url: String, body: Value)
    /// `heir`: what is to be made in its place; nobody else has it once the call is done.
    case delete(collection: String, url: String, heir: Value? = nil)

    /// For people: `POST rollen`.
    package var told: String {
        switch self {
        case .make(_, let collection, _): "POST \(collection)"
        case .patch(let collection, _, _): "PATCH \(collection)"
        case .delete(let collection, _, _): "DELETE \(collection)"
        }
    }

    package var collection: String {
        switch self {
        case .make(_, let collection, _), .patch(let collection, _, _), .delete(let collection, _, _):
            collection
        }
    }
}

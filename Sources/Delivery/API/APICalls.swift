internal import Calling
private import Diagnostics
internal import HTTP
internal import JSON
internal import Resources

/// Calls of the APIs of all destinations, by the names of their models.
struct APICalls: Sendable {
    private let clients: [APIClient]

    /// Pages of one list that are followed at most: a list without an end is no list.
    private static let pages = 1000

    init(_ clients: [APIClient]) { self.clients = clients }

    /// The API that a URL is of; nil for a URL outside all roots.
    func api(of url: String) -> String? {
        clients.lazy.flatMap(\.destination.apis).first { $0.root.contains(url) }?.name
    }

    func url(_ api: String, _ path: String, _ query: [MakePlan.Criterion] = []) throws(CallingFailure)
        -> String
    {
        for client in clients {
            guard let root = client.destination.root(api) else { continue }
            return root.url(path, query: query.map { ($0.name, $0.value) })
        }
        throw CallingFailure(.destinationMissing, at: api)
    }

    /// - Returns: the document that is answered; null for none.
    func send(
        _ method: HTTP.Method, _ url: String, _ body: [UInt8]? = nil, onBehalf: OnBehalf
    ) throws(CallingFailure) -> Value {
        guard let api = api(of: url), let client = clients.first(where: { $0.destination.root(api) != nil })
        else { throw CallingFailure(.apiOutsideRoot, at: method.rawValue) }
        let answer = try client.call(Call(method, url, body: body, onBehalf: onBehalf))
        guard !answer.body.isEmpty else { return .null }
        do throws(JSONFailure) {
            return try Value(answer.body)
        } catch {
            throw CallingFailure(
                .apiAnswerUnreadable, at: "\(method.rawValue) \(api)",
                effect: method == .get ? .none : .unknown,
                isPassing: true)
        }
    }

    /// What is at a place: the items of all pages of a list, or the one document.
    func items(at place: MakePlan.Place, onBehalf: OnBehalf) throws(CallingFailure) -> [Value] {
        guard case .list(let api, let collection, let query) = place else {
            guard case .page(let url) = place else { return [] }
            return [try send(.get, url, onBehalf: onBehalf)]
        }
        var result: [Value] = []
        var next: String? = try url(api, collection, query)
        for _ in 0..<Self.pages {
            guard let url = next else { return result }
            let page = try send(.get, url, onBehalf: onBehalf)
            result += page.items ?? page["results"]?.items ?? []
            next = page["next"]?.text
        }
        throw CallingFailure(.apiAnswerUnreadable, at: "GET \(collection)", hint: "a list without an end")
    }
}

extension MakePlan.Outcome {
    /// What a failure means for a plan.
    init(_ failure: CallingFailure) {
        self =
            if failure.effect == .unknown {
                .unknown
            } else if failure.isPassing {
                .later
            } else {
                .refused(isTaken: failure.problem?.says("identificatie-niet-uniek") ?? false)
            }
    }
}

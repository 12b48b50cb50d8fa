package import Calling
private import Diagnostics
private import HTTP
private import JSON
private import Model
package import Record
package import struct Record.Answer
package import Resources
package import Threads

/// The APIs of other systems as a ``Source``: finds by what they can be asked for, reads what hangs below, and tests the
/// rest on what it read (design section 6).
package final class APISource: Source {
    /// How many objects are looked at for one answer, where the API cannot be asked for all that is wanted.
    private static let most = 500
    /// How often what an object needs may lead to more: a list, its links, and what those link to.
    private static let rounds = 6
    private static let pages = 100
    /// Types of the catalogue change seldom, and only as new versions with URLs of their own.
    private static let age = Duration.seconds(3600)
    private static let kept = 10_000

    private struct Kept: Sendable {
        var document: Value
        var end: Instant
    }

    private struct State: Sendable {
        var types: [String: Kept] = [:]
        /// APIs that did not know what was to come along.
        var plain: Set<String> = []
        /// Where the content is that records of answers name; the last ones.
        var contents: [Int64: String] = [:]
        var lastContent: Int64 = 0
    }

    private let clients: [APIClient]
    private let library: ResourceLibrary
    private let time: TimeSource
    private let state = Monitor(State())

    package init(_ clients: [APIClient], library: ResourceLibrary, time: TimeSource) {
        self.clients = clients
        self.library = library
        self.time = time
    }

    /// - Throws: ``ServingFailure``: `questionTooWide` when nothing narrows the answer enough, or what a call failed of.
    package func answer(_ question: Question) throws -> Answer {
        guard let resource = library.resource(question.resource) else {
            throw ServingFailure(.servedNotFound, at: question.resource)
        }
        guard let request = FindRequest(question.criteria, of: resource) else {
            throw ServingFailure(.questionTooWide, at: question.resource)
        }
        do throws(CallingFailure) {
            return try answer(question, resource, request)
        } catch {
            throw ServingFailure(error)
        }
    }

    private func answer(
        _ question: Question, _ resource: Resource, _ request: FindRequest
    ) throws(CallingFailure) -> Answer {
        let place = question.after.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? question.skip
        let first = min(max(place, 0), Self.most)
        let (documents, count) = try found(
            request, expanding: FindRequest.expansion(of: resource, children: question.children),
            atMost: request.isWhole ? first + question.limit + 1 : Self.most)
        var found: [Answer.Found] = []
        for document in request.isWhole ? documents.dropFirst(first)[...] : documents[...] {
            if request.isWhole, found.count == question.limit { break }
            let record = try record(of: document, resource, question.children)
            // Also what was asked for: an API may pass over a filter that it does not know.
            guard resource.meets(question.criteria, record) else { continue }
            found.append(Answer.Found(uuid: Self.uuid(of: document), record: record))
        }
        if request.isWhole {
            let end = first + question.limit
            return Answer(
                found: found, next: end < documents.count ? Array(String(end).utf8) : nil,
                total: max(count, first + found.count))
        }
        let rest = found.dropFirst(first)
        let end = first + min(question.limit, rest.count)
        return Answer(
            found: Array(rest.prefix(question.limit)),
            next: end < found.count ? Array(String(end).utf8) : nil, total: found.count)
    }

    /// The part of its URL that identifies it.
    private static func uuid(of document: Value) -> String {
        (document["url"]?.text ?? "").split(separator: "/").last.map(String.init) ?? ""
    }

    // MARK: Finding

    /// The documents of the pages, until there are enough; and how many the API says there are.
    private func found(
        _ request: FindRequest, expanding: [String], atMost limit: Int
    ) throws(CallingFailure) -> (documents: [Value], count: Int) {
        let isPlain = state.withLock { $0.plain.contains(request.api) }
        guard !expanding.isEmpty, !isPlain else { return try found(request, [], limit) }
        do throws(CallingFailure) {
            return try found(request, expanding, limit)
        } catch {
            guard let problem = error.problem, (400...404).contains(problem.status),
                problem.says("unknown-parameters")
                    || problem.parameters.contains(where: { $0.name.hasPrefix("expand") })
            else { throw error }
            state.withLock { _ = $0.plain.insert(request.api) }
            return try found(request, [], limit)
        }
    }

    private func found(
        _ request: FindRequest, _ expanding: [String], _ limit: Int
    ) throws(CallingFailure) -> (documents: [Value], count: Int) {
        var query = request.filters.map { ($0.name, $0.value) }
        var body: [UInt8]?
        if request.isSearch {
            var members = query.map { Value.Member($0.0, .string($0.1)) }
            if !expanding.isEmpty { members.append(.init("expand", .array(expanding.map { .string($0) }))) }
            body = Value.object(members).bytes
            query = []
        } else if !expanding.isEmpty {
            query.append(("expand", expanding.joined(separator: ",")))
        }
        let url = try root(request.api).url(request.path, query: query)
        return try pages(from: url, body, limit, request.path)
    }

    /// - Parameter body: of a search, whose pages are asked for by POST too.
    private func pages(
        from url: String, _ body: [UInt8]?, _ limit: Int, _ path: String
    ) throws(CallingFailure) -> (documents: [Value], count: Int) {
        var documents: [Value] = []
        var count = 0
        var next: String? = url
        for _ in 0..<Self.pages {
            guard let url = next else { return (documents, max(count, documents.count)) }
            let page = try read(url, body)
            documents += page.items ?? page["results"]?.items ?? []
            count = page["count"]?.integer ?? 0
            guard documents.count < limit else { return (documents, max(count, documents.count)) }
            next = page["next"]?.text
        }
        throw CallingFailure(.apiAnswerUnreadable, at: "GET \(path)", hint: "a list without an end")
    }

    private func root(_ api: String) throws(CallingFailure) -> Root {
        for client in clients { if let root = client.destination.root(api) { return root } }
        throw CallingFailure(.destinationMissing, at: api)
    }

    private func client(of url: String) throws(CallingFailure) -> APIClient {
        guard let client = clients.first(where: { $0.destination.apis.contains { $0.root.contains(url) } })
        else { throw CallingFailure(.apiOutsideRoot) }
        return client
    }

    private func read(_ url: String, _ body: [UInt8]? = nil) throws(CallingFailure) -> Value {
        let client = try client(of: url)
        let answer = try client.call(Call(body == nil ? .get : .post, url, body: body))
        do throws(JSONFailure) {
            return try Value(answer.body)
        } catch {
            throw CallingFailure(.apiAnswerUnreadable, at: client.destination.name, isPassing: true)
        }
    }

    // MARK: Reading

    private func record(
        of document: Value, _ resource: Resource, _ children: Set<String>?
    ) throws(CallingFailure) -> Record {
        var reading = GraphReading(of: document, resource.entity, library.models, children: children)
        for _ in 0..<Self.rounds {
            guard !reading.needs.isEmpty else { break }
            var found: [(need: GraphReading.Need, documents: [Value])] = []
            for need in reading.needs { found.append((need, try documents(for: need))) }
            reading.take(found)
        }
        let byteCount = Int64(document["bestandsomvang"]?.integer ?? 0)
        do throws(ResourcesFailure) {
            return try GraphDocument.read(
                reading.graph.bytes, of: resource.shape,
                content: { [self] url in
                    content(at: String(decoding: url, as: UTF8.self), byteCount: byteCount)
                }
            ).record
        } catch {
            throw CallingFailure(error.code, at: error.place, hint: error.hint)
        }
    }

    private func documents(for need: GraphReading.Need) throws(CallingFailure) -> [Value] {
        switch need {
        case .list(let api, let collection, let parent, let url):
            let list = try root(api).url(collection, query: [(parent, url)])
            return try pages(from: list, nil, Self.most, collection).documents
        case .document(let url):
            let now = time.instant()
            if let kept = state.withLock({ $0.types[url] }), now < kept.end { return [kept.document] }
            let document = try read(url)
            if try root("catalogi").contains(url) {
                let end = now + Self.age
                state.withLock { state in
                    if state.types.count >= Self.kept { state.types = [:] }
                    state.types[url] = Kept(document: document, end: end)
                }
            }
            return [document]
        }
    }

    // MARK: Content

    /// A name for content that is read when it is written into an answer.
    private func content(at url: String, byteCount: Int64) -> Record.Content {
        state.withLock { state in
            state.lastContent -= 1
            state.contents[state.lastContent] = url
            state.contents[state.lastContent + 1000] = nil
            return Record.Content(id: state.lastContent, byteCount: byteCount)
        }
    }

    /// - Throws: ``ServingFailure`` when the API does not give it.
    package func content(_ content: Record.Content) throws -> [UInt8]? {
        guard let url = state.withLock({ $0.contents[content.id] }) else { return nil }
        do throws(CallingFailure) {
            var call = Call(.get, url)
            call.expectsJSON = false
            return try client(of: url).call(call).body
        } catch {
            throw ServingFailure(error)
        }
    }
}

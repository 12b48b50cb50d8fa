internal import Crypto
private import Diagnostics
internal import HTTP
internal import JSON
internal import Threads

/// Reads requests, lets faults happen, and spells answers.
final class Front: Sendable {
    private static let remembered = 10_000
    private let store: StubStore
    private let base: String
    private let settings: ZGWStub.Settings
    private let state = Monitor(State())

    private struct State: Sendable {
        var faults = Faults()
        var calls: [String] = []
        var isStopped = false
    }

    init(store: StubStore, base: String, settings: ZGWStub.Settings) {
        self.store = store
        self.base = base
        self.settings = settings
    }

    func set(_ faults: Faults) { state.update { $0.faults = faults } }
    var calls: [String] { state.withLock { $0.calls } }
    func stop() { state.update { $0.isStopped = true } }

    func answer(_ head: RequestHead, _ body: [UInt8]) -> Response {
        if head.pathSegments == ["stub", "faults"] { return order(head, body) }
        let segments = head.pathSegments
        let collection = segments.count > 3 ? segments[3] : ""
        let (latency, fault) = state.withLock { state in
            if state.calls.count >= Self.remembered { state.calls.removeFirst(Self.remembered / 2) }
            state.calls.append("\(head.method.rawValue) \(segments.dropFirst(3).joined(separator: "/"))")
            return (
                state.faults.latency, state.faults.next(method: head.method.rawValue, collection: collection)
            )
        }
        if latency > .zero {
            _ = state.wait(until: .after(latency)) { $0.isStopped ? true : nil }
        }
        switch fault {
        case .failBefore: return Response(.internalServerError, text: "Server Error (500)")
        case .dropBefore: return Response(.ok, content: .hangUp)
        case .busy:
            return problem(Refusal(status: 429, code: "throttled"), fields: [Field("Retry-After", "1")])
        case .html: return Self.html(.badGateway)
        case .page: return Self.html(.ok)
        case .expired: return problem(Refusal(status: 403, code: "jwt-expired"))
        case .failAfter, .dropAfter, nil: break
        }
        let response = handle(head, body)
        switch fault {
        case .failAfter: return Response(.internalServerError, text: "Server Error (500)")
        case .dropAfter: return Response(.ok, content: .hangUp)
        default: return response
        }
    }

    private static func html(_ status: Status) -> Response {
        Response(
            status, fields: [Field("Content-Type", "text/html")],
            body: Array("<html><body>…</body></html>".utf8))
    }

    private func handle(_ head: RequestHead, _ body: [UInt8]) -> Response {
        do throws(StubsFailure) {
            let now = settings.time.wall()
            let caller = try Application.caller(head["Authorization"], among: settings.applications, at: now)
            let asked = try read(head, body)
            let base = base
            let reply = try store.inTransaction { session throws(StubsFailure) in
                try Desk(session: session, base: base, now: now, caller: caller).answer(asked)
            }
            return response(reply, head)
        } catch {
            guard let refusal = error.refusal else {
                return Response(.internalServerError, text: error.code.number)
            }
            return problem(refusal)
        }
    }

    private func read(_ head: RequestHead, _ body: [UInt8]) throws(StubsFailure) -> Asked {
        let segments = head.pathSegments
        guard (4...6).contains(segments.count), segments[1] == "api", segments[2] == "v1",
            let collection = Collection.find(segments[0], segments[3])
        else { throw Refusal.notFound.failure }
        var asked = Asked(method: head.method, collection: collection, query: head.queryItems)
        if segments.count == 5, segments[4].hasPrefix("_") {
            asked.action = segments[4]
        } else {
            asked.uuid = segments.count > 4 ? segments[4] : nil
            asked.action = segments.count > 5 ? segments[5] : nil
        }
        try checkCRS(head, asked)
        guard head.method == .post || head.method == .put || head.method == .patch else { return asked }
        // An unlock by force has no body.
        if body.isEmpty, asked.action != nil { return asked }
        let type = (head["Content-Type"] ?? "").prefix { $0 != ";" }
        guard type == "application/json" else {
            throw Refusal(status: 415, code: "unsupported_media_type").failure
        }
        guard let value = try? Value(body) else { throw Refusal(status: 400, code: "parse_error").failure }
        asked.body = value
        return asked
    }

    /// Only zaken have a place; a missing field is 412, another system 406 (source-apis.md, 1.2).
    private func checkCRS(_ head: RequestHead, _ asked: Asked) throws(StubsFailure) {
        guard asked.collection.path == "zaken", head.method != .delete else { return }
        let hasBody = head.method != .get && head.method != .head
        for name in hasBody ? ["Accept-Crs", "Content-Crs"] : ["Accept-Crs"] {
            guard let system = head[name] else {
                throw Refusal(status: 412, code: "precondition_failed").failure
            }
            guard system == "EPSG:4326" else { throw Refusal(status: 406, code: "not_acceptable").failure }
        }
    }

    // MARK: Spelling

    private func response(_ reply: Reply, _ head: RequestHead) -> Response {
        var fields = [Field("API-version", "1.5.1")]
        if let location = reply.location { fields.append(Field("Location", location)) }
        if let content = reply.content {
            return Response(
                Status(reply.status), fields: fields + [Field("Content-Type", "application/octet-stream")],
                body: content)
        }
        guard let body = reply.body?.bytes else { return Response(Status(reply.status), fields: fields) }
        if head.pathSegments.count == 5, reply.status == 200 {
            let tag = "\"\(SHA256.digest(body).prefix(16).hexadecimal)\""
            fields.append(Field("ETag", tag))
            if head["If-None-Match"] == tag { return Response(.notModified, fields: fields) }
        }
        if head["Accept-Crs"] != nil { fields.append(Field("Content-Crs", "EPSG:4326")) }
        return Response(
            Status(reply.status), fields: fields + [Field("Content-Type", "application/json")], body: body)
    }

    private func problem(_ refusal: Refusal, fields: [Field] = []) -> Response {
        Response(
            Status(refusal.status), fields: fields + [Field("Content-Type", "application/problem+json")],
            body: refusal.document(instance: UUID.random().description).bytes)
    }

    // MARK: Faults on order

    /// `POST /stub/faults {"latencyMs": 3000, "faults": [{"kind": "fail-after", "method": "POST"}]}`.
    private func order(_ head: RequestHead, _ body: [UInt8]) -> Response {
        guard head.method == .post, let order = try? Value(body), let faults = Faults(order) else {
            let kinds = Faults.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            return Response(
                .badRequest, text: "POST {\"latencyMs\": 0, \"faults\": [{\"kind\": …}]}; kinds: \(kinds)\n")
        }
        set(faults)
        return Response(.noContent)
    }
}

extension Faults {
    /// As an order spells them; nil for one that it does not understand.
    init?(_ order: Value) {
        guard order.members != nil else { return nil }
        latency = .milliseconds(min(max(order["latencyMs"]?.integer ?? 0, 0), 600_000))
        for item in order["faults"]?.items ?? [] {
            guard let kind = Kind(rawValue: item["kind"]?.text ?? "") else { return nil }
            faults.append(
                Fault(
                    kind, method: item["method"]?.text, collection: item["collection"]?.text,
                    after: item["after"]?.integer ?? 0, count: item["count"]?.integer ?? 1))
        }
    }
}

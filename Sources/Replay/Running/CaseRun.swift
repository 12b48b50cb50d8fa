internal import Crypto
internal import Delivery
internal import Diagnostics
internal import HTTP
internal import Intake
internal import JSON
internal import Ledger
internal import Mapping
internal import Record
internal import Resources
internal import Serving
internal import Telemetry
internal import Threads

/// One case on its way: an empty ledger, and the rooms around it.
final class CaseRun {
    /// Longer than any answer takes; shorter than anyone waits for a replay that hangs.
    private static let patience = Duration.seconds(60)
    /// Content up to this size is shown in a result; of larger content its size.
    private static let shownContent: Int64 = 4096

    private let fixture: FixtureCase
    private let replayer: Replayer
    private let clock = Clock(FixtureCase.start + .seconds(-60))
    private let ledger = MemoryLedger()
    private let source: StoreSource
    private let endpoint: Endpoint
    /// Made when a case asks for it: it has threads of its own.
    private var api: RestAPI?
    private var renaming = Renaming()

    init(_ fixture: FixtureCase, _ replayer: Replayer) throws(ReplayFailure) {
        self.fixture = fixture
        self.replayer = replayer
        source = StoreSource(
            ledger: ledger, library: replayer.rulebook.resources, tenant: replayer.tenant,
            hash: replayer.hash, target: StoreTarget.name, patience: .seconds(5))
        do throws(SystemFailure) {
            endpoint = try Self.endpoint(replayer, ledger, source, clock.source)
        } catch {
            throw ReplayFailure(error.code, at: fixture.name, error.hint)
        }
    }

    /// The StUF endpoint, from which accepted berichten go to the store before anyone looks for them there.
    private static func endpoint(
        _ replayer: Replayer, _ ledger: MemoryLedger, _ source: StoreSource, _ time: TimeSource
    ) throws(SystemFailure) -> Endpoint {
        let rulebook = replayer.rulebook
        let target = StoreTarget(
            store: ledger, library: rulebook.resources, made: rulebook.made, tenant: replayer.tenant,
            hash: replayer.hash, time: time, settle: rulebook.mappings.settled)
        let courier = try Courier(
            to: target, ledger: ledger, layouts: { rulebook.resources.resource($0)?.shape.layout },
            settings: Courier.Settings(), observer: .silent, time: time, chance: { 0 })
        var settings = Endpoint.Settings()
        (settings.readers, settings.askers, settings.answerers) = (1, 1, 1)
        let judge = Judge(rulebook: rulebook, tenant: replayer.tenant, hash: replayer.hash)
        let endpoint = Endpoint(
            judge: judge, ledger: ledger, source: source, settings: settings, observer: .silent, time: time
        ) { expansion, _ in
            // What goes wrong here leaves the delivery open, and the result shows it.
            try? ledger.expand([expansion], now: time.wall())
            while let moved = try? courier.round(), moved > 0 {}
        }
        try endpoint.start()
        return endpoint
    }

    func end() {
        endpoint.stop(until: .after(.seconds(5)))
        api?.stop(until: .after(.seconds(5)))
        ledger.close()
    }

    // MARK: Results

    /// Sends all requests; their replies and the resources that came of them, by file name.
    func results() throws(ReplayFailure) -> [String: String] {
        var results: [String: String] = [:]
        for request in fixture.requests {
            let (file, text) = ReplyText.of(try send(request), to: request)
            results[file] = renaming.apply(to: PlainForm.rulePlaces(text, folder: replayer.folder))
        }
        results["api.json"] = renaming.apply(to: try resources())
        return results
    }

    /// Every resource that berichten made, as graph documents by the name of the resource.
    private func resources() throws(ReplayFailure) -> String {
        var json = JSON.Writer()
        json.startObject()
        for name in replayer.rulebook.made.sorted() {
            let documents = try documents(name)
            guard !documents.isEmpty else { continue }
            json.key(name)
            json.startArray()
            for document in documents { json.raw(document) }
            json.end()
        }
        json.end()
        return PlainForm.json(json.bytes)
    }

    private func documents(_ name: String) throws(ReplayFailure) -> [[UInt8]] {
        guard let resource = replayer.rulebook.resources.resource(name) else { return [] }
        let question = Question(resource: name, criteria: [], limit: 10_000, caller: .local)
        do {
            return try ledger.list(question, tenant: replayer.tenant).documents.compactMap { document in
                try document.record.map { bytes in
                    let stored = try Stored(
                        decoding: bytes, layout: resource.shape.layout, onUnknown: { _ in })
                    return GraphDocument.write(
                        stored.record, of: resource.shape, isPretty: false, content: shown)
                }
            }
        } catch {
            let failure = error as? any Failure
            throw ReplayFailure(failure?.code ?? .replayStalled, at: fixture.name, failure?.hint)
        }
    }

    /// Small content as base64.
    private func shown(_ content: Record.Content) -> [UInt8]? {
        guard content.byteCount <= Self.shownContent else { return nil }
        return (try? ledger.content(content.id, piece: 0)).map(Base64.text)
    }

    // MARK: Requests

    private func send(_ request: FixtureCase.Request) throws(ReplayFailure) -> Response {
        clock.advance(to: request.received)
        let head = try head(of: request)
        let room = Room()
        let context = RequestContext(peer: .ip("127.0.0.1", port: 0), resume: { room.open() })
        let decision: HTTP.Decision
        if let own = endpoint.decide(head, context) {
            decision = own
        } else {
            decision = try served().decide(head, context)
        }
        switch decision {
        case .answer(let response): return response
        case .handle(let handler, _): return try hand(request, to: handler, room)
        }
    }

    private func served() throws(ReplayFailure) -> RestAPI {
        if let api { return api }
        do throws(SystemFailure) {
            let made = RestAPI(
                source: source, base: "https://sluis.example", usesPrivateCluster: false, observer: .silent,
                time: clock.source)
            api = made
            try made.start()
            return made
        } catch {
            throw ReplayFailure(error.code, at: fixture.name, error.hint)
        }
    }

    private func head(of request: FixtureCase.Request) throws(ReplayFailure) -> RequestHead {
        let method = HTTP.Method.allCases.first { $0.rawValue == request.method } ?? .post
        var fields = request.headers.map { Field($0.name, $0.value) }
        if method == .post, fields["Content-Length"] == nil {
            fields.append(Field("Content-Length", String(request.body.count)))
        }
        do throws(HTTPFailure) {
            return try RequestHead(method, request.path, fields: fields)
        } catch {
            throw ReplayFailure(
                .fixtureIncomplete, at: "\(fixture.folder)/\(request.number)-request", "\(error)")
        }
    }

    /// Gives a handler the body as a connection would, in pieces, and waits for its answer.
    private func hand(
        _ request: FixtureCase.Request, to handler: any RequestHandler, _ room: Room
    ) throws(ReplayFailure) -> Response {
        var rest = request.body[...]
        while !rest.isEmpty {
            let piece = rest.prefix(16 * 1024)
            rest = rest.dropFirst(piece.count)
            switch handler.receive(piece) {
            case .more: break
            case .pause: room.wait(until: .after(Self.patience))
            case .answer(let response): return response
            }
        }
        let answer = OneShot<Response>()
        handler.finish(Exchange { answer.fulfil($0) })
        guard let response = answer.wait(until: .after(Self.patience)) else {
            throw ReplayFailure(.replayStalled, at: "\(fixture.name), request \(request.number)")
        }
        return response
    }
}

/// Waits until a handler that asked for a pause takes more.
private final class Room: Sendable {
    private let opened = Monitor(0)

    func open() { opened.update { $0 += 1 } }

    func wait(until deadline: Instant) {
        _ = opened.wait(until: deadline) { opened -> Bool? in
            guard opened > 0 else { return nil }
            opened -= 1
            return true
        }
    }
}

package import Crypto
private import Diagnostics
package import HTTP
private import JSON
private import Ledger
private import Record
package import Telemetry
package import Threads

/// The served APIs: every collection of every API model, read-only, from the own store.
///
/// ```
/// GET /zaken/api/v1/zaken?identificatie=…      a page of zaken
/// GET /zaken/api/v1/zaken/<uuid>               one
/// POST /zaken/api/v1/zaken/_zoek               a page, asked with a document
/// GET /zaken/api/v1/rollen?zaak=<url>          the children of one
/// GET /zaken/api/v1/rollen/<uuid>              one child
/// POST /haalcentraal/api/brp/personen          persons, asked with a document
/// GET /zaken/api/v1/openapi.json               what can be asked, for programs
/// GET /zaken/api/v1/documentatie               and for people
/// GET /livez, /readyz                          is the process alive; can it take work
/// ```
/// A loop thread only looks at method and path. Workers read the store; what must wait for open writes waits in the
/// ledger's list of those who wait, and holds no worker.
package final class RestAPI: Sendable {
    /// What can be chosen.
    package struct Settings: Sendable {
        package var workers = 8
        /// Requests that may wait for a worker. Beyond: 503 with `Retry-After`.
        package var waiting = 4_096
        /// Whether a request about something with a geometry must say which coordinates it speaks, as the ZGW standard
        /// asks. Without it a browser can ask too; we serve no geometry that could be misread.
        package var requiresCrs = false

        /// Whom the descriptions of the APIs name.
        package var contact = Contact(
            name: "Beheer van Sluis", url: "https://example.org/sluis", email: "beheer@example.org")
        /// The largest document that asks something. Beyond: 413.
        package var questionByteCount: Int64 = 64 << 10
        /// Objects and lists within each other in it. Beyond: 400.
        package var jsonDepth = 8

        package init() {}
    }

    /// Who looks after the APIs (API Design Rule doc-openapi-contact).
    package struct Contact: Sendable {
        package var name: String
        package var url: String
        package var email: String

        package init(name: String, url: String, email: String) {
            self.name = name
            self.url = url
            self.email = email
        }
    }

    private struct Job: Sendable {
        let head: RequestHead
        let body: [UInt8]
        let destination: Destination
        let exchange: Handover<Exchange>
        let since: Instant
        /// Set when it waited for open writes: what was asked, and whether they are at rest.
        var waited: (asked: Asked, isAtRest: Bool)?
    }

    let routes: RouteTable
    private let source: StoreSource
    private let usesPrivateCluster: Bool
    let settings: Settings
    private let answering: Monitor<Answering>
    private let hasFixedBase: Bool
    let identifier: @Sendable () -> UUID
    private let observer: Observer
    private let time: TimeSource
    private let workers: Workers

    /// Made, not started: see ``start()``.
    ///
    /// - Parameters:
    ///   - base: what served URLs begin with; nil: the address the listener gets, see ``listens(at:)``.
    ///   - usesPrivateCluster: told by `/readyz`.
    ///   - identifier: names a refusal, for the asker and whoever is asked about it.
    package init(
        source: StoreSource, base: String?, usesPrivateCluster: Bool, settings: Settings = Settings(),
        observer: Observer, time: TimeSource, identifier: @escaping @Sendable () -> UUID = UUID.random
    ) {
        routes = RouteTable(source.library)
        self.source = source
        self.usesPrivateCluster = usesPrivateCluster
        self.settings = settings
        let workers = Workers("serving", threads: settings.workers, capacity: max(settings.waiting, 1))
        self.workers = workers
        answering = Monitor(
            Answering(source: source, base: base ?? "", settings: settings, time: time) { workers.offer($0) })
        hasFixedBase = base != nil
        self.identifier = identifier
        self.observer = observer
        self.time = time
    }

    /// Starts its threads, before the first request. Stop it also when this throws: some of them may stand.
    package func start() throws(SystemFailure) {
        try workers.start()
    }

    /// Says at which address the listener listens, for URLs where no public base is configured.
    package func listens(at address: String) {
        guard !hasFixedBase else { return }
        answering.withLock {
            let aside = $0.aside
            $0 = Answering(
                source: source, base: "http://\(address)", settings: settings, time: time, aside: aside)
        }
    }

    /// Answers what waits, and ends its threads. To be called when the listener takes no new requests.
    ///
    /// - Returns: how many threads had not ended at the deadline.
    @discardableResult
    package func stop(until deadline: Instant) -> Int {
        workers.stop(until: deadline)
    }

    // MARK: On the loop

    /// Decides about a request for any path that is not another endpoint's: a ``Router``.
    package func decide(_ head: RequestHead, _ context: RequestContext) -> HTTP.Decision {
        if head.pathSegments == ["livez"] { return .answer(Self.alive) }
        let destination = routes.destination(head.pathSegments)
        let since = time.instant()
        if let refusal = refusal(head, destination) {
            return .answer(finished(refusal, head, destination, since))
        }
        let handler = WholeBody { [self] body, exchange in
            let job = Job(
                head: head, body: body, destination: destination, exchange: Handover(exchange), since: since,
                waited: nil)
            offer(job)
        }
        return .handle(handler, bodyByteCount: destination.takesBody ? settings.questionByteCount : 0)
    }

    private static var alive: Response {
        Response(
            .ok, fields: [Field("Content-Type", "application/json")], body: Array(#"{"status":"alive"}"#.utf8)
        ).secured(nil)
    }

    private func offer(_ job: Job) {
        guard !workers.offer({ [self] in work(job) }) else { return }
        observer.observe(.queueFull(queue: "serving"))
        reply(problem(ServingFailure(.servingBusy, isPassing: true), job.destination), to: job)
    }

    // MARK: On a worker

    private func work(_ job: Job) {
        if let waited = job.waited {
            reply(answer(waited.asked, isAtRest: waited.isAtRest, current), to: job)
        } else {
            begin(job)
        }
    }

    /// Reads the request; then waits for open writes about its objects without holding the worker.
    private func begin(_ job: Job) {
        let asked: Asked
        do {
            asked = try read(job.head, job.body, job.destination)
        } catch {
            return reply(problem(error, job.destination), to: job)
        }
        guard !asked.objects.isEmpty else { return reply(answer(asked, isAtRest: true, current), to: job) }
        source.ledger.watch(asked.objects, target: source.target, within: source.patience) {
            [self] isAtRest in
            var job = job
            job.waited = (asked, isAtRest)
            offer(job)
        }
    }

    private func read(
        _ head: RequestHead, _ body: [UInt8], _ destination: Destination
    ) throws(ServingFailure) -> Asked {
        try current.asked(head, body, destination)
    }

    private var current: Answering { answering.withLock { $0 } }

    private func answer(_ asked: Asked, isAtRest: Bool, _ answering: Answering) -> Response {
        if case .ready = asked.destination { return ready() }
        guard isAtRest else {
            return problem(StoreSource.writesOpen(asked.resource ?? ""), asked.destination)
        }
        do {
            return try answering.answer(asked)
        } catch {
            return problem(error, asked.destination)
        }
    }

    /// Asks the store the least it can be asked.
    private func ready() -> Response {
        do {
            _ = try source.ledger.unexpanded(receivedBefore: WallTime(seconds: 0), limit: 1)
        } catch {
            return problem(ServingFailure(error), .ready)
        }
        var json = Writer()
        json.startObject()
        json.key("status")
        json.string("ready")
        if usesPrivateCluster {
            json.key("note")
            json.string("a private Postgres cluster is in use, for trying and a single small host")
        }
        json.end()
        return Response(.ok, fields: [Field("Content-Type", "application/json")], body: json.bytes)
    }

    private func reply(_ response: Response, to job: Job) {
        let response = finished(response, job.head, job.destination, job.since)
        job.exchange.take()?.reply(response)
    }

    private func finished(
        _ response: Response, _ head: RequestHead, _ destination: Destination, _ since: Instant
    ) -> Response {
        observer.observe(
            .requestAnswered(
                method: head.method.rawValue, route: destination.template, status: response.status.code,
                took: time.instant() - since))
        return response.secured(destination)
    }

    // MARK: Without threads

    /// Answers a request at once, waiting for open writes: for replay and for tests.
    package func response(to head: RequestHead, body: [UInt8] = []) -> Response {
        let destination = routes.destination(head.pathSegments)
        if let refusal = refusal(head, destination) { return refusal.secured(destination) }
        let response: Response
        do {
            let asked = try read(head, body, destination)
            let isAtRest = OneShot<Bool>()
            if asked.objects.isEmpty {
                isAtRest.fulfil(true)
            } else {
                source.ledger.watch(asked.objects, target: source.target, within: source.patience) {
                    isAtRest.fulfil($0)
                }
            }
            var answering = current
            answering.aside = { work in
                work()
                return true
            }
            response = answer(asked, isAtRest: isAtRest.wait() ?? false, answering)
        } catch {
            response = problem(error, destination)
        }
        return response.secured(destination)
    }
}

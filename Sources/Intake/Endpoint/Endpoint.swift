private import Diagnostics
package import HTTP
package import Ledger
internal import Mapping
package import Record
package import StUF
package import Telemetry
package import Threads

/// Where berichten are posted: `/stuf` and `/stuf/<portType>`.
///
/// A small bericht is read on the loop's thread, in microseconds. A large one, or one with documents, is read by reader
/// threads, which put its pieces in the ledger as they come; its connection is paused while they lag behind.
package final class Endpoint: Sendable {
    /// The first part of the path.
    package static let name = "stuf"

    let settings: Settings
    let desk: Desk
    let readers: Workers
    private let questions: Workers
    private let answers: Workers
    private let patience: Patience
    private let judge: Monitor<Judge>
    /// What addresses in the WSDL begin with.
    private let base: Monitor<String>

    /// Made, not started: see ``start()``.
    ///
    /// - Parameters:
    ///   - source: what vragen are put to whose route asks the store.
    ///   - api: what they are put to where it asks an API.
    ///   - expand: takes a bericht that was committed as accepted, with its referentienummer, on to its deliveries.
    package init(
        judge: Judge, ledger: any Ledger, source: any Source, api: (any Source)? = nil,
        settings: Settings = Settings(), observer: Observer, time: TimeSource,
        expand: @escaping @Sendable (_ expansion: Expansion, _ referentienummer: String) -> Void
    ) {
        self.settings = settings
        self.judge = Monitor(judge)
        base = Monitor(settings.publicBase ?? "")
        let capacity = settings.capacity
        readers = Workers("intake-read", threads: settings.readers, capacity: capacity)
        questions = Workers("intake-ask", threads: settings.askers, capacity: capacity)
        answers = Workers("intake-answer", threads: settings.answerers, capacity: capacity)
        patience = Patience(ledger: ledger, settings: settings)
        desk = Desk(
            ledger: ledger, source: source, api: api, questions: questions, answers: answers,
            patience: patience,
            settings: settings, observer: observer, time: time, expand: expand)
    }

    /// Starts its threads, before the first request. Stop it also when this throws: some of them may stand.
    package func start() throws(SystemFailure) {
        try answers.start()
        try patience.start()
        try questions.start()
        try readers.start()
    }

    /// Puts another rulebook in force for the requests that begin from now on.
    package func adopt(_ judge: Judge) {
        self.judge.update { $0 = judge }
    }

    /// Says at which address the listener listens, for the WSDL where no public base is configured.
    package func listens(at address: String) {
        guard settings.publicBase == nil else { return }
        base.update { $0 = "http://\(address)" }
    }

    /// What is done with a request; nil when it is not about berichten.
    package func decide(_ head: RequestHead, _ context: RequestContext) -> HTTP.Decision? {
        let path = head.pathSegments
        guard path.first == Self.name, path.count <= 2 else { return nil }
        guard head.method == .post else { return .answer(described(head, path.dropFirst().first)) }
        guard let dialect = Dialect(head) else {
            return .answer(refused(HTTPFailure(.mediaTypeUnsupported), nil, portType: path.dropFirst().first))
        }
        let arrival = Arrival(
            judge: judge.withLock { $0 }, dialect: dialect, received: desk.time.wall(),
            began: desk.time.instant())
        if case .length(let length) = head.framing, length > settings.bodyByteCount {
            return .answer(desk.tooLarge(dialect))
        }
        return .handle(BerichtHandler(self, arrival, context), bodyByteCount: .max)
    }

    /// Spells what the listener refuses as a fault of StUF; nil when the request is not about berichten.
    package func refuse(_ failure: HTTPFailure, _ request: RefusedRequest) -> Response? {
        let path = request.path.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard path.first == Self.name, path.count <= 2 else { return nil }
        if let head = request.head, head.method != .post { return failure.response }
        return refused(failure, request.head.flatMap(Dialect.init), portType: path.dropFirst().first)
    }

    private func refused(_ failure: HTTPFailure, _ dialect: Dialect?, portType: String?) -> Response {
        let root = portType.flatMap { name in Operations.all.first { $0.portType == name }?.root }
        return desk.refused(failure, failure.status, dialect, root: root)
    }

    /// The WSDL, of all portTypes or of one (`/stuf/BeantwoordVraag?wsdl`).
    private func described(_ head: RequestHead, _ portType: String?) -> Response {
        let isAsked = head.queryItems.contains { $0.name.lowercased() == "wsdl" }
        guard isAsked, head.method == .get || head.method == .head else {
            var response = HTTPFailure(.methodNotAllowed).response
            response.fields.append(Field("Allow", "POST"))
            return response
        }
        let rulebook = judge.withLock { $0.rulebook }
        let taken = Set(rulebook.routes.routes.map(\.operation))
        let others = taken.subtracting(Operations.all).sorted { $0.name < $1.name }
        let operations = Operations.all.filter(taken.contains) + others
        guard let definitions = Definitions(of: operations, portType: portType, forms: rulebook.forms) else {
            return Response(.notFound)
        }
        let address = "\(base.withLock { $0 })/\(Self.name)"
        return Response(
            .ok, fields: [Field("Content-Type", "text/xml; charset=utf-8")],
            body: definitions.document(address: address))
    }

    /// Ends its threads; to be called when the listener has drained. What still waits for room in the ledger is
    /// answered as "not now".
    ///
    /// - Returns: how many threads had not ended at the deadline.
    @discardableResult
    package func stop(until deadline: Instant) -> Int {
        var left = readers.stop(until: deadline)
        left += questions.stop(until: deadline)
        left += patience.stop(until: deadline)
        return left + answers.stop(until: deadline)
    }
}

extension Endpoint {
    /// What can be chosen.
    package struct Settings: Sendable {
        /// The base of every URL that is served, where a proxy stands in front; nil: the listener's address.
        package var publicBase: String?
        /// What berichten are checked against, where their route says so.
        package var schemas: SchemaLibrary?
        /// The largest request that is taken; beyond it 413 with a fault.
        package var bodyByteCount: Int64 = 64 * 1024 * 1024
        /// Up to this a bericht is read on the loop's thread, as a whole.
        package var smallByteCount = 64 * 1024
        /// What may wait of one large bericht before its connection is paused.
        package var lagByteCount = 256 * 1024
        /// Pieces in which bodies and documents go to the ledger.
        package var pieceByteCount = 256 * 1024
        /// Threads that read large berichten.
        package var readers = 2
        /// Threads that put vragen to the source, and wait for what is on its way there.
        package var askers = 8
        /// Threads that write answers down in the ledger.
        package var answerers = 4
        /// What may wait for each of these. Beyond it the answer is "not now".
        package var capacity = 4096
        /// How long a bericht waits for room in the ledger (design section 5, "Backpressure").
        package var patience = Duration.seconds(20)
        /// Bytes of berichten that wait so; beyond it the answer is "not now" at once.
        package var patienceByteCount = 64 * 1024 * 1024
        /// How long a vraag waits for what its zender wrote before about the same object.
        package var readYourWrites = Duration.seconds(5)
        /// How long a repeat waits for the answer to the first, where its route does not say.
        package var join = Duration.seconds(8)

        package init() {}
    }
}

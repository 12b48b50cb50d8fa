import Crypto
import Delivery
import Diagnostics
import HTTP
import Intake
import Ledger
import Record
import Resources
import Serving
import Telemetry
import TestSupport
import Testing
import Threads

/// Where berichten are kept during a test.
enum LedgerKind: CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, postgres
    var testDescription: String { self == .memory ? "in memory" : "in Postgres" }
}

/// A listener with the endpoint behind it, and everything behind that: as an old application sees it.
final class Front {
    let ledger: any Ledger
    let listener: Listener
    let client: Client
    let recorder = Recorder()
    let endpoint: Endpoint
    let judge: Judge
    private let expander: Expander
    private let courier: Courier
    private let close: () -> Void

    /// - Parameters:
    ///   - isDelivering: else nothing is claimed, and changes stay on their way.
    ///   - target: in front of the store.
    ///   - expands: else berichten stay accepted, as after a crash.
    init(
        _ kind: LedgerKind = .memory, isDelivering: Bool = true, expands: Bool = true,
        settings: Endpoint.Settings = .init(), within patience: Duration = .milliseconds(200),
        hindered: Hindrance? = nil, rulebook given: Rulebook? = nil, limits: HTTP.Limits = .init(),
        target: (any Target) -> any Target = { $0 }
    ) throws {
        let rulebook = try #require(
            given ?? Workshop.rulebook, "the shipped mappings have errors: run sluis check")
        let hash = KeyedHash(id: "test", key: Array(repeating: 7, count: 32))
        var ledger: any Ledger
        switch kind {
        case .memory:
            let memory = MemoryLedger()
            (ledger, close) = (memory, { memory.close() })
        case .postgres:
            let database = try ThrowawayPostgres.database()
            let settings = PostgresLedger.Settings(connections: 4, lookInterval: .milliseconds(50))
            let postgres = try PostgresLedger(database.connection, settings: settings, now: .now)
            (ledger, close) = (postgres, { withExtendedLifetime(database) { postgres.close() } })
        }
        if let hindered { ledger = HinderedLedger(real: ledger, hindrance: hindered) }
        self.ledger = ledger
        judge = Judge(rulebook: rulebook, tenant: "test", hash: hash)
        let observer = Observer([recorder], time: .system)
        let backoff = Backoff(first: .milliseconds(10), most: .milliseconds(20))
        let store = StoreTarget(
            store: ledger, library: rulebook.resources, made: rulebook.made, tenant: "test", hash: hash,
            time: .system)
        var couriers = Courier.Settings()
        couriers.backoff = backoff
        couriers.rest = .milliseconds(10)
        courier = try Courier(
            to: target(store), ledger: ledger, layouts: { rulebook.resources.resource($0)?.shape.layout },
            settings: couriers, observer: observer, time: .system, chance: { 0 })
        expander = try Expander(ledger: ledger, observer: observer, time: .system, backoff: backoff)
        try expander.start()
        if isDelivering { try courier.start() }
        let source = StoreSource(
            ledger: ledger, library: rulebook.resources, tenant: "test", hash: hash, target: StoreTarget.name,
            patience: patience)
        client = try Client()
        endpoint = Endpoint(
            judge: judge, ledger: ledger, source: source, settings: settings, observer: observer,
            time: .system
        ) { [expander] in if expands { expander.accept($0, referentienummer: $1) } }
        try endpoint.start()
        listener = try Listener(
            on: .ip("127.0.0.1", port: 0), loops: 2, limits: limits, observer: observer,
            refuser: { [endpoint] in endpoint.refuse($0, $1) ?? $0.response }
        ) { [endpoint] head, context in
            endpoint.decide(head, context) ?? .answer(Response(.notFound))
        }
    }

    deinit {
        listener.drain(until: .after(.seconds(1)))
        endpoint.stop(until: .after(.seconds(5)))
        _ = expander.stop(until: .after(.seconds(5)))
        _ = courier.stop(until: .after(.seconds(5)))
        client.stop()
        close()
    }

    /// Expands what was accepted and not expanded, as a start after a crash does.
    func recover() throws -> Int {
        let recovery = Recovery(judge: judge, ledger: ledger)
        return try expander.recover(before: .now + .seconds(60)) { (kept) throws(Refusal) in
            try recovery.deliveries(of: kept)
        }.berichten
    }

    // MARK: As an old application

    func post(
        _ text: String, to path: String = "/stuf/OntvangAsynchroon", action: String? = nil,
        type: String? = "text/xml; charset=utf-8", method: HTTP.Method = .post, time: Duration = .seconds(30)
    ) throws -> Answered {
        var fields: [HTTP.Field] = []
        if let type { fields.append(Field("Content-Type", type)) }
        if let action { fields.append(Field("SOAPAction", "\"\(Self.actions)\(action)\"")) }
        let response = try client.call(
            Request(
                method, "http://\(listener.address)\(path)", fields: fields,
                body: method == .get ? [] : Array(text.utf8), time: time))
        return Answered(response)
    }

    static let actions = "http://www.egem.nl/StUF/sector/zkn/0310/"

    /// The zaken that are served.
    func zaken() throws -> [Document] {
        let question = Question(resource: "zaken:Zaak", criteria: [], limit: 100, caller: .local)
        return try ledger.list(question, tenant: "test").documents
    }

    func berichten() throws -> [BerichtLine] { try ledger.berichten(in: nil, before: nil, limit: 1000) }
}

/// What an old application looks at.
struct Answered: CustomStringConvertible {
    let status: Int
    let type: String
    let body: String

    init(_ response: Response) {
        status = response.status.code
        type = response.fields["content-type"] ?? ""
        body = String(decoding: response.bytes, as: UTF8.self)
    }

    /// The text of the first element of that name.
    func text(_ name: String) -> String? {
        guard let start = body.ranges(of: ":\(name)>").first?.upperBound else { return nil }
        return String(body[start...].prefix { $0 != "<" })
    }

    var berichtcode: String { text("berichtcode") ?? "" }
    var foutcode: String { text("code") ?? "" }
    var details: String { text("details") ?? "" }
    var isBevestiging: Bool { status == 200 && berichtcode == "Bv03" }
    var description: String { "\(status) \(body)" }
}

/// The berichten of the shipped fixtures, with other numbers.
enum Berichten {
    static func fixture(_ path: String) throws -> String {
        let result = try Process.run(Command("cat", ["\(Workshop.root)/fixtures/zds11/\(path)"]))
        return String(decoding: result.output, as: UTF8.self)
    }

    /// Below the fixtures.
    static func read(_ path: String) throws -> String {
        String(
            decoding: try Process.run(Command("cat", ["\(Workshop.root)/fixtures/\(path)"])).output,
            as: UTF8.self)
    }

    static func zaak(_ number: Int = 1, reference: String? = nil) throws -> String {
        try fixture("creeer-zaak/1-request.xml").replacing("1900000001", with: "19\(1_000_000 + number)")
            .replacing("ref-001", with: reference ?? "ref-\(number)")
    }

    static func document(_ content: String, reference: String = "ref-document") throws -> String {
        let text = try fixture("document-with-inhoud/2-request.xml").replacing("ref-016-b", with: reference)
        let start = try #require(text.ranges(of: "\"text/plain\">").first?.upperBound)
        let end = try #require(text.ranges(of: "</ZKN:inhoud>").first?.lowerBound)
        return text[..<start] + content + text[end...]
    }

    static func vraag(_ number: Int = 1) throws -> String {
        try fixture("update-was-and-wordt/3-request.xml")
            .replacing("1900000003", with: "19\(1_000_000 + number)")
    }
}

internal import Calling
internal import Crypto
internal import Delivery
internal import Diagnostics
private import Glibc
internal import HTTP
internal import Intake
internal import Ledger
internal import Mapping
internal import Resources
internal import Serving
internal import StUF
internal import Threads

/// Puts the flows over a storage, each started when all that it calls stands: deliveries, expansion, serving, intake,
/// and the listener last.
struct Assembly {
    let ground: Ground
    let ledger: PostgresLedger
    let hash: KeyedHash
    let usesPrivateCluster: Bool
    /// The one in force, which may be swapped.
    let rulebook: Monitor<Rulebook>
    /// Gets all that was started, also when a step throws.
    let standing: Standing

    private var configuration: Configuration { ground.configuration }

    /// - Parameter progress: gets a line for a person when something takes time.
    func build(
        progress: (String) -> Void
    ) throws(ServiceFailure) -> (endpoint: Endpoint, listener: Listener) {
        do {
            try reindex(progress)
            try startCourier()
            let clients = try startClients()
            try startAPICourier(clients)
            let expander = try startExpander()
            let source = StoreSource(
                ledger: ledger, library: ground.rulebook.resources, tenant: configuration.tenant, hash: hash,
                target: StoreTarget.name, patience: configuration.readYourWrites)
            let api = try startAPI(source)
            let endpoint = try startEndpoint(source, apiSource(clients), expander)
            return (endpoint, try startListener(endpoint, api))
        } catch let failure as any Failure {
            throw ServiceFailure(failure)
        } catch {
            throw ServiceFailure(.systemCallFailed, at: "start")
        }
    }

    /// Before anyone asks: what an earlier release stored is found by what this one asks by.
    private func reindex(_ progress: (String) -> Void) throws(LedgerFailure) {
        let library = ground.rulebook.resources
        let begin = ground.time.instant()
        var told = begin + .seconds(1)
        try ledger.reindex(
            library.findingRules(hash),
            progress: { done, count in
                let now = ground.time.instant()
                guard now > told + .seconds(1), done < count else { return }
                told = now
                let perSecond = Double(done) / max(1, Double((now - begin).nanoseconds) / 1e9)
                let left = Int(Double(count - done) / max(perSecond, 1))
                progress("indexing \(done) of \(count) documents, \(Int(perSecond)) a second, \(left) s left")
            },
            index: { StoreTarget.index(of: $0, library, hash) })
    }

    private func startCourier() throws(SystemFailure) {
        let library = ground.rulebook.resources
        let target = StoreTarget(
            store: ledger, library: library, made: ground.rulebook.made, tenant: configuration.tenant,
            hash: hash, time: ground.time, settle: ground.rulebook.mappings.settled)
        var settings = Courier.Settings()
        // The store asks for processors and the database alone: more workers than processors take turns only.
        settings.workers = min(configuration.workers, max(2, processors))
        let courier = try Courier(
            to: target, ledger: ledger, layouts: { library.resource($0)?.shape.layout }, settings: settings,
            observer: ground.observer, time: ground.time, chance: { Double.random(in: 0..<1) })
        standing.add { courier.stop(until: $0) }
        try courier.start()
    }

    /// One for each destination, so that its limits hold for all that is sent and asked; none where no route names an API.
    private func startClients() throws -> [APIClient] {
        guard !ground.rulebook.routes.apis.isEmpty else { return [] }
        let client = try Client()
        standing.add { _ in
            client.stop()
            return 0
        }
        return configuration.destinations.map { APIClient($0, over: client, time: ground.time) }
    }

    private func startAPICourier(_ clients: [APIClient]) throws {
        guard !clients.isEmpty else { return }
        let library = ground.rulebook.resources
        let settings = APITarget.Settings()
        let target = APITarget(
            clients, log: ledger, library: library, made: ground.rulebook.made,
            origins: ground.rulebook.origins, settings: settings, time: ground.time)
        var pace = Courier.Settings()
        // Each waits for answers nearly all the time; what an API is asked at once, its destination limits.
        pace.workers = configuration.destinations.reduce(0) { $0 + $1.inFlight }
        pace.batch = 1
        pace.lease = settings.lease
        let courier = try Courier(
            to: target, ledger: ledger, layouts: { library.resource($0)?.shape.layout }, settings: pace,
            observer: ground.observer, time: ground.time, chance: { Double.random(in: 0..<1) })
        standing.add { courier.stop(until: $0) }
        try courier.start()
    }

    /// Also expands what an earlier process acknowledged and did not get to.
    private func startExpander() throws -> Expander {
        let expander = try Expander(ledger: ledger, observer: ground.observer, time: ground.time)
        standing.add { expander.stop(until: $0) ? 0 : 1 }
        try expander.start()
        let (rulebook, tenant, hash) = (rulebook, configuration.tenant, hash)
        let housekeeper = try Housekeeper(
            expander, ledger: ledger, observer: ground.observer, time: ground.time
        ) { Judge(rulebook: rulebook.withLock { $0 }, tenant: tenant, hash: hash) }
        standing.add { housekeeper.stop(until: $0) }
        try housekeeper.recover(before: ground.time.wall())
        try housekeeper.start()
        return expander
    }

    private func startAPI(_ source: StoreSource) throws(SystemFailure) -> RestAPI {
        let api = RestAPI(
            source: source, base: configuration.publicBase, usesPrivateCluster: usesPrivateCluster,
            settings: apiSettings, observer: ground.observer, time: ground.time)
        standing.add { api.stop(until: $0) }
        try api.start()
        return api
    }

    /// Nil where no route names an API.
    private func apiSource(_ clients: [APIClient]) -> APISource? {
        clients.isEmpty ? nil : APISource(clients, library: ground.rulebook.resources, time: ground.time)
    }

    private func startEndpoint(
        _ source: StoreSource, _ api: APISource?, _ expander: Expander
    ) throws -> Endpoint {
        var settings = Endpoint.Settings()
        settings.bodyByteCount = Int64(configuration.bodyLimit)
        settings.publicBase = configuration.publicBase
        if let folder = configuration.schemas { settings.schemas = try SchemaLibrary(folder: folder) }
        let endpoint = Endpoint(
            judge: Judge(rulebook: ground.rulebook, tenant: configuration.tenant, hash: hash),
            ledger: ledger, source: source, api: api, settings: settings, observer: ground.observer,
            time: ground.time
        ) { expansion, referentienummer in
            expander.accept(expansion, referentienummer: referentienummer)
        }
        standing.add { endpoint.stop(until: $0) }
        try endpoint.start()
        return endpoint
    }

    private func startListener(_ endpoint: Endpoint, _ api: RestAPI) throws(SystemFailure) -> Listener {
        let listener = try Listener(
            on: ground.address, loops: configuration.loops ?? processors, limits: limits,
            observer: ground.observer, time: ground.time,
            refuser: { failure, request in
                endpoint.refuse(failure, request) ?? api.refuse(failure, request)
            }
        ) { head, context in
            endpoint.decide(head, context) ?? api.decide(head, context)
        }
        standing.add { listener.drain(until: $0) }
        endpoint.listens(at: "\(listener.address)")
        api.listens(at: "\(listener.address)")
        return listener
    }

    private var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private var apiSettings: RestAPI.Settings {
        var settings = RestAPI.Settings()
        settings.requiresCrs = configuration.requiresCrs
        settings.contact = RestAPI.Contact(
            name: configuration.contactName, url: configuration.contactURL, email: configuration.contactEmail)
        settings.questionByteCount = Int64(configuration.questionLimit)
        settings.jsonDepth = configuration.jsonDepth
        return settings
    }

    private var limits: HTTP.Limits {
        var limits = HTTP.Limits()
        limits.headByteCount = configuration.headLimit
        limits.bodyByteCount = Int64(configuration.bodyLimit)
        limits.connectionCount = configuration.connections
        limits.connectionCountPerAddress = configuration.connectionsPerAddress
        limits.headTime = configuration.headTimeout
        limits.bodyPause = configuration.bodyTimeout
        limits.idleTime = configuration.idleTimeout
        limits.targetByteCount = configuration.targetLimit
        limits.fieldCount = configuration.fieldsLimit
        limits.bodyTime = configuration.bodyTime
        limits.writePause = configuration.writeTimeout
        return limits
    }
}

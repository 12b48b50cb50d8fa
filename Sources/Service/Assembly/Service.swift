internal import Crypto
internal import Delivery
package import Diagnostics
internal import Glibc
internal import HTTP
internal import Intake
internal import Ledger
internal import Record
internal import Resources
internal import Serving
package import Telemetry
package import Threads
internal import XML

/// Sluis, running: every room assembled, from the data folder up to the listener.
///
/// Started bottom-up and stopped top-down, both on the main thread; after ``stop(within:)`` no thread of it is left.
package final class Service {
    package let version: String
    private let configuration: Configuration
    private let mappings: [String]
    private let observer: Observer
    private let time: TimeSource
    private let storage: Storage
    private let rulebook: Monitor<Rulebook>
    private let expander: Expander
    private let housekeeper: Housekeeper
    private let courier: Courier
    private let endpoint: Endpoint
    private let api: RestAPI
    private let listener: Listener

    /// The address that others reach it at.
    package let base: String

    /// Starts everything, delivers what an earlier process left, and listens.
    ///
    /// - Parameters:
    ///   - mappings: the folders with models, mappings and routes.
    ///   - progress: gets a line for a person when something takes time.
    /// - Throws: ``ServiceFailure``; everything that was started is stopped again.
    package init(
        _ configuration: Configuration, mappings: [String], version: String, observer: Observer,
        time: TimeSource = .system, progress: (String) -> Void
    ) throws(ServiceFailure) {
        let begin = time.instant()
        LocalTime.use(zone: configuration.zone)
        XML.initialise()
        self.version = version
        self.configuration = configuration
        self.mappings = mappings
        self.observer = observer
        self.time = time
        guard configuration.listen.isLoopback else {
            throw ServiceFailure(.notLoopback, at: configuration.listen.description)
        }
        guard let address = Address(configuration.listen.description) else {
            throw ServiceFailure(.addressInvalid, at: configuration.listen.description)
        }
        guard let rulebook = Rulebook.load(mappings).rulebook else {
            throw ServiceFailure(.rulebookRefused, at: mappings.joined(separator: ", "))
        }
        storage = try Storage(configuration, observer: observer, time: time, progress: progress)
        let hash = storage.keys.current
        let judge = Judge(rulebook: rulebook, tenant: configuration.tenant, hash: hash)
        let rules = Monitor(rulebook)
        self.rulebook = rules
        let ledger = storage.ledger
        do {
            let expander = try Expander(ledger: ledger, observer: observer, time: time)
            self.expander = expander
            let tenant = configuration.tenant
            housekeeper = try Housekeeper(expander, ledger: ledger, observer: observer, time: time) {
                Judge(rulebook: rules.withLock { $0 }, tenant: tenant, hash: hash)
            }
            courier = try Self.courier(configuration, rulebook, hash, ledger, observer, time)
            let source = StoreSource(
                ledger: ledger, library: rulebook.resources, tenant: configuration.tenant, hash: hash,
                target: StoreTarget.name, patience: configuration.readYourWrites)
            endpoint = try Endpoint(
                judge: judge, ledger: ledger, source: source, settings: Self.settings(configuration),
                observer: observer, time: time
            ) { expansion, referentienummer in
                expander.accept(expansion, referentienummer: referentienummer)
            }
            api = try RestAPI(
                source: source, base: configuration.publicBase, usesPrivateCluster: storage.cluster != nil,
                observer: observer, time: time)
            try housekeeper.recover(before: time.wall())
            try expander.start()
            try housekeeper.start()
            try courier.start()
            let endpoint = endpoint
            let api = api
            listener = try Listener(
                on: address,
                loops: configuration.loops ?? Self.processors, limits: Self.limits(configuration),
                observer: observer, time: time
            ) { head, context in
                endpoint.decide(head, context) ?? api.decide(head, context)
            }
        } catch let failure as any Failure {
            throw ServiceFailure(failure)
        } catch {
            throw ServiceFailure(.systemCallFailed, at: "start")
        }
        api.listens(at: "\(listener.address)")
        base = configuration.publicBase ?? "http://\(configuration.listen.host):\(listener.address.port ?? 0)"
        observer.observe(
            .serviceStarted(
                version: version, digest: rulebook.digest.hexadecimal, took: time.instant() - begin))
    }

    private static func courier(
        _ configuration: Configuration, _ rulebook: Rulebook, _ hash: KeyedHash, _ ledger: any Ledger,
        _ observer: Observer, _ time: TimeSource
    ) throws(SystemFailure) -> Courier {
        let library = rulebook.resources
        let target = StoreTarget(
            store: ledger, library: library, made: rulebook.made, tenant: configuration.tenant, hash: hash,
            time: time)
        var settings = Courier.Settings()
        settings.workers = configuration.workers
        return try Courier(
            to: target, ledger: ledger, layouts: { library.resource($0)?.shape.layout }, settings: settings,
            observer: observer, time: time, chance: { Double.random(in: 0..<1) })
    }

    private static func settings(_ configuration: Configuration) -> Endpoint.Settings {
        var settings = Endpoint.Settings()
        settings.bodyByteCount = Int64(configuration.bodyLimit)
        return settings
    }

    private static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private static func limits(_ configuration: Configuration) -> HTTP.Limits {
        var limits = HTTP.Limits()
        limits.headByteCount = configuration.headLimit
        limits.bodyByteCount = Int64(configuration.bodyLimit)
        limits.connectionCount = configuration.connections
        limits.connectionCountPerAddress = configuration.connectionsPerAddress
        limits.headTime = configuration.headTimeout
        limits.bodyPause = configuration.bodyTimeout
        limits.idleTime = configuration.idleTimeout
        return limits
    }

    /// Looks after what can end by itself; to be called now and then, on the main thread.
    package func tend() throws(ServiceFailure) { try storage.tend() }

    /// Reads the mappings and routes again and swaps them whole, or keeps the old ones when the new have an error.
    ///
    /// What is stored lies under the layouts of the models, so other models are for the next start.
    ///
    /// - Returns: every problem found.
    package func reload() -> [Finding] {
        let (found, findings) = Rulebook.load(mappings)
        let old = rulebook.withLock { $0 }
        guard let new = found, new.modelDigest == old.modelDigest else {
            observer.observe(.configurationRefused(problems: max(findings.count, 1)))
            let change = Finding(
                .modelsChanged, at: SourceLocation(file: mappings.first ?? "", line: 1, column: 1),
                "the models are others than those in force: start Sluis again to use them")
            return found == nil ? findings : findings + [change]
        }
        rulebook.update { $0 = new }
        endpoint.adopt(
            Judge(rulebook: new, tenant: configuration.tenant, hash: storage.keys.current))
        observer.observe(.configurationReloaded(digest: new.digest.hexadecimal))
        return findings
    }

    /// Takes no new requests, finishes what is under way, and ends.
    ///
    /// - Returns: how much was left undone at the deadline; all of it is in the ledger and goes on at the next start.
    @discardableResult
    package func stop(within time: Duration? = nil) -> Int {
        let begin = self.time.instant()
        let duration = time ?? configuration.drain
        let deadline = Instant.after(duration)
        observer.observe(.drainStarted(deadline: duration))
        var left = listener.drain(until: deadline)
        endpoint.stop(until: deadline)
        api.stop(until: deadline)
        if !housekeeper.stop(until: deadline) { left += 1 }
        if !expander.stop(until: deadline) { left += 1 }
        left += courier.stop(until: deadline)
        observer.observe(.drainEnded(left: left, took: self.time.instant() - begin))
        storage.close(until: deadline)
        observer.observe(.serviceStopped(took: self.time.instant() - begin))
        return left
    }
}

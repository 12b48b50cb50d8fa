internal import Crypto
package import Diagnostics
internal import HTTP
internal import Intake
internal import Record
package import Telemetry
package import Threads
internal import XML

/// Sluis, running: every room assembled, from the data folder up to the listener.
///
/// Started from the bottom up and stopped from the top down, both on the main thread; after ``stop(within:)`` no thread
/// of it is left, nor after an ``init(_:mappings:version:observer:time:progress:found:)`` that throws.
package final class Service {
    private let configuration: Configuration
    private let mappings: [String]
    private let observer: Observer
    private let time: TimeSource
    private let storage: Storage
    private let rulebook: Monitor<Rulebook>
    private let endpoint: Endpoint
    private let standing: Standing

    /// The address that others reach it at.
    package let base: String

    /// Starts everything, delivers what an earlier process left, and listens.
    ///
    /// - Parameters:
    ///   - mappings: the folders with models, mappings and routes.
    ///   - version: told by the log.
    ///   - progress: gets a line for a person when something takes time.
    ///   - found: gets every problem of the models, mappings and routes.
    /// - Throws: ``ServiceFailure``; everything that was started is stopped again.
    package init(
        _ configuration: Configuration, mappings: [String], version: String, observer: Observer,
        time: TimeSource = .system, progress: (String) -> Void, found: ([Finding]) -> Void
    ) throws(ServiceFailure) {
        let begin = time.instant()
        LocalTime.use(zone: configuration.zone)
        XML.initialise()
        OpenFiles.raiseLimit()
        let ground = try Ground(
            configuration, mappings: mappings, observer: observer, time: time, found: found)
        let standing = Standing()
        let rulebook = Monitor(ground.rulebook)
        do throws(ServiceFailure) {
            storage = try Storage(ground, standing: standing, progress: progress)
            let assembly = Assembly(
                ground: ground, ledger: storage.ledger, hash: storage.keys.current,
                usesPrivateCluster: storage.usesPrivateCluster, rulebook: rulebook, standing: standing)
            let (endpoint, listener) = try assembly.build(progress: progress)
            self.endpoint = endpoint
            base = configuration.publicBase ?? "http://\(listener.address)"
        } catch {
            standing.stop(until: .after(configuration.drain))
            throw error
        }
        self.configuration = configuration
        self.mappings = mappings
        self.observer = observer
        self.time = time
        self.standing = standing
        self.rulebook = rulebook
        observer.observe(
            .serviceStarted(
                version: version, digest: ground.rulebook.digest.hexadecimal, took: time.instant() - begin))
    }

    /// Looks after what can end by itself; to be called now and then, on the main thread.
    package func tend() throws(ServiceFailure) { try storage.tend() }

    /// Reads the mappings and routes again and swaps them whole, or keeps the old ones when the new have an error.
    ///
    /// What is stored lies under the layouts of the models, so other models are for the next start.
    ///
    /// - Returns: every problem found.
    package func reload() -> [Finding] {
        let (found, findings) = Ground.rulebook(mappings, configuration)
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
        observer.observe(.drainStarted(deadline: duration))
        let left = standing.stop(until: .after(duration))
        observer.observe(.drainEnded(left: left, took: self.time.instant() - begin))
        observer.observe(.serviceStopped(took: self.time.instant() - begin))
        return left
    }
}

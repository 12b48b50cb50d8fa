internal import Crypto
private import Diagnostics
internal import Ledger
internal import Postgres
internal import Record
internal import Resources
internal import Telemetry
internal import Threads

/// What outlives the process: the data folder with its keys, and the database with the ledger.
///
/// Everything here happens on the main thread, because the private cluster ends with the thread that started it.
final class Storage {
    let keys: KeyRing
    let ledger: PostgresLedger
    /// Kept, so that its lock lives as long as this.
    private let folder: DataFolder
    private let server: OwnServer?

    /// Whether the database is our own private cluster.
    var usesPrivateCluster: Bool { server != nil }

    /// - Parameters:
    ///   - standing: gets what was started, also when this throws.
    ///   - progress: gets a line for a person when something takes time.
    init(_ ground: Ground, standing: Standing, progress: (String) -> Void) throws(ServiceFailure) {
        let configuration = ground.configuration
        do {
            folder = try DataFolder(configuration.data ?? DataFolder.standardPath())
            keys = try KeyRing.open(folder: folder.path)
            let database: ConnectionString
            if let configured = configuration.database {
                database = try ConnectionString(configured.value)
                server = nil
            } else {
                let own = OwnServer(folder, observer: ground.observer, time: ground.time)
                server = own
                // It ends its sessions in order, whatever the rest has left it of the time.
                standing.add { own.stop(until: max($0, .after(.seconds(10)))) }
                database = try own.start(progress: progress)
                ground.observer.observe(.clusterIsPrivate(folder: folder.path))
            }
            var settings = PostgresLedger.Settings(connections: configuration.databaseConnections)
            settings.forms = Self.forms
            let ledger = try PostgresLedger(database, settings: settings, now: ground.time.wall())
            self.ledger = ledger
            standing.add { _ in
                ledger.close()
                return 0
            }
            // The folder is locked: nobody else has this cluster.
            if server != nil { try ledger.releaseClaims(now: ground.time.wall()) }
        } catch let failure as any Failure {
            throw ServiceFailure(failure)
        } catch {
            throw ServiceFailure(.systemCallFailed, at: "storage")
        }
    }

    /// What is stored in which form. None has changed since forms have numbers, so each reads its own only.
    private static let forms = [
        ("record", Record.storedVersion), ("change", Change.storedVersion), ("object", Stored.storedVersion),
    ].map { StoredForm($0.0, writes: $0.1, reads: $0.1...$0.1) }

    /// Starts the private cluster again when it has ended by itself; the connections find it in the same place.
    func tend() throws(ServiceFailure) {
        do throws(PostgresFailure) {
            try server?.tend()
        } catch {
            throw ServiceFailure(error)
        }
    }
}

/// The private cluster of a data folder.
private final class OwnServer {
    private let folder: DataFolder
    private let observer: Observer
    private let time: TimeSource
    private var cluster: PrivateCluster?

    init(_ folder: DataFolder, observer: Observer, time: TimeSource) {
        self.folder = folder
        self.observer = observer
        self.time = time
    }

    func start(progress: (String) -> Void = { _ in }) throws(PostgresFailure) -> ConnectionString {
        let begin = time.instant()
        let started = try PrivateCluster.start(in: folder, progress: progress)
        cluster = started
        observer.observe(.clusterStarted(version: "private", took: time.instant() - begin))
        return started.connection
    }

    /// Starts it again when it has ended by itself.
    func tend() throws(PostgresFailure) {
        guard let cluster, !cluster.isRunning else { return }
        _ = try start()
    }

    /// - Returns: 1 when it did not end in order.
    func stop(until deadline: Instant) -> Int {
        guard let cluster else { return 0 }
        let begin = time.instant()
        do throws(PostgresFailure) {
            try cluster.stop(until: deadline)
        } catch {
            observer.observe(.internalFault(room: "Postgres", code: error.code))
            return 1
        }
        observer.observe(.clusterStopped(took: time.instant() - begin))
        return 0
    }
}

internal import Crypto
private import Diagnostics
internal import Ledger
internal import Postgres
internal import Telemetry
internal import Threads

/// What outlives the process: the data folder with its keys, and the database with the ledger.
///
/// Everything here happens on the main thread, because the private cluster ends with the thread that started it.
final class Storage {
    let keys: KeyRing
    let ledger: PostgresLedger
    /// Nil where a database was configured.
    private(set) var cluster: PrivateCluster?
    private let folder: DataFolder
    private let observer: Observer
    private let time: TimeSource

    /// - Parameter progress: gets a line for a person when something takes time.
    init(
        _ configuration: Configuration, observer: Observer, time: TimeSource, progress: (String) -> Void
    ) throws(ServiceFailure) {
        self.observer = observer
        self.time = time
        if configuration.isProduction, configuration.database == nil {
            throw ServiceFailure(.privateClusterInProduction)
        }
        do {
            folder = try DataFolder(configuration.data ?? DataFolder.standardPath())
            keys = try KeyRing.open(folder: folder.path)
            let begin = time.instant()
            let database: ConnectionString
            if let configured = configuration.database {
                database = try ConnectionString(configured.value)
            } else {
                let started = try PrivateCluster.start(in: folder, progress: progress)
                cluster = started
                database = started.connection
                observer.observe(.clusterStarted(version: "private", took: time.instant() - begin))
                observer.observe(.clusterIsPrivate(folder: folder.path))
            }
            ledger = try PostgresLedger(
                database, settings: PostgresLedger.Settings(connections: configuration.databaseConnections),
                now: time.wall())
            // The folder is locked: nobody else has this cluster.
            if cluster != nil { try ledger.releaseClaims(now: time.wall()) }
        } catch let failure as any Failure {
            throw ServiceFailure(failure)
        } catch {
            throw ServiceFailure(.systemCallFailed, at: "storage")
        }
    }

    /// Starts the private cluster again when it has ended by itself; the connections find it in the same place.
    func tend() throws(ServiceFailure) {
        guard let cluster, !cluster.isRunning else { return }
        let begin = time.instant()
        do throws(PostgresFailure) {
            self.cluster = try PrivateCluster.start(in: folder)
        } catch {
            throw ServiceFailure(error)
        }
        observer.observe(.clusterStarted(version: "private", took: time.instant() - begin))
    }

    /// Ends the ledger's threads and connections, then the cluster.
    func close(until deadline: Instant) {
        ledger.close()
        guard let cluster else { return }
        let begin = time.instant()
        do throws(PostgresFailure) {
            try cluster.stop(until: max(deadline, .after(.seconds(10))))
        } catch {
            observer.observe(.internalFault(room: "Postgres", code: error.code))
        }
        observer.observe(.clusterStopped(took: time.instant() - begin))
    }
}

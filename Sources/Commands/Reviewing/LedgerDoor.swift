import Diagnostics
import Ledger
import Postgres
import Service
import Threads

/// The way to the ledger of this machine's Sluis, whether that runs or not.
struct LedgerDoor {
    private let configured: Configured
    private let home: Home
    private let console: Console

    init(_ home: Home, _ arguments: Arguments, _ console: Console) throws(CommandFailure) {
        self.home = home
        self.console = console
        configured = try Configured.read(home, arguments)
    }

    /// The data folder with the private cluster.
    ///
    /// - Throws: where the ledger is in another database.
    func clusterFolder(of verb: String) throws -> String {
        let folder = try configured.dataFolder(home)
        guard try configured.usable(console).database == nil else {
            throw CommandFailure.usage(
                "the ledger is in a database of your own: `pg_dump` and `pg_restore` keep it, and `hash.keys` of "
                    + "\(folder) belongs to it", of: verb)
        }
        return folder
    }

    /// Runs `body` with the ledger. A private cluster that does not run is started for as long as that takes.
    ///
    /// - Parameter isReadOnly: whether the server refuses every write of `body`.
    func open<Value>(isReadOnly: Bool = true, _ body: (PostgresReview) throws -> Value) throws -> Value {
        func review(_ database: ConnectionString) throws -> Value {
            try body(PostgresReview(database, isReadOnly: isReadOnly))
        }
        if let database = try configured.usable(console).database {
            return try review(ConnectionString(database.value))
        }
        return try openCluster { connection, _ in try review(connection) }
    }

    /// Runs `body` with the private cluster and its data folder; one that does not run is started for as long as that
    /// takes.
    func openCluster<Value>(_ body: (ConnectionString, _ folder: String) throws -> Value) throws -> Value {
        let folder = try configured.dataFolder(home)
        guard ClusterInspection(folder, environment: home.environment).isMade else {
            throw LedgerFailure(.ledgerMissing, at: folder)
        }
        if let running = try PrivateCluster.connection(ofRunning: folder) {
            return try body(running, folder)
        }
        let locked = try DataFolder(folder)
        console.report("sluis does not run: its private Postgres is started for this command")
        let cluster = try PrivateCluster.start(in: locked, environment: home.environment)
        let result = Result { try body(cluster.connection, folder) }
        try cluster.stop(until: .after(.seconds(30)))
        return try result.get()
    }
}

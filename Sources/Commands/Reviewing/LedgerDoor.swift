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

    /// Runs `body` with the ledger. A private cluster that does not run is started for as long as that takes.
    ///
    /// - Parameter isReadOnly: whether the server refuses every write of `body`.
    func open<Value>(isReadOnly: Bool = true, _ body: (PostgresReview) throws -> Value) throws -> Value {
        func review(_ database: ConnectionString) throws -> Value {
            try body(PostgresReview(database, isReadOnly: isReadOnly))
        }
        let configuration = try configured.usable(console)
        if let database = configuration.database {
            return try review(ConnectionString(database.value))
        }
        let folder = try configured.dataFolder(home)
        guard ClusterInspection(folder, environment: home.environment).isMade else {
            throw LedgerFailure(.ledgerMissing, at: folder)
        }
        if let running = try PrivateCluster.connection(ofRunning: folder) {
            return try review(running)
        }
        let locked = try DataFolder(folder)
        console.report("sluis does not run: its private Postgres is started for this command")
        let cluster = try PrivateCluster.start(in: locked, environment: home.environment)
        let result = Result { try review(cluster.connection) }
        try cluster.stop(until: .after(.seconds(30)))
        return try result.get()
    }
}

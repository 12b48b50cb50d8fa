private import Diagnostics
private import Foundation
package import Postgres
private import Synchronization
private import Threads

/// A real Postgres server for the tests of this process: started when the first asks for it, gone with the
/// process.
///
/// Nothing that it holds is worth keeping, so it never waits for the disk.
package enum ThrowawayPostgres {
    /// An empty database of your own; dropped when the last reference goes.
    package final class Database: Sendable {
        /// How to connect to it.
        package let connection: ConnectionString
        private let name: String

        fileprivate init(name: String, server: Server) throws {
            self.name = name
            connection = server.cluster.connection.with(database: name)
            try Connection(server.cluster.connection)
                .execute("CREATE DATABASE \(Identifier(name)) TEMPLATE template0")
        }

        deinit {
            guard let server = try? ThrowawayPostgres.server() else { return }
            // What is left of it goes with the server.
            _ = try? Connection(server.cluster.connection)
                .execute("DROP DATABASE IF EXISTS \(Identifier(name)) WITH (FORCE)")
        }

        /// A new session.
        package func connect() throws(PostgresFailure) -> Connection {
            try Connection(connection)
        }
    }

    /// Makes an empty database.
    package static func database() throws -> Database {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return try Database(name: "test\(number)", server: server())
    }

    private static let count = Atomic<Int>(0)
    /// Stays until the process ends, and the server with it.
    private static let keeper = Result { try LastingThread("postgres") { try Server.start() } }

    private static func server() throws -> Server { try keeper.get().result.get() }

    fileprivate struct Server: Sendable {
        let cluster: PrivateCluster
        let folder: String

        static func start() throws(PostgresFailure) -> Server {
            TemporaryFolder.sweep()
            let folder = TemporaryFolder.unusedPath()
            let settings = ClusterSettings(isDurable: false)
            let cluster = try PrivateCluster.start(in: DataFolder(folder), settings: settings)
            stopAtExit(cluster, folder)
            return Server(cluster: cluster, folder: folder)
        }
    }
}

/// What is to be cleaned up when the process ends; a C function can hold no context.
private let leftovers = Monitor<[(cluster: PrivateCluster, folder: String)]>([])

private func stopAtExit(_ cluster: PrivateCluster, _ folder: String) {
    let isFirst = leftovers.withLock { leftovers in
        leftovers.append((cluster, folder))
        return leftovers.count == 1
    }
    guard isFirst else { return }
    atexit {
        for leftover in leftovers.withLock({ $0 }) {
            // The process ends: there is nobody to tell, and the next one sweeps.
            try? leftover.cluster.stop(until: .after(.seconds(5)))
            try? FileManager.default.removeItem(atPath: leftover.folder)
        }
    }
}

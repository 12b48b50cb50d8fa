import Diagnostics
import Glibc
import Postgres
import Threads

/// `cluster-keeper FOLDER stop|die`: starts the private cluster of that folder on its main thread, adds a
/// row, prints how many there are, and then stops the server or dies by SIGKILL. `cluster-keeper - path`
/// prints where the data folder of this user is.
@main enum ClusterKeeper {
    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            print(error)
            exit(2)
        }
    }

    private static func run(_ arguments: [String]) throws {
        guard arguments.count == 2 else { exit(64) }
        if arguments[1] == "path" {
            print(try DataFolder.standardPath())
            return
        }
        let cluster = try PrivateCluster.start(in: DataFolder(arguments[0]))
        let connection = try Connection(cluster.connection)
        try connection.run(script: "CREATE TABLE IF NOT EXISTS thing (id int); INSERT INTO thing VALUES (1)")
        let count = try connection.execute("SELECT count(*) FROM thing").only().int(0)
        print("rows \(count)")
        if arguments[1] == "die" {
            // With a session open, and in it a transaction.
            try connection.run(script: "BEGIN; INSERT INTO thing VALUES (2)")
            fflush(nil)
            kill(getpid(), SIGKILL)
        }
        try cluster.stop(until: .after(.seconds(30)))
        print("stopped")
    }
}

import Diagnostics
import Foundation
import Postgres
import TestSupport
import Testing
import Threads

/// A private cluster, running as long as this object unless it is stopped.
final class RunningCluster {
    let cluster: PrivateCluster
    private let thread: LastingThread<PrivateCluster>

    init(in folder: DataFolder, settings: ClusterSettings = ClusterSettings(isDurable: false)) throws {
        thread = try LastingThread("cluster") { try PrivateCluster.start(in: folder, settings: settings) }
        cluster = try thread.result.get()
    }

    func stop() throws { try cluster.stop(until: .after(.seconds(30))) }

    func connect() throws -> Connection { try Connection(cluster.connection) }

    deinit { try? stop() }
}

@Suite("The private cluster") struct PrivateClusterTests {
    let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws {
        // A name that quoting has to survive.
        folder = try TemporaryFolder("data, with \"all\"")
    }

    func kill(_ id: Int32) { Foundation.kill(id, SIGKILL) }

    func addRow(_ cluster: RunningCluster) throws -> Int64 {
        let connection = try cluster.connect()
        try connection.run(script: "CREATE TABLE IF NOT EXISTS thing (id int); INSERT INTO thing VALUES (1)")
        return try connection.execute("SELECT count(*) FROM thing").only().int(0)
    }

    @Test("is made at the first start and found again at the next")
    func restart() throws {
        for start in 1...2 as ClosedRange<Int64> {
            let cluster = try RunningCluster(in: DataFolder(path))
            #expect(try addRow(cluster) == start)
            try cluster.stop()
            #expect(!cluster.cluster.isRunning)
            try cluster.stop()
        }
    }

    @Test("is reached through a socket only, in a folder of its user, by that user")
    func access() throws {
        let cluster = try RunningCluster(in: DataFolder(path))
        let connection = try cluster.connect()
        let settings = try connection.execute(
            """
            SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories'),
                   current_setting('server_encoding'), current_setting('lc_collate'),
                   current_setting('data_checksums'), current_database(), current_user
            """
        ).only()
        #expect(try settings.text(0) == "")
        #expect(try settings.text(2) == "UTF8")
        #expect(try settings.text(3) == "C")
        #expect(try settings.text(4) == "on")
        #expect(try settings.text(5) == "sluis")
        #expect(try settings.text(6) == "sluis")
        let socketFolder = try settings.text(1).filter { $0 != "\"" }
        let attributes = try FileManager.default.attributesOfItem(atPath: socketFolder)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect("\(socketFolder)/.s.PGSQL.5432".utf8.count <= 107)
        let rules = try connection.execute("SELECT type, auth_method FROM pg_hba_file_rules")
        #expect(try rules.allSatisfy { try $0.text(0) == "local" && $0.text(1) == "peer" })
        try cluster.stop()
        #expect(!FileManager.default.fileExists(atPath: socketFolder))
    }

    @Test("is durable unless a test says otherwise, whatever its files say")
    func durable() throws {
        let data = try DataFolder(path)
        var cluster = try RunningCluster(in: data)
        try cluster.connect().run(script: "ALTER SYSTEM SET fsync = off")
        try cluster.stop()
        cluster = try RunningCluster(in: data, settings: ClusterSettings())
        let connection = try cluster.connect()
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            let row = try connection.execute("SELECT current_setting($1)", [.text(setting)]).only()
            #expect(try row.text(0) == "on")
        }
    }

    @Test("writes no statement, parameter or value of a row to its log, not even when it crashes")
    func log() throws {
        let cluster = try RunningCluster(in: DataFolder(path))
        let connection = try cluster.connect()
        try connection.run(script: "CREATE TABLE person (bsn text UNIQUE)")
        try connection.execute("INSERT INTO person VALUES ('999990019')")
        for sql in [
            "SELECT $1::int", "INSERT INTO person VALUES ($1)",
            "DO $$ BEGIN RAISE WARNING '999990019'; END $$",
            "SELECT '999990019'::int",
        ] as [SQL] {
            let values: [Parameter] = sql.text.contains("$1") ? [.text("999990019")] : []
            _ = try? connection.execute(sql, values)
        }
        // A server process that dies in a statement with a value in it: the others are ended too.
        let id = try connection.execute("SELECT pg_backend_pid()").only().int(0)
        try connection.execute("SELECT pg_advisory_lock(1)")
        let string = cluster.cluster.connection
        let lost = OneShot<PostgresFailure?>()
        let victim = try Threads.Thread.start("victim") {
            do throws(PostgresFailure) {
                try Connection(string).execute("SELECT pg_advisory_lock(1), '999990019'")
                lost.fulfil(nil)
            } catch {
                lost.fulfil(error)
            }
        }
        let waiting: SQL =
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <> $1::int"
        var found: Int64?
        while found == nil { found = try connection.execute(waiting, [.int(id)]).first?.int(0) }
        kill(Int32(found ?? 0))
        victim.join()
        #expect(lost.wait()??.code == .connectionLost)
        try? cluster.stop()
        let log = try String(contentsOfFile: cluster.cluster.logFile, encoding: .utf8)
        #expect(log.contains("terminated by signal 9"))
        #expect(!log.contains("999990019"))
        #expect(!log.contains("SELECT"))
    }

    @Test("starts over a server that was killed, and waits for what is left of it")
    func serverKilled() throws {
        let data = try DataFolder(path)
        let cluster = try RunningCluster(in: data, settings: ClusterSettings())
        #expect(try addRow(cluster) == 1)
        let session = try cluster.connect()
        kill(cluster.cluster.processIdentifier)
        let next = try RunningCluster(in: data, settings: ClusterSettings())
        #expect(try addRow(next) == 2)
        #expect(throws: PostgresFailure.self) { try session.execute("SELECT 1") }
    }

    @Test("starts over a Sluis that was killed, and waits for its server to end")
    func parentKilled() throws {
        for start in 1...3 {
            let output = try ClusterKeeperProgram.run(path, "die")
            #expect(output.exit == .signal(SIGKILL))
            #expect(output.text.contains("rows \(start)\n"))
        }
        #expect(try addRow(RunningCluster(in: DataFolder(path))) == 4)
    }

    @Test("that was being made when Sluis was killed is made anew")
    func initKilled() throws {
        let keeper = try Threads.Process.start(Command(ClusterKeeperProgram.path, [path, "stop"]))
        var isBegun = false
        while !isBegun, keeper.isRunning {
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            isBegun = names.contains { $0.hasPrefix("pg.new-") }
        }
        keeper.signal(.kill)
        _ = keeper.wait()
        #expect(isBegun)
        #expect(!FileManager.default.fileExists(atPath: "\(path)/pg"))
        #expect(try addRow(RunningCluster(in: DataFolder(path))) == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        #expect(names == ["lock", "pg", "postgres.log"])
    }

    @Test("starts over a `postmaster.pid` whose number is now another process's, and over a stale socket")
    func stale() throws {
        let data = try DataFolder(path)
        var cluster = try RunningCluster(in: data)
        let file = "\(path)/pg/postmaster.pid"
        var lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n", maxSplits: 1)
        let socketFolder = try cluster.connect()
            .execute("SELECT current_setting('unix_socket_directories')").only().text(0)
            .filter { $0 != "\"" }
        try cluster.stop()
        // A process of the cluster's own user that is no Postgres.
        let sleeper = try Threads.Process.start(
            Command("setpriv", (geteuid() == 0 ? ["--reuid=postgres"] : []) + ["sleep", "1000"]))
        defer { sleeper.signal(.kill) }
        lines[0] = "\(sleeper.id)"
        try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: socketFolder, withIntermediateDirectories: true)
        for name in [".s.PGSQL.5432", ".s.PGSQL.5432.lock"] {
            try "1".write(toFile: "\(socketFolder)/\(name)", atomically: false, encoding: .utf8)
        }
        cluster = try RunningCluster(in: data)
        #expect(try addRow(cluster) == 1)
    }

    @Test("says which server still runs in the folder when it does not end in time")
    func stillRunning() throws {
        let data = try DataFolder(path)
        let cluster = try RunningCluster(in: data)
        let id = cluster.cluster.processIdentifier
        let failure = try expectFailure(.clusterStillRunning) {
            try PrivateCluster.start(in: data, settings: ClusterSettings(startLimit: .zero))
        }
        #expect(failure.place == "\(data.path)/pg")
        #expect(failure.hint?.hasPrefix("process \(id)") == true || failure.isPassing)
    }

    @Test("asks for the version of Postgres that made its folder")
    func otherVersion() throws {
        let data = try DataFolder(path)
        try RunningCluster(in: data).stop()
        try "9\n".write(toFile: "\(path)/pg/PG_VERSION", atomically: false, encoding: .utf8)
        let failure = try expectFailure(.postgresVersionMissing) { try PrivateCluster.start(in: data) }
        #expect(failure.hint?.contains("`apt-get install postgresql-9`") == true)
    }

    @Test("asks for Postgres where there is none")
    func noPrograms() throws {
        let settings = ClusterSettings(programFolder: "/nowhere")
        let failure = try expectFailure(.postgresMissing) {
            try PrivateCluster.start(
                in: DataFolder(path), settings: settings, environment: ["PATH": "/nowhere"])
        }
        #expect(failure.code.remedy.contains("apt-get install postgresql"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["lock"])
    }

    @Test("leaves nothing behind when it cannot be made, and says why")
    func initFails() throws {
        let programs = try TemporaryFolder("15/bin")
        for (name, script) in [
            ("postgres", "exit 1"), ("initdb", "echo 'No space left on device' >&2; exit 1"),
        ] {
            let file = "\(programs.path)/\(name)"
            try "#!/bin/sh\n\(script)\n".write(toFile: file, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
        let settings = ClusterSettings(programFolder: String(programs.path.dropLast("/15/bin".count)))
        let failure = try expectFailure(.clusterInitFailed) {
            try PrivateCluster.start(in: DataFolder(path), settings: settings)
        }
        #expect(failure.hint == "No space left on device")
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["lock"])
    }

    @Test("that cannot start says the server's own reason, and where its log is")
    func startFails() throws {
        let data = try DataFolder(path)
        try RunningCluster(in: data).stop()
        try FileManager.default.removeItem(atPath: "\(path)/pg/global")
        let failure = try expectFailure(.clusterStartFailed) { try RunningCluster(in: data) }
        #expect(failure.place == "\(data.path)/postgres.log")
        #expect(failure.hint?.contains("/pg/global/pg_control\": No such file or directory") == true)
    }
}

import Crypto
import Diagnostics
import FoundationEssentials
private import Glibc
import Postgres
import Service

extension Doctor {
    /// What outlives the process: the data folder with its keys, and a database.
    var storage: [Diagnosis] {
        let cluster = ClusterInspection(dataFolder, environment: home.environment)
        var found = [folder(cluster), keys, disk]
        if let database = configuration.database {
            found += DatabaseDoctor(database, configuration).examine()
        } else {
            found += [setpriv, user(cluster), programs(cluster), socketFolder(cluster)]
            if let running = runningCluster { found.append(running) }
            if configuration.isProduction {
                found.append(.problem("database", CommandFailure(.privateClusterInProduction)))
            }
        }
        return found
    }

    private func folder(_ cluster: ClusterInspection) -> Diagnosis {
        .of("data folder") { () throws(PostgresFailure) in
            try cluster.checkDataFolder()
            if let owner = DataFolder.owner(of: dataFolder) {
                return "\(dataFolder), in use by process \(owner)"
            }
            let isThere = FileManager.default.fileExists(atPath: dataFolder)
            return isThere ? dataFolder : "\(dataFolder), which `sluis serve` will make"
        }
    }

    private var keys: Diagnosis {
        .of("keys") { () throws(CryptoFailure) in
            let file = "\(dataFolder)/\(KeyRing.fileName)"
            guard let ring = try KeyRing.existing(in: dataFolder) else {
                return "\(file), which `sluis serve` will make"
            }
            return "\(file): \(Text.count(ring.all.count, "key"))"
        }
    }

    private var disk: Diagnosis {
        // Large content and the log of writes go to the private cluster; beside it stands the key file only.
        let needed: UInt = configuration.database == nil ? 1 << 30 : 1 << 20
        var place = dataFolder
        var status = statvfs()
        // A plain C call that fills the struct on this stack frame.
        while unsafe statvfs(place, &status) != 0, let slash = place.lastIndex(of: "/") {
            guard place != "/" else { break }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
        let (free, isHuge) = status.f_bavail.multipliedReportingOverflow(by: status.f_frsize)
        let text = isHuge ? "enough free" : "\(free / (1 << 20)) MB free at \(place)"
        guard isHuge || free >= needed else {
            return .problem(
                "disk", text, "make room for at least \(needed / (1 << 20)) MB, or use another --data folder")
        }
        guard status.f_favail > 10_000 || status.f_files == 0 else {
            return .problem("disk", "no inodes left at \(place)", "make room for more files")
        }
        return .ok("disk", text)
    }

    private var setpriv: Diagnosis {
        let folders = (home.environment["PATH"] ?? "").split(separator: ":")
        let found = folders.map { "\($0)/setpriv" }.first(where: FileManager.default.isExecutableFile)
        return found.map { .ok("setpriv", $0) }
            ?? .problem("setpriv", "it is not in PATH", "`apt-get install util-linux`")
    }

    private func user(_ cluster: ClusterInspection) -> Diagnosis {
        .of("database user") { () throws(PostgresFailure) in try cluster.user() }
    }

    private func programs(_ cluster: ClusterInspection) -> Diagnosis {
        .of("Postgres") { () throws(PostgresFailure) in try cluster.programs() }
    }

    private func socketFolder(_ cluster: ClusterInspection) -> Diagnosis {
        .of("socket folder") { () throws(PostgresFailure) in try cluster.socketFolder() }
    }

    /// The private cluster of a Sluis that runs; nil when it does not.
    private var runningCluster: Diagnosis? {
        guard DataFolder.owner(of: dataFolder) != nil,
            let connection = try? PrivateCluster.connection(ofRunning: dataFolder)
        else { return nil }
        return .of("database") { () throws(PostgresFailure) in
            let session = try Connection(connection.with(applicationName: "sluis doctor"))
            return "the private Postgres \(session.version) answers"
        }
    }
}

extension Connection {
    /// `15.20`.
    var version: String { "\(serverVersion / 10_000).\(serverVersion % 10_000)" }
}

internal import Diagnostics
private import FoundationEssentials
private import Threads

/// The server programs of one major version of Postgres on this machine.
struct Installation: Equatable, Sendable {
    /// The folder with `postgres` and `initdb`.
    let folder: String
    /// `15`.
    let version: String

    var initdb: String { "\(folder)/initdb" }
    var postgres: String { "\(folder)/postgres" }

    /// Where to look: Debian's folder with one folder for each version, and folders like those of `PATH`.
    struct Places: Sendable {
        var versions: String
        var folders: [String]

        /// Debian's, then what `pg_config` of `PATH` names, then `PATH` itself.
        static func standard(path: String) -> Places {
            var folders: [String] = []
            let deadline = Instant.after(.seconds(5))
            if let answer = try? Process.run(Command("pg_config", ["--bindir"]), until: deadline),
                answer.exit.isSuccess
            {
                let line = String(decoding: answer.output, as: UTF8.self).prefix { !$0.isNewline }
                folders.append(String(line))
            }
            folders += path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
            return Places(versions: "/usr/lib/postgresql", folders: folders)
        }
    }

    /// The programs of that version; the newest there are when `version` is nil.
    ///
    /// - Throws: `P301` when there are none at all, `P302` when there are only others.
    static func find(version: String?, in places: Places) throws(PostgresFailure) -> Installation {
        let all = findAll(in: places)
        guard !all.isEmpty else { throw PostgresFailure(.postgresMissing) }
        guard let version else {
            return all.max { (Int($0.version) ?? 0) < (Int($1.version) ?? 0) } ?? all[0]
        }
        if let match = all.first(where: { $0.version == version }) { return match }
        let found = Set(all.map(\.version)).sorted().joined(separator: ", ")
        throw PostgresFailure(
            .postgresVersionMissing,
            hint: """
                the data folder is of version \(version), installed is \(found); \
                `apt-get install postgresql-\(version)`
                """)
    }

    private static func findAll(in places: Places) -> [Installation] {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: places.versions)) ?? []
        let debian = versions.filter { Int($0) != nil }
            .map { Installation(folder: "\(places.versions)/\($0)/bin", version: $0) }
            .filter(\.isComplete)
        let others = places.folders.compactMap(Installation.init(folder:))
        return debian + others
    }

    private init(folder: String, version: String) {
        self.folder = folder
        self.version = version
    }

    /// The version is asked of the program.
    private init?(folder: String) {
        self.init(folder: folder, version: "")
        guard isComplete,
            let answer = try? Process.run(Command(postgres, ["--version"]), until: .after(.seconds(5))),
            answer.exit.isSuccess
        else { return nil }
        // `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`
        let words = String(decoding: answer.output, as: UTF8.self).split(separator: " ")
        guard let number = words.first(where: { $0.first?.isNumber == true }) else { return nil }
        self.init(folder: folder, version: String(number.prefix(while: \.isNumber)))
    }

    private var isComplete: Bool {
        [initdb, postgres].allSatisfy(FileManager.default.isExecutableFile(atPath:))
    }
}

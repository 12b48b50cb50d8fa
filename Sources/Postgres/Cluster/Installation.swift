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

        /// What `pg_config` in a folder of `path` names, and those folders themselves.
        init(versions: String, path: String) {
            let folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
            let tools = folders.map { "\($0)/pg_config" }
                .filter(FileManager.default.isExecutableFile(atPath:))
            self.versions = versions
            self.folders = tools.compactMap { Installation.answer($0, "--bindir") } + folders
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
        guard isComplete, let answer = Self.answer(postgres, "--version") else { return nil }
        // `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`
        let words = answer.split(separator: " ")
        guard let number = words.first(where: { $0.first?.isNumber == true }) else { return nil }
        self.init(folder: folder, version: String(number.prefix(while: \.isNumber)))
    }

    /// The first line that a program prints.
    private static func answer(_ program: String, _ argument: String) -> String? {
        // A program that does not answer is as good as none.
        let output = try? Process.run(Command(program, [argument]), until: .after(.seconds(5)))
        guard let output, output.exit.isSuccess else { return nil }
        return String(String(decoding: output.output, as: UTF8.self).prefix { !$0.isNewline })
    }

    private var isComplete: Bool {
        [initdb, postgres].allSatisfy(FileManager.default.isExecutableFile(atPath:))
    }
}

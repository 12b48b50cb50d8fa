import Postgres
import Threads

/// The yardstick: as many single-row inserts of the same row as Postgres takes, 16 clients, each its own commit.
struct Pgbench {
    private let command: Command

    /// Makes the table: the columns and indexes of a bericht, and its body in the same row.
    init(_ workplace: Workplace, _ database: ConnectionString, body: Int) throws {
        let connection = try Connection(database)
        try connection.run(
            script: """
                CREATE SCHEMA bench;
                CREATE SEQUENCE bench.number;
                CREATE TABLE bench.bericht (LIKE sluis.bericht INCLUDING ALL, bytes bytea NOT NULL);
                ALTER TABLE bench.bericht ALTER COLUMN bytes SET COMPRESSION lz4;
                """)
        let script = try workplace.write("insert.sql", Self.insert(body))
        var settings: [String: String] = [:]
        for pair in "\(database)".split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { settings[String(parts[0])] = String(parts[1]) }
        }
        command = Command(
            "pgbench",
            [
                "-h", settings["host"] ?? "", "-p", settings["port"] ?? "5432", "-U", settings["user"] ?? "",
                "-n", "-M", "prepared", "-c", "16", "-j", "2", "-f", script,
            ])
        name = settings["dbname"] ?? ""
    }

    private let name: String

    /// - Returns: rows a second.
    func run(seconds: Int) throws -> Double {
        var command = command
        command.arguments += ["-T", "\(seconds)", name]
        let output: Process.Output
        do {
            output = try Process.run(command)
        } catch {
            throw BenchFailure("no pgbench: `apt-get install postgresql` brings it: \(error)")
        }
        let text = String(decoding: output.output, as: UTF8.self)
        guard output.exit.isSuccess, let start = text.firstRange(of: "tps = "),
            let rate = Double(text[start.upperBound...].prefix { $0.isNumber || $0 == "." })
        else { throw BenchFailure("pgbench: \(String(decoding: output.errors, as: UTF8.self))") }
        return rate
    }

    /// The body is made of digits that do not compress to nothing, as a bericht does not.
    private static func insert(_ body: Int) -> String {
        var state: UInt32 = 7
        var hexadecimal = ""
        for _ in 0..<body {
            state = state &* 1_664_525 &+ 1_013_904_223
            // Letters, as a document has them: five bits a byte.
            hexadecimal += String(0x60 + (state >> 27), radix: 16)
        }
        return """
            INSERT INTO bench.bericht (
                sequence, tenant, organisatie, applicatie, administratie, referentienummer, berichtcode, name,
                entiteittype, tijdstip_bericht, received, digest, content, objects, kind, creates, creation, body,
                contents, state, reply, expanded, bytes)
            SELECT n, 'local', '1900', 'DEMO-OUD', '', 'bench-' || n, 'Lk01', 'creeerZaak_Lk01', 'ZAK',
                '20260105105900000', now(), sha256('digest'), sha256(n::text::bytea),
                ARRAY['local/zaken.Zaak/001900018|' || n], 'added', 'local/zaken.Zaak/001900018|' || n,
                sha256('creation'), n, '{}', 'accepted', convert_to(repeat('bevestiging ', 80), 'UTF8'), false,
                '\\x\(hexadecimal)'::bytea
            FROM (SELECT nextval('bench.number') AS n) AS drawn;

            """
    }
}

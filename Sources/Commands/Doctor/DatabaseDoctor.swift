import Diagnostics
import Postgres
import Service
import Threads

/// Looks at a configured database, in a session that can write nothing.
struct DatabaseDoctor {
    private let secret: Secret
    private let connectionCount: Int

    init(_ secret: Secret, _ configuration: Configuration) {
        self.secret = secret
        // And one for the writer.
        connectionCount = configuration.databaseConnections + 1
    }

    func examine() -> [Diagnosis] {
        do throws(PostgresFailure) {
            let string = try ConnectionString(secret.value).with(applicationName: "sluis doctor")
            let session = try Connection(string)
            try session.run(script: "SET default_transaction_read_only = on; SET statement_timeout = '10s'")
            return [
                try version(session, string), try ledger(session), try durability(session),
                try logging(session), try room(session), try clock(session),
            ]
        } catch {
            return [.problem("database", error)]
        }
    }

    private func version(_ session: Connection, _ string: ConnectionString) throws(PostgresFailure)
        -> Diagnosis
    {
        let text = "Postgres \(session.version) at \(string.address)"
        guard session.serverVersion >= 130_000 else {
            return .problem("database", text, "use Postgres 13 or newer")
        }
        let row = try session.execute("SELECT pg_is_in_recovery(), current_setting('server_encoding')").only()
        guard try !row.bool(0) else { return .problem("database", PostgresFailure(.serverReadOnly)) }
        guard try row.text(1) == "UTF8" else {
            return .problem(
                "database", "\(text), with encoding \(try row.text(1))",
                "make the database with `createdb --encoding=UTF8 --template=template0`")
        }
        return .ok("database", text)
    }

    /// Whether the ledger is there and ours, or can be made.
    private func ledger(_ session: Connection) throws(PostgresFailure) -> Diagnosis {
        let row = try session.execute(
            """
            SELECT current_user::text, has_database_privilege(current_database(), 'CREATE'),
                (SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'sluis')
            """
        ).only()
        let user = try row.text(0)
        switch (try row.boolIfAny(2), try row.bool(1)) {
        case (true?, _): return .ok("ledger", "schema sluis, owned by \(user)")
        case (false?, _):
            return .problem(
                "ledger", "schema sluis is not owned by \(user)",
                "connect as its owner, or `ALTER SCHEMA sluis OWNER TO \(user)` and its tables likewise")
        case (nil, true): return .ok("ledger", "none yet; \(user) may make schema sluis")
        case (nil, false):
            return .problem(
                "ledger", "none yet, and \(user) may not make schema sluis",
                "have the owner run `CREATE SCHEMA sluis AUTHORIZATION \(user)`")
        }
    }

    /// Acknowledged must mean stored.
    private func durability(_ session: Connection) throws(PostgresFailure) -> Diagnosis {
        let settings = try settings(session, "fsync", "full_page_writes", "synchronous_commit")
        let off = settings.filter { $0.value == "off" }.map(\.name)
        guard off.isEmpty else {
            return .problem(
                "durability", off.map { "\($0) is off" }.joined(separator: ", "),
                "switch it on: without it a power cut loses what was acknowledged")
        }
        return .ok("durability", settings.map { "\($0.name) \($0.value)" }.joined(separator: ", "))
    }

    /// A server that logs statements with their parameters logs personal data.
    private func logging(_ session: Connection) throws(PostgresFailure) -> Diagnosis {
        let settings = try settings(
            session, "log_statement", "log_min_duration_statement", "log_parameter_max_length_on_error")
        let harmless = ["log_statement": ["none", "ddl"], "log_min_duration_statement": ["-1"]]
        let loud = settings.filter { !harmless[$0.name, default: ["0"]].contains($0.value) }
        guard loud.isEmpty else {
            return .advice(
                "database log", loud.map { "\($0.name) is \($0.value)" }.joined(separator: ", "),
                "`ALTER ROLE … SET log_parameter_max_length = 0`: parameters can hold personal data")
        }
        return .ok("database log", "no statements with their values")
    }

    private func room(_ session: Connection) throws(PostgresFailure) -> Diagnosis {
        let row = try session.execute(
            """
            SELECT current_setting('max_connections')::int8 - current_setting('superuser_reserved_connections')::int8,
                (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user)::int8
            """
        ).only()
        let limit = try row.int(1)
        let most = limit >= 0 ? min(try row.int(0), limit) : try row.int(0)
        let text = "\(connectionCount) needed, the server has \(most)"
        guard most >= Int64(connectionCount) else {
            return .problem("connections", text, "raise `max_connections`, or lower `workers`")
        }
        return .ok("connections", text)
    }

    /// Leases and next attempts are kept by our clock; several processes must agree.
    private func clock(_ session: Connection) throws(PostgresFailure) -> Diagnosis {
        let before = WallTime.now.seconds
        let theirs = try session.execute("SELECT extract(epoch FROM clock_timestamp())::int8").only().int(0)
        let difference = max(before - theirs, theirs - WallTime.now.seconds, 0)
        guard difference <= 2 else {
            return .advice(
                "database clock", "\(difference) s apart from ours", "let a time server keep both right")
        }
        return .ok("database clock", "as ours")
    }

    /// Those that the server has, in this order.
    private func settings(
        _ session: Connection, _ names: String...
    ) throws(PostgresFailure) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        for name in names {
            let row = try session.execute("SELECT current_setting($1, true)", [.text(name)]).only()
            if let value = try row.textIfAny(0) { found.append((name, value)) }
        }
        return found
    }
}

/// How a private cluster is run. Anything that is not named here can be set in `<data>/pg/postgresql.conf`.
package struct ClusterSettings: Sendable {
    /// Whether a commit is on the disk before it is acknowledged. False in tests only.
    package var isDurable: Bool
    /// How long an older server may take to end, and ours to start, recovery included.
    package var startLimit: Duration
    /// Where the server programs are, one folder for each major version; `PATH` is looked at after it.
    package var programFolder: String

    package init(
        isDurable: Bool = true, startLimit: Duration = .seconds(300),
        programFolder: String = "/usr/lib/postgresql"
    ) {
        self.isDurable = isDurable
        self.startLimit = startLimit
        self.programFolder = programFolder
    }

    /// What the server is started with; this goes before all files of the cluster.
    ///
    /// | settings | why |
    /// | --- | --- |
    /// | `listen_addresses`, `unix_socket_*`, `port` | reachable through the socket of its own folder only |
    /// | `fsync`, `full_page_writes`, `synchronous_commit` | acknowledged means stored, whatever a file says |
    /// | `log_min_messages=log` | of all reports, only the server's own and fatal ones: an ERROR repeats values |
    /// | `log_min_error_statement=panic`, `log_statement=none`, `log_min_duration_*`, `log_duration` | no statement |
    /// | `log_parameter_*`, `log_error_verbosity=terse` | no parameter, no DETAIL with a row's values |
    /// | `log_connections` … `log_autovacuum_min_duration` | a log that stays small |
    /// | `jit=off` | our statements are short; compiling them costs more than running them |
    func arguments(dataFolder: String, socketFolder: String) -> [String] {
        let quotedSocketFolder = socketFolder.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        let durable = isDurable ? "on" : "off"
        let settings = [
            "listen_addresses=", "unix_socket_directories=\"\(quotedSocketFolder)\"",
            "unix_socket_permissions=0700",
            "port=5432", "cluster_name=sluis", "fsync=\(durable)", "full_page_writes=\(durable)",
            "synchronous_commit=\(durable)", "jit=off", "log_destination=stderr", "logging_collector=off",
            "log_line_prefix=%m [%p] ", "log_timezone=UTC", "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse", "log_statement=none", "log_duration=off",
            "log_min_duration_statement=-1",
            "log_min_duration_sample=-1", "log_transaction_sample_rate=0", "log_statement_stats=off",
            "log_parameter_max_length=0", "log_parameter_max_length_on_error=0", "log_connections=off",
            "log_disconnections=off", "log_checkpoints=off", "log_lock_waits=off", "log_temp_files=-1",
            "log_replication_commands=off", "log_autovacuum_min_duration=-1", "debug_print_parse=off",
            "debug_print_rewritten=off", "debug_print_plan=off",
        ]
        return ["-D", dataFolder] + settings.flatMap { ["-c", $0] }
    }
}

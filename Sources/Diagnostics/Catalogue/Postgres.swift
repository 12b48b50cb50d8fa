/// Codes of Postgres and the private cluster.
extension Code {
    static let postgres: [Code] =
        postgresConnections + postgresStatements + postgresCluster + postgresMigrations
}

/// Reaching a server.
extension Code {
    private static let postgresConnections: [Code] = [
        connectionStringInvalid, serverUnreachable, serverRefuses, connectionLost, serverUnavailable,
        serverReadOnly,
        commitUnknown,
    ]

    package static let connectionStringInvalid = Code(
        "P101", "connectionStringInvalid",
        meaning: "The connection string is not one that libpq can read.",
        remedy: """
            Write `keyword=value` pairs or a `postgresql://` address, as in chapter "Connection Strings" of the \
            Postgres manual.
            """)
    package static let serverUnreachable = Code(
        "P102", "serverUnreachable",
        meaning: "No Postgres server answers at that address.",
        remedy: "Check host, port and firewall, and whether the server runs; Sluis keeps trying.")
    package static let serverRefuses = Code(
        "P103", "serverRefuses",
        meaning: "The server answers, but refuses this user, database or way of connecting.",
        remedy: "Check user, password, database, certificates, `pg_hba.conf` and `target_session_attrs`.")
    package static let connectionLost = Code(
        "P104", "connectionLost",
        meaning: "The connection to the server broke while it was in use; what was not committed is undone.",
        remedy:
            "Nothing when it passes: Sluis connects anew. When it stays: look at the server and the network.")
    package static let serverUnavailable = Code(
        "P105", "serverUnavailable",
        meaning: "The server is starting, stopping, or short of memory, disk or connections.",
        remedy: "Look at the server's log, free disk and `max_connections`; Sluis tries again.")
    package static let serverReadOnly = Code(
        "P106", "serverReadOnly",
        meaning: "The server takes no writes: it is a standby, or was the primary until a moment ago.",
        remedy: "Name all hosts in the connection string with `target_session_attrs=read-write`.")
    package static let commitUnknown = Code(
        "P107", "commitUnknown",
        meaning: "The connection broke while a commit was under way: it may or may not have happened.",
        remedy: "Nothing: Sluis looks what is there before it acts again.")
}

/// Running statements.
extension Code {
    private static let postgresStatements: [Code] = [
        statementRefused, constraintViolated, valueRefused, transactionConflict, statementCancelled,
        resultUnexpected,
        parametersUnexpected,
    ]

    package static let statementRefused = Code(
        "P201", "statementRefused",
        meaning: "The server refuses a statement; the SQLSTATE says why.",
        remedy: "Look the SQLSTATE up in appendix A of the Postgres manual; often a missing right or table.")
    package static let constraintViolated = Code(
        "P202", "constraintViolated",
        meaning: "A row breaks a constraint of its table.",
        remedy: "The table and the constraint are named; see which value the mapping gives there.")
    package static let valueRefused = Code(
        "P203", "valueRefused",
        meaning: "The server cannot hold a value in that column: too long, out of range, or not of its type.",
        remedy: "See which value the mapping gives there, and the column's type.")
    package static let transactionConflict = Code(
        "P204", "transactionConflict",
        meaning: "Two transactions were in each other's way and this one was undone.",
        remedy: "Nothing: Sluis does it again.")
    package static let statementCancelled = Code(
        "P205", "statementCancelled",
        meaning: "A statement was cancelled, by a time limit or by an administrator.",
        remedy: "See `statement_timeout` and what else the server was doing.")
    package static let resultUnexpected = Code(
        "P206", "resultUnexpected",
        meaning: "The server answered with another column, type or number of rows than was asked for.",
        remedy: "The tables were probably changed by hand or by a newer Sluis; compare the schema.")
    package static let parametersUnexpected = Code(
        "P207", "parametersUnexpected",
        meaning:
            "A statement was given other parameters than it was prepared with, or one that is too large.",
        remedy: "This is a fault in Sluis: report it with the statement's number.")
}

/// The private cluster.
extension Code {
    private static let postgresCluster: [Code] = [
        postgresMissing, postgresVersionMissing, dataFolderUnusable, dataFolderInUse, clusterInitFailed,
        clusterStartFailed, clusterStillRunning, socketFolderUnusable, clusterStopFailed, backupFailed,
    ]

    package static let postgresMissing = Code(
        "P301", "postgresMissing",
        meaning: "Sluis is to run a private Postgres, but finds no Postgres server programs on this machine.",
        remedy: "`apt-get install postgresql-15`, or give the connection string of a server in `sluis.conf`.")
    package static let postgresVersionMissing = Code(
        "P302", "postgresVersionMissing",
        meaning: "The data folder was made by another major version of Postgres than is installed.",
        remedy: """
            Install that version's server beside the present one; to move to a newer one, `sluis ledger dump` with \
            the old, then `sluis ledger load` into a new data folder.
            """)
    package static let dataFolderUnusable = Code(
        "P303", "dataFolderUnusable",
        meaning: "The data folder cannot be made, read or written by the user that must.",
        remedy: "Give that user the folder, or name another with `--data`.")
    package static let dataFolderInUse = Code(
        "P304", "dataFolderInUse",
        meaning: "Another Sluis process uses this data folder.",
        remedy: "Stop the process that is named, or give this one another folder with `--data`.")
    package static let clusterInitFailed = Code(
        "P305", "clusterInitFailed",
        meaning: "`initdb` could not make the private cluster; nothing of it was left behind.",
        remedy: "Its last lines are shown; often a full disk or a missing right.")
    package static let clusterStartFailed = Code(
        "P306", "clusterStartFailed",
        meaning: "The private Postgres did not start, or ended at once.",
        remedy: "See the file that is named, in the data folder; often a full disk or a missing right.")
    package static let clusterStillRunning = Code(
        "P307", "clusterStillRunning",
        meaning: "A Postgres of an earlier Sluis still holds the data folder and does not end.",
        remedy: "Wait for it, or stop the process that is named with SIGINT; never remove `postmaster.pid`.")
    package static let socketFolderUnusable = Code(
        "P308", "socketFolderUnusable",
        meaning: "There is no place for the private cluster's socket: too long a path, or not writable.",
        remedy:
            "A socket's path takes 107 bytes at most; set `XDG_RUNTIME_DIR` to a short folder of your own.")
    package static let clusterStopFailed = Code(
        "P309", "clusterStopFailed",
        meaning: "The private Postgres did not stop in time and was left to finish by itself.",
        remedy: "Nothing: the next start waits for it. No committed data is lost.")
    package static let backupFailed = Code(
        "P310", "backupFailed",
        meaning: "A backup of the private cluster could not be written or loaded; nothing was left of it.",
        remedy: "The cause is named: often a folder that is there already, a full disk or a missing right.")
}

/// Migrations of schema `sluis`.
extension Code {
    private static let postgresMigrations: [Code] = [schemaTooNew, migrationChanged, migrationFailed]

    package static let schemaTooNew = Code(
        "P401", "schemaTooNew",
        meaning: "The tables in schema `sluis` were made by a newer Sluis, more than one release ahead.",
        remedy: "Run that newer release; two neighbouring releases can run side by side, others cannot.")
    package static let migrationChanged = Code(
        "P402", "migrationChanged",
        meaning: "A migration that already ran is not the same as the one in this Sluis.",
        remedy:
            "The database belongs to another build of Sluis; use the build that made it, or a new database.")
    package static let migrationFailed = Code(
        "P403", "migrationFailed",
        meaning: "A migration of schema `sluis` failed and was undone.",
        remedy: "The cause is named; often a missing right (`CREATE` on the database) or a full disk.")
}

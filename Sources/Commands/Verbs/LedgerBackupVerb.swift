import Crypto
import Postgres

extension Verb {
    static let ledgerDump = Verb(
        "ledger dump", "back the private cluster up, also while Sluis runs",
        operands: .backup, options: [.config, .data],
        details: """
            Makes the folder, readable by its owner only, with the ledger of one moment
            (ledger.pgdump, as pg_dump writes it) and the keys of its keyed hashes. Both hold
            or find data of persons: keep it as you keep the ledger.

            `sluis ledger load` brings it back. To go to a newer Postgres, dump with the old
            one, and load into another data folder on a machine that has the new one.
            """
    ) { arguments, console in
        let path = arguments.operands[0]
        let door = try LedgerDoor(.current, arguments, console)
        _ = try door.clusterFolder(of: "ledger dump")
        try door.openCluster { connection, folder in
            try PrivateCluster.dump(connection, of: folder, with: [KeyRing.fileName], to: path)
        }
        console.report("wrote \(path)")
        return .done
    }

    static let ledgerLoad = Verb(
        "ledger load", "bring a backup back, into a data folder without a ledger",
        operands: .backup, options: [.config, .data],
        details: """
            Loads what `sluis ledger dump` wrote, by the newest Postgres that is installed.
            The data folder (--data) must hold no ledger; when something fails, nothing is
            left in it.

            What was delivered to others after the backup is delivered to them again.
            """
    ) { arguments, console in
        let path = arguments.operands[0]
        let folder = try LedgerDoor(.current, arguments, console).clusterFolder(of: "ledger load")
        try PrivateCluster.load(
            path, with: [KeyRing.fileName], into: DataFolder(folder), progress: console.report)
        console.report("loaded \(path) into \(folder)")
        return .done
    }
}

extension Verb.Operands {
    fileprivate static let backup = Self(form: "FOLDER", least: 1, most: 1, completion: .folders)
}

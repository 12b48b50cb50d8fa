import Diagnostics
import Ledger
import Postgres
import TestSupport
import Testing

@Suite("The forms in which a ledger stores") struct FormTests {
    private let database: ThrowawayPostgres.Database

    init() throws { database = try ThrowawayPostgres.database() }

    private func open(writes: Int64, reads: ClosedRange<Int64>) throws {
        var settings = PostgresLedger.Settings.test
        settings.forms = [StoredForm("object", writes: writes, reads: reads)]
        try PostgresLedger(database.connection, settings: settings, now: noon).close()
    }

    @Test("are read by a release that knows them, and refused by one that does not")
    func versions() throws {
        try open(writes: 2, reads: 2...2)
        try open(writes: 2, reads: 2...3)
        try open(writes: 3, reads: 2...3)
        let failure = #expect(throws: LedgerFailure.self) { try open(writes: 2, reads: 2...2) }
        #expect(
            failure?.description
                == "L110 formUnreadable at object: stored in form 3; this release reads 2 to 2")
        // Nothing was noted by the one that was refused.
        try open(writes: 3, reads: 2...3)
        _ = #expect(throws: LedgerFailure.self) { try open(writes: 4, reads: 4...4) }
        try open(writes: 3, reads: 2...3)
    }

    @Test("from before they had numbers are refused, where something is stored", arguments: [true, false])
    func unnumbered(_ isUsed: Bool) throws {
        try open(writes: 2, reads: 2...2)
        let connection = try database.connect()
        if isUsed {
            try connection.run(
                script: """
                    INSERT INTO sluis.store (tenant, resource, key, uuid, record, sequence, as_of, source)
                    VALUES ('0000', 'zaken:Zaak', 'k', 'u', '\\x01', 1, 'epoch', 's')
                    """)
        }
        try connection.run(script: "DROP TABLE sluis.form; DELETE FROM sluis.migration WHERE number = 2")
        guard isUsed else { return try open(writes: 2, reads: 2...2) }
        let failure = #expect(throws: LedgerFailure.self) { try open(writes: 2, reads: 2...2) }
        #expect(
            failure?.description
                == """
                L110 formUnreadable at object: stored from before forms had numbers; this release reads 2 to 2
                """)
    }
}

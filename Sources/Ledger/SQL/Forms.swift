import Diagnostics
import Postgres

/// The table `form`: in which forms something in the ledger may be stored.
struct Forms {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Notes the forms that will be written from now on.
    ///
    /// - Returns: why the ledger is not to be used: it holds what this program cannot read, which would show at the first
    ///   question only, or never.
    func adopt(_ forms: [StoredForm]) throws(PostgresFailure) -> LedgerFailure? {
        for row in try connection.execute("SELECT name, version FROM sluis.form ORDER BY name, version") {
            let (name, version) = (try row.text(0), try row.int(1))
            guard let form = forms.first(where: { $0.name == name }) else { continue }
            guard !form.reads.contains(version) else { continue }
            let found = version == 0 ? "from before forms had numbers" : "in form \(version)"
            return LedgerFailure(
                .formUnreadable, at: "\(name)",
                hint:
                    "stored \(found); this release reads \(form.reads.lowerBound) to \(form.reads.upperBound)"
            )
        }
        for form in forms {
            try connection.execute(
                "INSERT INTO sluis.form (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [.text(form.name), .int(form.writes)])
        }
        return nil
    }
}

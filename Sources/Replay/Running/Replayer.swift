internal import Crypto
internal import Diagnostics
package import Intake
internal import XML

/// Runs cases through the rooms that run in production: intake, delivery to the own store, serving; with the ledger in
/// memory, a clock that stands still and identities that follow from what comes in. No server, no network.
package final class Replayer: Sendable {
    let rulebook: Rulebook
    /// The folder it was read from.
    let folder: String
    /// Of no installation: results do not depend on where they are made.
    let hash = KeyedHash(id: "replay", key: [UInt8](repeating: 0, count: 32))
    let tenant = "local"

    /// - Parameters:
    ///   - rulebook: read and checked once, for all cases.
    ///   - folder: where its files lie; results name it `mappings`.
    package init(_ rulebook: Rulebook, folder: String) {
        XML.initialise()
        self.rulebook = rulebook
        self.folder = folder
    }

    /// Sends the requests of a case, one after the other's answer, and compares what comes with what was accepted.
    package func replay(_ fixture: FixtureCase) throws(ReplayFailure) -> CaseResult {
        let replayer = try replayer(for: fixture)
        guard fixture.rows.isEmpty else {
            let rows = RowRun(rulebook: replayer.rulebook, folder: replayer.folder)
            return CaseResult(of: fixture, results: try rows.results(of: fixture))
        }
        let run = try CaseRun(fixture, replayer)
        defer { run.end() }
        return CaseResult(of: fixture, results: try run.results())
    }

    /// A case may have rules of its own beside the others.
    private func replayer(for fixture: FixtureCase) throws(ReplayFailure) -> Replayer {
        guard fixture.hasRules else { return self }
        let (rulebook, findings) = Rulebook.load([folder, fixture.folder])
        guard let rulebook else {
            let error = findings.first { $0.severity == .error }
            throw ReplayFailure(.fixtureIncomplete, at: fixture.folder, error?.description)
        }
        return Replayer(rulebook, folder: folder)
    }
}

import Diagnostics
import Intake

/// The models, mappings and routes that a command runs with.
enum Rules {
    /// Reads and checks them; what is wrong with them is reported on the console, and a failure.
    static func load(
        _ arguments: Arguments, home: Home, _ console: Console
    ) throws(CommandFailure) -> (rulebook: Rulebook, folder: String) {
        let folder = try home.mappings(given: arguments.mappings)
        let (rulebook, findings) = Rulebook.load([folder])
        guard let rulebook else {
            for finding in findings where finding.severity == .error { console.report(finding.description) }
            throw CommandFailure(.mappingBroken, at: folder)
        }
        return (rulebook, folder)
    }
}

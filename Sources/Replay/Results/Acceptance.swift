import Diagnostics
import FoundationEssentials

/// Writes new results in the place of those that were accepted.
package enum Acceptance {
    /// Makes the result files of the case what they came to now: writes those that came, removes those that did not.
    ///
    /// - Parameter isCI: whether this is no person's machine: then it is refused.
    /// - Returns: the names of the files that changed.
    package static func accept(_ result: CaseResult, isCI: Bool) throws(ReplayFailure) -> [String] {
        guard !isCI else { throw ReplayFailure(.acceptRefused, at: result.name) }
        for difference in result.differences {
            let path = "\(result.folder)/\(difference.file)"
            do {
                if let text = result.results[difference.file] {
                    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
                } else {
                    try FileManager.default.removeItem(atPath: path)
                }
            } catch {
                throw ReplayFailure(.fixtureNotWritten, at: path)
            }
        }
        return result.differences.map(\.file)
    }
}

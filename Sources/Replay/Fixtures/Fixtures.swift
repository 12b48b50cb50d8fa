import Diagnostics
import FoundationEssentials

/// The cases at the places that a user names.
package enum Fixtures {
    /// The folders of all cases at or below the paths, each once, in order.
    package static func find(_ paths: [String]) throws(ReplayFailure) -> [String] {
        var folders: Set<String> = []
        for path in paths {
            let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            try collect(path, into: &folders)
        }
        return folders.sorted()
    }

    private static func collect(_ folder: String, into folders: inout Set<String>) throws(ReplayFailure) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw ReplayFailure(.fixtureUnreadable, at: folder)
        }
        if names.contains(where: FixtureCase.isInput) { folders.insert(folder) }
        for name in names where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
                continue
            }
            // A link to a folder above would never end.
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil {
                try collect(path, into: &folders)
            }
        }
    }
}

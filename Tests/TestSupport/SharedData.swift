private import Foundation
package import Testing

/// The official schemas and recorded messages beside the repository, which are never copied into it.
package enum SharedData {
    /// `$SLUIS_SHARED`, or `shared` beside the repository's folder.
    package static let folder: String = {
        if let given = ProcessInfo.processInfo.environment["SLUIS_SHARED"], !given.isEmpty { return given }
        let root = #filePath.split(separator: "/").dropLast(3)
        return "/" + (root.dropLast() + ["shared"]).joined(separator: "/")
    }()

    package static let isPresent = FileManager.default.fileExists(atPath: "\(folder)/data")

    /// The path of a file or folder in it: `SharedData.path("data/messages")`.
    package static func path(_ relative: String) -> String { "\(folder)/\(relative)" }

    package static func bytes(_ relative: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(relative))))
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips where the official data is not there, and says so.
    package static var needsSharedData: Self {
        .enabled(if: SharedData.isPresent, "the official data is not here: set SLUIS_SHARED to its folder")
    }
}

import Diagnostics
import FoundationEssentials

/// Where the product's files lie when the command line does not say (design section 8).
struct Home {
    var environment: [String: String]
    /// The path of this program.
    var executable: String
    var workingFolder: String

    /// As this process finds itself.
    static var current: Home {
        Home(
            environment: ProcessInfo.processInfo.environment,
            executable: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "",
            workingFolder: FileManager.default.currentDirectoryPath)
    }

    /// The folder with models, mappings and routes: the one that is given, `$SLUIS_HOME/mappings`, the one that was
    /// installed beside the executable, or the one of the package above it.
    func mappings(given: String?) throws(CommandFailure) -> String {
        if let given {
            guard isFolder(given) else {
                throw CommandFailure(.mappingsMissing, at: given, "it is no folder")
            }
            return given
        }
        if let home = environment["SLUIS_HOME"], !home.isEmpty {
            let path = "\(home)/mappings"
            guard isFolder(path) else {
                throw CommandFailure(.mappingsMissing, at: path, "SLUIS_HOME points there")
            }
            return path
        }
        guard let found = ([installed] + package).first(where: isFolder) else {
            throw CommandFailure(.mappingsMissing)
        }
        return fromHere(found)
    }

    /// The configuration: the one that is given, else `$SLUIS_HOME/sluis.conf` or `/etc/sluis/sluis.conf` when there
    /// is one.
    func configuration(given: String?) -> String? {
        if let given { return given }
        let folders = [environment["SLUIS_HOME"] ?? "", "/etc/sluis"].filter { !$0.isEmpty }
        return folders.map { "\($0)/sluis.conf" }.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The fixtures of the package above the executable, when it is run from one.
    var fixtures: String? {
        packages.map { "\($0)/fixtures" }.first(where: isFolder).map(fromHere)
    }

    private var installed: String { "\(folder(of: folder(of: executable)))/share/sluis/mappings" }

    private var package: [String] { packages.map { "\($0)/mappings" } }

    /// The folders above the executable that hold a `Package.swift`, the nearest first.
    private var packages: [String] {
        var found: [String] = []
        var path = folder(of: executable)
        while path.count > 1 {
            if FileManager.default.fileExists(atPath: "\(path)/Package.swift") { found.append(path) }
            path = folder(of: path)
        }
        return found
    }

    private func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// The path as someone in the working folder would name it.
    private func fromHere(_ path: String) -> String {
        path.hasPrefix("\(workingFolder)/") ? String(path.dropFirst(workingFolder.count + 1)) : path
    }
}

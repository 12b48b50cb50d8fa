package import Diagnostics
import FoundationEssentials

/// The files of the language at the places that a user names.
package enum SourceFiles {
    /// Every file with that suffix (`.model`) among the paths and below them, each once, in the order of their names.
    /// A hidden file or folder is passed over; a path that does not exist is a finding.
    package static func find(_ suffix: String, in paths: [String]) -> (files: [String], findings: [Finding]) {
        var files: Set<String> = []
        var findings: [Finding] = []
        for path in paths {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                findings.append(unreadable(path, "there is no such file or folder"))
                continue
            }
            if isFolder {
                collect(suffix, below: path, into: &files, &findings)
            } else if path.hasSuffix(suffix) {
                files.insert(path)
            }
        }
        return (files.sorted(), findings)
    }

    /// Every such file, read; what cannot be read or parsed is among the findings.
    package static func documents(
        _ suffix: String, in paths: [String]
    ) -> (documents: [Document], findings: [Finding]) {
        var (files, findings) = find(suffix, in: paths)
        var documents: [Document] = []
        for file in files {
            guard let bytes = bytes(of: file) else {
                findings.append(unreadable(file, "the file cannot be read"))
                continue
            }
            let (document, problems) = Parser.parse(file: file, bytes: bytes)
            documents.append(document)
            findings += problems
        }
        return (documents, findings.sortedForReading())
    }

    /// The content of a file; nil when it cannot be read.
    package static func bytes(of file: String) -> [UInt8]? {
        FileManager.default.contents(atPath: file).map { [UInt8]($0) }
    }

    private static func collect(
        _ suffix: String, below folder: String, into files: inout Set<String>, _ findings: inout [Finding]
    ) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            findings.append(unreadable(folder, "the folder cannot be read"))
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder {
                // A link to a folder above would never end.
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                if !isLink { collect(suffix, below: path, into: &files, &findings) }
            } else if name.hasSuffix(suffix) {
                files.insert(path)
            }
        }
    }

    private static func unreadable(_ path: String, _ why: String) -> Finding {
        Finding(.fileUnreadable, at: SourceLocation(file: path, line: 1, column: 1), why)
    }
}

internal import Diagnostics
internal import FoundationEssentials
internal import XML

/// The official schemas that berichten are checked against, compiled once: of each service its own.
///
/// In the configured folder stands a folder for each service, named as routes name it (`zds11`), with the official tree as
/// it was published.
package struct SchemaLibrary: Sendable {
    /// The files with which the schemas of a service begin, wherever they stand in its folder.
    private static let entries: [String: Set<String>] = [
        "zds11": ["zkn0310_msg_zs-dms.xsd", "zkn0310_msg_mutatie.xsd", "zkn0310_msg_vraagAntwoord.xsd"],
        "zds12": ["zds0120_msg_zs-dms.xsd"],
        "bg0310": ["bg0310_msg_mutatie.xsd", "bg0310_msg_vraagAntwoord.xsd"],
    ]

    private let byService: [String: Schema]

    /// - Throws: why one of the services that have a folder cannot be checked.
    package init(folder: String) throws(StUFFailure) {
        var byService: [String: Schema] = [:]
        for (service, names) in Self.entries.sorted(by: { $0.key < $1.key }) {
            let files = Self.files(below: "\(folder)/\(service)/").filter { file in
                names.contains(file.split(separator: "/").last.map(String.init) ?? "")
            }
            guard !files.isEmpty else { continue }
            do throws(XMLFailure) {
                byService[service] = try SchemaTree(files).compiled()
            } catch {
                throw StUFFailure(error.code, at: "\(folder)/\(service)")
            }
        }
        self.byService = byService
    }

    /// The services that have a folder.
    package var services: [String] { byService.keys.sorted() }

    /// Begins to check a bericht of a service; nil where the service has no schema.
    package func check(of service: String) throws(StUFFailure) -> BerichtCheck? {
        guard let schema = byService[service] else { return nil }
        do throws(XMLFailure) {
            return BerichtCheck(try SchemaCheck(schema))
        } catch {
            throw StUFFailure(error)
        }
    }

    private static func files(below folder: String) -> [String] {
        var found: [String] = []
        var folders = [(path: folder, depth: 0)]
        while let (next, depth) = folders.popLast() {
            for name in ((try? FileManager.default.contentsOfDirectory(atPath: next)) ?? []).sorted() {
                let path = next.hasSuffix("/") ? next + name : "\(next)/\(name)"
                var isFolder = false
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
                if isFolder {
                    if depth < 12 { folders.append((path, depth + 1)) }
                } else if path.hasSuffix(".xsd") {
                    found.append(path)
                }
            }
        }
        return found
    }
}

/// Checks one bericht from chunks, its envelope apart.
package struct BerichtCheck: ~Copyable {
    private var check: SchemaCheck

    init(_ check: consuming SchemaCheck) { self.check = check }

    package mutating func feed(_ bytes: ArraySlice<UInt8>) { check.feed(bytes) }

    /// - Returns: the first thing that is not as the schema says.
    package mutating func finish() -> StUFFailure? {
        check.finish().map { StUFFailure(.stufSchemaBroken, at: "line \($0.line)", hint: $0.element) }
    }
}

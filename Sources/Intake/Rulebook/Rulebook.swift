private import Crypto
package import Diagnostics
internal import Language
package import Mapping
package import Model
package import Resources
package import StUF

/// Everything that the files in force say, checked and compiled: models, mappings and routes. Immutable; swapped whole.
package struct Rulebook: Sendable {
    package let models: Models
    package let mappings: MappingLibrary
    package let routes: RouteLibrary
    package let forms: Forms
    package let resources: ResourceLibrary
    /// SHA-256 over the files it was made of. Every bericht records the one it was decided with.
    package let digest: [UInt8]
    /// The same over the models alone: what is stored lies under their layouts.
    package let modelDigest: [UInt8]
    /// The resources that berichten make and change themselves; others, such as a catalogue's types, are only linked to.
    package let made: Set<String>
    /// Where the files were looked for.
    private let paths: [String]

    /// Reads and checks every file at or below the paths.
    ///
    /// - Parameter limits: what a bericht may ask of its reader.
    /// - Returns: nil when a file has an error; every problem, sorted.
    package static func load(
        _ paths: [String], limits: BerichtLimits = BerichtLimits()
    ) -> (rulebook: Rulebook?, findings: [Finding]) {
        let (models, modelFindings) = Models.load(paths)
        let (mappings, mappingFindings) = MappingLibrary.load(paths, models: models)
        let (routes, routeFindings) = RouteLibrary.load(paths, mappings: mappings)
        let (zenders, zenderFindings) = ZenderReader.load(paths)
        let findings = (modelFindings + mappingFindings + routeFindings + zenderFindings).sortedForReading()
        guard !findings.contains(where: { $0.severity == .error }) else { return (nil, findings) }
        let rulebook = Rulebook(
            models, mappings, routes, zenders, paths: paths, limits: limits,
            digest: digest(of: paths, [".model", ".map", ".route", ".csv", ".zender"]),
            modelDigest: digest(of: paths, [".model"]))
        return (rulebook, findings)
    }

    /// Every problem of the `.zender` files at or below the paths.
    package static func zenderFindings(_ paths: [String]) -> [Finding] { ZenderReader.load(paths).findings }

    private init(
        _ models: Models, _ mappings: MappingLibrary, _ routes: RouteLibrary, _ zenders: Zenders,
        paths: [String], limits: BerichtLimits, digest: [UInt8], modelDigest: [UInt8]
    ) {
        self.paths = paths
        self.models = models
        self.mappings = mappings
        self.routes = routes
        self.digest = digest
        self.modelDigest = modelDigest
        forms = Forms(models, limits: limits, zenders: zenders)
        resources = ResourceLibrary(models)
        made = Set(mappings.mappings.map(\.api.qualifiedName))
    }

    /// The file as it is named below the folders that were given: the same on every machine.
    package func relative(_ file: String) -> String { Self.relative(file, to: paths) }

    private static func relative(_ file: String, to paths: [String]) -> String {
        for path in paths {
            let folder = path.hasSuffix("/") ? path : "\(path)/"
            if file.hasPrefix(folder) { return String(file.dropFirst(folder.count)) }
        }
        return file.split(separator: "/").last.map(String.init) ?? file
    }

    private static func digest(of paths: [String], _ suffixes: [String]) -> [UInt8] {
        var hash = SHA256()
        for suffix in suffixes {
            for file in SourceFiles.find(suffix, in: paths).files.sorted() {
                hash.update(relative(file, to: paths).utf8)
                hash.update([0])
                hash.update(SourceFiles.bytes(of: file) ?? [])
            }
        }
        return hash.finish()
    }
}

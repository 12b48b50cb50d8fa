import Diagnostics
import FoundationEssentials
import Language
import Postgres
import Service

/// The configuration that a command goes by: the file that is given or found, and over it what the command line says.
struct Configured {
    /// Whole, even where the file has errors: then those settings have their defaults.
    var configuration: Configuration
    /// Nil when there is no file: everything is as by default.
    var file: String?
    /// Every problem of the file.
    var findings: [Finding]

    /// - Throws: `C005` when the file cannot be read.
    static func read(_ home: Home, _ arguments: Arguments) throws(CommandFailure) -> Configured {
        var configured = Configured(
            configuration: Configuration(), file: home.configuration(given: arguments.config), findings: [])
        if let file = configured.file {
            guard let bytes = SourceFiles.bytes(of: file) else {
                throw CommandFailure(.configurationMissing, at: file)
            }
            let reader = ConfigurationReader(contents: SourceFiles.bytes, environment: home.environment)
            (configured.configuration, configured.findings) = reader.read(file: file, bytes: bytes)
        }
        if let listen = arguments.listen { configured.configuration.listen = listen }
        if let data = arguments.data { configured.configuration.data = data }
        return configured
    }

    /// The configuration, where it can be used.
    ///
    /// - Throws: `C011` when the file has errors; each is reported first.
    func usable(_ console: Console) throws(CommandFailure) -> Configuration {
        for finding in findings { console.report(finding.description) }
        guard !isBroken else { throw CommandFailure(.configurationRefused, at: file) }
        return configuration
    }

    /// Whether it must not be used.
    var isBroken: Bool { findings.contains { $0.severity == .error } }

    /// The data folder, which need not be there yet.
    func dataFolder(_ home: Home) throws(CommandFailure) -> String {
        if let data = configuration.data { return data }
        do throws(PostgresFailure) {
            return try DataFolder.standardPath(environment: home.environment)
        } catch {
            throw CommandFailure(error.code, at: error.place, error.hint)
        }
    }

    /// The folders with models, mappings and routes.
    func mappings(_ home: Home, _ arguments: Arguments) throws(CommandFailure) -> [String] {
        arguments.mappings == nil && !configuration.mappings.isEmpty
            ? configuration.mappings : [try home.mappings(given: arguments.mappings)]
    }
}

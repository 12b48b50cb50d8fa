import Diagnostics
import FoundationEssentials
import Service
import Telemetry
import Threads

extension Verb {
    static let serve = Verb(
        "serve", "run the bridge until SIGTERM, then drain",
        options: [.config, .listen, .data, .mappings],
        details: """
            Without any configuration it listens on 127.0.0.1:8080, runs a private Postgres cluster,
            uses the shipped mappings and keeps what it receives in its own store. SIGHUP reads the
            mappings again and swaps them whole, or keeps the old ones when the new have an error.
            """
    ) { arguments, console in
        let signals = try SignalSource([.terminate, .interrupt, .hangup])
        let configuration = try Configuration.read(arguments, Home.current)
        let mappings = try Home.current.mappings(of: configuration, given: arguments.mappings)
        let log = LineLog.standardError(minimum: .info)
        let observer = Observer([log], time: .system)
        defer { _ = log.flush(until: .after(.seconds(2))) }
        let service = try Service(
            configuration, mappings: mappings, version: Product.version, observer: observer,
            progress: { console.report("sluis: \($0)") })
        if configuration.database == nil {
            console.report("sluis: a private Postgres cluster is in use, for trying and a single small host")
        }
        console.report("sluis: listening on \(service.base)")
        try service.run(until: signals) { findings in
            for finding in findings { console.report("\(finding)") }
        }
        return service.stop() == 0 ? .done : .failed
    }
}

extension Service {
    /// Looks after the running service until a signal asks it to end.
    func run(until signals: SignalSource, reloaded: ([Finding]) -> Void) throws(ServiceFailure) {
        while true {
            switch signals.next(until: .after(.milliseconds(500))) {
            case nil: try tend()
            case .hangup?: reloaded(reload())
            default: return
            }
        }
    }
}

extension Configuration {
    /// The configuration of the command line: its file, then what the options say.
    static func read(_ arguments: Arguments, _ home: Home) throws -> Configuration {
        var configuration = Configuration()
        if let file = home.configuration(given: arguments.config) {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw ServiceFailure(.configurationMissing, at: file)
            }
            let reader = ConfigurationReader(
                contents: { FileManager.default.contents(atPath: $0).map(Array.init) },
                environment: home.environment)
            let (read, findings) = reader.read(file: file, bytes: Array(bytes))
            if let first = findings.first(where: { $0.severity == .error }) {
                throw ServiceFailure(first.code, at: "\(first.location)", hint: first.text)
            }
            configuration = read
        }
        if let listen = arguments.listen {
            guard let address = Configuration.Address(listen) else {
                throw CommandFailure.usage("`--listen` takes ADDRESS:PORT")
            }
            configuration.listen = address
        }
        if let data = arguments.data { configuration.data = data }
        return configuration
    }
}

extension Home {
    /// The folders with mappings: of the command line, of the configuration, or the shipped ones.
    func mappings(of configuration: Configuration, given: String?) throws(CommandFailure) -> [String] {
        if given == nil, !configuration.mappings.isEmpty { return configuration.mappings }
        return [try mappings(given: given)]
    }
}

extension Option {
    static let listen = text("listen", "ADDRESS:PORT", "where to listen", .nothing, \.listen)
    static let data = text("data", "DIR", "the data folder", .folders, \.data)
}

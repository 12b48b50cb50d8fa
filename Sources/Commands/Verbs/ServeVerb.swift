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
        let configured = try Configured.read(.current, arguments)
        let configuration = try configured.usable(console)
        let mappings = try configured.mappings(.current, arguments)
        let log = LineLog.standardError(minimum: .info)
        let observer = Observer([log], time: .system)
        defer { _ = log.flush(until: .after(.seconds(2))) }
        let service = try Service(
            configuration, mappings: mappings, version: Product.version, observer: observer,
            progress: { console.report("sluis: \($0)") }, found: { console.report($0) })
        if configuration.database == nil {
            console.report("sluis: a private Postgres cluster is in use, for trying and a single small host")
        }
        console.report("sluis: listening on \(service.base)")
        return try service.run(until: signals) { console.report($0) } == 0 ? .done : .failed
    }
}

extension Console {
    /// Reports what was found in the models, mappings and routes.
    func report(_ findings: [Finding]) {
        for finding in findings { report(finding.description) }
    }
}

extension Service {
    /// Looks after the running service until a signal asks it to end, and stops it; also when this throws.
    ///
    /// - Returns: how much was left undone.
    func run(until signals: SignalSource, reloaded: ([Finding]) -> Void) throws(ServiceFailure) -> Int {
        do throws(ServiceFailure) {
            try tend(until: signals, reloaded)
        } catch {
            stop()
            throw error
        }
        return stop()
    }

    private func tend(until signals: SignalSource, _ reloaded: ([Finding]) -> Void) throws(ServiceFailure) {
        while true {
            switch signals.next(until: .after(.milliseconds(500))) {
            case nil: try tend()
            case .hangup?: reloaded(reload())
            default: return
            }
        }
    }
}

extension Option {
    static let listen = Option("listen", "ADDRESS:PORT", "where to listen", .nothing) {
        value, arguments throws(CommandFailure) in
        guard let address = Configuration.Address(value) else {
            throw .usage("`--listen` takes ADDRESS:PORT, such as 127.0.0.1:8080")
        }
        arguments.listen = address
    }
}

internal import Calling
internal import Diagnostics
internal import Intake
internal import Mapping
internal import StUF
internal import Telemetry
internal import Threads

/// What a start goes by, checked before anything opens.
struct Ground {
    let configuration: Configuration
    let address: Address
    let rulebook: Rulebook
    let observer: Observer
    let time: TimeSource

    /// - Parameter found: gets every problem of the models, mappings and routes.
    init(
        _ configuration: Configuration, mappings: [String], observer: Observer, time: TimeSource,
        found: ([Finding]) -> Void
    ) throws(ServiceFailure) {
        guard configuration.listen.isLoopback else {
            throw ServiceFailure(.notLoopback, at: configuration.listen.description)
        }
        guard let address = Address(configuration.listen.description) else {
            throw ServiceFailure(.addressInvalid, at: configuration.listen.description)
        }
        if configuration.isProduction, configuration.database == nil {
            throw ServiceFailure(.privateClusterInProduction)
        }
        let (rulebook, findings) = Self.rulebook(mappings, configuration)
        found(findings)
        guard let rulebook else {
            throw ServiceFailure(.rulebookRefused, at: mappings.joined(separator: ", "))
        }
        let served = Set(configuration.destinations.flatMap { $0.apis.map(\.name) })
        if let missing = rulebook.routes.apis.subtracting(served).min() {
            throw ServiceFailure(.destinationMissing, at: missing)
        }
        self.configuration = configuration
        self.address = address
        self.rulebook = rulebook
        self.observer = observer
        self.time = time
    }

    /// Reads the models, mappings and routes; production has none whose codes are test data.
    ///
    /// - Returns: nil when there is an error; every problem, sorted.
    static func rulebook(
        _ mappings: [String], _ configuration: Configuration
    ) -> (rulebook: Rulebook?, findings: [Finding]) {
        var limits = BerichtLimits()
        limits.depth = configuration.xmlDepth
        limits.attributeCount = configuration.xmlAttributes
        limits.silentByteCount = configuration.xmlSilence
        let (rulebook, findings) = Rulebook.load(mappings, limits: limits)
        guard configuration.isProduction, let rulebook else { return (rulebook, findings) }
        let entries = Dictionary(grouping: rulebook.mappings.testEntries, by: \.file)
        let refused = entries.values.compactMap { entries -> Finding? in
            guard let first = entries.first else { return nil }
            let others = entries.count - 1
            let more = others == 0 ? "" : ", and so \(others == 1 ? "is 1" : "are \(others)") more below it"
            return Finding(.testCodesInProduction, at: first, "this code is test data\(more)")
        }
        return (refused.isEmpty ? rulebook : nil, (findings + refused).sortedForReading())
    }
}

extension Event {
    /// The stable dotted name of an event, for searches, alerts and counters.
    package enum Kind: String, Sendable, CaseIterable {
        case berichtReceived = "bericht.received"
        case berichtAccepted = "bericht.accepted"
        case berichtAnswered = "bericht.answered"
        case berichtRefused = "bericht.refused"
        case berichtDuplicate = "bericht.duplicate"
        case berichtUnschematic = "bericht.unschematic"
        case berichtExpanded = "bericht.expanded"
        case berichtNotExpanded = "bericht.not_expanded"
        case deliveryClaimed = "delivery.claimed"
        case deliveryDone = "delivery.done"
        case deliveryRetried = "delivery.retried"
        case deliveryDead = "delivery.dead"
        case deliveryParked = "delivery.parked"
        case deliveryFenced = "delivery.fenced"
        case deliveriesInterrupted = "delivery.interrupted"
        case clusterStarted = "cluster.started"
        case clusterStopped = "cluster.stopped"
        case clusterIsPrivate = "cluster.private"
        case connectionLost = "connection.lost"
        case connectionRestored = "connection.restored"
        case ledgerMigrated = "ledger.migrated"
        case recovered = "ledger.recovered"
        case partsSwept = "ledger.parts_swept"
        case listenerStarted = "listener.started"
        case listenerStopped = "listener.stopped"
        case requestRefused = "request.refused"
        case requestAnswered = "request.answered"
        case connectionsFull = "listener.full"
        case queueFull = "queue.full"
        case serviceStarted = "service.started"
        case configurationReloaded = "configuration.reloaded"
        case configurationRefused = "configuration.refused"
        case drainStarted = "drain.started"
        case drainEnded = "drain.ended"
        case serviceStopped = "service.stopped"
        case internalFault = "service.fault"
        case linesDropped = "log.dropped"

        package var level: Level {
            switch self {
            case .berichtReceived, .deliveryClaimed, .requestAnswered: .debug
            case .berichtAccepted, .berichtAnswered, .berichtDuplicate, .berichtExpanded, .deliveryDone,
                .clusterStarted, .clusterStopped, .clusterIsPrivate, .connectionRestored, .ledgerMigrated,
                .recovered, .partsSwept, .listenerStarted, .listenerStopped, .serviceStarted,
                .configurationReloaded, .drainStarted, .drainEnded, .serviceStopped:
                .info
            case .berichtRefused, .berichtUnschematic, .deliveryRetried, .deliveryFenced,
                .deliveriesInterrupted, .connectionLost,
                .requestRefused, .connectionsFull, .queueFull, .linesDropped:
                .warning
            case .berichtNotExpanded, .deliveryDead, .deliveryParked, .configurationRefused, .internalFault:
                .error
            }
        }
    }

    package var level: Level { kind.level }
    package var kind: Kind { described.0 }
    /// What the event says, always in the same order.
    package var fields: [Field] { described.1 }
}

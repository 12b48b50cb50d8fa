private import Diagnostics

extension Event {
    /// Name and fields of each event.
    ///
    /// One long table rather than several functions, so that the compiler sees that no event is missing.
    var described: (Kind, [Field]) {
        switch self {
        case .berichtReceived(let name, let berichtcode, let byteCount):
            (.berichtReceived, [.bericht(name), .berichtcode(berichtcode), .count("bytes", byteCount)])
        case .berichtAccepted(let name, let berichtcode, let took):
            (.berichtAccepted, [.bericht(name), .berichtcode(berichtcode), .took(took)])
        case .berichtAnswered(let name, let berichtcode, let took):
            (.berichtAnswered, [.bericht(name), .berichtcode(berichtcode), .took(took)])
        case .berichtRefused(let name, let berichtcode, let code, let status):
            (
                .berichtRefused,
                [.bericht(name), .berichtcode(berichtcode), .code(code), .count("status", status)]
            )
        case .berichtDuplicate(let name, let berichtcode):
            (.berichtDuplicate, [.bericht(name), .berichtcode(berichtcode)])
        case .berichtUnschematic(let name, let berichtcode, let place):
            (
                .berichtUnschematic,
                [.bericht(name), .berichtcode(berichtcode), Field("place", .word(place))]
            )
        case .berichtExpanded(let name, let deliveries, let took):
            (.berichtExpanded, [.bericht(name), .count("deliveries", deliveries), .took(took)])
        case .berichtNotExpanded(let name, let code):
            (.berichtNotExpanded, [.bericht(name), .code(code)])
        case .deliveryClaimed(let name, let target, let attempt):
            (.deliveryClaimed, [.bericht(name), .target(target), .count("attempt", attempt)])
        case .deliveryDone(let name, let target, let attempt, let changed, let took):
            (
                .deliveryDone,
                [
                    .bericht(name), .target(target), .count("attempt", attempt),
                    Field("changed", .flag(changed)),
                    .took(took),
                ]
            )
        case .deliveryRetried(let name, let target, let attempt, let code, let wait):
            (
                .deliveryRetried,
                [
                    .bericht(name), .target(target), .count("attempt", attempt), .code(code),
                    Field("wait", .duration(wait)),
                ]
            )
        case .deliveryDead(let name, let target, let attempt, let code, let place):
            (
                .deliveryDead,
                [
                    .bericht(name), .target(target), .count("attempt", attempt), .code(code),
                    Field("place", .word(place)),
                ]
            )
        case .deliveryParked(let name, let target, let attempt, let code):
            (.deliveryParked, [.bericht(name), .target(target), .count("attempt", attempt), .code(code)])
        case .deliveryFenced(let name, let target):
            (.deliveryFenced, [.bericht(name), .target(target)])
        case .deliveriesInterrupted(let code, let wait):
            (.deliveriesInterrupted, [.code(code), Field("wait", .duration(wait))])
        case .clusterStarted(let version, let took):
            (.clusterStarted, [Field("version", .word(version)), .took(took)])
        case .clusterStopped(let took): (.clusterStopped, [.took(took)])
        case .clusterIsPrivate(let folder): (.clusterIsPrivate, [Field("folder", .word(folder))])
        case .connectionLost(let to, let code): (.connectionLost, [Field("to", .word(to)), .code(code)])
        case .connectionRestored(let to, let attempts, let took):
            (.connectionRestored, [Field("to", .word(to)), .count("attempts", attempts), .took(took)])
        case .ledgerMigrated(let from, let to, let took):
            (.ledgerMigrated, [.count("from", from), .count("to", to), .took(took)])
        case .recovered(let berichten, let deliveries, let took):
            (.recovered, [.count("berichten", berichten), .count("deliveries", deliveries), .took(took)])
        case .partsSwept(let count): (.partsSwept, [.count("count", count)])
        case .listenerStarted(let address, let port):
            (.listenerStarted, [Field("address", .word(address)), .count("port", port)])
        case .listenerStopped(let address, let port):
            (.listenerStopped, [Field("address", .word(address)), .count("port", port)])
        case .requestRefused(let code, let status):
            (.requestRefused, [.code(code), .count("status", status)])
        case .requestAnswered(let method, let route, let status, let took):
            (
                .requestAnswered,
                [
                    Field("method", .word(method)), Field("route", .word(route)), .count("status", status),
                    .took(took),
                ]
            )
        case .connectionsFull(let limit): (.connectionsFull, [.count("limit", limit)])
        case .queueFull(let queue): (.queueFull, [Field("queue", .word(queue))])
        case .serviceStarted(let version, let digest, let took):
            (
                .serviceStarted,
                [Field("version", .word(version)), Field("digest", .word(digest)), .took(took)]
            )
        case .configurationReloaded(let digest):
            (.configurationReloaded, [Field("digest", .word(digest))])
        case .configurationRefused(let problems):
            (.configurationRefused, [.count("problems", problems)])
        case .drainStarted(let deadline): (.drainStarted, [Field("deadline", .duration(deadline))])
        case .drainEnded(let left, let took): (.drainEnded, [.count("left", left), .took(took)])
        case .serviceStopped(let took): (.serviceStopped, [.took(took)])
        case .internalFault(let room, let code): (.internalFault, [Field("room", .word(room)), .code(code)])
        case .linesDropped(let count): (.linesDropped, [.count("count", count)])
        }
    }
}

extension Field {
    fileprivate static func bericht(_ name: String) -> Field { Field("referentienummer", .reference(name)) }
    fileprivate static func berichtcode(_ name: String) -> Field { Field("berichtcode", .word(name)) }
    fileprivate static func target(_ name: String) -> Field { Field("target", .word(name)) }
    fileprivate static func took(_ duration: Duration) -> Field { Field("took", .duration(duration)) }
    fileprivate static func count(_ name: String, _ count: Int) -> Field {
        Field(name, .number(Int64(count)))
    }
    fileprivate static func code(_ code: Diagnostics.Code) -> Field { Field("code", .code(code)) }
}

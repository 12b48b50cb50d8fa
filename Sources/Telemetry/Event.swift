package import Diagnostics

/// Everything that Sluis can say about itself while it runs: the closed list behind log and metrics.
///
/// An event holds reference numbers, names that we or the configuration chose, numbers and codes; never a value of a
/// person. Its level belongs to the event, not to the call.
package enum Event: Sendable {
    // A bericht coming in.
    case berichtReceived(referentienummer: String, berichtcode: String, byteCount: Int)
    /// Committed; the sender has its answer or will have it.
    case berichtAccepted(referentienummer: String, berichtcode: String, took: Duration)
    case berichtAnswered(referentienummer: String, berichtcode: String, took: Duration)
    /// Refused with a Fo bericht. Both names are empty when the bericht could not be read that far.
    case berichtRefused(referentienummer: String, berichtcode: String, code: Code, status: Int)
    /// The same again: the same answer, nothing done.
    case berichtDuplicate(referentienummer: String, berichtcode: String)
    /// Taken, though not as the official schema says: its route warns only.
    case berichtUnschematic(referentienummer: String, berichtcode: String, place: String)
    /// The accepted bericht was turned into that many deliveries.
    case berichtExpanded(referentienummer: String, deliveries: Int, took: Duration)
    /// The accepted bericht could not be turned into deliveries.
    case berichtNotExpanded(referentienummer: String, code: Code)

    // A change going out.
    case deliveryClaimed(referentienummer: String, target: String, attempt: Int)
    /// `changed` says whether the target's state was another one before.
    case deliveryDone(referentienummer: String, target: String, attempt: Int, changed: Bool, took: Duration)
    case deliveryRetried(referentienummer: String, target: String, attempt: Int, code: Code, wait: Duration)
    case deliveryDead(referentienummer: String, target: String, attempt: Int, code: Code, place: String)
    case deliveryParked(referentienummer: String, target: String, attempt: Int, code: Code)
    /// Another owner took the delivery over: what this one found out counts no more.
    case deliveryFenced(referentienummer: String, target: String)
    /// A worker could not reach the ledger and will try again.
    case deliveriesInterrupted(code: Code, wait: Duration)

    // The store of all this.
    case clusterStarted(version: String, took: Duration)
    case clusterStopped(took: Duration)
    /// The cluster is our own: good for trying and a single small host.
    case clusterIsPrivate(folder: String)
    case connectionLost(to: String, code: Code)
    case connectionRestored(to: String, attempts: Int, took: Duration)
    case ledgerMigrated(from: Int, to: Int, took: Duration)
    /// What a stopped or killed predecessor left: accepted but not expanded, and claimed but not settled.
    case recovered(berichten: Int, deliveries: Int, took: Duration)
    case partsSwept(count: Int)

    // HTTP.
    case listenerStarted(address: String, port: Int)
    case listenerStopped(address: String, port: Int)
    /// The bytes were no request that a strict reader takes, or over a limit.
    case requestRefused(code: Code, status: Int)
    /// `route` is the template, never the path: a path may hold a number of a person.
    case requestAnswered(method: String, route: String, status: Int, took: Duration)
    case connectionsFull(limit: Int)
    case queueFull(queue: String)

    // The process.
    case serviceStarted(version: String, digest: String, took: Duration)
    case configurationReloaded(digest: String)
    case configurationRefused(problems: Int)
    case drainStarted(deadline: Duration)
    /// `left` counts deliveries that were under way or waiting; they go on at the next start.
    case drainEnded(left: Int, took: Duration)
    case serviceStopped(took: Duration)
    /// A thread found something that should be impossible; the process goes on.
    case internalFault(room: String, code: Code)
    /// Log lines that were thrown away because standard error took no more.
    case linesDropped(count: Int)
}

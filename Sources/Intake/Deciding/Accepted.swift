package import Ledger
package import Mapping
package import Record

/// A kennisgeving that will be processed: what it changes and where that goes.
package struct Accepted: Sendable {
    package let route: Route
    /// Its position is filled in when the ledger has given the bericht its sequence number.
    package let change: Change
    /// For a bericht that makes an object: which, and a hash of what it says.
    package let creates: Entry.Creation?

    /// One delivery for each target of the route.
    ///
    /// - Parameter sequence: from the ledger's receipt.
    package func deliveries(_ sequence: Int64) -> [NewDelivery] {
        var change = change
        change.position = sequence
        let bytes = change.encoded()
        return route.targets.map { target in
            NewDelivery(
                target: target.name, objects: change.objects, change: bytes,
                whenDead: route.whenDead == .passes ? .passes : .holds)
        }
    }
}

extension Route.Destination {
    /// The target's name in the ledger. All APIs are one target: a zaak and its documents go to two of them, and order
    /// per object holds within a target only.
    package var name: String {
        switch self {
        case .store: "store"
        case .api: "api"
        }
    }
}

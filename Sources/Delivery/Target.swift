package import Diagnostics
package import Ledger
package import Record

/// Where changes go: the own store, an API, an old application, a table.
///
/// A target is straight-line blocking code. It may be given the same delivery again after a crash or a lost answer, so
/// what it does must be harmless to repeat: it looks before it acts, or writes under a key that is known beforehand.
package protocol Target: Sendable {
    /// As deliveries name it: `store`.
    var name: String { get }

    /// Takes changes, no two of which touch one object.
    ///
    /// - Returns: for each, in the same order, how it ended.
    func deliver(_ consignments: [Consignment]) -> [Effect]
}

/// A claimed delivery with the change it carries.
package struct Consignment: Sendable {
    package var delivery: Delivery
    package var change: Change

    package init(delivery: Delivery, change: Change) {
        self.delivery = delivery
        self.change = change
    }
}

/// How an attempt ended at the target.
package enum Effect: Sendable {
    /// It is so now; `changed` when it was not before.
    case done(changed: Bool)
    /// Nothing took effect. Whether the same can succeed later, the failure says.
    case failed(any Failure)
    /// Nobody can say whether it took effect, or a person has to decide.
    case parked(any Failure)
}

package import Record
package import Threads

/// The calls that a delivery is made of, so that it can go on where it was cut off.
package protocol StepLog: Sendable {
    /// Keeps steps of a claimed delivery, committed to disk when this returns, and makes the claim last `lease` from
    /// now: a plan may take longer than any one claim. A step that was kept before is kept as it is now.
    ///
    /// - Throws: ``LedgerFailure`` `fenceStale` when another has claimed the delivery since, so that the call must not
    ///   be made.
    func note(
        _ steps: [Step], of delivery: Delivery, now: WallTime, lease: Duration
    ) throws(LedgerFailure)

    /// What was kept of a delivery, in the order of the numbers.
    func steps(of delivery: Int64) throws(LedgerFailure) -> [Step]

    /// Where a delivery of ours made the object; nil when none did.
    func place(of object: ObjectKey) throws(LedgerFailure) -> String?
}

/// One recorded call of a plan.
package struct Step: Sendable, Equatable {
    /// Its place in the plan, from 0.
    package var number: Int
    /// For people: `POST rollen`. Without a path, which can name a person.
    package var call: String
    /// What came of it, such as the URL of what was made; nil while nobody knows.
    package var result: String?
    /// The object whose place the result is, where it makes one.
    package var object: ObjectKey?
    /// What is still to be made in the place of what the call takes away, as the plan spells it: from then on nobody else
    /// has it. Nil again once it is made; it can name a person.
    package var heir: String?

    package init(
        number: Int, call: String, result: String? = nil, object: ObjectKey? = nil, heir: String? = nil
    ) {
        self.number = number
        self.call = call
        self.result = result
        self.object = object
        self.heir = heir
    }
}

/// A question about one resource, from an `Lv01` or a `GET`, in terms of the API's model.
package struct Question: Sendable {
    package enum Comparison: String, Sendable { case equals, atLeast, atMost, contains }

    package struct Criterion: Sendable {
        /// Path in the resource's layout: `identificatie`, or into a repeat: `rollen.betrokkeneIdentificatie.inpBsn`.
        package var path: String
        package var comparison: Comparison
        /// Canonical bytes.
        package var value: [UInt8]

        package init(path: String, comparison: Comparison, value: [UInt8]) {
            self.path = path
            self.comparison = comparison
            self.value = value
        }
    }

    /// `zaken:Zaak`.
    package var resource: String
    /// All must hold.
    package var criteria: [Criterion]
    /// At most this many records.
    package var limit: Int
    /// Continue behind the record with this cursor (from ``Answer/next``).
    package var after: [UInt8]?
    /// What the caller may see is part of the question.
    package var caller: Caller

    package init(
        resource: String, criteria: [Criterion], limit: Int, after: [UInt8]? = nil, caller: Caller
    ) {
        self.resource = resource
        self.criteria = criteria
        self.limit = limit
        self.after = after
        self.caller = caller
    }
}

/// What a ``Source`` gives: whole records, in key order.
package struct Answer: Sendable {
    package struct Found: Sendable {
        /// The identity under which the resource is served; the last part of its URL.
        package var uuid: String
        package var record: Record

        package init(uuid: String, record: Record) {
            self.uuid = uuid
            self.record = record
        }
    }

    package var found: [Found]
    /// Where the next question continues; nil when there is no more.
    package var next: [UInt8]?
    /// How many there are in all.
    package var total: Int

    package init(found: [Found], next: [UInt8]?, total: Int) {
        self.found = found
        self.next = next
        self.total = total
    }
}

/// What answers a ``Question``: the own store, an API, a copy table.
package protocol Source: Sendable {
    /// - Throws: the room's ``Failure`` when the source cannot be asked; "nothing found" is an empty answer.
    func answer(_ question: Question) throws -> Answer
}

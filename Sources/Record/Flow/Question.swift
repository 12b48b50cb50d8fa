/// A question about one resource, from an `Lv01` or a `GET`, in terms of the API's model.
package struct Question: Sendable {
    package enum Comparison: String, Sendable {
        case equals, atLeast, atMost, above, below, contains, ends
        /// Equals one of ``Criterion/values``.
        case oneOf
        /// Has a value, or has none; what it is compared with is not looked at.
        case present, absent
    }

    package struct Criterion: Sendable {
        /// Path in the resource's layout: `identificatie`, or into a repeat: `rollen.betrokkeneIdentificatie.inpBsn`.
        package var path: String
        package var comparison: Comparison
        /// Canonical bytes: of ``Comparison/oneOf`` any number of them, of most others one.
        package var values: [[UInt8]]
        /// Whether letters are compared without their case and marks: what it is compared with is ``FoldedText``.
        package var isFolded = false

        /// The value that most comparisons are with.
        package var value: [UInt8] { values.first ?? [] }

        package init(path: String, comparison: Comparison, value: [UInt8]) {
            self.init(path: path, comparison: comparison, values: [value])
        }

        package init(path: String, comparison: Comparison, values: [[UInt8]]) {
            self.path = path
            self.comparison = comparison
            self.values = values
        }

        /// Whether a value meets it, byte by byte. What is absent is met by no value.
        package func accepts(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
            isFolded ? compares(FoldedText.of(bytes)) : compares(bytes)
        }

        private func compares(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
            switch comparison {
            case .equals: bytes.elementsEqual(value)
            case .atLeast: !bytes.lexicographicallyPrecedes(value)
            case .atMost: !value.lexicographicallyPrecedes(bytes)
            case .above: value.lexicographicallyPrecedes(bytes)
            case .below: bytes.lexicographicallyPrecedes(value)
            case .contains:
                value.isEmpty || bytes.indices.contains { bytes[$0...].starts(with: value) }
            case .ends: bytes.suffix(value.count).elementsEqual(value)
            case .oneOf: values.contains { bytes.elementsEqual($0) }
            case .present: true
            case .absent: false
            }
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
    /// Pass over so many records first.
    package var skip: Int
    /// What the caller may see is part of the question.
    package var caller: Caller
    /// The names of the children that the answer is to hold; nil for all. A source may give more.
    package var children: Set<String>?

    package init(
        resource: String, criteria: [Criterion], limit: Int, after: [UInt8]? = nil, skip: Int = 0,
        caller: Caller
    ) {
        self.resource = resource
        self.criteria = criteria
        self.limit = limit
        self.after = after
        self.skip = skip
        self.caller = caller
    }
}

/// What a ``Source`` gives: whole records, in key order.
package struct Answer: Sendable {
    package struct Found: Sendable {
        /// The identity under which the resource is served; the last part of its URL.
        package var uuid: String
        package var record: Record
        /// What stands beside it; no part of what is served.
        package var kept: Kept

        package init(uuid: String, record: Record, kept: Kept = Kept()) {
            self.uuid = uuid
            self.record = record
            self.kept = kept
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

    /// The cursor of an object that it gave before, for ``Question/after``.
    ///
    /// - Parameter uuid: as it was found under (``Answer/Found/uuid``).
    /// - Returns: nil when it is not there, or the source cannot go on behind an object.
    func cursor(of uuid: String, in resource: String) throws -> [UInt8]?

    /// Content that a record of an answer names, whole; nil when it is the ledger's, which gives it in pieces.
    func content(_ content: Record.Content) throws -> [UInt8]?
}

extension Source {
    package func cursor(of uuid: String, in resource: String) throws -> [UInt8]? { nil }
    package func content(_ content: Record.Content) throws -> [UInt8]? { nil }
}

/// What happened to one object, in terms of the API's model: what a bericht or row says, lifted.
package struct Change: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The object became known (mutatiesoort T).
        case added
        /// It changed in reality (W).
        case changed
        /// What was recorded was wrong (C, F).
        case corrected
        /// It is no longer relevant (V).
        case removed
        /// Its whole present state (Sa, Sh, a snapshot).
        case snapshot
    }

    /// Every object it touches; the first is the object itself.
    package var objects: [ObjectKey]
    package var kind: Kind
    /// The values before, where the sender gave them ("was"); only what was said.
    package var before: Record?
    /// The values after; what is not said is not touched. Nil for `removed` without content.
    package var after: Record?
    /// What stands beside the object, for the form that said it only.
    package var kept = Kept()
    /// Names the bericht or row for logs: the referentienummer, or table and position.
    package var origin: String
    /// Whose data it is: the zender's applicatie, or the database of the row. What is served says that it is a copy of
    /// that.
    package var source: String
    /// Nil where the order in which it came in is the only one.
    package var telling: Telling?
    /// The ledger's sequence number of the bericht; the order of delivery.
    package var position: Int64

    package init(
        objects: [ObjectKey], kind: Kind, before: Record?, after: Record?, origin: String, source: String,
        telling: Telling? = nil, position: Int64
    ) {
        self.objects = objects
        self.kind = kind
        self.before = before
        self.after = after
        self.origin = origin
        self.source = source
        self.telling = telling
        self.position = position
    }
}

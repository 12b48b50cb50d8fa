/// Who tells of a change and when, by that one's own clock: changes of one teller about one object can come in another
/// order than they were told. The clocks of two tellers are never compared.
package struct Telling: Hashable, Sendable {
    /// What becomes of a change that was told before one that came earlier, and whose values before are not those that
    /// are there.
    package enum WhenOlder: String, Hashable, Sendable, CaseIterable {
        /// It is applied: the order in which berichten came in counts.
        case apply
        /// It waits for a person's decision.
        case park
        /// It is refused.
        case refuse
    }

    /// The whole identity of the teller.
    package var zender: String
    /// As the teller wrote it: local time in 8 to 17 digits, as far as it is known.
    package var tijdstip: String
    package var whenOlder: WhenOlder

    package init(zender: String, tijdstip: String, whenOlder: WhenOlder) {
        self.zender = zender
        self.tijdstip = tijdstip
        self.whenOlder = whenOlder
    }

    /// Whether it was told before that moment; what neither of them says does not count.
    package func isOlder(than other: String) -> Bool {
        let known = min(tijdstip.utf8.count, other.utf8.count)
        return Array(tijdstip.utf8.prefix(known)).lexicographicallyPrecedes(Array(other.utf8.prefix(known)))
    }
}

/// What one zender does otherwise than the standard says, and what is taken from it nevertheless. What is written is
/// never otherwise than the standard says.
package struct Zender: Sendable, Equatable {
    /// Of whom: each that is said must be as it is here.
    package var organisatie: String?
    package var applicatie: String?
    package var administratie: String?

    /// What an element without content stands for, that says no noValue; nil: an empty value.
    package var empty: Empty?
    /// Texts that stand for "none", by the name of their element: `inp.bsn` with `000000000`.
    package var fillers: [String: Set<String>] = [:]
    /// What is not as it must be of its referentienummers.
    package var referentienummers: Referentienummers?
    /// Whether verwerkingssoorten and times may contradict the tables of the standard.
    package var isTolerant = false
    /// Whether attributes of StUF may come without a namespace.
    package var hasBareAttributes = false
    /// Operations by the SOAPAction that it sends for them.
    package var actions: [String: String] = [:]
    /// Whether its SOAPAction says nothing.
    package var ignoresAction = false
    /// The operations that it may send; nil: every one.
    package var takes: Set<String>?
    /// The gebruikers that it may name; nil: every one.
    package var gebruikers: Set<String>?

    package enum Empty: String, Sendable, CaseIterable {
        /// Nothing is said.
        case absent
        /// It is said that there is none.
        case geenWaarde
    }

    package enum Referentienummers: String, Sendable, CaseIterable {
        /// It gives none.
        case missing
        /// It gives one to several berichten: those with other content are others.
        case shared
    }

    package init() {}

    /// Whether a bericht is from it.
    package func isOf(_ systeem: Stuurgegevens.Systeem?) -> Bool {
        guard let systeem else { return false }
        return (organisatie == nil || organisatie == systeem.organisatie)
            && (applicatie == nil || applicatie == systeem.applicatie)
            && (administratie == nil || administratie == systeem.administratie)
    }
}

/// Who may send, and to whom: everything that `.zender` files say.
package struct Zenders: Sendable, Equatable {
    package var all: [Zender] = []
    /// Whether only they may send.
    package var areListed = false
    /// Whom berichten may be addressed to; empty: anybody.
    package var ontvangers: [Zender] = []

    package init() {}

    /// The first that a bericht is from; nil when none is.
    package func zender(_ systeem: Stuurgegevens.Systeem?) -> Zender? { all.first { $0.isOf(systeem) } }

    /// Whether a bericht is addressed to one of ours. A synchronous one may leave out whom.
    package func takes(to systeem: Stuurgegevens.Systeem?) -> Bool {
        systeem == nil || ontvangers.isEmpty || ontvangers.contains { $0.isOf(systeem) }
    }
}

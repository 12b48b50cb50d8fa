package import Record

/// What a kennisgeving says about one object (StUF 03.01 section 5).
package struct Kennisgeving: Sendable {
    package enum Mutatiesoort: String, Sendable, CaseIterable {
        case toevoeging = "T"
        case wijziging = "W"
        /// Without formal history.
        case correctie = "C"
        /// With formal history.
        case correctieFormeel = "F"
        case verwijdering = "V"

        /// Whether a pair of objects, old and new, belongs to it.
        package var hasPair: Bool { self == .wijziging || self == .correctie || self == .correctieFormeel }

        package var kind: Change.Kind {
            switch self {
            case .toevoeging: .added
            case .wijziging: .changed
            case .correctie, .correctieFormeel: .corrected
            case .verwijdering: .removed
            }
        }
    }

    package enum IndicatorOvername: String, Sendable {
        /// The receiver must take it over.
        case verplicht = "V"
        /// The receiver decides.
        case informatief = "I"
    }

    package var mutatiesoort: Mutatiesoort
    package var indicatorOvername: IndicatorOvername
    /// What the records are: their layout is this entity's.
    package var form: EntityForm
    /// The key of the object in the zender's system.
    package var sleutelVerzendend: String?
    /// The old values, of what changes and what identifies; nil when the zender gave one object.
    package var was: Record?
    /// What the kennisgeving says, old and new in one (``WasWordt``): a leaf that was said has its new value or its
    /// kind of no value; an item that goes carries verwerkingssoort V or E.
    package var change: Record
    /// Of a wijziging: since when the new values hold, as 8 to 17 digits of local time; nil when it is not said.
    package var beginGeldigheid: String?

    /// Whether the values hold only after a moment, given as 17 digits: a toekomstmutatie.
    package func isLater(than moment: String) -> Bool {
        guard let beginGeldigheid else { return false }
        return moment.utf8.prefix(beginGeldigheid.utf8.count).lexicographicallyPrecedes(beginGeldigheid.utf8)
    }
}

package import Record

/// What a vraag asks (StUF 03.01 section 6), in the terms of the legacy side.
package struct Vraag: Sendable {
    package enum Sleutel: String, Sendable { case verzendend, ontvangend, gegevensbeheer }

    package var form: EntityForm
    /// Criteria by path of the entity (`heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn`); all must hold.
    package var criteria: [Question.Criterion]
    /// Names of criteria that cannot be asked: elements the model does not know, or that must have no value. They are
    /// named in the answer's melding StUF0001 (section 6.4.9).
    package var unsupported: [String]
    /// A key instead of criteria.
    package var sleutel: (kind: Sleutel, value: String)?
    package var scope: Scope
    /// As the zender orders; 0 is any order.
    package var sortering: Int
    /// Where it continues after an earlier answer.
    package var isVervolgvraag: Bool
    package var start: Record?
    /// At most this many objects; nil when the zender did not say.
    package var maximumAantal: Int?
}

/// What an answer is to hold (StUF 03.01 section 6.3.3).
package enum Scope: Sendable {
    /// The answerer decides: everything that was found.
    case unsaid
    case alles
    case allesZonderMetagegevens
    case allesMaarKerngegevensGerelateerden
    case allesZonderMetagegevensMaarKerngegevensGerelateerden
    case kerngegevens
    /// The elements that are said in this record, by whatever kind of no value. Of a repeat its first item says it.
    case elements(Record)

    /// - Returns: nil for a word that the standard does not know.
    static func read(_ word: ArraySlice<UInt8>) -> Scope? {
        switch String(decoding: word, as: UTF8.self) {
        case "alles": .alles
        case "allesZonderMetagegevens": .allesZonderMetagegevens
        case "allesMaarKerngegevensGerelateerden": .allesMaarKerngegevensGerelateerden
        case "allesZonderMetagegevensMaarKerngegevensGerelateerden":
            .allesZonderMetagegevensMaarKerngegevensGerelateerden
        case "kerngegevens": .kerngegevens
        default: nil
        }
    }
}

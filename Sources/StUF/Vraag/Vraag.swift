package import Record

/// What a vraag asks (StUF 03.01 section 6), in the terms of the legacy side.
package struct Vraag: Sendable {
    package enum Sleutel: String, Sendable { case verzendend, ontvangend, gegevensbeheer }

    package var form: EntityForm
    /// Criteria by path of the entity (`heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn`); all must hold.
    package var criteria: [Question.Criterion]
    /// Paths that must have no value (section 3.4: geenWaarde in gelijk).
    package var absent: [String]
    /// Criteria that only the legacy form of an object can be tested for: dates of which a part is not known.
    package var tests: [Test]
    /// Names of criteria that cannot be asked: elements the model does not know. They are named in the answer's melding
    /// StUF0001 (section 6.4.9).
    package var unsupported: [String]
    /// Which of the relations with an element that only answers have is meant: `heeft` with indicatieLaatsteStatus J.
    package var choices: [Test]
    /// A key instead of criteria.
    package var sleutel: (kind: Sleutel, value: String)?
    package var scope: Scope
    /// As the zender orders; 0 is any order.
    package var sortering: Int
    /// Where it continues after an earlier answer.
    package var isVervolgvraag: Bool
    /// The key of the last object of the earlier answer, as it was given there.
    package var start: String?
    /// At most this many objects; nil when the zender did not say.
    package var maximumAantal: Int?
    /// Whether the number of all that meet the criteria is asked for.
    package var wantsCount: Bool
    /// Whether the zender wants to be told of changes from now on; it never is.
    package var wantsAfnemerindicatie: Bool

    /// What one element of an object must say.
    package struct Test: Sendable, Equatable {
        package var path: String
        /// Canonical.
        package var value: [UInt8]
        package var precision: Precision

        package init(path: String, value: [UInt8], precision: Precision) {
            self.path = path
            self.value = value
            self.precision = precision
        }
    }
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

package import Diagnostics
package import Model
package import Record

/// One mapping, checked and compiled: from a legacy entity to an API resource and back.
///
/// Immutable; any number of threads use it at once. Records of the legacy side have ``legacy``'s layout, records of
/// the API side ``api``'s.
package final class CompiledMapping: Sendable {
    /// As the file calls it: `zaak`.
    package let name: String
    package let location: SourceLocation
    /// The side that is read upward: `zkn0310:ZAK`.
    package let legacy: Entity
    /// The side that is made upward: `zaken:Zaak`.
    package let api: Entity

    init(name: String, location: SourceLocation, legacy: Entity, api: Entity) {
        self.name = name
        self.location = location
        self.legacy = legacy
        self.api = api
    }

    package var legacyLayout: Layout { legacy.layout }
    package var apiLayout: Layout { api.layout }

    /// Lifts a legacy record to the API's side.
    ///
    /// What the record does not say is not said in the answer. With ``Context/isNew`` every `must` is asked for.
    package func lift(_ record: borrowing Record, context: Context) throws(MappingFailure) -> Converted {
        Converted(record: Record(apiLayout), omissions: [])
    }

    /// Lifts a partial change over what the API's side holds now.
    ///
    /// A target is written only when one of its sources was said and differs from what `stored` converts to; sources
    /// that were not said are taken from `stored`, lowered by this same mapping.
    package func lift(
        _ change: borrowing Record, over stored: borrowing Record, context: Context
    ) throws(MappingFailure) -> Converted {
        Converted(record: Record(apiLayout), omissions: [])
    }

    /// Lowers an API record to the legacy side.
    package func lower(_ record: borrowing Record, context: Context) throws(MappingFailure) -> Converted {
        Converted(record: Record(legacyLayout), omissions: [])
    }

    /// Lowers a partial change over what the legacy side holds now; see ``lift(_:over:context:)``.
    package func lower(
        _ change: borrowing Record, over stored: borrowing Record, context: Context
    ) throws(MappingFailure) -> Converted {
        Converted(record: Record(legacyLayout), omissions: [])
    }

    /// Criteria in legacy paths (`heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn`) as criteria in API paths,
    /// each through the rule that reads its path; equalities of the selections and choices on the way are added.
    ///
    /// - Returns: also the paths that no rule reads, for the form to name in a `melding` (StUF0001).
    package func translate(
        _ criteria: [Question.Criterion], context: Context
    ) throws(MappingFailure) -> (criteria: [Question.Criterion], leftOver: [String]) {
        ([], criteria.map(\.path))
    }

    /// Where each target's value comes from, in the order of the rules. A target may have several lines: the
    /// branches of a choice, the rules that share a collection.
    package func explain(_ direction: Direction) -> [Lineage] { [] }

    /// What became of everything that `record` says on the side that `direction` reads.
    ///
    /// - Parameters:
    ///   - unmapped: paths that the form met and the model does not know.
    ///   - omissions: from ``Converted/omissions``.
    package func loss(
        of record: borrowing Record, _ direction: Direction, unmapped: [String],
        omissions: [Converted.Omission]
    ) -> Loss {
        Loss(mapped: [], ignored: [], lost: unmapped, omitted: omissions)
    }
}

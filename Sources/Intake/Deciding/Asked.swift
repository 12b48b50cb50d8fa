private import Diagnostics
package import Mapping
package import Record
package import StUF

/// A vraag in terms of the API's model, and how its answer is written.
package struct Asked: Sendable {
    /// Objects in an answer when the zender names no maximum (StUF 03.01 section 6.1 says 100, its schema 15; the smaller
    /// number is always allowed).
    static let defaultLimit = 15
    static let mostObjects = 100

    package let mapping: CompiledMapping
    package let vraag: Vraag
    package let stuurgegevens: Stuurgegevens
    package let question: Question
    /// The object that the criteria name, as this zender itself would have made it: what it wrote about that before must
    /// be in the answer.
    package let named: ObjectKey?
    /// Names of criteria that were not used; the answer says so (StUF0001).
    package let unsupported: [String]
    let context: Context

    /// Whether only criteria that cannot be asked were given: then nothing is asked, for the answer would be everything.
    package var asksNothing: Bool { question.criteria.isEmpty }

    /// Writes the answer in the legacy form.
    ///
    /// - Throws: why a record cannot be lowered; then there is no answer at all.
    package func reply(
        _ answer: Answer, envelope: Envelope, identity: Stuurgegevens.Identity,
        content: @escaping ContentBytes
    ) throws(Refusal) -> Reply {
        var records: [Record] = []
        for found in answer.found {
            do throws(MappingFailure) {
                records.append(try mapping.lower(found.record, context: context).record)
            } catch {
                throw Refusal(error)
            }
        }
        let supported = Set(mapping.explain(.down).map(\.target))
        do throws(StUFFailure) {
            return try BerichtWriter(envelope: envelope).antwoord(
                records, to: vraag, question: stuurgegevens, identity: identity, supported: supported,
                hasMore: answer.next != nil,
                meldingen: BerichtWriter.melding0001(unsupported).map { [$0] } ?? [], content: content)
        } catch {
            throw Refusal(error)
        }
    }
}

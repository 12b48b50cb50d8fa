internal import Diagnostics
package import Mapping
internal import Model
package import Record
package import StUF

/// A vraag in terms of the API's model, and how its answer is found and written.
package struct Asked: Sendable {
    /// Objects in an answer when the zender names no maximum (StUF 03.01 section 6.1 says 100, its schema 15; the smaller
    /// number is always allowed).
    static let defaultLimit = 15
    static let mostObjects = 100
    /// Objects that are looked at for one answer, where the source cannot find or order by what is asked.
    static let mostSeen = 5_000

    package let route: Route
    package let mapping: CompiledMapping
    package let vraag: Vraag
    package let stuurgegevens: Stuurgegevens
    package let question: Question
    /// The object that the criteria name, as this zender itself would have made it: what it wrote about that before must
    /// be in the answer.
    package let named: ObjectKey?
    /// Names of criteria that were not used; the answer says so (StUF0001).
    package let unsupported: [String]
    /// What is tested on each object in its legacy form.
    let tests: [Vraag.Test]
    /// Paths that must be without a value there.
    let absent: [String]
    let sortering: Sortering
    /// Of the answer's root, where the service has a name of its own for it.
    let root: Root?
    let context: Context

    /// Whom it is put to.
    package var destination: Route.Destination { route.source ?? .store }

    /// Whether only criteria that cannot be asked were given: then nothing is asked, for the answer would be everything.
    package var asksNothing: Bool {
        question.criteria.isEmpty && tests.isEmpty && absent.isEmpty && vraag.sleutel == nil
    }

    /// What an answer holds.
    package struct Harvest: Sendable {
        var objects: [Gegeven] = []
        var hasMore = false
        /// Nil where it is not known.
        var count: Int?

        package static let nothing = Harvest(count: 0)
    }

    // MARK: Finding

    /// Whether the source's own paging gives the answer.
    private var isPlain: Bool {
        tests.isEmpty && absent.isEmpty && sortering.paths.isEmpty && vraag.sleutel == nil
    }

    /// Puts it to a source.
    ///
    /// - Throws: the source's failure, a ``Refusal`` when an object cannot be lowered, or when the answer would need too
    ///   many of them to be looked at.
    package func harvest(from source: any Source) throws -> Harvest {
        if asksNothing { return .nothing }
        guard isPlain else { return try sifted(from: source) }
        var question = question
        question.after = try start(in: source)
        let answer = try source.answer(question)
        return Harvest(
            objects: try answer.found.map { try lowered($0) }, hasMore: answer.next != nil,
            count: answer.total)
    }

    /// Where a vervolgvraag goes on: behind the object that it names, in the order of the keys (section 6.3.4).
    private func start(in source: any Source) throws -> [UInt8]? {
        guard let start = vraag.start else { return nil }
        guard let cursor = try source.cursor(of: start, in: question.resource) else {
            throw Self.unknownStart
        }
        return cursor
    }

    private static var unknownStart: Refusal {
        Refusal(StUFFailure(.stufStartIncomplete, at: "start/object/@sleutelOntvangend"))
    }

    private func lowered(_ found: Answer.Found) throws(Refusal) -> Gegeven {
        do throws(MappingFailure) {
            let record = try mapping.lower(found.record, with: found.kept, context: context).record
            return Gegeven(sleutel: found.uuid, record: Elements.choosing(vraag.choices, of: record))
        } catch {
            throw Refusal(error)
        }
    }

    /// Tests, orders and counts what the source finds: all of it where there is an order or a count to give; else no more
    /// than the answer holds, from where the vraag goes on.
    private func sifted(from source: any Source) throws -> Harvest {
        let limit = question.limit
        let needsAll = !sortering.paths.isEmpty || vraag.wantsCount
        var question = question
        question.limit = Self.mostObjects
        if !needsAll { question.after = try start(in: source) }
        var found: [Gegeven] = []
        var seen = 0
        repeat {
            let answer = try source.answer(question)
            seen += answer.found.count
            guard seen <= Self.mostSeen else {
                throw Refusal(StUFFailure(.stufAnswerTooWide, at: vraag.form.entity.name))
            }
            for each in answer.found where isAsked(each.uuid) {
                let object = try lowered(each)
                if isMet(by: object.record) { found.append(object) }
            }
            question.after = answer.next
        } while question.after != nil && (needsAll || found.count <= limit)
        guard needsAll else {
            return Harvest(objects: Array(found.prefix(limit)), hasMore: found.count > limit)
        }
        return try page(of: ordered(found), limit)
    }

    private func page(of found: [Gegeven], _ limit: Int) throws(Refusal) -> Harvest {
        var rest = found[...]
        if let start = vraag.start {
            guard let place = found.firstIndex(where: { $0.sleutel == start }) else {
                throw Self.unknownStart
            }
            rest = found[(place + 1)...]
        }
        let objects = Array(rest.prefix(limit))
        return Harvest(objects: objects, hasMore: objects.count < rest.count, count: found.count)
    }

    private func isAsked(_ uuid: String) -> Bool {
        guard let sleutel = vraag.sleutel else { return true }
        return sleutel.value == uuid
    }

    private func isMet(by record: borrowing Record) -> Bool {
        for test in tests where !Elements.meets(test, record) { return false }
        for path in absent where Elements.first(path, of: record) != nil { return false }
        return true
    }

    /// Objects that are alike stay in the order of their keys, so that a vervolgvraag finds them in the same.
    private func ordered(_ found: [Gegeven]) -> [Gegeven] {
        found.enumerated().sorted { left, right in
            if sortering.precedes(left.element.record, right.element.record) { return true }
            if sortering.precedes(right.element.record, left.element.record) { return false }
            return left.offset < right.offset
        }.map(\.element)
    }

    // MARK: Writing

    /// Writes the answer in the legacy form.
    ///
    /// - Throws: why a record cannot be written; then there is no answer at all.
    package func reply(
        _ harvest: Harvest, envelope: Envelope, isInParts: Bool, identity: Stuurgegevens.Identity
    ) throws(Refusal) -> Antwoord {
        let supported = Set(mapping.explain(.down).map(\.target)).union(mapping.keptPaths)
        do throws(StUFFailure) {
            return try BerichtWriter(envelope: envelope, isInParts: isInParts).antwoord(
                harvest.objects, to: vraag, question: stuurgegevens, identity: identity, supported: supported,
                hasMore: harvest.hasMore, count: vraag.wantsCount ? harvest.count : nil,
                meldingen: BerichtWriter.melding0001(unsupported).map { [$0] } ?? [], root: root)
        } catch {
            throw Refusal(error)
        }
    }
}

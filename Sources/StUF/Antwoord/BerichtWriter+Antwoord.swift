package import Record
internal import XML

extension BerichtWriter {
    /// Answers a vraag with what was found; without an `antwoord` element when that is nothing (StUF 03.01
    /// section 6.2).
    ///
    /// - Parameters:
    ///   - question: the stuurgegevens of the vraag.
    ///   - supported: paths of the entity that the mapping fills. Of what was asked and has no value, these are
    ///     answered with `geenWaarde` and others with `nietOndersteund`.
    ///   - hasMore: whether more was found than is given.
    ///   - meldingen: `StUF0001: …` and the like (section 6.4.9); see ``melding0001(_:)``.
    ///   - root: of the answer; by default the entiteittype in small letters and the berichtcode, `zakLa01`.
    package func antwoord(
        _ records: [Record], to vraag: Vraag, question: Stuurgegevens, identity: Stuurgegevens.Identity,
        supported: Set<String>, hasMore: Bool = false, meldingen: [String] = [], root: String? = nil,
        content: @escaping ContentBytes
    ) throws(StUFFailure) -> Reply {
        let form = vraag.form
        let stuurgegevens = question.answer(question.berichtcode.answer ?? .la01, identity)
        let entity = EntityWriter(
            form: form, purpose: .antwoord(Selection(vraag.scope, supported: supported)), content: content)
        let body = try wrap { (writer: inout Writer) throws(StUFFailure) in
            writer.start(form.tag(root ?? form.root(stuurgegevens.berichtcode)))
            form.prefixes.declare(on: &writer)
            StuurgegevensWriter.write(stuurgegevens, in: form.tag("stuurgegevens"), to: &writer)
            writer.start(form.tag("parameters"))
            writer.element(Tag(prefix: "StUF", local: "indicatorVervolgvraag"), hasMore ? "true" : "false")
            writer.end()
            for melding in meldingen { writer.element(form.tag("melding"), melding) }
            if !records.isEmpty {
                writer.start(form.tag("antwoord"))
                for record in records { try entity.write(record, as: form.tag("object"), to: &writer) }
                writer.end()
            }
            writer.end()
        }
        return Reply(status: 200, contentType: contentType, body: body)
    }

    /// The melding that names criteria which were not used; nil when there are none.
    package static func melding0001(_ names: [String]) -> String? {
        guard !names.isEmpty else { return nil }
        let text = "StUF0001: \(Set(names).sorted().joined(separator: ", "))"
        return String(text.unicodeScalars.prefix(200).map(Character.init))
    }

    /// Confirms a bericht: `Bv03` says that it is kept and was checked (section 4.4.1), `Bv02` that it was processed.
    ///
    /// - Parameter code: `bv02` or `bv03`.
    package func bevestiging(
        _ code: Berichtcode, to question: Stuurgegevens, identity: Stuurgegevens.Identity
    ) -> Reply {
        let body = wrap { writer in
            Self.protocolBericht(question.answer(code, identity), to: &writer)
        }
        return Reply(status: 200, contentType: contentType, body: body)
    }
}

package import Record
internal import XML

/// The name of a root element.
package struct Root: Sendable, Hashable {
    package var namespace: String
    package var name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }
}

/// One object of an answer.
package struct Gegeven: Sendable {
    /// Our key of it: an asker names it to go on behind it.
    package var sleutel: String?
    package var record: Record

    package init(sleutel: String?, record: Record) {
        self.sleutel = sleutel
        self.record = record
    }
}

extension BerichtWriter {
    /// Answers a vraag with what was found; without an `antwoord` element when that is nothing (StUF 03.01
    /// section 6.2).
    ///
    /// - Parameters:
    ///   - question: the stuurgegevens of the vraag.
    ///   - supported: paths of the entity that the mapping fills. Of what was asked and has no value, these are
    ///     answered with `geenWaarde` and others with `nietOndersteund`.
    ///   - hasMore: whether more was found than is given.
    ///   - count: of all that meet the criteria, where that was asked.
    ///   - meldingen: `StUF0001: …` and the like (section 6.4.9); see ``melding0001(_:)``.
    ///   - root: of the answer, with its namespace; by default the entiteittype in small letters and the berichtcode,
    ///     `zakLa01`, of the sectormodel.
    package func antwoord(
        _ objects: [Gegeven], to vraag: Vraag, question: Stuurgegevens, identity: Stuurgegevens.Identity,
        supported: Set<String>, hasMore: Bool = false, count: Int? = nil, meldingen: [String] = [],
        root: Root? = nil
    ) throws(StUFFailure) -> Antwoord {
        let form = vraag.form
        let stuurgegevens = question.answer(question.berichtcode.answer ?? .la01, identity)
        let attachments = isInParts ? Attachments(boundary: identity.referentienummer) : nil
        let gaps = Gaps()
        let entity = EntityWriter(
            form: form, purpose: .antwoord(Selection(vraag.scope, supported: supported)),
            contents: attachments.map { .beside($0) } ?? .between(gaps))
        let body = try wrap { (writer: inout Writer) throws(StUFFailure) in
            let own = Tag(prefix: "KV", local: root?.name ?? "")
            writer.start(root == nil ? form.tag(form.root(stuurgegevens.berichtcode)) : own)
            if let root { writer.declare(prefix: "KV", namespace: root.namespace) }
            form.prefixes.declare(on: &writer)
            StuurgegevensWriter.write(stuurgegevens, in: form.tag("stuurgegevens"), to: &writer)
            writer.start(form.tag("parameters"))
            func parameter(_ name: String, _ value: String) {
                writer.element(Tag(prefix: "StUF", local: name), value)
            }
            parameter("indicatorVervolgvraag", hasMore ? "true" : "false")
            if vraag.wantsAfnemerindicatie { parameter("indicatorAfnemerIndicatie", "false") }
            if let count { parameter("aantalVoorkomens", "\(count)") }
            writer.end()
            for melding in meldingen { writer.element(form.tag("melding"), melding) }
            if !objects.isEmpty {
                writer.start(form.tag("antwoord"))
                for object in objects {
                    // The key is there for the vervolgvraag that goes on behind it.
                    try entity.write(
                        object.record, as: form.tag("object"),
                        sleutelVerzendend: hasMore ? object.sleutel : nil, to: &writer)
                }
                writer.end()
            }
            writer.end()
        }
        if let attachments { return attachments.antwoord(around: body, envelope: envelope) }
        return Antwoord(contentType: contentType, segments: gaps.closed(body))
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

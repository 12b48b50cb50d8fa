internal import Model
package import Record
internal import XML

/// The bytes of large content that a record points at.
package typealias ContentBytes = (Record.Content) throws(StUFFailure) -> [UInt8]

extension BerichtWriter {
    /// Writes a kennisgeving with one object, or two when `was` is given.
    ///
    /// - Parameters:
    ///   - stuurgegevens: its berichtcode is `Lk01` or `Lk02`.
    ///   - root: `zakLk01` by default, the entiteittype in small letters and the berichtcode.
    ///   - record: of the form's layout; what it does not say is not written.
    /// - Throws: `S034` when StUF cannot write a value.
    package func kennisgeving(
        _ record: borrowing Record, was: Record? = nil, form: EntityForm, stuurgegevens: Stuurgegevens,
        mutatiesoort: Kennisgeving.Mutatiesoort,
        indicatorOvername: Kennisgeving.IndicatorOvername = .verplicht,
        sleutelVerzendend: String? = nil, root: String? = nil,
        content: @escaping ContentBytes
    ) throws(StUFFailure) -> [UInt8] {
        let object = form.tag("object")
        let entity = EntityWriter(
            form: form, purpose: .kennisgeving(soort: mutatiesoort.hasPair ? .wijzigen : mutatiesoort.soort),
            contents: .inside(content))
        let record = copy record
        return try wrap { (writer: inout Writer) throws(StUFFailure) in
            writer.start(form.tag(root ?? form.root(stuurgegevens.berichtcode)))
            form.prefixes.declare(on: &writer)
            StuurgegevensWriter.write(stuurgegevens, in: form.tag("stuurgegevens"), to: &writer)
            writer.start(form.tag("parameters"))
            writer.element(Tag(prefix: "StUF", local: "mutatiesoort"), mutatiesoort.rawValue)
            if stuurgegevens.berichtcode == .lk01 {
                writer.element(Tag(prefix: "StUF", local: "indicatorOvername"), indicatorOvername.rawValue)
            }
            writer.end()
            if let was {
                try entity.write(was, as: object, sleutelVerzendend: sleutelVerzendend, to: &writer)
            }
            try entity.write(record, as: object, sleutelVerzendend: sleutelVerzendend, to: &writer)
            writer.end()
        }
    }
}

extension Kennisgeving.Mutatiesoort {
    /// Of the object itself, where the record says nothing else.
    var soort: Marks.Verwerkingssoort {
        switch self {
        case .toevoeging: .toevoegen
        case .verwijdering: .verwijderen
        case .wijziging, .correctie, .correctieFormeel: .wijzigen
        }
    }
}

extension EntityForm {
    func tag(_ local: String) -> Tag { prefixes.tag(local, in: namespace) }

    func root(_ code: Berichtcode) -> String { entity.name.lowercased() + code.rawValue }
}

internal import XML

/// Writes stuurgegevens in the order of the schema.
enum StuurgegevensWriter {
    private static func tag(_ local: String) -> Tag { Tag(prefix: "StUF", local: local) }

    /// - Parameter container: `ZKN:stuurgegevens`; its children are in the StUF namespace always.
    static func write(_ stuurgegevens: Stuurgegevens, in container: Tag, to writer: inout Writer) {
        writer.start(container)
        writer.element(tag("berichtcode"), stuurgegevens.berichtcode.rawValue)
        write(stuurgegevens.zender, "zender", to: &writer)
        write(stuurgegevens.ontvanger, "ontvanger", to: &writer)
        write(stuurgegevens.referentienummer, "referentienummer", to: &writer)
        write(stuurgegevens.tijdstipBericht, "tijdstipBericht", to: &writer)
        write(stuurgegevens.crossRefnummer, "crossRefnummer", to: &writer)
        write(stuurgegevens.entiteittype, "entiteittype", to: &writer)
        write(stuurgegevens.functie, "functie", to: &writer)
        writer.end()
    }

    private static func write(_ systeem: Stuurgegevens.Systeem?, _ name: String, to writer: inout Writer) {
        guard let systeem else { return }
        writer.start(tag(name))
        write(systeem.organisatie, "organisatie", to: &writer)
        write(systeem.applicatie, "applicatie", to: &writer)
        write(systeem.administratie, "administratie", to: &writer)
        write(systeem.gebruiker, "gebruiker", to: &writer)
        writer.end()
    }

    private static func write(_ value: String?, _ name: String, to writer: inout Writer) {
        guard let value else { return }
        writer.element(tag(name), value)
    }
}

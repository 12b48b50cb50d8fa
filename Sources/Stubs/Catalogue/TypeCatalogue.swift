/// The types that a stand-in knows: what a catalogue file says.
package struct TypeCatalogue: Hashable, Sendable {
    package struct ZaakType: Hashable, Sendable {
        package var identificatie: String
        package var omschrijving: String
        /// `2010-01-01`.
        package var begin: String
        package var einde: String?
        /// In order; the last one ends a zaak.
        package var statussen: [String] = []
        package var rollen: [Rol] = []
        package var resultaten: [Resultaat] = []
        package var documenten: [String] = []
        package var besluiten: [String] = []

        package init(_ identificatie: String, _ omschrijving: String, begin: String, einde: String? = nil) {
            self.identificatie = identificatie
            self.omschrijving = omschrijving
            self.begin = begin
            self.einde = einde
        }
    }

    package struct Rol: Hashable, Sendable {
        package var omschrijving: String
        package var generiek: String

        package init(_ omschrijving: String, _ generiek: String) {
            self.omschrijving = omschrijving
            self.generiek = generiek
        }
    }

    package struct Resultaat: Hashable, Sendable {
        package var omschrijving: String
        package var archiefnominatie: String
        /// Years after the end; nil when it is kept.
        package var years: Int?

        package init(_ omschrijving: String, _ archiefnominatie: String, years: Int? = nil) {
            self.omschrijving = omschrijving
            self.archiefnominatie = archiefnominatie
            self.years = years
        }
    }

    package var domein = "ZDS"
    package var rsin = "123456782"
    package var zaaktypen: [ZaakType] = []

    package init() {}
}

/// A fault code of the standard, with its place and text (StUF 03.01 tables 4.1, 5.8, 6.3 to 6.8).
package struct Foutcode: Hashable, Sendable {
    package enum Plek: String, Sendable {
        /// The cause is in the bericht.
        case client
        /// The cause is at the receiver.
        case server
    }

    /// At most 7 characters.
    package let code: String
    package let plek: Plek
    /// At most 200 characters.
    package let omschrijving: String

    private init(_ number: String, _ plek: Plek, _ omschrijving: String) {
        code = "StUF\(number)"
        self.plek = plek
        self.omschrijving = omschrijving
    }

    package static let stuf010 = Foutcode(
        "010", .client, "Combinatie van ontvangende organisatie, applicatie en administratie onbekend")
    package static let stuf013 = Foutcode(
        "013", .client, "Combinatie van zendende organisatie, applicatie en administratie onbekend")
    package static let stuf016 = Foutcode("016", .client, "Combinatie zender en referentienummer niet uniek")
    package static let stuf019 = Foutcode(
        "019", .client, "TijdstipBericht niet groter dan voorgaand TijdstipBericht van zender")
    package static let stuf022 = Foutcode("022", .client, "Berichtcode onbekend")
    package static let stuf025 = Foutcode("025", .server, "Berichtcode niet ondersteund")
    package static let stuf028 = Foutcode("028", .client, "Entiteittype onbekend binnen sectormodel")
    package static let stuf031 = Foutcode("031", .server, "Entiteittype niet ondersteund")
    package static let stuf040 = Foutcode(
        "040", .server, "Combinatie berichtcode, entiteittype of functie niet ondersteund")
    package static let stuf046 = Foutcode("046", .server, "Opslaan bericht niet mogelijk")
    package static let stuf049 = Foutcode(
        "049", .server, "Proces voor afhandelen synchroon bericht niet beschikbaar")
    package static let stuf052 = Foutcode(
        "052", .client,
        "Het zendende systeem is niet geautoriseerd voor de gevraagde combinatie van berichtcode, entiteittype en functie"
    )
    package static let stuf055 = Foutcode("055", .client, "Berichtbody is niet conform schema in sectormodel")
    package static let stuf058 = Foutcode("058", .server, "Proces voor afhandelen bericht geeft fout")
    package static let stuf064 = Foutcode("064", .server, "Object niet gevonden")
    package static let stuf079 = Foutcode(
        "079", .client, "Element komt voor in gelijk én in vanaf of totEnMet")
    package static let stuf082 = Foutcode("082", .client, "StUF:exact in vanaf of totEnMet")
    package static let stuf085 = Foutcode("085", .client, "Onvolledige datum in vanaf of totEnMet")
    package static let stuf088 = Foutcode("088", .client, "Meer dan één sleutel gevuld")
    package static let stuf091 = Foutcode(
        "091", .client, "Sleutel gecombineerd met andere selectie-elementen")
    package static let stuf094 = Foutcode(
        "094", .server, "Sleutel van het verzendende systeem wordt niet geregistreerd")
    package static let stuf097 = Foutcode("097", .client, "Scope-attribuut én inhoud in scope")
    package static let stuf103 = Foutcode("103", .client, "Vervolgvraag zonder start")
    package static let stuf133 = Foutcode("133", .server, "Sortering niet ondersteund")
}

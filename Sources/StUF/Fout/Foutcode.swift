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

    package static let stuf001 = Foutcode("001", .server, "Versie StUF niet ondersteund")
    package static let stuf004 = Foutcode("004", .server, "Sectormodel niet ondersteund")
    package static let stuf007 = Foutcode("007", .server, "Versie sectormodel niet ondersteund")
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
    package static let stuf034 = Foutcode("034", .client, "Functie onbekend binnen sectormodel")
    package static let stuf037 = Foutcode("037", .server, "Functie niet ondersteund")
    package static let stuf040 = Foutcode(
        "040", .server, "Combinatie berichtcode, entiteittype of functie niet ondersteund")
    package static let stuf043 = Foutcode("043", .client, "Crossreferentienummer niet bekend")
    package static let stuf046 = Foutcode("046", .server, "Opslaan bericht niet mogelijk")
    package static let stuf049 = Foutcode(
        "049", .server, "Proces voor afhandelen synchroon bericht niet beschikbaar")
    package static let stuf052 = Foutcode(
        "052", .client,
        "Het zendende systeem is niet geautoriseerd voor de gevraagde combinatie van berichtcode, entiteittype en functie"
    )
    package static let stuf055 = Foutcode("055", .client, "Berichtbody is niet conform schema in sectormodel")
    package static let stuf058 = Foutcode("058", .server, "Proces voor afhandelen bericht geeft fout")
    package static let stuf062 = Foutcode(
        "062", .client, "tijdvakGeldigheid niet gevuld zoals de standaard voorschrijft")
    package static let stuf064 = Foutcode("064", .server, "Object niet gevonden")
    package static let stuf066 = Foutcode(
        "066", .client, "Een te corrigeren entiteit bevat geen te corrigeren element")
    package static let stuf068 = Foutcode("068", .client, "Toekomstmutatie in Lk01- of Lk02-bericht")
    package static let stuf076 = Foutcode(
        "076", .client, "vanaf en totEnMet bevatten verschillende elementen")
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
    package static let stuf106 = Foutcode("106", .client, "start bevat niet alle elementen")
    package static let stuf127 = Foutcode("127", .server, "Gebruiker onbekend")
    package static let stuf133 = Foutcode("133", .server, "Sortering niet ondersteund")

    /// All that are ever sent, by number.
    ///
    /// The standard has others, that nothing here can cause: StUF061 (a Tr01 has nothing to wait for), StUF063, 065,
    /// 069 and 070 (no history is kept), StUF067 (keys are unique), StUF118 and 119 (no vraag about the past is
    /// supported: StUF025 comes first), StUF124 and 130 (of Fo01 alone), StUF960.
    package static let all: [Foutcode] = [
        .stuf001, .stuf004, .stuf007, .stuf010, .stuf013, .stuf016, .stuf019, .stuf022, .stuf025, .stuf028,
        .stuf031, .stuf034, .stuf037, .stuf040, .stuf043, .stuf046, .stuf049, .stuf052, .stuf055, .stuf058,
        .stuf062, .stuf064, .stuf066, .stuf068, .stuf076, .stuf079, .stuf082, .stuf085, .stuf088, .stuf091,
        .stuf094, .stuf097, .stuf103, .stuf106, .stuf127, .stuf133,
    ]
}

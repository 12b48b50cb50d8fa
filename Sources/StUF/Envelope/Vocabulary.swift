internal import Model
internal import XML

/// What stands below the root of a bericht, whatever its namespace.
enum Section: String, Sendable, CaseIterable {
    case stuurgegevens, parameters, object, gelijk, vanaf, totEnMet, scope, start, antwoord
}

/// The names that every bericht uses, as numbers.
final class Vocabulary: Sendable {
    static let soap11 = "http://schemas.xmlsoap.org/soap/envelope/"
    static let soap12 = "http://www.w3.org/2003/05/soap-envelope"
    /// Whom a header block is for when that is the one who answers.
    static let ownActors = [
        "http://schemas.xmlsoap.org/soap/actor/next", "http://www.w3.org/2003/05/soap-envelope/role/next",
        "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
    ]
    static let security =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    static let xsi = "http://www.w3.org/2001/XMLSchema-instance"

    let envelope11, body11, envelope12, body12: Name
    let xsiNil, noValue, verwerkingssoort, indOnvolledigeDatum, exact, scope: Name
    let sleutelVerzendend, sleutelOntvangend, sleutelGegevensbeheer: Name
    let berichtcode, zender, ontvanger, referentienummer, tijdstipBericht, crossRefnummer, entiteittype,
        functie: Name
    let organisatie, applicatie, administratie, gebruiker: Name
    let mutatiesoort, indicatorOvername, sortering, indicatorVervolgvraag, maximumAantal: Name
    let indicatorAantal, indicatorAfnemerIndicatie: Name
    let tijdvakGeldigheid, beginGeldigheid, eindGeldigheid, tijdstipRegistratie: Name
    let header11, header12, mustUnderstand11, mustUnderstand12, actor, role: Name
    let srsName, href, xopInclude: Name
    /// What attributes of StUF are that come without their namespace.
    let qualified: [Name: Name]
    private let names: Names
    /// By number of the name; documents have others too.
    private let sections: [Section?]

    /// - Parameter names: has every other name already, so that each can be looked at.
    init(_ names: inout Names) {
        func add(_ namespace: String, _ local: String) -> Name {
            names.add(namespace: namespace, local: local)
        }
        func stuf(_ local: String) -> Name { add(Namespace.stuf, local) }
        srsName = add("", "srsName")
        href = add("", "href")
        xopInclude = add("http://www.w3.org/2004/08/xop/include", "Include")
        envelope11 = add(Self.soap11, "Envelope")
        body11 = add(Self.soap11, "Body")
        envelope12 = add(Self.soap12, "Envelope")
        body12 = add(Self.soap12, "Body")
        xsiNil = add(Self.xsi, "nil")
        noValue = stuf("noValue")
        verwerkingssoort = stuf("verwerkingssoort")
        indOnvolledigeDatum = stuf("indOnvolledigeDatum")
        exact = stuf("exact")
        scope = stuf("scope")
        sleutelVerzendend = stuf("sleutelVerzendend")
        sleutelOntvangend = stuf("sleutelOntvangend")
        sleutelGegevensbeheer = stuf("sleutelGegevensbeheer")
        berichtcode = stuf("berichtcode")
        zender = stuf("zender")
        ontvanger = stuf("ontvanger")
        referentienummer = stuf("referentienummer")
        tijdstipBericht = stuf("tijdstipBericht")
        crossRefnummer = stuf("crossRefnummer")
        entiteittype = stuf("entiteittype")
        functie = stuf("functie")
        organisatie = stuf("organisatie")
        applicatie = stuf("applicatie")
        administratie = stuf("administratie")
        gebruiker = stuf("gebruiker")
        mutatiesoort = stuf("mutatiesoort")
        indicatorOvername = stuf("indicatorOvername")
        sortering = stuf("sortering")
        indicatorVervolgvraag = stuf("indicatorVervolgvraag")
        maximumAantal = stuf("maximumAantal")
        indicatorAantal = stuf("indicatorAantal")
        indicatorAfnemerIndicatie = stuf("indicatorAfnemerIndicatie")
        tijdvakGeldigheid = stuf("tijdvakGeldigheid")
        beginGeldigheid = stuf("beginGeldigheid")
        eindGeldigheid = stuf("eindGeldigheid")
        tijdstipRegistratie = stuf("tijdstipRegistratie")
        header11 = add(Self.soap11, "Header")
        header12 = add(Self.soap12, "Header")
        mustUnderstand11 = add(Self.soap11, "mustUnderstand")
        mustUnderstand12 = add(Self.soap12, "mustUnderstand")
        actor = add(Self.soap11, "actor")
        role = add(Self.soap12, "role")
        qualified = Dictionary(
            uniqueKeysWithValues: [
                ("verwerkingssoort", verwerkingssoort), ("noValue", noValue), ("entiteittype", entiteittype),
                ("indOnvolledigeDatum", indOnvolledigeDatum), ("exact", exact),
            ].map { (names.add(namespace: "", local: $0), $1) })
        self.names = names
        sections = (0..<names.count).map { number in
            Self.section(named: names.local(of: Name(number: Int32(number))))
        }
    }

    private static func section(named local: ArraySlice<UInt8>) -> Section? {
        Section.allCases.first { local.elementsEqual($0.rawValue.utf8) }
    }

    /// Whether it says something of when a value holds.
    func isOfTime(_ name: Name) -> Bool {
        name == tijdvakGeldigheid || name == beginGeldigheid || name == eindGeldigheid
            || name == tijdstipRegistratie
    }

    /// The local part of a name that every document shares.
    func spelled(_ name: Name) -> String? {
        Int(name.number) < names.count ? String(decoding: names.local(of: name), as: UTF8.self) : nil
    }

    /// The section that an element below the root is; nil for any other element.
    func section(_ name: Name, _ reader: borrowing Reader) -> Section? {
        let number = Int(name.number)
        return number < sections.count ? sections[number] : Self.section(named: reader.local(of: name))
    }
}

/// The head of a bericht: what it is, from whom, to whom (StUF 03.01 section 4.2).
package struct Stuurgegevens: Hashable, Sendable {
    /// A sending or receiving system. `gebruiker` is no part of its identity.
    package struct Systeem: Hashable, Sendable {
        package var organisatie: String?
        package var applicatie: String
        package var administratie: String?
        package var gebruiker: String?

        package init(
            organisatie: String? = nil, applicatie: String, administratie: String? = nil,
            gebruiker: String? = nil
        ) {
            self.organisatie = organisatie
            self.applicatie = applicatie
            self.administratie = administratie
            self.gebruiker = gebruiker
        }
    }

    package var berichtcode: Berichtcode
    package var zender: Systeem?
    package var ontvanger: Systeem?
    package var referentienummer: String?
    /// As the sender wrote it: 8 to 17 digits of local time. Compared between berichten of one zender only.
    package var tijdstipBericht: String?
    package var crossRefnummer: String?
    /// Of the object at the top: `ZAK`.
    package var entiteittype: String?
    /// Of a vrij bericht: `genereerZaakidentificatie`.
    package var functie: String?

    package init(
        _ berichtcode: Berichtcode, zender: Systeem? = nil, ontvanger: Systeem? = nil,
        referentienummer: String? = nil, tijdstipBericht: String? = nil, crossRefnummer: String? = nil,
        entiteittype: String? = nil, functie: String? = nil
    ) {
        self.berichtcode = berichtcode
        self.zender = zender
        self.ontvanger = ontvanger
        self.referentienummer = referentienummer
        self.tijdstipBericht = tijdstipBericht
        self.crossRefnummer = crossRefnummer
        self.entiteittype = entiteittype
        self.functie = functie
    }

    /// The head of an answer: zender and ontvanger change places, and crossRefnummer says what is answered.
    ///
    /// `gebruiker` of the question is not repeated: it names a person at the other side. `Bv02` and `Fo02` hold the
    /// berichtcode alone (StUF 03.01 section 4.4).
    package func answer(_ code: Berichtcode, _ identity: Identity) -> Stuurgegevens {
        if code == .bv02 || code == .fo02 { return Stuurgegevens(code) }
        var sender = ontvanger
        var receiver = zender
        sender?.gebruiker = nil
        receiver?.gebruiker = nil
        return Stuurgegevens(
            code, zender: sender, ontvanger: receiver, referentienummer: identity.referentienummer,
            tijdstipBericht: identity.tijdstipBericht, crossRefnummer: referentienummer,
            entiteittype: code.isAntwoord ? entiteittype : nil)
    }

    /// What makes a bericht of ours that one: drawn once by the caller, so that a repeat writes the same bytes.
    package struct Identity: Hashable, Sendable {
        package var referentienummer: String
        /// See ``Tijdstip/tijdstipBericht(milliseconds:)``.
        package var tijdstipBericht: String

        package init(referentienummer: String, tijdstipBericht: String) {
            self.referentienummer = referentienummer
            self.tijdstipBericht = tijdstipBericht
        }
    }
}

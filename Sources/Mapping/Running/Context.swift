package import Record

/// What a rule may read besides the record itself: the closed list of `@` places.
///
/// Values only; two runs over the same record in the same context give the same answer.
package struct Context: Sendable {
    /// A place that rules name with `@` in front.
    package enum Place: String, Sendable, CaseIterable {
        case organisatie = "@zender/organisatie"
        case applicatie = "@zender/applicatie"
        case administratie = "@zender/administratie"
        case gebruiker = "@zender/gebruiker"
        case ontvangerOrganisatie = "@ontvanger/organisatie"
        case ontvangerApplicatie = "@ontvanger/applicatie"
        case ontvangerAdministratie = "@ontvanger/administratie"
        case ontvangerGebruiker = "@ontvanger/gebruiker"
        /// When the bericht was received.
        case ontvangen = "@ontvangen"

        package var type: ValueType { self == .ontvangen ? .tijdstip : .text }
        var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Who sent the bericht, or whom it was sent to, as its stuurgegevens say.
    package struct Zender: Hashable, Sendable {
        package var organisatie: String?
        package var applicatie: String?
        package var administratie: String?
        package var gebruiker: String?

        package init(
            organisatie: String? = nil, applicatie: String? = nil, administratie: String? = nil,
            gebruiker: String? = nil
        ) {
            self.organisatie = organisatie
            self.applicatie = applicatie
            self.administratie = administratie
            self.gebruiker = gebruiker
        }
    }

    package let zender: Zender
    package let ontvanger: Zender
    /// Canonical tijdstip: `2020-03-09T07:01:04Z`. It is recorded with the bericht, so that a replay gives
    /// the same.
    package let ontvangen: String
    /// Whether the object is being made (`@nieuw`): what `must` asks is asked only then.
    package let isNew: Bool

    /// The bytes of every place, one behind the other, and where each stands.
    let bytes: [UInt8]
    let slots: [Slot]

    package init(zender: Zender, ontvanger: Zender = Zender(), ontvangen: String, isNew: Bool) {
        self.zender = zender
        self.ontvanger = ontvanger
        self.ontvangen = ontvangen
        self.isNew = isNew
        var bytes: [UInt8] = []
        var slots: [Slot] = []
        bytes.reserveCapacity(128)
        slots.reserveCapacity(Place.allCases.count)
        for value in [
            zender.organisatie, zender.applicatie, zender.administratie, zender.gebruiker,
            ontvanger.organisatie, ontvanger.applicatie, ontvanger.administratie, ontvanger.gebruiker,
            ontvangen,
        ] {
            let start = bytes.count
            bytes += (value ?? "").utf8
            let count = Int32(bytes.count - start)
            slots.append(Slot(count > 0 ? .value : .absent, start: Int32(start), count: count))
        }
        self.bytes = bytes
        self.slots = slots
    }

    /// The same for an object that is there already.
    var forChange: Context {
        isNew ? Context(zender: zender, ontvanger: ontvanger, ontvangen: ontvangen, isNew: false) : self
    }
}

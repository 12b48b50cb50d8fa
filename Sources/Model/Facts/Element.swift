package import Diagnostics
package import Record

/// One element, attribute or property of an entity: a leaf, or a group with members.
package final class Element: Sendable {
    /// As the schema spells it; an attribute with `@` in front: `inp.bsn`, `@bestandsnaam`, `inpA_nummer`.
    package let name: String
    package let type: ElementType
    /// Whether it may occur more than once.
    package let isRepeat: Bool
    /// Whether its side refuses an object without it.
    package let isRequired: Bool
    /// In schema order. A group's members; a leaf has only attributes; of a link what it is looked up by and what
    /// is read through it; of a child the properties of its items.
    package let members: [Element]
    /// What StUF says of it; nil on an API's side.
    package let stuf: StUFFacts?
    /// What an API says of it; nil on StUF's side.
    package let api: APIFacts?
    /// What a database says of a column; nil on the other sides.
    package let table: TableFacts?
    package let location: SourceLocation

    package init(
        name: String, type: ElementType, isRepeat: Bool = false, isRequired: Bool = false,
        members: [Element] = [], stuf: StUFFacts? = nil, api: APIFacts? = nil,
        table: TableFacts? = nil, location: SourceLocation
    ) {
        self.name = name
        self.type = type
        self.isRepeat = isRepeat
        self.isRequired = isRequired
        self.members = members
        self.stuf = stuf
        self.api = api
        self.table = table
        self.location = location
    }

    package var isGroup: Bool { type.base == .group }
    package var isAttribute: Bool { name.hasPrefix("@") }
    /// The name in the document itself: without the `@` of an attribute.
    package var localName: Substring { isAttribute ? name.dropFirst() : name[...] }

    package func member(_ name: String) -> Element? { members.first { $0.name == name } }
}

/// What a value means, and how its side bounds and spells it.
package struct ElementType: Hashable, Sendable {
    package var base: ValueType
    /// At most this many characters (Unicode scalars), digits for a number; nil is unbounded.
    package var maxLength: Int?
    /// At least this many characters. Equal to ``maxLength`` for `digits(9)`.
    package var minLength: Int?
    /// Whether only digits may occur, as in a BSN: text still, so that leading zeros survive.
    package var isDigits: Bool
    /// The values that may occur, as this side spells them; empty when any may.
    package var enumeration: [String]
    /// Whether a datum or tijdstip may be known in part.
    package var allowsIncomplete: Bool
    package var spelling: Spelling
    /// How "there, but empty" is spelled: `empty ""`, `empty "00010101"`. In StUF it is only read so, because some
    /// senders write it; a nil with `noValue` is what StUF writes.
    package var empty: String?
    /// How waardeOnbekend is spelled: `unknown "."`; in StUF only read so.
    package var unknown: String?

    package init(
        _ base: ValueType, maxLength: Int? = nil, minLength: Int? = nil, isDigits: Bool = false,
        enumeration: [String] = [], allowsIncomplete: Bool = false, spelling: Spelling = .standard,
        empty: String? = nil, unknown: String? = nil
    ) {
        self.base = base
        self.maxLength = maxLength
        self.minLength = minLength
        self.isDigits = isDigits
        self.enumeration = enumeration
        self.allowsIncomplete = allowsIncomplete
        self.spelling = spelling
        self.empty = empty
        self.unknown = unknown
    }

    /// How a side writes the canonical form of the type, where that is not what its form does by itself.
    package enum Spelling: String, Sendable, CaseIterable {
        /// StUF: `20200309`, `20200309070104`, `J`/`N`, days. API: ISO 8601, `true`/`false`, `P5D`.
        case standard
        /// A date as its known part only: `1965-07-01`, `1965-07`, `1965`; `empty` when nothing of it is known.
        /// (The Zaken API's rol has a text for geboortedatum.)
        case knownPart = "known-part"
        /// A date as Haal Centraal BRP has it: an object with its `type` (`Datum`, `JaarMaandDatum`, `JaarDatum`,
        /// `DatumOnbekend`), the known parts and `langFormaat`.
        case brp
        /// A date as eight digits in a text column: `19650701`; what is not known of it is zeros. (StUF writes its dates so
        /// by itself.)
        case eightDigits = "eight-digits"
    }
}

/// What StUF says of an element.
package struct StUFFacts: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        case plain
        /// A relation: it carries entiteittype and verwerkingssoort, and holds `gerelateerde`.
        case relation
        /// An object at the end of a relation, or `gerelateerde` around a choice of them.
        case gerelateerde
    }

    /// The XML namespace of the element; of an unqualified attribute empty.
    package var namespace: String
    /// The mnemonic that the element carries as `StUF:entiteittype`: `ZAKBTRINI`, `NPS`; nil when it carries none.
    package var entiteittype: String?
    package var role: Role
    /// Whether it is one of the kerngegevens, by which the object is recognised.
    package var isKerngegeven: Bool
    /// Whether it is written with `StUF:metagegeven="true"`: `authentiek`.
    package var isMetagegeven: Bool
    /// Whether the schemas allow it in an answer only, never in a kennisgeving: `indicatieLaatsteStatus`.
    package var isAnswerOnly: Bool

    package init(
        namespace: String, entiteittype: String? = nil, role: Role = .plain, isKerngegeven: Bool = false,
        isMetagegeven: Bool = false, isAnswerOnly: Bool = false
    ) {
        self.namespace = namespace
        self.entiteittype = entiteittype
        self.role = role
        self.isKerngegeven = isKerngegeven
        self.isMetagegeven = isMetagegeven
        self.isAnswerOnly = isAnswerOnly
    }
}

/// What an API says of a property.
package struct APIFacts: Hashable, Sendable {
    /// Set when the property holds the URL of another resource.
    package var link: Link?
    /// Set when the property is no property of the document, but a collection of documents that point to it.
    package var child: Child?
    /// The API sets it; what a mapping writes there is not sent.
    package var isReadOnly: Bool
    /// The path whose value the API derives it from: `statussen.datumStatusGezet` for `einddatum`.
    package var setBy: String?
    /// The content whose size in bytes it is: `inhoud` for `bestandsomvang`.
    package var sizeOf: String?
    /// Of a repeat that is no child: how an item is known again, so that a change of one leaves the others alone.
    package var match: Child.Match?
    /// A property without value is left out, where other APIs write null.
    package var isLeftOut: Bool
    /// Of a group whose shape differs: the property beside it that tells which shape it has.
    package var discriminator: String?
    /// Of a member of such a group: the discriminator's values for which it exists; empty is always.
    package var variants: [String]

    package init(
        link: Link? = nil, child: Child? = nil, isReadOnly: Bool = false, setBy: String? = nil,
        sizeOf: String? = nil, match: Child.Match? = nil, isLeftOut: Bool = false,
        discriminator: String? = nil, variants: [String] = []
    ) {
        self.link = link
        self.child = child
        self.isReadOnly = isReadOnly
        self.setBy = setBy
        self.sizeOf = sizeOf
        self.match = match
        self.isLeftOut = isLeftOut
        self.discriminator = discriminator
        self.variants = variants
    }

    /// A property that holds the URL of another resource. In a record it is a group with ``by`` and ``with`` as its
    /// members: upward they are the lookup, downward the link is followed.
    package struct Link: Hashable, Sendable {
        /// `catalogi:ZaakType`.
        package var resource: String
        /// What it is looked up by: paths in that resource.
        package var by: [String]
        /// What else can be read through it.
        package var with: [String]

        package init(resource: String, by: [String], with: [String] = []) {
            self.resource = resource
            self.by = by
            self.with = with
        }
    }

    /// A collection of documents that point to this one.
    package struct Child: Hashable, Sendable {
        package enum Change: String, Sendable, CaseIterable {
            /// Items can be made and deleted, not changed: rollen.
            case replaceOnly = "replace-only"
            /// Items can only be added: statussen.
            case appendOnly = "append-only"
            /// Items can be changed where they are: resultaat.
            case inPlace = "in-place"
        }

        /// `zaken:Rol`; its ``Entity/collection`` says where it is served.
        package var resource: String
        /// The property of the item that points to this document: `zaak`. It is no member of the element.
        package var parent: String
        /// What makes an item the same item as another.
        package var match: Match
        package var change: Change

        /// Two items are the same when all of ``equal`` are; and then the first of ``identifiers`` that both have
        /// decides alone; and only when they share none, all of ``otherwise`` must be equal (absent equals absent,
        /// but one at least must have a value). Without `identifiers` and `otherwise`, ``equal`` is the whole rule.
        ///
        /// Paths are those of an item: `roltype.omschrijving`, `betrokkeneIdentificatie.inpBsn`.
        package struct Match: Hashable, Sendable {
            package var equal: [String]
            package var identifiers: [String]
            package var otherwise: [String]

            package init(equal: [String], identifiers: [String] = [], otherwise: [String] = []) {
                self.equal = equal
                self.identifiers = identifiers
                self.otherwise = otherwise
            }
        }

        package init(resource: String, parent: String, match: Match, change: Change) {
            self.resource = resource
            self.parent = parent
            self.match = match
            self.change = change
        }
    }
}

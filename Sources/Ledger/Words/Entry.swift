package import Diagnostics
package import Record
package import Threads

/// Who sent a bericht: the part of the stuurgegevens' zender that referentienummers are unique within
/// (StUF 03.01 section 4.3.1). What was not said is empty.
package struct Zender: Hashable, Sendable {
    package var organisatie: String
    package var applicatie: String
    package var administratie: String

    package init(organisatie: String, applicatie: String, administratie: String = "") {
        self.organisatie = organisatie
        self.applicatie = applicatie
        self.administratie = administratie
    }
}

/// One bericht as the ledger keeps it. What was a StUF bericht at all becomes an entry, refused ones too.
package struct Entry: Sendable {
    /// The bytes as received.
    package enum Body: Sendable, Equatable {
        /// At most ``LedgerLimits/piece`` bytes; a larger body is staged.
        case bytes([UInt8])
        /// A complete upload, see ``Inbox/stage(_:piece:of:now:)``.
        case upload(Int64)
    }

    /// What was decided before the entry was kept.
    package enum Outcome: Sendable, Equatable {
        /// It goes on to ``Outbox/expand(_:now:)``.
        case accepted
        /// It can never be processed as it is.
        case refused(Cause)
    }

    /// The claim that this bericht makes an object that did not exist before.
    package struct Creation: Sendable, Equatable {
        package var object: ObjectKey
        /// Keyed hash of the lifted record (``Record/canonicalBytes(content:)``).
        package var hash: [UInt8]

        package init(object: ObjectKey, hash: [UInt8]) {
            self.object = object
            self.hash = hash
        }
    }

    /// The municipality; first part of every key of the ledger.
    package var tenant: String
    package var zender: Zender
    package var referentienummer: String
    /// `Lk01`, `Di02`.
    package var berichtcode: String
    /// The name of the root element, or the functie: `creeerZaak_Lk01`.
    package var name: String
    /// `ZAK`; empty where the bericht has none.
    package var entiteittype: String
    /// As the sender wrote it; compared between berichten of one zender only.
    package var tijdstipBericht: String
    /// Drawn once, when it came in; everything derived from the bericht uses this moment.
    package var received: WallTime
    /// Of the models, mappings and routes that it was read with.
    package var digest: [UInt8]
    /// Keyed hash of the content without stuurgegevens: equal content is the same bericht.
    package var content: [UInt8]
    /// Every object it touches, the object itself first. Order goes by these.
    package var objects: [ObjectKey]
    package var kind: Change.Kind?
    package var creates: Creation?
    package var body: Body
    /// Staged content of the record, which this entry adopts.
    package var contents: [Int64]
    package var outcome: Outcome
    /// The answer, where it is known before the commit: a `Fo03`, or the `Bv03` of `reply after store`.
    package var reply: [UInt8]?

    package init(
        tenant: String, zender: Zender, referentienummer: String, berichtcode: String, name: String,
        entiteittype: String = "", tijdstipBericht: String = "", received: WallTime, digest: [UInt8],
        content: [UInt8], objects: [ObjectKey] = [], kind: Change.Kind? = nil, creates: Creation? = nil,
        body: Body, contents: [Int64] = [], outcome: Outcome, reply: [UInt8]? = nil
    ) {
        self.tenant = tenant
        self.zender = zender
        self.referentienummer = referentienummer
        self.berichtcode = berichtcode
        self.name = name
        self.entiteittype = entiteittype
        self.tijdstipBericht = tijdstipBericht
        self.received = received
        self.digest = digest
        self.content = content
        self.objects = objects
        self.kind = kind
        self.creates = creates
        self.body = body
        self.contents = contents
        self.outcome = outcome
        self.reply = reply
    }
}

/// Why something did not go on: a code, and its one-line form without values.
package struct Cause: Hashable, Sendable, CustomStringConvertible {
    /// `M202`; `sluis explain` knows it.
    package var code: String
    /// The failure's description: code, place, the mapping line that asked for it.
    package var text: String

    package init(code: String, text: String) {
        self.code = code
        self.text = text
    }

    package init(_ failure: any Failure) {
        self.init(code: failure.code.number, text: failure.description)
    }

    package var description: String { text }
}

/// How far a kept bericht is.
package enum BerichtState: String, Sendable, CaseIterable {
    /// Committed, its deliveries are not made yet.
    case accepted
    /// At least one of its deliveries is waiting, sending or held.
    case open
    /// All its deliveries took effect, or were discarded.
    case done
    /// No delivery is open, and at least one is dead; or none could be made.
    case dead
    /// Counts as never processed.
    case refused
}

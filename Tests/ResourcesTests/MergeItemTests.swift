import Diagnostics
import Record
import Resources
import Testing

@Suite("The rollen of a change") struct RolTests {
    private static let jan = "999990019"
    private static let piet = "999993653"
    private static let klaas = "111111110"

    /// The BSNs of a zaak's rollen of that roltype, in order.
    private func bsns(_ stored: Stored?, _ roltype: String = "Initiator") throws -> [String] {
        let stored = try #require(stored)
        let shape = Zaken.zaak.shape
        let rollen = try #require(shape.node("rollen"))
        let items = try #require(shape.nodes[rollen].items)
        let type = try #require(items.node("roltype.omschrijving"))
        let bsn = try #require(items.node("betrokkeneIdentificatie.inpBsn"))
        return stored.record.items(rollen).filter { stored.record.text(type, in: $0) == roltype }
            .map { stored.record.text(bsn, in: $0) ?? "" }
    }

    private static func rollen(_ rollen: String...) -> String {
        #"{"rollen":[\#(rollen.joined(separator: ","))]}"#
    }

    private static func initiator(_ bsn: String, _ mark: String, naam: String = "") -> String {
        rollen(Zaken.rol("Initiator", bsn: bsn, mark: mark, naam: naam))
    }

    /// zds-to-zgw-mapping 5.4, by rows: the "was", the "wordt", and who is initiator afterwards; Jan was before.
    private static let table: [(was: String?, wordt: String, then: [String])] = [
        // T: adds what is not there, does nothing to what is.
        (nil, initiator(piet, "toevoegen"), [jan, piet]),
        (nil, initiator(jan, "toevoegen", naam: "Anders"), [jan]),
        // W: replaces, whether the old one is named or not; adds what is not there.
        (initiator(jan, "wijzigen"), initiator(piet, "wijzigen"), [piet]),
        (nil, initiator(jan, "wijzigen", naam: "Anders"), [jan]),
        (nil, initiator(piet, "wijzigen"), [jan, piet]),
        // V: deletes what is there, in either object.
        (nil, initiator(jan, "verwijderen"), []),
        (nil, initiator(piet, "verwijderen"), [jan]),
        (initiator(jan, "verwijderen"), "{}", []),
        (
            initiator(jan, "verwijderen"),
            #"{"rollen":[{"_verwerkingssoort":"verwijderen","roltype":{"omschrijving":"Initiator"}}]}"#, []
        ),
        // I: never creates, never changes.
        (nil, initiator(jan, "identificatie", naam: "Anders"), [jan]),
        (nil, initiator(piet, "identificatie"), [jan]),
        // Without a mark: added, or changed where it is there.
        (nil, initiator(piet, ""), [jan, piet]),
        (nil, initiator(jan, ""), [jan]),
        // V and T in one: the delete comes first.
        (
            nil,
            rollen(
                Zaken.rol("Initiator", bsn: piet, mark: "toevoegen"),
                Zaken.rol("Initiator", bsn: jan, mark: "verwijderen")), [piet]
        ),
    ]

    @Test(
        "are treated by their verwerkingssoort, and the second time nothing is left to do", arguments: table)
    func verwerkingssoort(_ row: (was: String?, wordt: String, then: [String])) throws {
        let stored = try Zaken.stored(#""rollen":[\#(Zaken.rol("Initiator", bsn: Self.jan, naam: "Jan"))]"#)
        let change = try Zaken.change(.changed, row.wordt, was: row.was)
        let merged = try Merge(Zaken.zaak).apply(change, to: stored)
        #expect(try bsns(merged.stored) == row.then)
        #expect(merged.stored?.children.count == row.then.count)
        let again = try Merge(Zaken.zaak).apply(change, to: merged.stored)
        #expect(again.changed == [])
        #expect(again.stored?.children == merged.stored?.children)
    }

    @Test("keep their identity while they stay; a replaced one gets another, the same one each time")
    func identities() throws {
        let rollen = [Zaken.rol("Initiator", bsn: Self.jan), Zaken.rol("Behandelaar", bsn: Self.piet)]
        let more = #""rollen":[\#(rollen.joined(separator: ","))]"#
        let stored = try Zaken.stored(more)
        #expect(Set(stored.children.map(\.uuid)).count == 2)
        #expect(try stored.children == Zaken.stored(more).children)
        let change = try Zaken.change(
            .changed, Self.initiator(Self.jan, "wijzigen", naam: "Jansen"), position: 9)
        let first = try #require(try Merge(Zaken.zaak).apply(change, to: stored).stored)
        #expect(first.children[0] != stored.children[0])
        #expect(first.children[1] == stored.children[1])
        let second = try #require(try Merge(Zaken.zaak).apply(change, to: stored).stored)
        #expect(second.children == first.children)
    }

    @Test("keep what was not said of the same person, and nothing of another")
    func overlay() throws {
        let stored = try Zaken.stored(
            #""rollen":[\#(Zaken.rol("Initiator", bsn: Self.jan, naam: "Jansen"))]"#)
        let same = try Zaken.change(
            .changed,
            #"{"rollen":[{"_verwerkingssoort":"wijzigen","betrokkeneType":"natuurlijk_persoon","#
                + #""roltype":{"omschrijving":"Initiator"},"betrokkeneIdentificatie":"#
                + #"{"inpBsn":"999990019","voorletters":"J."}}]}"#)
        let kept = try #require(try Merge(Zaken.zaak).apply(same, to: stored).stored)
        #expect(Zaken.json(kept.record).contains(#""geslachtsnaam":"Jansen","voorletters":"J.""#))
        let other = try Zaken.change(
            .changed, Self.initiator(Self.piet, "wijzigen"), was: Self.initiator(Self.jan, "wijzigen"))
        let replaced = try #require(try Merge(Zaken.zaak).apply(other, to: stored).stored)
        #expect(!Zaken.json(replaced.record).contains("Jansen"))
    }

    @Test(
        "are the same one by the first number both have, and by all kerngegevens where they share none",
        arguments: [
            (#""inpBsn":"999990019","geslachtsnaam":"A""#, #""inpBsn":"999990019","geslachtsnaam":"B""#, 1),
            (#""inpBsn":"999990019","geslachtsnaam":"A""#, #""inpBsn":"999993653","geslachtsnaam":"A""#, 2),
            (#""inpBsn":"999990019","geslachtsnaam":"A""#, #""geslachtsnaam":"A""#, 1),
            (#""geslachtsnaam":"A","voornamen":"C""#, #""geslachtsnaam":"A""#, 2),
            (
                #""geslachtsnaam":"A","geboortedatum":"1965""#,
                #""geslachtsnaam":"A","geboortedatum":"1965-01-01""#, 2
            ),
            (#""inpBsn":"999990019","anpIdentificatie":"1""#, #""anpIdentificatie":"1""#, 1),
            (#""voorletters":"""#, #""voorletters":"""#, 2),
        ])
    func matching(_ row: (stored: String, comes: String, count: Int)) throws {
        func persoon(_ identificatie: String) -> String {
            #"{"betrokkeneType":"natuurlijk_persoon","roltype":{"omschrijving":"I"},"#
                + #""betrokkeneIdentificatie":{\#(identificatie)}}"#
        }
        let stored = try Zaken.stored(#""rollen":[\#(persoon(row.stored))]"#)
        let change = try Zaken.change(.changed, Self.rollen(persoon(row.comes)))
        let merged = try Merge(Zaken.zaak).apply(change, to: stored)
        #expect(merged.stored?.children.count == row.count)
    }

    @Test("are paired in order where several of one kind change at once")
    func pairs() throws {
        func both(_ second: String) -> String {
            Self.rollen(
                Zaken.rol("B", bsn: Self.jan, mark: "wijzigen"), Zaken.rol("B", bsn: second, mark: "wijzigen")
            )
        }
        let stored = try Zaken.stored(
            #""rollen":[\#(Zaken.rol("B", bsn: Self.jan)),\#(Zaken.rol("B", bsn: Self.piet))]"#)
        let change = try Zaken.change(.changed, both(Self.klaas), was: both(Self.piet))
        let merged = try Merge(Zaken.zaak).apply(change, to: stored)
        #expect(try bsns(merged.stored, "B") == [Self.jan, Self.klaas])
        #expect(merged.stored?.children.first == stored.children.first)
    }
}

@Suite("The statussen of a change") struct StatusTests {
    private func statussen(_ statussen: String...) -> String {
        #"{"statussen":[\#(statussen.joined(separator: ","))]}"#
    }

    private let ontvangen = #""statussen":[\#(Zaken.status("2020-03-09T07:00:00Z", "Ontvangen"))]"#

    @Test("are added, never changed or removed, and say which is the newest")
    func adds() throws {
        let stored = try Zaken.stored(ontvangen)
        let change = try Zaken.change(
            .changed,
            statussen(
                Zaken.status("2020-03-10T07:00:00.5Z", "Klaar"), Zaken.status("2019-01-01T00:00:00Z", "Oud")))
        let merged = try Merge(Zaken.zaak).apply(change, to: stored)
        let json = Zaken.json(try #require(merged.stored).record)
        let flags = json.split(separator: #""indicatieLaatstGezetteStatus":"#).dropFirst().map { $0.first }
        #expect(flags == ["f", "t", "f"])
        #expect(merged.changed == ["statussen"])
        #expect(merged.stored?.children.first == stored.children.first)
        #expect(try Merge(Zaken.zaak).apply(change, to: merged.stored).changed == [])
        let cleared = try Zaken.change(.changed, #"{"statussen":[]}"#)
        #expect(try Merge(Zaken.zaak).apply(cleared, to: merged.stored).changed == [])
    }

    @Test("of one second are one, or refused when they say different things")
    func seconds() throws {
        let stored = try Zaken.stored(ontvangen)
        let same = try Zaken.change(.changed, statussen(Zaken.status("2020-03-09T07:00:00.75Z", "Ontvangen")))
        #expect(try Merge(Zaken.zaak).apply(same, to: stored).changed == [])
        let other = try Zaken.change(.changed, statussen(Zaken.status("2020-03-09T07:00:00Z", "Klaar")))
        let failure = #expect(throws: ResourcesFailure.self) {
            _ = try Merge(Zaken.zaak).apply(other, to: stored)
        }
        #expect(failure?.code == .statusMomentTaken)
        #expect(failure?.place == "statussen")
    }
}

@Suite("The resultaat of a change") struct ResultaatTests {
    @Test("is changed where it is, and keeps its identity")
    func inPlace() throws {
        let stored = try Zaken.stored(#""resultaat":{"resultaattype":{"omschrijving":"A"}}"#)
        #expect(stored.children.map(\.resource) == ["zaken:Resultaat"])
        let change = try Zaken.change(.changed, #"{"resultaat":{"resultaattype":{"omschrijving":"B"}}}"#)
        let merged = try Merge(Zaken.zaak).apply(change, to: stored)
        #expect(merged.stored?.children == stored.children)
        #expect(merged.changed == ["resultaat.resultaattype.omschrijving"])
        let cleared = try Zaken.change(.changed, #"{"resultaat":null}"#)
        let gone = try Merge(Zaken.zaak).apply(cleared, to: merged.stored)
        #expect(gone.stored?.children == [])
    }
}

import Record
import Resources
import Testing

@Suite("A list of the document itself") struct ListItemTests {
    private static let persoon = Zaken.resource("brp:Persoon")
    private static let one = #"{"burgerservicenummer":"999993653","naam":{"geslachtsnaam":"Een"}}"#
    private static let two = #"{"naam":{"voornamen":"T","geslachtsnaam":"Twee"}}"#

    private static func person(_ partners: String...) -> String {
        #"{"burgerservicenummer":"999990019","partners":[\#(partners.joined(separator: ","))]}"#
    }

    private static func marked(_ mark: String, _ partner: String) -> String {
        #"{"_verwerkingssoort":"\#(mark)",\#(partner.dropFirst())"#
    }

    private static func change(_ json: String, _ kind: Change.Kind = .changed) throws -> Change {
        Change(
            objects: [Zaken.key], kind: kind, before: nil, after: try Zaken.record(json, persoon),
            origin: "r",
            source: "s", position: 7)
    }

    /// What the change says, and who is there afterwards; one and two were there.
    private static let table: [(said: String, then: String)] = [
        (person(marked("verwijderen", one)), person(two)),
        (person(marked("beeindigen", two)), person(one)),
        (person(marked("identificatie", two)), person(one, two)),
        (
            person(marked("toevoegen", #"{"burgerservicenummer":"111111110"}"#)),
            person(one, two, #"{"burgerservicenummer":"111111110"}"#)
        ),
        (
            person(
                marked("wijzigen", #"{"burgerservicenummer":"999993653","soortVerbintenis":{"code":"H"}}"#)),
            person(
                #"{"burgerservicenummer":"999993653","soortVerbintenis":{"code":"H"},"naam":{"geslachtsnaam":"Een"}}"#,
                two)
        ),
        (person(marked("verwijderen", one), marked("verwijderen", two)), person()),
        // Without a mark the list is given as a whole.
        (person(two), person(two)),
    ]

    @Test("is changed item by item where its items say what becomes of each", arguments: table)
    func items(_ row: (said: String, then: String)) throws {
        let merge = Merge(Self.persoon)
        let stored = try #require(
            try merge.apply(Self.change(Self.person(Self.one, Self.two), .added), to: nil).stored)
        let merged = try merge.apply(Self.change(row.said), to: stored)
        let now = try #require(merged.stored)
        #expect(Zaken.json(now.record, Self.persoon) == row.then)
        #expect(merged.isChanged == (row.then != Self.person(Self.one, Self.two)))
        #expect(try !merge.apply(Self.change(row.said), to: now).isChanged)
    }

    @Test("leaves out what has no value, and writes what is unknown as the API has it")
    func leftOut() throws {
        var record = try Zaken.record(#"{"burgerservicenummer":"999990019"}"#, Self.persoon)
        let shape = Self.persoon.shape
        record.set(try #require(shape.node("aNummer")), to: .geenWaarde)
        record.set(try #require(shape.node("geboorte")), to: .value)
        record.set(try #require(shape.node("geboorte.datum")), to: .waardeOnbekend)
        record.set(try #require(shape.node("geboorte.land")), to: .value)
        record.set(try #require(shape.node("geboorte.land.code")), to: .waardeOnbekend)
        #expect(
            Zaken.json(record, Self.persoon)
                == #"{"burgerservicenummer":"999990019","geboorte":{"#
                + #""datum":{"type":"DatumOnbekend","onbekend":true,"langFormaat":"onbekend"},"#
                + #""land":{"code":"0000"}}}"#)
    }
}

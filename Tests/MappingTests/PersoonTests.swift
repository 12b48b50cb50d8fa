import Mapping
import Record
import Testing

@Suite("The mapping of a person") struct PersoonTests {
    private func persoon() throws -> CompiledMapping {
        let read = MappingLibrary.load(["/\(Shipped.root)/mappings/bg-brp"], models: Shipped.models)
        return try #require(read.library.mapping("persoon"))
    }

    private func lift(_ text: String) throws -> String {
        let persoon = try persoon()
        let record = try RecordText.record(persoon.legacy, "inp.bsn = 999990019\n" + text)
        let present = try RecordText.record(persoon.api, "burgerservicenummer = 999990019")
        return RecordText.text(
            try persoon.lift(record, over: present, context: gemeente).record, persoon.api)
    }

    @Test("takes back what only another kind of verblijfplaats has")
    func branches() throws {
        let text = try lift(
            "sub.verblijfBuitenland/lnd.landcode = 5010\nsub.verblijfBuitenland/sub.adresBuitenland1 = Laan 1"
        )
        #expect(text.contains("verblijfplaats.type = VerblijfplaatsBuitenland"))
        #expect(text.contains("verblijfplaats.verblijfadres.huisnummer: geenWaarde"))
        #expect(text.contains("verblijfplaats.nummeraanduidingIdentificatie: geenWaarde"))
        #expect(!text.contains("regel1: geenWaarde"))
    }

    @Test(
        "names each criterion that asks nothing, and asks by the kind of verblijfplaats that the others tell",
        arguments: [
            (["verblijfsadres/aoa.huisnummer"], [], ["verblijfsadres/aoa.huisnummer"]),
            (
                ["verblijfsadres/aoa.postcode", "verblijfsadres/aoa.huisnummer"],
                [
                    "verblijfplaats.type", "verblijfplaats.verblijfadres.huisnummer",
                    "verblijfplaats.verblijfadres.postcode",
                ], []
            ),
            (["inp.bsn", "sub.emailadres"], ["burgerservicenummer"], ["sub.emailadres"]),
        ] as [([String], [String], [String])])
    func criteria(_ asked: [String], _ found: [String], _ leftOver: [String]) throws {
        let criteria = asked.map { Question.Criterion(path: $0, comparison: .equals, value: Array("7".utf8)) }
        let answer = try persoon().translate(criteria, context: gemeente)
        #expect(answer.criteria.map(\.path).sorted() == found)
        #expect(answer.leftOver == leftOver)
    }

    @Test("says of each group that is in onderzoek which fields are, and back")
    func onderzoek() throws {
        let persoon = try persoon()
        let said = "inOnderzoek[1]/. = J\ninOnderzoek[1]/@groepsnaam = Overlijden"
        let record = try RecordText.record(persoon.legacy, "inp.bsn = 999990019\n" + said)
        let up = try persoon.lift(record, context: gemeente).record
        #expect(RecordText.text(up, persoon.api).contains("overlijden.inOnderzoek.datum = true"))
        let down = RecordText.text(try persoon.lower(up, context: gemeente).record, persoon.legacy)
        #expect(down.contains("inOnderzoek[1]/@groepsnaam = Overlijden"))
        #expect(!down.contains("inOnderzoek[2]"))
    }

    @Test(
        "tells whose gezag it is by the numbers of the parents",
        arguments: [
            ("GezamenlijkOuderlijkGezag", "999990019", nil, " = 12"),
            ("EenhoofdigOuderlijkGezag", "999990019", "111111110", " = 1"),
            ("EenhoofdigOuderlijkGezag", "999990019", "123456782", " = 2"),
            ("GezamenlijkGezag", "999990019", "123456782", " = 2D"),
            ("Voogdij", "999990019", nil, " = D"),
            ("TijdelijkGeenGezag", "999990019", nil, ": waardeOnbekend"),
            // Of another child, and of a parent who is neither of the two.
            ("EenhoofdigOuderlijkGezag", "999993653", "111111110", nil),
            ("EenhoofdigOuderlijkGezag", "999990019", "999993653", nil),
        ] as [(String, String, String?, String?)])
    func gezag(_ row: (type: String, child: String, parent: String?, told: String?)) throws {
        let persoon = try persoon()
        let parent = row.parent.map { "\ngezag[1].ouder.burgerservicenummer = \($0)" } ?? ""
        let record = try RecordText.record(
            persoon.api,
            """
            burgerservicenummer = 999990019
            gezag[1].type = \(row.type)
            gezag[1].minderjarige.burgerservicenummer = \(row.child)\(parent)
            ouders[1].burgerservicenummer = 123456782
            ouders[1].ouderAanduiding = 2
            ouders[2].burgerservicenummer = 111111110
            ouders[2].ouderAanduiding = 1
            """)
        let down = RecordText.text(try persoon.lower(record, context: gemeente).record, persoon.legacy)
        let line = down.split(separator: "\n").first { $0.hasPrefix("ing.indicatieGezagMinderjarige") }
        #expect(line.map(String.init) == row.told.map { "ing.indicatieGezagMinderjarige\($0)" })
    }
}

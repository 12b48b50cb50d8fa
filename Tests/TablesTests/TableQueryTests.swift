import Foundation
import Mapping
import Model
import Postgres
import Record
import Tables
import TestSupport
import Testing

/// The shipped mapping of an invented copy, over a database with that copy.
private struct Copy {
    static let root = "/" + (#filePath.split(separator: "/").dropLast(3)).joined(separator: "/")

    let query: TableQuery
    let database: ThrowawayPostgres.Database
    let connection: Connection

    init() throws {
        let folder = "\(Self.root)/mappings"
        let (models, _) = Models.load([folder])
        let (library, _) = MappingLibrary.load([folder], models: models)
        let mapping = try #require(library.mapping("kopiepersoon"))
        query = try #require(TableQuery(mapping, models))
        database = try ThrowawayPostgres.database()
        connection = try database.connect()
        let schema = try String(contentsOfFile: "\(Self.root)/fixtures/legacybrp/schema.sql", encoding: .utf8)
        try connection.run(script: SQL(stringLiteral: schema))
        try connection.run(
            script: """
                INSERT INTO "PERSOON" ("PERS_ID", "BSN", "GESL_NAAM", "VOORV", "VOORN", "GESL_AAND", "GEB_DAT", "GEM_CODE",
                    "INS_JAAR", "INS_MND", "INS_DAG") VALUES
                    (3, '999990019', 'Özdemir', 'van', 'Æsa', 'V', '19650701', '0344', 1999, 12, 1),
                    (2, '999993653', 'Ozdemir''s', NULL, 'Jan', 'M', '19650000', '0344', 1999, 12, NULL),
                    (1, '111111110', 'Proef', NULL, 'Piet', 'M', '00000000', '0518', NULL, NULL, NULL);
                INSERT INTO "PERS_ADRES" ("PERS_ID", "STRAAT", "HUISNR", "POSTCODE") VALUES
                    (3, 'Kade "1"', 12, '1234AB'), (1, 'Kade', 12, '1234AC');
                INSERT INTO "PERS_NAT" VALUES (3, 2, '0052', NULL, NULL), (3, 1, '0001', '017', '19650701');
                INSERT INTO "PERS_HUW" ("PERS_ID", "VOLGNR", "SOORT", "P_BSN", "P_NAAM") VALUES
                    (3, 1, 'H', '123456782', 'Proef\\back');
                """)
    }

    /// The rows that a question gives.
    func rows(
        _ criteria: [Question.Criterion], limit: Int = 10, after: [[UInt8]]? = nil
    ) throws -> [Tables.Row] {
        let asked = query.select(criteria, limit: limit, after: after)
        return try connection.execute(asked.sql, asked.values).map { try query.row($0) }
    }

    /// The numbers of the persons that a question gives.
    func found(_ criteria: Question.Criterion...) throws -> [String] {
        try rows(criteria).map { row in
            guard case .text(let text)? = row.cells.first else { return "" }
            return String(decoding: text, as: UTF8.self)
        }
    }
}

private func equals(_ path: String, _ values: String...) -> Question.Criterion {
    Question.Criterion(
        path: path, comparison: values.count == 1 ? .equals : .oneOf, values: values.map { Array($0.utf8) })
}

private func like(_ path: String, _ comparison: Question.Comparison, _ value: [UInt8]) -> Question.Criterion {
    var criterion = Question.Criterion(path: path, comparison: comparison, value: value)
    criterion.isFolded = true
    return criterion
}

@Suite("A question about a copy", .serialized) struct TableQueryTests {
    @Test("is one statement that gives an object with all its rows, in their order") func whole() throws {
        let copy = try Copy()
        let row = try #require(try copy.rows([equals("burgerservicenummer", "999990019")]).first)
        let mapping = copy.query.mapping
        let record = try mapping.lift(
            copy.query.form.record(of: row, mapping.legacyLayout),
            context: Context(
                zender: .init(), ontvanger: .init(), ontvangen: "2026-01-05T10:00:00Z", isNew: true)
        ).record
        func text(_ path: String) -> String? { mapping.apiLayout.node(path).flatMap { record.text($0) } }
        #expect(text("naam.geslachtsnaam") == "Özdemir")
        #expect(text("naam.voorvoegsel") == "van")
        #expect(text("verblijfplaats.verblijfadres.officieleStraatnaam") == "Kade \"1\"")
        #expect(text("datumInschrijvingInGemeente") == "1999-12-01")
        let nationaliteiten = try #require(mapping.apiLayout.node("nationaliteiten"))
        let items = try #require(mapping.apiLayout.nodes[nationaliteiten].items)
        let code = try #require(items.node("nationaliteit.code"))
        #expect(record.items(nationaliteiten).map { record.text(code, in: $0) } == ["0001", "0052"])
        let partners = try #require(mapping.apiLayout.node("partners"))
        let name = try #require(mapping.apiLayout.nodes[partners].items?.node("naam.geslachtsnaam"))
        #expect(record.items(partners).map { record.text(name, in: $0) } == ["Proef\\back"])
    }

    @Test("finds by what stands in its own table, in other tables, and in several columns") func finding()
        throws
    {
        let copy = try Copy()
        #expect(try copy.found(equals("burgerservicenummer", "111111110", "999990019")) == ["1", "3"])
        #expect(try copy.found(equals("burgerservicenummer", "123456782")) == [])
        #expect(try copy.found(equals("geboorte.datum", "1965-07-01")) == ["3"])
        #expect(try copy.found(equals("datumInschrijvingInGemeente", "1999-12-01")) == ["3"])
        #expect(try copy.found(equals("gemeenteVanInschrijving.code", "0518")) == ["1"])
        #expect(
            try copy.found(
                equals("verblijfplaats.verblijfadres.postcode", "1234AB"),
                equals("verblijfplaats.verblijfadres.huisnummer", "12")) == ["3"])
        #expect(try copy.found(equals("verblijfplaats.verblijfadres.huisnummer", "12")) == ["1", "3"])
        #expect(try copy.found(equals("partners.burgerservicenummer", "123456782")) == ["3"])
        #expect(try copy.found(equals("nationaliteiten.nationaliteit.code", "0052")) == ["3"])
    }

    @Test("finds names whatever their capitals and marks, whole, by their beginning or their end")
    func folded() throws {
        let copy = try Copy()
        let path = "naam.geslachtsnaam"
        #expect(try copy.found(like(path, .equals, Array("ozdemir".utf8))) == ["3"])
        #expect(try copy.found(like(path, .below, Array("ozdemir".utf8) + [0xFF])) == ["3", "2"])
        #expect(try copy.found(like(path, .ends, Array("'s".utf8))) == ["2"])
        #expect(try copy.found(like("naam.voornamen", .equals, Array("aesa".utf8))) == ["3"])
    }

    @Test(
        "folds every letter as the store does",
        arguments: [0xC0...0xFF, 0x100...0x13F, 0x140...0x17F, 0x20...0x7E] as [ClosedRange<UInt32>])
    func letters(_ range: ClosedRange<UInt32>) throws {
        let copy = try Copy()
        let text = String(String.UnicodeScalarView(range.compactMap(Unicode.Scalar.init))) + "e\u{301}"
        try copy.connection.execute(
            "UPDATE \(Identifier("PERSOON")) SET \(Identifier("GESL_NAAM")) = $1 WHERE \(Identifier("PERS_ID")) = 1",
            [.text(text)])
        #expect(try copy.found(like("naam.geslachtsnaam", .equals, FoldedText.of(text.utf8))) == ["1"])
    }

    @Test("goes on behind the key of the last row, each row once") func paging() throws {
        let copy = try Copy()
        var seen: [[[UInt8]]] = []
        var after: [[UInt8]]?
        while let row = try copy.rows([], limit: 1, after: after).first {
            let cursor = try #require(copy.query.cursor(of: row))
            seen.append(cursor)
            after = cursor
        }
        #expect(
            seen.map { String(decoding: $0[0], as: UTF8.self) } == ["111111110", "999990019", "999993653"])
    }

    @Test("never holds a value in its text, and takes whatever is asked for as a value") func parameters()
        throws
    {
        let copy = try Copy()
        let attack = "x'); DROP TABLE \"PERSOON\"; --"
        let asked = copy.query.select(
            [equals("naam.geslachtsnaam", attack), like("naam.voornamen", .equals, Array(attack.utf8))],
            limit: 1,
            after: nil)
        #expect(!asked.sql.text.contains("DROP"))
        #expect(try copy.found(equals("naam.geslachtsnaam", attack)) == [])
        #expect(try copy.found(equals("naam.geslachtsnaam", "Ozdemir's")) == ["2"])
        #expect(try copy.rows([]).count == 3)
    }

    @Test(
        "says which paths SQL cannot look for, and lets what it cannot compare through",
        arguments: [
            ("burgerservicenummer", true), ("geboorte.datum", true), ("geboorte.land.code", true),
            ("geslacht.code", false), ("naam.volledigeNaam", false), ("verblijfplaats.type", false),
            ("leeftijd", false),
        ])
    func reach(_ path: String, _ canFind: Bool) throws {
        let copy = try Copy()
        #expect(copy.query.canFind(path, isFolded: false) == canFind)
        guard !canFind else { return }
        let asked = copy.query.select([equals(path, "V")], limit: 10, after: nil)
        #expect(!asked.isNarrowed)
        #expect(try copy.found(equals(path, "V")).count == 3)
    }
}

import Diagnostics
import Language
import Mapping
import Model
import Record
import Tables
import Testing

/// A model of tables with every spelling, and facts beside it.
enum Kopie {
    static let model = """
        model kopie tables "public"
        table persoon key gemeente, nummer {
            gemeente text(4) required
            nummer integer required
            naam text(10) padded
            soort enum("A", "B")
            vlag boolean
            bedrag decimal
            dag text(8)
            datum datum
            moment tijdstip
            jaar integer
            maand integer
            dagnummer integer
            verplicht text(5) required
        }
        table kind {
            gemeente text(4) references persoon.gemeente
            nummer integer references persoon.nummer
            volgnr integer
            naam text(5)
        }
        table adres {
            gemeente text(4)
            nummer integer
            straat text(5)
        }
        table soort {
            gemeente text(4) references persoon.gemeente
            naam text(5)
        }
        """
    static let facts = """
        facts kopie
        table persoon {
            naam unknown "?"
            dag datum incomplete spelled eight-digits
            verplicht empty "-"
            add begin datum incomplete columns jaar, maand, dagnummer
            add kinderen* rows kind order volgnr
            add adres rows adres
        }
        table adres {
            gemeente references persoon.gemeente
            nummer references persoon.nummer
        }
        """

    static func read(_ texts: [String]) -> (models: Models, findings: [Finding]) {
        let read = texts.enumerated().map {
            Parser.parse(file: "\($0.offset).model", bytes: Array($0.element.utf8))
        }
        let (models, findings) = Models.read(read.map(\.document))
        return (models, read.flatMap(\.findings) + findings)
    }

    static func entity() throws -> Entity {
        let (models, findings) = read([model, facts])
        #expect(findings.map(\.description) == [])
        return try #require(models.entity("kopie:persoon"))
    }

    static func form() throws -> TableForm { try #require(TableForm(entity())) }

    /// What a row with only that column says, as standing, precision and value.
    static func said(_ path: String, by row: String) throws -> String {
        let entity = try entity()
        let form = try #require(TableForm(entity))
        let record = try form.record(of: RowDocument.read(Array(row.utf8), of: form).row, entity.layout)
        let node = try #require(entity.layout.node(path))
        let slot = record.slot(node)
        return slot.standing == .value ? "\(record.text(node) ?? "") \(slot.precision)" : "\(slot.standing)"
    }
}

@Suite("A table of a model") struct TableFormTests {
    @Test("is one object with the rows that refer to it, by a composed key") func tree() throws {
        let form = try Kopie.form()
        #expect(
            form.columns == [
                "gemeente", "nummer", "naam", "soort", "vlag", "bedrag", "dag", "datum", "moment",
                "verplicht",
                "jaar", "maand", "dagnummer",
            ])
        #expect(form.children.map(\.name) == ["kinderen", "adres"])
        #expect(form.children.map(\.isRepeat) == [true, false])
        #expect(form.children[0].form.columns == ["volgnr", "naam"])
        #expect(form.children[0].facts.columns == ["gemeente", "nummer"])
        #expect(form.children[0].facts.refersTo == ["gemeente", "nummer"])
        #expect(form.children[0].facts.order == ["volgnr"])
    }

    @Test(
        "reads each cell by what the model says of its column",
        arguments: [
            ("naam", #"{"naam": "Jan       "}"#, "Jan full"), ("naam", #"{"naam": null}"#, "null"),
            ("naam", #"{"naam": "   "}"#, "empty"), ("naam", #"{"naam": "?"}"#, "waardeOnbekend"),
            ("naam", "{}", "notSent"), ("nummer", #"{"nummer": 7}"#, "7 full"),
            ("nummer", #"{"nummer": "-07"}"#, "-7 full"), ("bedrag", #"{"bedrag": "1.50"}"#, "1.5 full"),
            ("bedrag", #"{"bedrag": -0.00}"#, "0 full"), ("vlag", #"{"vlag": "t"}"#, "true full"),
            ("vlag", #"{"vlag": false}"#, "false full"), ("dag", #"{"dag": "19650701"}"#, "1965-07-01 full"),
            ("dag", #"{"dag": "19650700"}"#, "1965-07-01 month"),
            ("dag", #"{"dag": "19650000"}"#, "1965-01-01 year"),
            ("dag", #"{"dag": "00000000"}"#, "0001-01-01 nothing"), ("dag", #"{"dag": ""}"#, "empty"),
            ("datum", #"{"datum": "2020-02-29"}"#, "2020-02-29 full"),
            ("moment", #"{"moment": "2020-07-01 12:00:00.250"}"#, "2020-07-01T10:00:00.25Z full"),
            ("moment", #"{"moment": "2020-07-01 12:00:00+05:30"}"#, "2020-07-01T06:30:00Z full"),
            ("begin", #"{"jaar": 1999, "maand": 12, "dagnummer": 31}"#, "1999-12-31 full"),
            ("begin", #"{"jaar": 1999, "maand": 12, "dagnummer": null}"#, "1999-12-01 month"),
            ("begin", #"{"jaar": 1999, "maand": 0, "dagnummer": 0}"#, "1999-01-01 year"),
            ("begin", #"{"jaar": 0, "maand": 0, "dagnummer": 0}"#, "0001-01-01 nothing"),
            ("begin", #"{"jaar": null, "maand": null, "dagnummer": null}"#, "null"),
            ("begin", #"{"jaar": 1999, "maand": 12}"#, "notSent"),
            ("verplicht", #"{"verplicht": "-"}"#, "empty"),
        ])
    func reading(_ path: String, _ row: String, _ said: String) throws {
        #expect(try Kopie.said(path, by: row) == said)
    }

    @Test(
        "refuses what a column cannot mean, naming the column and not the value",
        arguments: [
            ("naam", #"{"naam": "langer dan tien"}"#), ("soort", #"{"soort": "C"}"#),
            ("vlag", #"{"vlag": "ja"}"#),
            ("nummer", #"{"nummer": "12a"}"#), ("bedrag", #"{"bedrag": "NaN"}"#),
            ("bedrag", #"{"bedrag": "1e9"}"#),
            ("dag", #"{"dag": "1965-07-01"}"#), ("dag", #"{"dag": "19650732"}"#),
            ("dag", #"{"dag": "19650001"}"#),
            ("datum", #"{"datum": "infinity"}"#), ("datum", #"{"datum": "2021-02-29"}"#),
            ("moment", #"{"moment": "2020-07-01"}"#),
            ("jaar", #"{"jaar": 1999, "maand": 13, "dagnummer": 1}"#),
            ("jaar", #"{"jaar": 99999999999999999999, "maand": 1, "dagnummer": 1}"#),
        ])
    func refusals(_ column: String, _ row: String) {
        #expect(throws: TablesFailure(.cellUnspelled, at: "persoon.\(column)")) {
            try Kopie.said("naam", by: row)
        }
    }

    @Test(
        "writes back what it reads, in its own spelling",
        arguments: [
            (
                #"{"naam":"Jan  ","nummer":"007","dag":"19650000"}"#,
                #"{"nummer":"7","naam":"Jan","dag":"19650000"}"#
            ),
            (#"{"naam":"?","verplicht":""}"#, #"{"naam":"?","verplicht":"-"}"#),
            (#"{"naam":"","dag":"00000000"}"#, #"{"naam":null,"dag":"00000000"}"#),
            (
                #"{"jaar":1999,"maand":0,"dagnummer":0}"#, #"{"jaar":"1999","maand":null,"dagnummer":null}"#
            ), (#"{"jaar":0,"maand":0,"dagnummer":0}"#, #"{"jaar":"0000","maand":"00","dagnummer":"00"}"#),
            (
                #"{"moment":"2020-07-01 12:00:00.25"}"#, #"{"moment":"2020-07-01 12:00:00.25+02:00"}"#
            ),
            (
                #"{"kinderen":[{"gemeente":"0344","naam":"An"},{"volgnr":2}],"adres":[{"straat":"weg"}]}"#,
                #"{"kinderen":[{"naam":"An"},{"volgnr":"2"}],"adres":[{"straat":"weg"}]}"#
            ), (#"{"kinderen":[],"adres":[]}"#, #"{"kinderen":[],"adres":[]}"#),
        ])
    func writing(_ row: String, _ written: String) throws {
        let entity = try Kopie.entity()
        let form = try #require(TableForm(entity))
        let read = try RowDocument.read(Array(row.utf8), of: form)
        #expect(read.unknown == [])
        let again = try form.row(of: form.record(of: read.row, entity.layout))
        let text = String(decoding: RowDocument.write(again, of: form), as: UTF8.self)
        #expect(text.filter { $0 != "\n" && $0 != " " } == written.filter { $0 != " " })
        // What was written means the same.
        let second = try RowDocument.read(Array(text.utf8), of: form).row
        #expect(try form.row(of: form.record(of: second, entity.layout)) == again)
    }

    @Test("refuses to write no value where there must be one, or half a date in a whole one")
    func unwritable() throws {
        let entity = try Kopie.entity()
        let form = try #require(TableForm(entity))
        var record = Record(entity.layout)
        record.set(try #require(entity.layout.node("gemeente")), to: .geenWaarde)
        #expect(throws: TablesFailure(.cellUnwritable, at: "persoon.gemeente")) { try form.row(of: record) }
        record = Record(entity.layout)
        record.set(try #require(entity.layout.node("datum")), to: "2020-01-01", precision: .year)
        #expect(throws: TablesFailure(.cellUnwritable, at: "persoon.datum")) { try form.row(of: record) }
    }

    @Test(
        "is no table when a document is no row",
        arguments: ["", "[]", "{", "{\"naam\": {}}", "{\"kinderen\": {}}", "{} {}"])
    func malformed(_ text: String) throws {
        let form = try Kopie.form()
        #expect(throws: TablesFailure.self) { try RowDocument.read(Array(text.utf8), of: form) }
    }

    @Test("names what a row has beside its columns") func unknown() throws {
        let form = try Kopie.form()
        let read = try RowDocument.read(
            Array(#"{"nam": 1, "kinderen": [{"nummer": 1, "x": []}]}"#.utf8), of: form)
        #expect(read.unknown == ["/nam", "/kinderen/0/x"])
    }
}

@Suite("Facts of tables") struct TableFactsTests {
    @Test(
        "are refused where they lead nowhere",
        arguments: [
            ("table persoon { add x* rows kinds }", "M129"),
            ("table persoon { add x* rows soort by nam }", "M130"),
            ("table persoon { add x* rows adres }", "M135"),
            ("table persoon { add x datum columns jaar, maand, dg }", "M130"),
            ("table persoon { add x datum columns jaar, maand }", "M131"),
            ("table persoon { add x text columns jaar, maand, dag }", "M131"),
            (
                "table persoon { add x* rows kind }\ntable kind { add y* rows persoon }\ntable persoon { }",
                "M128"
            ),
            ("table kind { volgnr references persoon.nummer }\ntable persoon { add x* rows kind }", "M135"),
        ])
    func refusals(_ facts: String, _ code: String) {
        let facts =
            facts.contains("rows persoon")
            ? "table persoon { nummer references kind.volgnr\n add x* rows kind }\ntable kind { add y* rows persoon }"
            : facts
        let found = Kopie.read([Kopie.model, "facts kopie\n\(facts)"]).findings
        #expect(found.first?.code.number == code, "\(found.map(\.description))")
    }
}

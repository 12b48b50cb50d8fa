import Language
import Model
import ModelImport
import Postgres
import TestSupport
import Testing

@Suite("A live database", .serialized) struct TableTests {
    @Test("gives its tables, with keys, lengths, values and what refers to what") func tables() throws {
        let database = try ThrowawayPostgres.database()
        let connection = try database.connect()
        try connection.run(
            script: """
                CREATE TYPE soort AS ENUM ('mens', 'dier');
                CREATE DOMAIN bsn AS varchar(9);
                CREATE TABLE personen (
                    id bigint GENERATED ALWAYS AS IDENTITY, bsn bsn NOT NULL, naam varchar(60), geslacht char(1)
                    CHECK (geslacht IN ('M', 'V', 'it''s')), geboren date, gewijzigd timestamptz NOT NULL DEFAULT now(),
                    soort soort, bedrag numeric(8, 2), aantal numeric(5), vlag boolean NOT NULL, tags text[],
                    foto bytea, "een gek ding" text, PRIMARY KEY (bsn, naam));
                CREATE TABLE nationaliteit (
                    bsn bsn, naam varchar(60), code integer CHECK (code > 0 AND code < 10),
                    FOREIGN KEY (bsn, naam) REFERENCES personen (bsn, naam));
                CREATE SCHEMA ander; CREATE TABLE ander.weg (a int);
                """)
        let deriver = TableDeriver(connection, schema: "public")
        let text = ModelText.write(try deriver.derive([], name: "kopie"), heading: [])
        #expect(
            body(text) == """
                table nationaliteit {
                    bsn   text(9)   references personen.bsn
                    naam  text(60)  references personen.naam
                    code  integer
                }
                table personen key bsn, naam {
                    id         integer                 read-only
                    bsn        text(9)                 required
                    naam       text(60)                required
                    geslacht   enum("M", "V", "it's")  padded
                    geboren    datum
                    gewijzigd  tijdstip
                    soort      enum("mens", "dier")
                    bedrag     decimal(8)
                    aantal     integer(5)
                    vlag       boolean                 required
                    tags*      text
                    foto       content
                }

                """)
        #expect(findings([text]) == [])
        #expect(
            try body(ModelText.write(deriver.derive(["nationaliteit"], name: "kopie"), heading: []))
                .hasPrefix("table nat"))
        #expect(throws: ModelImportFailure.self) { try deriver.derive(["weg"], name: "kopie") }
        #expect(throws: ModelImportFailure.self) {
            try TableDeriver(connection, schema: "leeg").derive([], name: "kopie")
        }
    }
}

import Diagnostics
import Foundation
import Stubs
import Testing

@Suite("A catalogue file") struct CatalogueFileTests {
    private func read(_ text: String) -> (catalogue: TypeCatalogue, findings: [Finding]) {
        CatalogueReader.read(file: "x.catalogue", bytes: Array(text.utf8))
    }

    @Test("says the types of a stand-in")
    func types() throws {
        let (catalogue, findings) = read(
            """
            catalogus "ABC" rsin "123456782"
            zaaktype "B1" "Een zaak" from 2010-01-01 to 2020-12-31 {
                status "Ontvangen"
                status "Klaar"
                rol "Aanvrager" initiator
                resultaat "Ja" vernietigen after 5 years
                resultaat "Nee" blijvend_bewaren
                document "Brief"
                besluit "Toekenning"
            }
            """)
        #expect(findings.isEmpty && catalogue.domein == "ABC")
        let type = try #require(catalogue.zaaktypen.first)
        #expect(type.identificatie == "B1" && type.begin == "2010-01-01" && type.einde == "2020-12-31")
        #expect(type.statussen == ["Ontvangen", "Klaar"] && type.resultaten.map(\.years) == [5, nil])
        #expect(type.rollen.map(\.generiek) == ["initiator"] && type.besluiten == ["Toekenning"])
    }

    @Test(
        "with a mistake says where it is",
        arguments: [
            ("zaaktype \"B1\" \"x\" from morgen {\nstatus \"a\"\n}", "x.catalogue:1:24"),
            ("zaaktype \"B1\" \"x\" from 2010-01-01 {\n}", "x.catalogue:1:10"),
            ("zaaktype \"B1\" \"x\" from 2010-01-01 {\nrol \"a\" initiater\n}", "x.catalogue:2:9"),
            (
                "zaaktype \"B1\" \"x\" from 2010-01-01 {\nresultaat \"a\" vernietigen after 0 years\n}",
                "x.catalogue:2:33"
            ),
            ("zaaktypes", "x.catalogue:1:1"),
        ])
    func mistakes(row: (text: String, place: String)) {
        #expect(read(row.text).findings.first.map { "\($0.location)" } == row.place)
    }

    @Test("ships with the types that the messages speak of")
    func shipped() throws {
        let path = "\(FileManager.default.currentDirectoryPath)/mappings/zds-zgw/example.catalogue"
        let bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
        let (catalogue, findings) = CatalogueReader.read(file: path, bytes: bytes)
        #expect(findings.isEmpty && catalogue.zaaktypen.map(\.identificatie) == ["B1026", "B9999"])
    }
}

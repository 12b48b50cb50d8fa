import Diagnostics
import Language
import ModelImport
import TestSupport
import Testing

@Suite("The official schemas and API documents", .needsSharedData) struct SharedSchemaTests {
    @Test(
        "give models without a finding",
        arguments: [
            ["stuf/zds-1.1.02/zkn0310/zkn0310_msg_totaal.xsd"], ["stuf/drivers/zds-1.1.02.xsd"],
            ["stuf/drivers/zds-1.2.xsd"],
            [
                "stuf/zkn0310-patch28/zkn0310/zkn0310_msg_totaal.xsd",
                "stuf/zkn0310-patch28/bg0310/bg0310_msg_totaal.xsd",
            ],
            ["stuf/drivers/bg0310-patch28.xsd"], ["stuf/bg0204/bg0204/bg0204.xsd"],
        ])
    func trees(_ entries: [String]) throws {
        let paths = entries.map { "\(SharedData.folder)/data/\($0)" }
        // The package of ZDS 1.1.02 lacks one file that its root includes.
        guard entries != ["stuf/zds-1.1.02/zkn0310/zkn0310_msg_totaal.xsd"] else {
            #expect(throws: ModelImportFailure.self) {
                _ = try StUFDeriver(entries: paths, contents: SourceFiles.bytes)
            }
            return
        }
        var deriver = try StUFDeriver(entries: paths, contents: SourceFiles.bytes)
        let models = try deriver.derive([])
        #expect(models.flatMap(\.entities).count > 7)
        #expect(findings(models.map { ModelText.write($0, heading: []) }) == [])
    }

    @Test(
        "give the same models as are shipped",
        arguments: [
            (
                "zaken", "open-zaak/zaken-1.5.1",
                ["Zaak", "Resultaat", "Rol", "Status", "ZaakObject", "ZaakInformatieObject"]
            ),
            ("documenten", "open-zaak/documenten-1.4.2", ["EnkelvoudigInformatieObject"]),
            ("besluiten", "open-zaak/besluiten-1.1.0", []),
            ("brp", "haal-centraal/brp-personen-2.7.0", []),
        ])
    func shipped(_ name: String, _ file: String, _ wanted: [String]) throws {
        let path = "\(SharedData.folder)/data/openapi/\(file).json"
        let bytes = try #require(SourceFiles.bytes(of: path))
        var deriver = try APIDeriver(file: path, bytes: bytes, name: nil)
        let text = body(ModelText.write(try deriver.derive(wanted), heading: []))
        let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
        let known = try #require(SourceFiles.bytes(of: "\(folder)/mappings/models/\(name).model"))
        #expect(text == body(String(decoding: known, as: UTF8.self)))
    }

    @Test(
        "give models without a finding, from each API document",
        arguments: [
            "open-zaak/autorisaties-1.0.0", "open-zaak/besluiten-1.1.0", "open-zaak/catalogi-1.3.1",
            "open-zaak/documenten-1.4.2", "open-zaak/notificaties-1.0.0", "open-zaak/zaken-1.5.1",
            "vng-standaard/zaken-1.7.0", "haal-centraal/brp-personen-2.7.0",
            "haal-centraal/brp-update-1.0.0-resolved", "adr/testcases/cor-api/openapi",
        ])
    func documents(_ file: String) throws {
        let path = "\(SharedData.folder)/data/openapi/\(file).json"
        let bytes = try #require(SourceFiles.bytes(of: path))
        var deriver = try APIDeriver(file: path, bytes: bytes, name: nil)
        #expect(findings([ModelText.write(try deriver.derive([]), heading: [])]) == [])
    }

    @Test(
        "are refused where they describe no resource, or no version",
        arguments: [
            ("baseline", "M149"), ("contact-missing", "M149"), ("date-time", "M149"), ("error-type", "M149"),
            ("openapi-versie-missing", "M143"), ("paths-kebab-slashes", "M149"), ("semver-incorrect", "M149"),
            ("servers-missing", "M149"), ("version-header-missing", "M149"),
            ("query-keys-camel-case", "M149"),
        ])
    func testcases(_ name: String, _ code: String) throws {
        let path = "\(SharedData.folder)/data/openapi/adr/testcases/\(name)/openapi.json"
        let text = String(decoding: try #require(SourceFiles.bytes(of: path)), as: UTF8.self)
        #expect(refusal(ofAPI: text)?.hasSuffix(code) == true)
    }
}

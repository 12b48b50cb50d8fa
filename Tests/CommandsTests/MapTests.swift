private import Foundation
import TestSupport
import Testing

private let bericht =
    "data/messages/openzaakbrug/suites4sociaaldomein/02-request-zakLk01-Generen-Zaak.xml"

@Suite("sluis map") struct MapTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ name: String, _ text: String) throws -> String {
        let path = "\(folder.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    @Test(
        "makes a zaak of a recorded creeerZaak, and of that zaak a bericht that is valid again",
        .needsSharedData)
    func recorded() throws {
        let up = try Sluis.run("map", "mappings/zds-zgw/zaak.map", SharedData.path(bericht))
        #expect(up.exit == 0 && up.errors.isEmpty, "\(up.errors)")
        let zaak = try #require(
            try JSONSerialization.jsonObject(with: Data(up.output.utf8)) as? [String: Any])
        #expect(zaak["identificatie"] as? String == "1900208938")
        #expect(zaak["startdatum"] as? String == "2020-03-09")
        #expect(zaak["archiefnominatie"] as? String == "vernietigen")
        #expect((zaak["zaaktype"] as? [String: String]) == ["identificatie": "B1026"])
        #expect((zaak["kenmerken"] as? [[String: String]]) == [["kenmerk": "273846", "bron": "GWS4all"]])
        #expect(up.output.contains("\"inpBsn\": \"111111110\""))
        #expect(up.output.contains("\"identificatie\": \"012345678901234567890123\""))
        #expect(up.output.contains("\"datumStatusGezet\": \"2020-03-09T07:01:04Z\""))

        let path = try write("zaak.json", up.output)
        let down = try Sluis.run(
            "map", "zaak", path, "--zender", "1900/GWS", "--ontvanger", "ZSH", "--referentienummer", "r-1",
            "--tijdstip", "20200309080104")
        #expect(down.exit == 0 && down.errors.isEmpty, "\(down.errors)")
        #expect(down.output.contains("<StUF:organisatie>1900</StUF:organisatie>"))
        #expect(down.output.contains("<StUF:applicatie>ZSH</StUF:applicatie>"))
        #expect(down.output.contains("<StUF:referentienummer>r-1</StUF:referentienummer>"))
        #expect(down.output.contains("<StUF:tijdstipBericht>20200309080104</StUF:tijdstipBericht>"))
        let made = try write("zaak.xml", down.output)
        let again = try Sluis.run("map", "zaak", made)
        #expect(again.exit == 0)
        // What the zender's organisatie gives has no way down, and comes up by it again.
        #expect(again.output == up.output)
        guard try Sluis.shell("command -v xmllint").exit == 0 else { return }
        let schema = SharedData.path("data/stuf/drivers/zds-1.1.02.xsd")
        let valid = try Sluis.shell("xmllint --noout --schema \(schema) \(made)")
        #expect(valid.exit == 0, "\(valid.errors)")
    }

    private static let creeerZaak = "fixtures/zds11/creeer-zaak/1-request.xml"

    @Test("says for each value where it comes from, and for each element what became of it")
    func reports() throws {
        let explained = try Sluis.run("map", "zaak", Self.creeerZaak, "--explain")
        #expect(explained.exit == 0)
        let lines = explained.output.split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("startdatum ") })
        #expect(line.split(separator: " ").prefix(3) == ["startdatum", "<-", "startdatum"])
        #expect(line.contains("  mappings/zds-zgw/zaak.map:"))
        // The arrows stand under each other, and a pipe gets no colours.
        #expect(
            Set(lines.prefix(5).map { $0.firstRange(of: "  <-  ")?.lowerBound.utf16Offset(in: $0) }).count
                == 1)
        #expect(!explained.output.contains("\u{1B}"))
        let json = try Sluis.run("map", "zaak", Self.creeerZaak, "--explain", "--json")
        let rules = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(rules?.contains { $0["target"] as? String == "startdatum" } == true)

        let loss = try Sluis.run("map", "zaak", Self.creeerZaak, "--loss")
        #expect(loss.exit == 0)
        let heads = loss.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(heads.map { $0.prefix { $0 != " " } } == ["lost", "omitted", "ignored", "mapped"])
        let lossJSON = try Sluis.run("map", "zaak", Self.creeerZaak, "--loss", "--json")
        let report = try JSONSerialization.jsonObject(with: Data(lossJSON.output.utf8)) as? [String: Any]
        #expect((report?["mapped"] as? [String])?.contains("startdatum") == true)
    }

    @Test("reads standard input")
    func standardInput() throws {
        let file = try String(contentsOfFile: "\(Sluis.root)/\(Self.creeerZaak)", encoding: .utf8)
        let piped = try Sluis.run("map", "zaak", "-", input: file)
        #expect(piped.exit == 0)
        #expect(piped.output == (try Sluis.run("map", "zaak", Self.creeerZaak).output))
    }

    @Test(
        "refuses what cannot be mapped with 1, and says the place and never the value",
        arguments: [
            ("{\"identificatie\": 5}", 1, "A002 typeWrong at /identificatie"),
            (
                "{\"identificatie\": \"Z1\", \"startdatum\": \"2020-13-45\"}", 1,
                "A003 spellingWrong at /startdatum"
            ),
            ("{\"identificatie\": \"Z1\"}", 1, "M201 valueMissing at startdatum"),
            ("{\"identificatie\": ", 1, "J0"),
            ("<a/>", 1, "S0"),
            ("<!DOCTYPE a><a/>", 1, "X0"),
            ("geen van beide", 2, "C027 inputUnfit"),
            ("", 2, "C027 inputUnfit"),
        ])
    func refusals(_ row: (input: String, exit: Int32, message: String)) throws {
        let result = try Sluis.run("map", "zaak", "-", input: row.input)
        #expect(result.exit == row.exit)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(row.message), "\(result.errors)")
        #expect(!result.errors.contains("2020-13-45"))
    }

    @Test("names properties that the model does not know, and maps the rest")
    func unknown() throws {
        let text = try Sluis.run("map", "zaak", Self.creeerZaak).output
        let input = text.replacing("{\n", with: "{\n\"kleur\": \"blauw\",\n", maxReplacements: 1)
        let result = try Sluis.run("map", "zaak", "-", input: input)
        #expect(result.exit == 0)
        #expect(result.errors == "sluis: /kleur is unknown to zaken:Zaak and passed over\n")
    }

    @Test(
        "says what is wrong with its arguments",
        arguments: [
            (["zak", "x"], "there is no mapping `zak`: did you mean `zaak`?"),
            (["nowhere.map", "x"], "C021 fileNotRead at nowhere.map"),
            (["zaak", "/nowhere.xml"], "C021 fileNotRead at /nowhere.xml"),
            (["zaak"], "`map` needs MAPPING FILE"),
            (["zaak", "-", "--tijdstip", "gisteren"], "`--tijdstip` takes 8 to 17 digits"),
            (["zaak", "-", "--zender", "a/b/c/d"], "`--zender` takes APPLICATIE"),
        ])
    func usage(_ row: (arguments: [String], message: String)) throws {
        let result = try Sluis.run(["map"] + row.arguments, input: "{}")
        #expect(result.exit == 2)
        #expect(result.errors.contains(row.message), "\(result.errors)")
    }

    @Test("reports the errors of a mapping that it cannot use")
    func broken() throws {
        let path = try write(
            "x.map", "mapping zaak  zkn0310:ZAK <-> zaken:Zaak\n\nkey identificati <-> identificatie\n")
        let result = try Sluis.run("map", path, Self.creeerZaak)
        #expect(result.exit == 2)
        #expect(result.errors.contains("\(path):3:5 M1"))
        #expect(result.errors.contains("write: key identificatie <-> identificatie"))
        #expect(result.errors.contains("C026 mappingBroken at \(path)"))
    }
}

import Diagnostics
import Mapping
import Model
import Record
import Testing

@Suite("A block") struct BlockTests {
    private static let adres = """
        adres <-> adres {
            must straat <-> straat
            nummer <-> nummer
            eigenaar/naam <-> eigenaar
        }
        """
    private static let omitted = adres.replacing("adres {", with: "adres else omit {")

    @Test(
        "fills a group with its members, says that it has none, or leaves it out and counts that",
        arguments: [
            Conversion(adres, "adres/straat = Dam\nadres/nummer = 1", "adres.straat = Dam\nadres.nummer = 1"),
            Conversion(adres, "adres: geenWaarde", "adres: geenWaarde"),
            Conversion(adres, "", ""),
            Conversion(adres, "adres/nummer = 1", "test.map:4:5: M201 valueMissing at adres/straat"),
            Conversion(omitted, "adres/nummer = 1", "", omitted: ["M201 adres/straat"]),
            Conversion(omitted, "adres/straat: geenWaarde\nadres/nummer: geenWaarde", "adres: geenWaarde"),
            Conversion(
                omitted, "adres/straat = Dam\nadres/eigenaar/naam = Wit",
                "adres.straat = Dam\nadres.eigenaar = Wit"),
        ])
    func groups(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    private static func gap(_ rule: String) -> String {
        "adres <-> adres else omit {\n    must straat <-> straat\n    \(rule)\n}"
    }

    @Test(
        "with `else omit` stays behind for what it lacks, never for a value that does not fit",
        arguments: [
            Conversion(
                gap("eigenaar/naam <-> eigenaar as digits(2)"), "adres/straat = Dam\nadres/eigenaar/naam = x",
                "test.map:5:5: M205 notDigits at adres/eigenaar/naam"),
            Conversion(
                gap("eigenaar/naam <-> eigenaar as digits(2) else omit"),
                "adres/straat = Dam\nadres/eigenaar/naam = x", "adres.straat = Dam",
                omitted: ["M205 adres/eigenaar/naam"]),
        ])
    func gaps(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    private static let regels = """
        regel* <-> regels* else omit {
            must tekst <-> tekst
            soort <-> soort
            deel* <-> delen* { tekst <-> tekst }
        }
        label* <-> labels*
        """

    @Test(
        "makes an item of each item, with what is in it, and leaves out one that lacks something",
        arguments: [
            Conversion(
                regels, "regel[1]/tekst = a\nregel[1]/deel[2]/tekst = b\nregel[2]/tekst = c",
                "regels[1].tekst = a\nregels[1].delen[2].tekst = b\nregels[2].tekst = c"),
            Conversion(
                regels, "regel[1]/deel[1]/tekst = weg\nregel[2]/tekst = c", "regels[1].tekst = c",
                omitted: ["M201 regel/tekst"]),
            Conversion(regels, "label[1] = a\nlabel[2] = b", "labels[1] = a\nlabels[2] = b"),
            Conversion(regels, "regel: geenWaarde", "regels: geenWaarde"),
            Conversion(regels, "regel: value", "regels: value"),
            Conversion(
                regels, "regel[1] * verwijderen\nregel[1]/tekst = a",
                "regels[1] * verwijderen\nregels[1].tekst = a"),
            Conversion(
                regels, "regel[1] * wijzigen\nregel[1]/soort = x", "regels[1] * wijzigen\nregels[1].soort = x"
            ),
        ])
    func items(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    private static let selected = """
        regel*[soort = "x"] <-> regels*[soort = "x"] { must tekst <-> tekst }
        regel*[soort = "y"] <-> regels*[soort = "y"] { must tekst <-> tekst }
        """

    @Test(
        "gives each item to the rule whose selection holds, makes the selection true, and reports an item left over",
        arguments: [
            Conversion(
                selected, "regel[1]/soort = y\nregel[1]/tekst = a\nregel[2]/soort = x\nregel[2]/tekst = b",
                "regels[1].soort = x\nregels[1].tekst = b\nregels[2].soort = y\nregels[2].tekst = a"),
            Conversion(
                selected, "regel[1]/soort = z\nregel[1]/tekst = a\nregel[2]/tekst = b", "",
                omitted: ["M207 regel", "M207 regel"]),
        ])
    func selections(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    @Test("joins one group to the item that a selection finds or makes")
    func oneToMany() throws {
        let rules = "adres <-> regels*[soort = \"x\"] { must straat <-> tekst }"
        let up = Conversion(rules, "adres/straat = Dam", "regels[1].soort = x\nregels[1].tekst = Dam")
        #expect(try up.run(.up) == up.made)
        let down = Conversion(
            rules, "regels[1].soort = y\nregels[1].tekst = weg\nregels[2].soort = x\nregels[2].tekst = Dam",
            "adres/straat = Dam", omitted: ["M207 regels"])
        #expect(try down.run(.down) == down.made)
    }

    private static func choice(_ otherwise: String) -> String {
        """
        regel* <-> regels* {
            must tekst <-> tekst
            choice c {
                when wie/mens <-> aard = "mens" { wie/mens/naam <-> wie }
                when wie/zaak <-> aard = "zaak" { wie/zaak/naam <-> wie }
                \(otherwise)
            }
        }
        """
    }

    @Test(
        "chooses by what is read and writes what tells the branches apart",
        arguments: [
            Conversion(
                choice(""), "regel[1]/tekst = a\nregel[1]/wie/zaak/naam = Z1",
                "regels[1].tekst = a\nregels[1].aard = zaak\nregels[1].wie = Z1"),
            Conversion(choice(""), "regel[1]/tekst = a", "regels[1].tekst = a"),
            Conversion(
                choice(""), "regel[1]/tekst = a\nregel[1]/wie/mens: geenWaarde",
                "test.map:5:5: M206 choiceUndecided at regel/wie/mens"),
            Conversion(
                choice("else omit"), "regel[1]/tekst = a", "regels[1].tekst = a",
                omitted: ["M206 regel/wie/mens"]),
        ])
    func choices(_ row: Conversion) throws {
        #expect(try row.run(.up) == row.made)
    }

    @Test("reads a choice back by what tells the branches apart")
    func choiceBack() throws {
        let row = Conversion(
            Self.choice(""), "regels[1].tekst = a\nregels[1].aard = zaak\nregels[1].wie = Z1",
            "regel[1]/tekst = a\nregel[1]/wie/zaak/naam = Z1")
        #expect(try row.run(.down) == row.made)
    }

    @Test("uses a fragment with its texts, and rules behind it take the place of the fragment's")
    func fragments() throws {
        let rules = """
            adres <-> adres use a("Huis") { plaats <-> plaats   }
            fragment a(soort) {
                must straat <-> straat
                (soort, plaats) -> eigenaar as join(" ")
            }
            """
        let row = Conversion(
            rules, "adres/straat = Dam\nadres/plaats = Delft",
            "adres.straat = Dam\nadres.plaats = Delft\nadres.eigenaar = Huis Delft")
        #expect(try row.run(.up) == row.made)
        let replaced = rules.replacing("plaats <-> plaats   }", with: "straat -> eigenaar   }")
        let other = Conversion(replaced, "adres/straat = Dam", "adres.straat = Dam\nadres.eigenaar = Dam")
        #expect(try other.run(.up) == other.made)
    }

    @Test("reads what holds its item, one level a time")
    func outer() throws {
        let rules = """
            regel* <-> regels* {
                must tekst <-> tekst
                deel* <-> delen* {
                    tekst <-> tekst
                    ../tekst -> boven
                }
            }
            """
        let row = Conversion(
            rules, "regel[1]/tekst = a\nregel[1]/deel[1]/tekst = b",
            "regels[1].tekst = a\nregels[1].delen[1].tekst = b\nregels[1].delen[1].boven = a")
        #expect(try row.run(.up) == row.made)
        let far = rules.replacing("../tekst", with: "../../naam")
        let other = Conversion(
            far, "naam = n\nregel[1]/tekst = a\nregel[1]/deel[1]/tekst = b",
            "regels[1].tekst = a\nregels[1].delen[1].tekst = b\nregels[1].delen[1].boven = n")
        #expect(try other.run(.up) == other.made)
    }

    @Test("points at the same content, and reads what stands beside it")
    func content() throws {
        let mapping = try #require(
            SmallModels.mapping("inhoud <-> inhoud\ninhoud/@naam <-> bestand").mapping)
        var record = try RecordText.record(mapping.legacy, "nummer = 1\ninhoud/@naam = a.pdf")
        record.set(
            try #require(mapping.legacyLayout.node("inhoud")), to: Record.Content(id: 7, byteCount: 99))
        let lifted = try mapping.lift(record, context: gemeente).record
        #expect(RecordText.text(lifted, mapping.api) == "nummer = 1\ninhoud = content 7\nbestand = a.pdf")
        #expect(try mapping.lower(lifted, context: gemeente).record == record)
    }
}

import Model
import Record
import Testing

private let derived = """
    model zkn stuf "urn:zkn" as ZKN
    entity ZAK {
        identificatie  text(40)
        startdatum     datum incomplete
        kenmerk* {
            bron text(40)  required
        }
        isVan* like relatie
        inhoud content {
            @StUF:bestandsnaam text(255)
        }
    }
    group relatie {
        code text(10)
    }
    """

private func readFacts(_ facts: String) -> (models: Models, messages: [String]) {
    read(derived, "facts zkn\n\(facts)")
}

@Suite("A facts file") struct FactsTests {
    @Test(
        "adds to the derived model, and takes back",
        arguments: [
            ("startdatum complete", "startdatum", "datum"), ("isVan one", "isVan", "group"),
            ("identificatie many", "identificatie", "text*"),
            ("identificatie digits(9)", "identificatie", "text9!"),
            ("identificatie required", "identificatie", "text!"),
            ("kenmerk { bron optional }", "kenmerk/bron", "text"), ("kenmerk opaque", "kenmerk", "group*"),
            ("add nieuw text(3)", "nieuw", "text"),
            ("inhoud { @StUF:bestandsnaam required }", "inhoud/@bestandsnaam", "text!"),
            ("startdatum drop", "startdatum", "gone"),
        ])
    func corrects(_ fact: String, _ path: String, _ expected: String) throws {
        let (models, messages) = readFacts("entity ZAK {\n\(fact)\n}")
        #expect(messages == [])
        let element = try #require(models.entity("zkn:ZAK")).resolve(path).element
        var text = element.map { "\($0.type.base)\($0.isRepeat ? "*" : "")" } ?? "gone"
        if element?.isRequired == true { text += "!" }
        if element?.type.isDigits == true { text += "9!" }
        #expect(text == expected)
    }

    @Test("gives keys, and the spelling of no value for every value of a type")
    func keys() throws {
        let (models, messages) = readFacts("every text empty \"\"\nentity ZAK key identificatie")
        #expect(messages == [])
        let zak = try #require(models.entity("zkn:ZAK"))
        #expect(zak.key == ["identificatie"])
        #expect(zak.resolve("kenmerk/bron").element?.type.empty == "")
    }

    @Test("may stand before its model, in a folder or a list") func order() throws {
        let (models, messages) = read("facts zkn\nentity ZAK { startdatum complete }", derived)
        #expect(messages == [])
        #expect(models.entity("zkn:ZAK")?.resolve("startdatum").element?.type.allowsIncomplete == false)
    }

    @Test("corrects a group in all its places, and can add entities and groups") func groups() throws {
        let (models, messages) = readFacts(
            "group relatie { code text(5) }\nadd entity BSL { een like nieuw }\nadd group nieuw { a text }")
        #expect(messages == [])
        #expect(models.entity("zkn:ZAK")?.resolve("isVan/code").element?.type.maxLength == 5)
        #expect(models.entity("zkn:BSL")?.resolve("een/a").element != nil)
    }

    @Test(
        "is told what it says of nothing",
        arguments: [
            ("entity ZAKK { a text }", "b.model:2:8 M139 `ZAKK` is not in zkn: did you mean `ZAK`?"),
            (
                "entity ZAK { startdatun complete }",
                "b.model:2:14 M139 `startdatun` is not in ZAK: did you mean `startdatum`?"
            ),
            (
                "entity ZAK { add startdatum datum }",
                "b.model:2:18 M139 `startdatum` is in ZAK already: leave out `add`"
            ),
            ("add entity ZAK { a text }", "b.model:2:12 M139 `ZAK` is in zkn already: leave out `add`"),
            ("entity ZAK { startdatum }", "b.model:2:14 M140 this says nothing of `startdatum`"),
            (
                "entity ZAK { isVan { code text } }",
                "b.model:2:14 M139 the members of `isVan` are those of the group `relatie`: say it there"
            ),
            ("entity ZAK { startdatum { a text } }", "b.model:2:27 M139 `a` is not in startdatum"),
        ])
    func strays(_ fact: String, _ message: String) {
        #expect(readFacts(fact).messages == [message])
    }

    @Test("belongs to one model, and a model has one") func alone() {
        #expect(read("facts weg").messages == ["a.model:1:7 M138 no file says `model weg`"])
        #expect(
            read(derived, "facts zkn", "facts zkn").messages
                == ["c.model:1:7 M138 `zkn` has a facts file already"])
    }

    @Test("alone may take back") func words() {
        let messages = read("model a stuf \"urn:a\" as A\nentity ZAK { a text optional }").messages
        #expect(messages == ["a.model:2:21 M131 `optional` is said in a facts file only"])
    }
}

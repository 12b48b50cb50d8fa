import Model
import Testing

private let derived = """
    model brp api "/brp"
    resource Persoon in personen {
        nummer    digits(9)
        leeftijd  integer(3)
        naam {
            achternaam text(200)
        }
        geboorte datum
        status   text(1)
        gezag {
            type text
        }
    }
    """

@Suite("What a facts file says of how an API is asked") struct ServedFactsTests {
    private func facts(_ text: String) -> (served: ServedFacts?, messages: [String]) {
        let (models, messages) = read(derived, "facts brp\n\(text)")
        return (models.model("brp")?.served, messages)
    }

    @Test("is its version, its questions, and what an answer holds")
    func reads() throws {
        let (served, messages) = facts(
            """
            version "2.7.0"
            automatic status
            whole gezag
            age leeftijd since geboorte unless status
            excerpt Kort of Persoon {
                nummer
                naam.achternaam
            }
            question Zoek answers Kort at-most 10 {
                nummers*  is nummer required pattern "^[0-9]{9}$" at-most 20
                naam      like naam.achternaam
                alles     includes status "O"
            }
            question Lees answers Persoon {
                nummer is nummer required
            }
            """)
        #expect(messages == [])
        let found = try #require(served)
        #expect(found.version == "2.7.0")
        #expect(found.isAskedByPost)
        #expect(found.automatic == ["status"])
        #expect(found.wholes == ["gezag"])
        #expect(found.ages == [.init(name: "leeftijd", since: "geboorte", unless: ["status"])])
        #expect(found.questions(about: "brp:Persoon").map(\.name) == ["Zoek", "Lees"])
        let search = try #require(found.questions.first)
        #expect(search.answers == ["nummer", "naam.achternaam"])
        #expect(search.excerpt == "Kort")
        #expect(search.limit == 10)
        #expect(
            search.parameters == [
                .init(
                    name: "nummers", path: "nummer", use: .equals, isRequired: true, isList: true, limit: 20,
                    pattern: "^[0-9]{9}$"),
                .init(
                    name: "naam", path: "naam.achternaam", use: .like, isRequired: false, isList: false,
                    limit: nil, pattern: nil),
                .init(
                    name: "alles", path: "status", use: .includes("O"), isRequired: false, isList: false,
                    limit: nil, pattern: nil),
            ])
        #expect(found.questions.last?.answers == nil)
    }

    @Test("is nothing where nothing is said: then it is asked by GET")
    func none() throws {
        #expect(facts("").served == ServedFacts())
    }

    @Test(
        "is refused where it names what is not there, or cannot be read",
        arguments: [
            ("question Zoek answers Persoon {\nnaam is naam.voornaam\n}", "`voornaam` of `naam.voornaam`"),
            ("question Zoek answers Persoom {\nnaam is nummer\n}", "did you mean `Persoon`?"),
            ("question Zoek answers Persoon {\nnaam als nummer\n}", "`als` is not how it is compared"),
            ("question Zoek answers Persoon {\nnaam is nummer pattern \"[\"\n}", "no regular expression"),
            ("question Zoek answers Persoon at-most 0 {\nnaam is nummer\n}", "a number from 1 to 10000"),
            ("question Zoek answers Persoon", "a block `{ … }` is expected"),
            ("excerpt Kort of Persoon {\nnaam.voornaam\n}", "`voornaam` of `naam.voornaam`"),
            ("excerpt Kort of Niemand {\nnummer\n}", "`Niemand` is not a resource of brp"),
            ("age leeftijd geboorte", "`since`"),
            ("version 2", "between quotes"),
        ])
    func refuses(_ text: String, _ message: String) {
        let (_, messages) = facts(text)
        #expect(messages.contains { $0.contains(message) }, "\(messages)")
    }

    @Test("belongs to an API alone")
    func apisOnly() {
        let (_, messages) = read("model zkn stuf \"urn:zkn\" as ZKN", "facts zkn\nversion \"1\"")
        #expect(messages.count == 1)
    }
}

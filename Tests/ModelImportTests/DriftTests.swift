import Language
import Model
import ModelImport
import Testing

@Suite("A later import") struct DriftTests {
    private func model(_ elements: String) throws -> Model {
        let text = "model zkn stuf \"urn:zkn\" as ZKN\nentity ZAK {\n\(elements)\n}\n"
        let document = Parser.parse(file: "a.model", bytes: Array(text.utf8)).document
        return try #require(Models.read([document]).models.model("zkn"))
    }

    @Test(
        "tells what changed",
        arguments: [
            ("a text(40)", "a text(40)", nil),
            ("a text(40)", "a text(80)", "widened  zkn:ZAK/a  text(40) -> text(80)"),
            ("a text(40)", "a text(20)", "narrowed  zkn:ZAK/a  text(40) -> text(20)"),
            ("a text", "a text(20)", "narrowed  zkn:ZAK/a  text -> text(20)"),
            ("a text(5..9)", "a text(9)", "widened  zkn:ZAK/a  text(5..9) -> text(9)"),
            ("a text(9)", "a digits(9)", "narrowed  zkn:ZAK/a  text(9) -> digits(9)"),
            (
                "a enum(\"x\", \"y\")", "a enum(\"x\")",
                "narrowed  zkn:ZAK/a  enum(\"x\", \"y\") -> enum(\"x\")"
            ),
            (
                "a enum(\"x\")", "a enum(\"x\", \"y\")",
                "widened  zkn:ZAK/a  enum(\"x\") -> enum(\"x\", \"y\")"
            ),
            ("a* text", "a text", "narrowed  zkn:ZAK/a  text* -> text"),
            ("a text", "a* text", "widened  zkn:ZAK/a  text -> text*"),
            ("a text(5)", "a integer(5)", "changed  zkn:ZAK/a  text(5) -> integer(5)"),
            ("a text", "a text kern", "changed  zkn:ZAK/a  text -> text kern"),
            ("a datum incomplete", "a datum", "narrowed  zkn:ZAK/a  datum incomplete -> datum"),
            ("a text", "a text required", "required  zkn:ZAK/a"),
            ("a text required", "a text", "optional  zkn:ZAK/a"),
            ("a text", "a text\nb text", "added  zkn:ZAK/b"),
            ("a text\nb text", "a text", "removed  zkn:ZAK/b"),
            ("g { a text }", "g { a text\n b text }", "added  zkn:ZAK/g/b"),
        ] as [(String, String, String?)])
    func change(_ old: String, _ new: String, _ expected: String?) throws {
        let drift = Drift.between(try model(old), try model(new))
        #expect(drift.map(\.description) == (expected.map { [$0] } ?? []))
    }

    @Test("tells a change in a group once, and in how many other places it counts")
    func once() throws {
        func grouped(_ type: String) throws -> Model {
            let text =
                "model zkn stuf \"urn:zkn\" as ZKN\nentity ZAK {\n p like g\n q like g\n r like g\n}\ngroup g { a \(type) }\n"
            let document = Parser.parse(file: "a.model", bytes: Array(text.utf8)).document
            return try #require(Models.read([document]).models.model("zkn"))
        }
        let drift = Drift.between(try grouped("text(4)"), try grouped("text(2)"))
        #expect(drift.map(\.description) == ["narrowed  zkn:ZAK/p/a  text(4) -> text(2)  (and 2 more)"])
    }
}

import Foundation
import TestSupport
import Testing

/// A schema of our own with one object; `length` bounds its text.
private func schema(_ length: Int, _ more: String = "") -> String {
    """
    <schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:S="urn:zkn/0310" targetNamespace="urn:zkn/0310"
        elementFormDefault="qualified" version="1">
    <complexType name="ZAK-kennisgeving"><sequence>
        <element name="naam" minOccurs="0"><simpleType><restriction base="string">
            <maxLength value="\(length)"/></restriction></simpleType></element>\(more)
    </sequence></complexType></schema>
    """
}

@Suite("sluis model import") struct ModelImportVerbTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }

    private func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")), as: UTF8.self)
    }

    @Test("prints the model, and says how it was derived") func prints() throws {
        try write(schema(40), "a.xsd")
        let run = try Sluis.run("model", "import", "--xsd", "a.xsd", in: folder.path)
        #expect(run.exit == 0)
        #expect(
            run.output == """
                # Derived by `sluis model import --xsd a.xsd`.
                # From a.xsd (version 1).
                # The next import replaces this file; what people know beyond it stands in zkn0310.facts.model.

                model zkn0310 stuf "urn:zkn/0310" as S

                entity ZAK {
                    naam text(40)
                }

                """)
    }

    @Test("replaces what it derived, tells what changed, and leaves the facts alone") func drift() throws {
        try write(schema(40), "a.xsd")
        _ = try Sluis.run("model", "import", "--xsd", "a.xsd", "--out", ".", in: folder.path)
        let facts = "facts zkn0310\n\nentity ZAK key naam\n"
        try write(facts, "zkn0310.facts.model")
        try write(schema(80, "<element name='nieuw' type='string' minOccurs='0'/>"), "a.xsd")

        let check = try Sluis.run(
            "model", "import", "--xsd", "a.xsd", "--out", ".", "--check", in: folder.path)
        #expect(check.exit == 1)
        #expect(check.output == "widened  zkn0310:ZAK/naam  text(40) -> text(80)\nadded  zkn0310:ZAK/nieuw\n")
        #expect(try read("zkn0310.model").contains("text(40)"))

        let json = try Sluis.run(
            "model", "import", "--xsd", "a.xsd", "--out", ".", "--check", "--json", in: folder.path)
        #expect(json.output.contains("\"kind\": \"widened\""))

        let run = try Sluis.run("model", "import", "--xsd", "a.xsd", "--out", ".", in: folder.path)
        #expect(run.exit == 0)
        #expect(try read("zkn0310.model").contains("text(80)"))
        #expect(try read("zkn0310.facts.model") == facts)
        let again = try Sluis.run(
            "model", "import", "--xsd", "a.xsd", "--out", ".", "--check", in: folder.path)
        #expect(again.exit == 0)
        #expect(again.errors.contains("nothing changed"))
    }

    @Test("does not replace a model that people wrote") func byHand() throws {
        try write(schema(40), "a.xsd")
        try write("model zkn0310 stuf \"urn:zkn/0310\" as S\n", "zkn0310.model")
        let run = try Sluis.run("model", "import", "--xsd", "a.xsd", "--out", ".", in: folder.path)
        #expect(run.exit == 2)
        #expect(run.errors.contains("C030"))
        #expect(try read("zkn0310.model") == "model zkn0310 stuf \"urn:zkn/0310\" as S\n")
    }

    @Test(
        "says what it needs",
        arguments: [
            ([], "say one of `--xsd`, `--openapi` and `--database`"),
            (["--xsd", "a.xsd", "--openapi", "b.json"], "say one of"),
            (["--xsd", "a.xsd", "--check"], "`--check` and `--json` compare"),
            (["--xsd", "nergens.xsd"], "M141"), (["--openapi", "nergens.json"], "C021"),
            (["--xsd", "a.xsd", "--entity", ","], "needs a NAME"),
            (["--database", "postgresql://u:geheim@localhost/x"], "a password is no argument"),
            (["--database", "host=/nergens dbname=x"], "P"), (["--database", "nergens.txt"], "C021"),
        ] as [([String], String)])
    func usage(_ arguments: [String], _ expected: String) throws {
        let run = try Sluis.run(["model", "import"] + arguments, in: folder.path)
        #expect(run.exit == 2)
        #expect(run.errors.contains(expected))
    }
}

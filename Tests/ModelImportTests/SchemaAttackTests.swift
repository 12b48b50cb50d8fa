import Diagnostics
import ModelImport
import Testing

@Suite("A schema that cannot be read") struct SchemaAttackTests {
    @Test(
        "is refused with its code and place",
        arguments: [
            (
                ["sector.xsd": Tree.schema("urn:a", "<include schemaLocation='weg.xsd'/>")],
                "sector.xsd:6 M141"
            ),
            (
                ["sector.xsd": Tree.schema("urn:a", "<include schemaLocation='http://example.org/a.xsd'/>")],
                "sector.xsd:6 M142"
            ),
            (["sector.xsd": "<zaak/>"], "sector.xsd:1 M143"),
            (["sector.xsd": Tree.schema("urn:a", "<redefine schemaLocation='a.xsd'/>")], "sector.xsd:6 M144"),
            (
                ["sector.xsd": Tree.schema("urn:a", zak("<element name='a' type='X:A'/>"))],
                "sector.xsd:1 M147"
            ),
            (
                ["sector.xsd": Tree.schema("urn:a", zak("<element name='a' type='S:Weg'/>"))],
                "sector.xsd:6 M147"
            ),
            (["sector.xsd": Tree.schema("urn:a", zak("<group ref='S:Weg'/>"))], "sector.xsd:6 M147"),
            (
                ["sector.xsd": Tree.schema("urn:a", "<element name='a'/>\n<element name='a'/>")],
                "sector.xsd:7 M148"
            ),
            (["sector.xsd": Tree.schema("urn:a", "")], "M149"),
            (
                [
                    "sector.xsd": Tree.schema(
                        "urn:a",
                        "<complexType name='ZAK-antwoord'><complexContent><extension base='S:ZAK-antwoord'/>"
                            + "</complexContent></complexType>")
                ], "sector.xsd:6 M146"
            ),
            (
                [
                    "sector.xsd": Tree.schema(
                        "urn:a", zak("<group ref='S:G'/>") + "<group name='G'><group ref='S:G'/></group>")
                ], "sector.xsd:6 M146"
            ),
            (["sector.xsd": "<!DOCTYPE x><schema/>"], "sector.xsd:1 X002"),
            (["sector.xsd": "<schema xmlns='http://www.w3.org/2001/XMLSchema'>"], "sector.xsd:1 X006"),
            ([:], "M141"),
        ])
    func refused(_ files: [String: String], _ expected: String) {
        #expect(Tree(files).refusal() == expected)
    }

    private static func zak(_ particle: String) -> String {
        "<complexType name='ZAK-kennisgeving'><sequence>\(particle)</sequence></complexType>"
    }

    @Test("is refused where elements stand too deep in it")
    func depth() {
        let deep = String(repeating: "<sequence>", count: 1000)
        let end = String(repeating: "</sequence>", count: 1000)
        let tree = Tree([
            "sector.xsd": Tree.schema("urn:a", "<complexType name='A'>\(deep)\(end)</complexType>")
        ])
        #expect(tree.refusal() == "sector.xsd:6 X003")
    }

    @Test("is refused where its objects stand too deep in each other")
    func objects() throws {
        let types = (0..<100).map { number in
            "<complexType name='T\(number)'><sequence><element name='a' type='S:T\(number + 1)'/>"
                + "<element name='b' type='string'/></sequence></complexType>"
        }
        let tree = Tree([
            "sector.xsd": Tree.schema(
                "urn:a",
                Self.zak("<element name='a' type='S:T0'/>") + types.joined()
                    + "<complexType name='T100'><sequence/></complexType>")
        ])
        // What is deeper than any real object is known by name only; the language allows less depth than that.
        #expect(try tree.derive().contains("opaque"))
    }

    @Test("may include itself and others in a circle, a thousand deep or in many namespaces")
    func circles() throws {
        var files = [
            "sector.xsd": Tree.schema(
                "urn:a", "<include schemaLocation='0.xsd'/>" + Self.zak("<element name='a' type='string'/>"))
        ]
        for number in 0..<400 {
            files["\(number).xsd"] = Tree.schema(
                "urn:a",
                "<include schemaLocation='\((number + 1) % 400).xsd'/><include schemaLocation='sector.xsd'/>")
        }
        #expect(try Tree(files).derive() == "entity ZAK {\n    a text  required\n}\n")
        for number in 400..<600 {
            files["\(number).xsd"] = Tree.schema("urn:a", "<include schemaLocation='\(number + 1).xsd'/>")
        }
        files["399.xsd"] = Tree.schema("urn:a", "<include schemaLocation='400.xsd'/>")
        #expect(Tree(files).refusal() == "498.xsd:6 M145")
    }

    @Test("takes on the namespace of what includes it, when it has none of its own")
    func chameleon() throws {
        let tree = Tree([
            "sector.xsd": Tree.schema(
                "urn:a", "<include schemaLocation='los.xsd'/>" + Self.zak("<element name='a' type='S:Los'/>")),
            "los.xsd": """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="los.xsd"/>
            <xs:simpleType name="Los"><xs:restriction base="xs:string"><xs:maxLength value="3"/>
            <xs:assertion test="true()"/></xs:restriction></xs:simpleType></xs:schema>
            """,
        ])
        #expect(try tree.derive() == "entity ZAK {\n    a text(3)  required\n}\n")
    }

    @Test("is read in Latin-1 when it says so")
    func latin1() throws {
        let text = Tree.schema("urn:a", Self.zak("<element name='geslacht' type='string'/><!-- \u{E9} -->"))
            .replacing("UTF-8", with: "ISO-8859-1")
        let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        var deriver = try StUFDeriver(entries: ["sector.xsd"]) { _ in bytes }
        #expect(try deriver.derive([]).first?.entities.first?.elements.map(\.name) == ["geslacht"])
    }

    @Test("is read to the end when it has ten megabytes, and refused above sixteen")
    func size() throws {
        let many = (0..<60_000).map { number in
            "<simpleType name='T\(number)'><restriction base='string'><maxLength value='\(number + 1)'/>"
                + "<!-- \(String(repeating: "x", count: 60)) --></restriction></simpleType>\n"
        }.joined()
        let text = Tree.schema("urn:a", Self.zak("<element name='a' type='S:T7'/>") + many)
        #expect(text.utf8.count > 9_000_000)
        #expect(try Tree(["sector.xsd": text]).derive() == "entity ZAK {\n    a text(8)  required\n}\n")
        let more = Tree(["sector.xsd": text + String(repeating: " ", count: 17 << 20)])
        #expect(more.refusal() == "sector.xsd:1 M145")
    }
}

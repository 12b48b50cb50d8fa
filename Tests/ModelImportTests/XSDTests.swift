import Diagnostics
import ModelImport
import Testing

@Suite("A tree of StUF schemas") struct XSDTests {
    @Test("gives elements in order, with type, length, cardinality and values")
    func elements() throws {
        let tree = Tree.sector(
            """
            <complexType name="ZAK-kennisgeving"><sequence>
                <element name="identificatie" type="S:Nummer-e" nillable="true" minOccurs="0"/>
                <element name="kenmerk" minOccurs="0" maxOccurs="unbounded"><complexType><sequence>
                    <element name="bron" type="S:Tekst40"/>
                </sequence></complexType></element>
                <element name="startdatum" type="StUF:DatumMetIndicator" minOccurs="0"/>
                <element name="einddatum" type="StUF:Datum-e" minOccurs="0"/>
                <element name="niveau" type="S:Niveau" minOccurs="0"/>
                <element name="indicatie" type="S:Indicatie" minOccurs="0"/>
                <element name="soort" type="S:Soort" minOccurs="0"/>
                <element name="bedrag" minOccurs="0"><simpleType><restriction base="decimal">
                    <totalDigits value="8"/><fractionDigits value="2"/></restriction></simpleType></element>
                <element name="postcode" minOccurs="0"><simpleType><restriction base="string">
                    <pattern value="[1-9][0-9]{3}[A-Z]{0,2}"/></restriction></simpleType></element>
                <element name="landcode" minOccurs="0"><simpleType><restriction base="integer">
                    <pattern value="[0-9]{1,4}"/></restriction></simpleType></element>
                <element ref="StUF:extraElementen" minOccurs="0"/>
            </sequence></complexType>
            <complexType name="Nummer-e"><simpleContent><extension base="S:Nummer">
                <attributeGroup ref="StUF:element"/></extension></simpleContent></complexType>
            <simpleType name="Nummer"><restriction base="string">
                <minLength value="5"/><maxLength value="40"/></restriction></simpleType>
            <simpleType name="Tekst40"><restriction base="string"><maxLength value="40"/></restriction></simpleType>
            <simpleType name="Niveau"><restriction base="integer"><maxInclusive value="12"/></restriction></simpleType>
            <simpleType name="Indicatie"><restriction base="string">
                <enumeration value="J"/><enumeration value="N"/></restriction></simpleType>
            <simpleType name="Soort"><restriction base="string">
                <enumeration value="N.v.t."/><enumeration value="Geheel"/></restriction></simpleType>
            """)
        #expect(
            try tree.derive() == """
                entity ZAK {
                    identificatie text(5..40)
                    kenmerk* {
                        bron text(40)  required
                    }
                    startdatum  datum incomplete
                    einddatum   datum
                    niveau      integer(2)
                    indicatie   boolean
                    soort       enum("N.v.t.", "Geheel")
                    bedrag      decimal(8)
                    postcode    text(4..6)
                    landcode    digits(1..4)
                }

                """)
    }

    @Test("tells relations, objects, kerngegevens, metagegevens and what only an answer has")
    func marks() throws {
        let tree = Tree.sector(
            """
            <complexType name="ZAK-basis"><sequence>
                <element name="omschrijving" type="string" minOccurs="0"/>
                <element name="authentiek" type="S:Authentiek" minOccurs="0"/>
                <element name="weergave" type="string" minOccurs="0"/>
                <element name="isVan" type="S:ZAKZKT" minOccurs="0" maxOccurs="unbounded"/>
            </sequence><attribute ref="StUF:entiteittype" fixed="ZAK"/></complexType>
            <complexType name="ZAK-kennisgeving"><complexContent><restriction base="S:ZAK-basis"><sequence>
                <element name="omschrijving" type="string" minOccurs="0"/>
                <element name="authentiek" type="S:Authentiek" minOccurs="0"/>
                <element name="isVan" type="S:ZAKZKT" minOccurs="0"/>
            </sequence></restriction></complexContent></complexType>
            <complexType name="ZAK-antwoord"><complexContent><restriction base="S:ZAK-basis"><sequence>
                <element name="omschrijving" type="string" minOccurs="0"/>
                <element name="weergave" type="string" minOccurs="0"/>
                <element name="isVan" type="S:ZAKZKT" minOccurs="0" maxOccurs="unbounded"/>
            </sequence></restriction></complexContent></complexType>
            <complexType name="ZAK-kerngegevens"><complexContent><restriction base="S:ZAK-basis"><sequence>
                <element name="omschrijving" type="string" minOccurs="0"/>
            </sequence></restriction></complexContent></complexType>
            <complexType name="ZAKZKT"><sequence><element name="gerelateerde" type="S:ZKT"/></sequence>
                <attribute ref="StUF:entiteittype" fixed="ZAKZKT"/></complexType>
            <complexType name="ZKT"><sequence><element name="code" type="string"/></sequence>
                <attribute ref="StUF:entiteittype" fixed="ZKT"/></complexType>
            <complexType name="Authentiek"><simpleContent><extension base="string">
                <attribute ref="StUF:metagegeven" use="required"/></extension></simpleContent></complexType>
            """)
        #expect(
            try tree.derive("ZAK") == """
                entity ZAK {
                    omschrijving  text  kern
                    weergave      text  answer-only
                    authentiek    text  metagegeven
                    isVan relation ZAKZKT {
                        gerelateerde object ZKT {
                            code text  required
                        }
                    }
                }

                """)
    }

    @Test("writes what stands in several places once, and keeps each namespace in a model of its own")
    func groups() throws {
        let tree = Tree([
            "sector.xsd": Tree.schema(
                "urn:zkn/0310",
                """
                <import namespace="urn:bg/0310" schemaLocation="bg/a.xsd"/>
                <import namespace="urn:bg/0310" schemaLocation="./bg/../bg/b.xsd"/>
                <complexType name="ZAK-kennisgeving"><sequence>
                    <element name="een" type="B:Adres" xmlns:B="urn:bg/0310" minOccurs="0"/>
                </sequence></complexType>
                """
            ).replacing("xmlns:S=", with: "xmlns:B=\"urn:bg/0310\" xmlns:S="),
            "bg/a.xsd": Tree.schema(
                "urn:bg/0310",
                """
                <include schemaLocation="b.xsd"/>
                <complexType name="Adres"><sequence>
                    <element name="straat" type="S:Straat" minOccurs="0"/></sequence></complexType>
                """),
            "bg/b.xsd": Tree.schema(
                "urn:bg/0310",
                """
                <include schemaLocation="a.xsd"/>
                <simpleType name="Straat"><restriction base="string"><maxLength value="24"/></restriction></simpleType>
                """),
        ])
        #expect(
            try tree.derive("ZAK") == """
                group Adres {
                    straat text(24)
                }
                entity ZAK {
                    een like bg0310:Adres
                }

                """)
    }

    @Test("follows groups, extensions and substitutes")
    func composition() throws {
        let tree = Tree.sector(
            """
            <complexType name="ZAK-kennisgeving"><complexContent><extension base="S:Basis"><sequence>
                <group ref="S:Namen"/><element ref="S:ding" minOccurs="0"/>
            </sequence></extension></complexContent></complexType>
            <complexType name="Basis"><choice><element name="a" type="string"/><element name="b" type="string"/>
                </choice></complexType>
            <group name="Namen"><sequence><element name="voornaam" type="string" minOccurs="0"/></sequence></group>
            <element name="ding" type="string"/>
            <element name="anderDing" type="string" substitutionGroup="S:ding"/>
            """)
        #expect(
            try tree.derive("ZAK") == """
                entity ZAK {
                    a          text
                    b          text
                    voornaam   text
                    ding       text
                    anderDing  text
                }

                """)
    }

    @Test("holds the attributes of a binary, and passes over those of StUF itself")
    func attributes() throws {
        let tree = Tree.sector(
            """
            <complexType name="EDC-kennisgeving"><sequence>
                <element name="inhoud" minOccurs="0"><complexType><simpleContent><extension base="base64Binary">
                    <attribute ref="StUF:bestandsnaam" use="required"/><attribute ref="StUF:noValue"/>
                </extension></simpleContent></complexType></element>
            </sequence></complexType>
            """)
        #expect(
            try tree.derive() == """
                entity EDC {
                    inhoud content {
                        @StUF:bestandsnaam text(255)  required
                    }
                }

                """)
    }

    @Test("ends where an object contains itself")
    func recursion() throws {
        let tree = Tree.sector(
            """
            <complexType name="ZAK-kennisgeving"><sequence>
                <element name="naam" type="string" minOccurs="0"/>
                <element name="deel" type="S:ZAK-kennisgeving" minOccurs="0" maxOccurs="unbounded"/>
            </sequence></complexType>
            """)
        #expect(try tree.derive().contains("deel*  opaque"))
    }

    @Test(
        "knows the lengths that a plain pattern allows",
        arguments: [
            ("[0-9]{9}", "digits(9)"), ("\\d{1,4}", "digits(1..4)"),
            ("[1-9][0-9]{3}[A-Z]{0,2}", "text(4..6)"),
            ("[A-Za-z]?", "text(1)"), ("[a-z ]+", "text"), ("(ja|nee)", "text"), ("[^a]{3}", "text(3..3)"),
            ("[a-z-[aeiou]]{2}", "text"), ("", "text"), ("[0-9]{99999999999}", "text"),
        ])
    func patterns(_ pattern: String, _ type: String) throws {
        let tree = Tree.sector(
            """
            <complexType name="ZAK-kennisgeving"><sequence><element name="a" minOccurs="0"><simpleType>
                <restriction base="string"><pattern value="\(pattern)"/></restriction></simpleType></element>
            </sequence></complexType>
            """)
        #expect(try tree.derive() == "entity ZAK {\n    a \(type)\n}\n")
    }
}

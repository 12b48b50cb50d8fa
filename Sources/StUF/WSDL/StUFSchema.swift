internal import XML

/// What every WSDL has of StUF itself: stuurgegevens, parameters, confirmations and faults (StUF 03.01 sections 4.2 and
/// 4.4, stuf0301.xsd).
enum StUFSchema {
    private static let attributes = [
        "entiteittype", "sleutelVerzendend", "sleutelOntvangend", "sleutelGegevensbeheer", "verwerkingssoort",
        "noValue", "scope", "functie", "exact", "indOnvolledigeDatum", "metagegeven", "bestandsnaam",
    ]

    private static let types: [(name: String, elements: [(name: String, type: String, isRequired: Bool)])] = [
        (
            "Systeem",
            [
                ("organisatie", "xs:string", false), ("applicatie", "xs:string", true),
                ("administratie", "xs:string", false), ("gebruiker", "xs:string", false),
            ]
        ),
        (
            "Stuurgegevens",
            [
                ("berichtcode", "xs:string", true), ("zender", "StUF:Systeem", false),
                ("ontvanger", "StUF:Systeem", false), ("referentienummer", "xs:string", false),
                ("tijdstipBericht", "xs:string", false), ("crossRefnummer", "xs:string", false),
                ("entiteittype", "xs:string", false), ("functie", "xs:string", false),
            ]
        ),
        (
            "ParametersKennisgeving",
            [("mutatiesoort", "xs:string", true), ("indicatorOvername", "xs:string", false)]
        ),
        (
            "ParametersVraag",
            [
                ("sortering", "xs:int", true), ("indicatorVervolgvraag", "xs:boolean", true),
                ("maximumAantal", "xs:int", false), ("indicatorAfnemerIndicatie", "xs:boolean", false),
                ("indicatorAantal", "xs:boolean", false),
            ]
        ),
        (
            "ParametersAntwoord",
            [
                ("indicatorVervolgvraag", "xs:boolean", true),
                ("indicatorAfnemerIndicatie", "xs:boolean", false),
                ("aantalVoorkomens", "xs:int", false),
            ]
        ),
        ("Bevestiging", [("stuurgegevens", "StUF:Stuurgegevens", true)]),
        (
            "FoutBody",
            [
                ("code", "xs:string", true), ("plek", "xs:string", true), ("omschrijving", "xs:string", true),
                ("details", "xs:string", false),
            ]
        ),
        ("Fout", [("stuurgegevens", "StUF:Stuurgegevens", true), ("body", "StUF:FoutBody", true)]),
    ]

    private static let roots = [
        ("Bv02Bericht", "Bevestiging"), ("Bv03Bericht", "Bevestiging"), ("Fo02Bericht", "Fout"),
        ("Fo03Bericht", "Fout"),
    ]

    static func write(to writer: inout Writer) {
        for name in attributes {
            element("attribute", [("name", name), ("type", "xs:string")], to: &writer)
        }
        start("attributeGroup", [("name", "entiteit")], to: &writer)
        for name in attributes { element("attribute", [("ref", "StUF:\(name)")], to: &writer) }
        writer.end()
        simple("Waarde", "xs:string", to: &writer)
        simple("BinaireInhoud", "xs:base64Binary", to: &writer)
        extraElementen(to: &writer)
        for (name, elements) in types {
            start("complexType", [("name", name)], to: &writer)
            start("sequence", [], to: &writer)
            for each in elements {
                let occurs = each.isRequired ? [] : [("minOccurs", "0")]
                element("element", [("name", each.name), ("type", each.type)] + occurs, to: &writer)
            }
            writer.end()
            writer.end()
        }
        for (name, type) in roots {
            element("element", [("name", name), ("type", "StUF:\(type)")], to: &writer)
        }
    }

    /// What systems agree on beside the standard, by name.
    private static func extraElementen(to writer: inout Writer) {
        start("element", [("name", "extraElementen")], to: &writer)
        start("complexType", [], to: &writer)
        start("sequence", [], to: &writer)
        start(
            "element", [("name", "extraElement"), ("minOccurs", "0"), ("maxOccurs", "unbounded")], to: &writer
        )
        start("complexType", [], to: &writer)
        start("simpleContent", [], to: &writer)
        start("extension", [("base", "xs:string")], to: &writer)
        element("attribute", [("name", "naam"), ("type", "xs:string")], to: &writer)
        element("attributeGroup", [("ref", "StUF:entiteit")], to: &writer)
        for _ in 0..<7 { writer.end() }
    }

    /// A value, with what attributes say of it.
    private static func simple(_ name: String, _ base: String, to writer: inout Writer) {
        start("complexType", [("name", name)], to: &writer)
        start("simpleContent", [], to: &writer)
        start("extension", [("base", base)], to: &writer)
        element("attributeGroup", [("ref", "StUF:entiteit")], to: &writer)
        element("anyAttribute", [("namespace", "##other"), ("processContents", "lax")], to: &writer)
        for _ in 0..<3 { writer.end() }
    }

    private static func start(_ name: String, _ attributes: [(String, String)], to writer: inout Writer) {
        writer.start(Tag(prefix: "xs", local: name))
        for (name, value) in attributes { writer.attribute(Definitions.plain(name), value) }
    }

    private static func element(_ name: String, _ attributes: [(String, String)], to writer: inout Writer) {
        start(name, attributes, to: &writer)
        writer.end()
    }
}

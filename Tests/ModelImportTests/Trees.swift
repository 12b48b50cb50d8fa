import Diagnostics
import Language
import Model
import ModelImport

/// A tree of small schema files of our own.
struct Tree {
    var files: [String: String]

    init(_ files: [String: String]) { self.files = files }

    /// One sector schema, with the part of StUF that it needs.
    static func sector(_ body: String) -> Tree {
        Tree(["sector.xsd": schema("urn:sector/0310", body, imports: "stuf.xsd"), "stuf.xsd": stuf])
    }

    static func schema(_ namespace: String, _ body: String, imports: String = "") -> String {
        let imported =
            imports.isEmpty ? "" : "<import namespace=\"\(stufNamespace)\" schemaLocation=\"\(imports)\"/>"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment with <schema xmlns:no="where"> in it -->
            <schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:StUF="\(stufNamespace)" xmlns:S="\(namespace)"
                targetNamespace="\(namespace)" elementFormDefault="qualified" version='3'>
            \(imported)
            \(body)
            </schema>
            """
    }

    static let stufNamespace = "http://www.egem.nl/StUF/StUF0301"
    static let stuf = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:T="\(stufNamespace)"
            targetNamespace="\(stufNamespace)" elementFormDefault="qualified">
        <xs:attribute name="entiteittype" type="xs:string"/>
        <xs:attribute name="metagegeven" type="xs:boolean" fixed="true"/>
        <xs:attribute name="noValue" type="xs:string"/>
        <xs:attribute name="bestandsnaam"><xs:simpleType><xs:restriction base="xs:string">
            <xs:maxLength value="255"/></xs:restriction></xs:simpleType></xs:attribute>
        <xs:attribute name="indOnvolledigeDatum" type="xs:string"/>
        <xs:attributeGroup name="element"><xs:attribute ref="T:noValue"/></xs:attributeGroup>
        <xs:simpleType name="Datum"><xs:restriction base="xs:decimal"/></xs:simpleType>
        <xs:complexType name="Datum-e"><xs:simpleContent><xs:extension base="T:Datum">
            <xs:attributeGroup ref="T:element"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="DatumMetIndicator"><xs:simpleContent><xs:extension base="T:Datum-e">
            <xs:attribute ref="T:indOnvolledigeDatum"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:element name="extraElementen" type="xs:string"/>
        </xs:schema>
        """

    /// The models, without their headings.
    func derive(_ wanted: String..., entry: [String] = ["sector.xsd"]) throws -> String {
        let files = files
        var deriver = try StUFDeriver(entries: entry) { files[$0].map { Array($0.utf8) } }
        return try deriver.derive(wanted).map { body(ModelText.write($0, heading: [])) }.joined()
    }

    /// The code and place of what is refused; nil when nothing is.
    func refusal(_ wanted: String..., entry: [String] = ["sector.xsd"]) -> String? {
        let files = files
        do throws(ModelImportFailure) {
            var deriver = try StUFDeriver(entries: entry) { files[$0].map { Array($0.utf8) } }
            _ = try deriver.derive(wanted)
            return nil
        } catch {
            return error.summary
        }
    }
}

extension ModelImportFailure {
    /// `sector.xsd:6 M141`.
    var summary: String { "\(location.map { "\($0.file):\($0.line) " } ?? "")\(code.number)" }
}

/// Without empty lines and the header, which every model has.
func body(_ text: String) -> String {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("model ") }
    return lines.map { $0 + "\n" }.joined()
}

/// Derives a model from an OpenAPI document.
func deriveAPI(_ text: String, _ wanted: String...) throws -> String {
    var deriver = try APIDeriver(file: "api.json", bytes: Array(text.utf8), name: nil)
    return body(ModelText.write(try deriver.derive(wanted), heading: []))
}

/// The code and place of what is refused; nil when nothing is.
func refusal(ofAPI text: String) -> String? {
    do throws(ModelImportFailure) {
        var deriver = try APIDeriver(file: "api.json", bytes: Array(text.utf8), name: nil)
        _ = try deriver.derive([])
        return nil
    } catch {
        return error.summary
    }
}

/// What the language's own reader finds in derived models.
func findings(_ texts: [String]) -> [String] {
    var findings: [Finding] = []
    var documents: [Document] = []
    for (index, text) in texts.enumerated() {
        let parsed = Parser.parse(file: "\(index).model", bytes: Array(text.utf8))
        documents.append(parsed.document)
        findings += parsed.findings
    }
    return (findings + Models.read(documents).findings).map(\.description)
}

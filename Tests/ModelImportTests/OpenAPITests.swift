import Diagnostics
import ModelImport
import Testing

/// A document with one collection, whose items look so.
private func document(
    _ schema: String, _ others: String = "", request: String = "", version: String = "3.0.3"
) -> String {
    let posted =
        request.isEmpty ? "" : #", "requestBody": {"content": {"application/json": {"schema": \#(request)}}}"#
    return ##"""
        {"openapi": "\##(version)", "info": {"title": "Zaken API", "version": "1.0"},
         "servers": [{"url": "https://example.org/zaken/api/v1"}],
         "paths": {"/zaken": {
            "get": {"responses": {"200": {"content": {"application/json": {"schema":
                {"type": "object", "properties": {"results": {"type": "array", "items": {"$ref": "#/components/schemas/Zaak"}}}}}}}}},
            "post": {"responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Zaak"}}}}}\##(posted)}}},
         "components": {"schemas": {"Zaak": \##(schema)\##(others.isEmpty ? "" : ", " + others)}}}
        """##
}

private func resource(_ lines: String...) -> String {
    "resource Zaak in zaken {\n" + lines.map { "    \($0)\n" }.joined() + "}\n"
}

@Suite("An OpenAPI document") struct OpenAPITests {
    @Test(
        "gives each property its type",
        arguments: [
            (#"{"type": "string", "maxLength": 80}"#, "text(80)"),
            (#"{"type": "string", "minLength": 9, "maxLength": 9, "pattern": "^[0-9]{9}$"}"#, "digits(9)"),
            (#"{"type": "string", "format": "date"}"#, "datum"),
            (#"{"type": "string", "format": "date-time", "nullable": true}"#, "tijdstip"),
            (#"{"type": ["string", "null"], "format": "date"}"#, "datum"),
            (#"{"type": "string", "format": "duration"}"#, "duur"),
            (#"{"type": "string", "format": "byte"}"#, "content"),
            (#"{"type": "boolean"}"#, "boolean"),
            (#"{"type": "integer", "maximum": 99999}"#, "integer(5)"),
            (#"{"type": "number"}"#, "decimal"),
            (#"{"type": "string", "enum": ["a", "b", ""]}"#, #"enum("a", "b")  empty """#),
            (#"{"const": "a"}"#, #"enum("a")"#),
            (#"{"oneOf": [{"enum": ["a"]}, {"enum": [""]}, {"enum": [null]}]}"#, #"enum("a")  empty """#),
            (#"{"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]}"#, "text(3)"),
            (#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#, "text"),
            (#"{"type": "string", "readOnly": true}"#, "text  read-only"),
            (##"{"allOf": [{"$ref": "#/components/schemas/Naam"}], "maxLength": 5}"##, "text(5)"),
            (##"{"$ref": "#/components/schemas/Naam"}"##, "text(9)"),
            (#"{"type": "object"}"#, "opaque"), ("{}", "text"),
        ] as [(String, String)])
    func types(_ schema: String, _ type: String) throws {
        let text = document(
            #"{"type": "object", "properties": {"a": \#(schema)}}"#,
            #""Naam": {"type": "string", "maxLength": 9}"#)
        #expect(try deriveAPI(text) == resource("a \(type)"))
    }

    @Test("requires what must be sent, not what an answer always has")
    func required() throws {
        let text = document(
            #"""
            {"type": "object", "required": ["url", "a", "b", "c"], "properties": {
                "url": {"type": "string", "format": "uri", "readOnly": true}, "a": {"type": "string"},
                "b": {"type": "string"}, "c": {"type": "string", "readOnly": true}}}
            """#,
            request: #"""
                {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"},
                "alleenGevraagd": {"type": "string", "writeOnly": true}}}
                """#)
        #expect(
            try deriveAPI(text)
                == resource(
                    "a               text  required", "b               text",
                    "c               text  read-only", "alleenGevraagd  text"))
    }

    @Test("joins allOf, and puts what occurs twice in a group")
    func groups() throws {
        let text = document(
            ##"""
            {"allOf": [{"$ref": "#/components/schemas/Basis"}, {"properties": {"deel": {"$ref": "#/components/schemas/Deel"}}}]}
            """##,
            ##"""
            "Basis": {"type": "object", "properties": {"delen": {"type": "array", "items": {"$ref": "#/components/schemas/Deel"}}}},
            "Deel": {"type": "object", "properties": {"code": {"type": "string"}, "naam": {"type": "string"}}}
            """##)
        #expect(
            try deriveAPI(text)
                == resource("delen*  like Deel", "deel    like Deel")
                + "group Deel {\n    code  text\n    naam  text\n}\n")
    }

    @Test("tells by the discriminator what a group looks like")
    func variants() throws {
        let text = document(
            ##"""
            {"oneOf": [{"$ref": "#/components/schemas/Mens"}, {"$ref": "#/components/schemas/Vestiging"}],
             "discriminator": {"propertyName": "soort", "mapping": {
                "mens": "#/components/schemas/Mens", "vestiging": "#/components/schemas/Vestiging"}}}
            """##,
            ##"""
            "Mens": {"type": "object", "required": ["naam"], "properties": {"naam": {"type": "string"},
                "wie": {"type": "object", "properties": {"bsn": {"type": "string"}, "kort": {"type": "string", "maxLength": 3}}}}},
            "Vestiging": {"type": "object", "required": ["naam"], "properties": {"naam": {"type": "string"},
                "wie": {"type": "object", "properties": {"kort": {"type": "string", "maxLength": 5}}}}}
            """##)
        #expect(
            try deriveAPI(text) == """
                resource Zaak in zaken {
                    soort  enum("mens", "vestiging")  required
                    naam   text                       required
                    wie varies-by soort {
                        when "mens" {
                            bsn text
                        }
                        when "mens", "vestiging" {
                            kort text(5)
                        }
                    }
                }

                """)
    }

    @Test("gives a date of the BRP its spelling, and GeoJSON its type")
    func shapes() throws {
        let text = document(
            ##"{"type": "object", "properties": {"dag": {"$ref": "#/components/schemas/Dag"}, "plek": {"$ref": "#/components/schemas/GeoJSONGeometry"}}}"##,
            ##"""
            "Dag": {"type": "object", "properties": {"type": {"type": "string"}}, "discriminator": {"propertyName": "type",
                "mapping": {"Datum": "#/components/schemas/D", "DatumOnbekend": "#/components/schemas/D",
                    "JaarDatum": "#/components/schemas/D", "JaarMaandDatum": "#/components/schemas/D"}}},
            "D": {"allOf": [{"$ref": "#/components/schemas/Dag"}]},
            "GeoJSONGeometry": {"type": "object", "properties": {"type": {"type": "string"}, "coordinates": {}}}
            """##)
        #expect(try deriveAPI(text) == resource("dag   datum incomplete spelled brp", "plek  geometrie"))
    }
}

@Suite("An API document that cannot be read") struct APIAttackTests {
    @Test(
        "is refused with its code and place",
        arguments: [
            ("{}", "api.json:1 M143"), ("[]", "api.json:1 M143"), ("", "api.json:1 J002"),
            ("{", "api.json:1 J002"),
            (#"{"openapi": "2.0"}"#, "api.json:1 M143"), (#"{"openapi": "3.2.0"}"#, "api.json:1 M143"),
            (#"{"openapi": "3.0.0"}"#, "api.json:1 M143"),
            (#"{"openapi": "3.0.0", "info": {"title": "a", "version": "1"}}"#, "api.json:1 M143"),
            (
                #"{"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": {}}"#,
                "api.json:1 M149"
            ),
            (#"{"openapi": "3.0.0", "openapi": "3.0.0"}"#, "api.json:1 J004"),
            (document(##"{"$ref": "#/components/schemas/Zaak"}"##), "api.json:7 M146"),
            (document(##"{"allOf": [{"$ref": "#/components/schemas/Zaak"}]}"##), "api.json:7 M146"),
            (document(##"{"$ref": "#/components/schemas/Weg"}"##), "api.json:7 M147"),
            (document(##"{"$ref": "https://example.org/api.json#/Zaak"}"##), "api.json:7 M142"),
            (document(##"{"$ref": 7}"##), "api.json:7 M142"),
        ] as [(String, String)])
    func refused(_ text: String, _ expected: String) {
        #expect(refusal(ofAPI: text) == expected)
    }

    @Test("ends where an object contains itself")
    func recursion() throws {
        let text = document(
            ##"{"type": "object", "properties": {"naam": {"type": "string"}, "deel": {"$ref": "#/components/schemas/Zaak"}}}"##
        )
        #expect(try deriveAPI(text) == resource("naam  text", "deel  opaque"))
    }

    @Test("is refused where it is nested a thousand deep")
    func depth() {
        let deep = String(repeating: #"{"a":"#, count: 1000)
        #expect(refusal(ofAPI: deep) == "api.json:1 J005")
    }

    @Test("passes over names that no model can have")
    func names() throws {
        let text = document(
            #"{"type": "object", "properties": {"goed": {"type": "string"}, "a b": {}, "x}y": {}, "1a": {}, "_links": {}}}"#
        )
        #expect(try deriveAPI(text) == resource("goed text"))
    }
}

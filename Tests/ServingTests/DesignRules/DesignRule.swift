import Crypto
import HTTP
import Resources
import Serving
import Testing

/// How one rule of the API Design Rules (ADR 2.2.0) is kept.
struct DesignRule: Sendable, CustomTestStringConvertible {
    enum Proof: Sendable {
        /// By these rules of the checker, on the described APIs.
        case checked([String])
        /// By what the server answers.
        case served(@Sendable (Shop) throws -> Bool)
        /// By how it is made: the reason, for whoever asks.
        case made(String)
    }

    let name: String
    let proof: Proof

    var testDescription: String { name }
}

enum DesignRules {
    private static let zaken = "/zaken/api/v1/zaken"
    static let apis = ["zaken", "documenten", "catalogi"]

    private static func paths(_ shop: Shop) throws -> [(path: String, operations: Tree)] {
        try apis.flatMap { api in
            try Tree(try shop.get("/\(api)/api/v1/openapi.json").bytes)["paths"]?.members.map {
                ($0.key, $0.value)
            }
                ?? []
        }
    }

    private static func answers(
        _ shop: Shop, _ isKept: (Response) -> Bool, of targets: [String] = everything
    ) throws -> Bool {
        try targets.allSatisfy { isKept(try shop.get($0)) }
    }

    private static let everything = [
        zaken, "\(zaken)?x=1", "\(zaken)/x", "/zaken/api/v1/openapi.json", "/zaken/api/v1/documentatie", "/",
        "/readyz", "/catalogi/api/v1/zaaktypen",
    ]

    static let all: [DesignRule] = naming + behaviour + documents + transport

    private static let naming: [DesignRule] = [
        DesignRule(
            name: "naming-resources",
            proof: .served { shop in
                let verbs = ["get", "haal", "geef", "maak", "zoek", "vraag"]
                return try paths(shop).allSatisfy { path, _ in
                    !verbs.contains { path.dropFirst().hasPrefix($0) }
                }
            }),
        DesignRule(
            name: "naming-collections",
            proof: .served { shop in
                try paths(shop).filter { $0.path != "/openapi.json" }.allSatisfy { path, _ in
                    let name = path.split(separator: "/").first ?? ""
                    return name.hasSuffix("en") || name.hasSuffix("s")
                }
            }),
        DesignRule(
            name: "interface-language",
            proof: .made("Names of resources and properties are those of the ZGW standard, which are Dutch.")),
        DesignRule(
            name: "no-trailing-slash",
            proof: .served { shop in
                try shop.get("\(zaken)/").status == .notFound
                    && shop.get("\(zaken)/_zoek/").status == .notFound
            }),
        DesignRule(name: "path-segments-kebab-case", proof: .checked(["nlgov:paths-kebab-case"])),
        DesignRule(
            name: "query-keys-camel-case",
            proof: .made("Names of filters with `__` are those of the ZGW standard; the description says so.")
        ),
        DesignRule(
            name: "hide-implementation",
            proof: .made(
                "Properties come from the API's model; no name of StUF, a table or a column reaches it.")),
    ]

    private static let behaviour: [DesignRule] = [
        DesignRule(
            name: "date-time/format",
            proof: .checked(["nlgov:date-time-ensure-timezone", "nlgov:time-without-timezone"])),
        DesignRule(
            name: "date-time/timezone",
            proof: .served { shop in
                try shop.deliver(Shop.zaak("Z1"))
                return try shop.get(zaken).fields["Sluis-As-Of"]?.hasSuffix("Z") == true
            }),
        DesignRule(
            name: "date-time/date-omit-time-portion",
            proof: .checked(["nlgov:specify-format-for-date-and-time", "nlgov:use-date-instead-of-datetime"])),
        DesignRule(
            name: "http-methods",
            proof: .served { shop in
                let refused = try shop.get(zaken, .delete)
                return refused.status == .methodNotAllowed && refused.fields["Allow"] == "GET, HEAD, OPTIONS"
            }),
        DesignRule(
            name: "http-safety",
            proof: .served { shop in
                let key = try shop.deliver(Shop.zaak("Z1"))
                let before = try shop.json("\(zaken)/\(key.uuid)")
                for method in HTTP.Method.allCases { _ = try shop.get("\(zaken)/\(key.uuid)", method) }
                return try shop.json("\(zaken)/\(key.uuid)") == before
            }),
        DesignRule(
            name: "http-response-code",
            proof: .served { shop in
                try shop.get(zaken).status == .ok && shop.get("\(zaken)?x=1").status == .badRequest
                    && shop.get("\(zaken)/x").status == .notFound
            }),
        DesignRule(
            name: "stateless",
            proof: .served { shop in
                for number in 1...3 { try shop.deliver(Shop.zaak("Z\(number)")) }
                let next = try shop.json("\(zaken)?pageSize=1").values("next").first ?? ""
                let other = try Shop()
                for number in 1...3 { try other.deliver(Shop.zaak("Z\(number)")) }
                return try other.json(Shop.path(next)) == shop.json(Shop.path(next))
            }),
        DesignRule(
            name: "nested-child",
            proof: .made(
                "Children such as rollen have URLs and lists of their own, as the ZGW standard has them.")),
        DesignRule(
            name: "resource-operations",
            proof: .served { shop in
                try paths(shop).filter { $0.path.contains("_") }.allSatisfy { $0.path.hasSuffix("/_zoek") }
            }),
        DesignRule(
            name: "error-handling/problem-details",
            proof: .checked(["nlgov:use-problem-schema", "nlgov:problem-schema-members"])),
        DesignRule(name: "error-handling/invalid-input", proof: .checked(["nlgov:problem-invalid-input"])),
        DesignRule(
            name: "error-handling/all-errors",
            proof: .served { shop in
                try shop.get("\(zaken)?a=1&page=0&startdatum=x").text.values("name").count == 3
            }),
    ]

    private static let documents: [DesignRule] = [
        DesignRule(
            name: "doc-openapi",
            proof: .checked([
                "nlgov:openapi3", "nlgov:openapi-root-exists", "oas3-schema", "path-params",
                "operation-operationId-unique", "openapi-tags-uniqueness", "oas3-server-variables",
                "oas3-api-servers",
            ])),
        DesignRule(
            name: "doc-openapi-contact", proof: .checked(["info-contact", "nlgov:info-contact-fields-exist"])),
        DesignRule(
            name: "doc-language",
            proof: .served { shop in
                try paths(shop).flatMap { $0.operations.members }.allSatisfy { _, operation in
                    let summary = operation["summary"]?.text ?? ""
                    return ["Vraag ", "Zoek ", "Haal "].contains { summary.hasPrefix($0) }
                }
            }),
        DesignRule(
            name: "publish-openapi",
            proof: .served { shop in
                let response = try shop.get("/zaken/api/v1/openapi.json")
                return response.status == .ok && response.fields["Access-Control-Allow-Origin"] == "*"
            }),
        DesignRule(
            name: "deprecation-schedule",
            proof: .made("There is one major version of each API, and nothing in it is deprecated.")),
        DesignRule(
            name: "transition-period",
            proof: .made("There is one major version of each API: none has to be kept beside another.")),
        DesignRule(name: "uri-version", proof: .checked(["nlgov:include-major-version-in-uri"])),
        DesignRule(
            name: "changelog",
            proof: .made("The changelog of the project names what changes in a served API.")),
        DesignRule(name: "semver", proof: .checked(["nlgov:semver"])),
        DesignRule(
            name: "version-header", proof: .checked(["nlgov:missing-version-header", "nlgov:missing-header"])),
    ]

    private static let transport: [DesignRule] = [
        DesignRule(name: "transport/tls", proof: .checked(["nlgov:servers-use-https"])),
        DesignRule(
            name: "transport/no-sensitive-uris",
            proof: .served { shop in
                let name = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
                return try shop.get("\(zaken)?\(name)=999990019").status == .badRequest
                    && shop.search(#"{"\#(name)":"999990019"}"#).status == .ok
            }),
        DesignRule(
            name: "transport/security-headers",
            proof: .served { shop in
                try answers(shop) { response in
                    response.fields["Cache-Control"] == "no-store"
                        && response.fields["Content-Security-Policy"]?.contains("frame-ancestors 'none'")
                            == true
                        && response.fields["Content-Type"] != nil
                        && response.fields["Strict-Transport-Security"] != nil
                        && response.fields["X-Content-Type-Options"] == "nosniff"
                        && response.fields["X-Frame-Options"] == "DENY"
                }
            }),
        DesignRule(
            name: "transport/cors",
            proof: .served { shop in
                try answers(
                    shop, { $0.fields["Access-Control-Allow-Origin"] == nil },
                    of: everything.filter { !$0.hasSuffix("openapi.json") })
            }),
        DesignRule(
            name: "modules/geospatial", proof: .made("No geometry is served: the models have none.")),
        DesignRule(name: "modules/signing", proof: .made("No payload is signed; transport is TLS.")),
        DesignRule(name: "modules/encryption", proof: .made("No payload is encrypted; transport is TLS.")),
    ]
}

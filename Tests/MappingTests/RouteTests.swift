import Diagnostics
import Language
import Mapping
import Testing

private func read(_ text: String) -> (library: RouteLibrary, messages: [String]) {
    let parsed = Parser.parse(file: "a.route", bytes: Array(text.utf8))
    let read = RouteLibrary.read(
        [parsed.document], mappings: ["zaak": "ZAK", "document": "EDC"], apis: ["zaken", "documenten"])
    return (read.library, (parsed.findings + read.findings).sortedForReading().map(\.description))
}

private let zkn = "http://www.egem.nl/StUF/sector/zkn/0310"

/// The shipped routes.
private let shipped: (library: RouteLibrary, findings: [Finding]) = {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let documents = SourceFiles.documents(".route", in: ["/\(package)/mappings"])
    let read = RouteLibrary.read(
        documents.documents,
        mappings: ["zaak": "ZAK", "document": "EDC", "besluit": "BSL", "persoon": "NPS"],
        apis: ["zaken"])
    return (read.library, documents.findings + read.findings)
}()

extension Routing {
    /// For comparison in a table.
    fileprivate var text: String {
        switch self {
        case .route(let route): route.name
        case .unknownRoot: "unknown root"
        case .unknownAction: "unknown action"
        case .contradiction(let operation): "contradicts \(operation.name)"
        case .unclear: "unclear"
        case .notRouted(let operation): "no route for \(operation.name)"
        }
    }
}

@Suite("The route of a bericht") struct RoutingTests {
    @Test(
        "is that of its SOAPAction, quoted or not",
        arguments: [
            ("zakLk01", "\"\(zkn)/creeerZaak_Lk01\"", "T", "creeerZaak"),
            ("zakLk01", "\(zkn)/creeerZaak_Lk01", "T", "creeerZaak"),
            ("zakLk01", " \"\(zkn)/updateZaak_Lk01\" ", "W", "updateZaak"),
            ("zakLk01", "\(zkn)/actualiseerZaakstatus_Lk01", "W", "actualiseerZaakstatus"),
            ("zakLv01", "\(zkn)/geefZaakdetails_Lv01", nil, "geefZaakdetails"),
            ("edcLk01", "\(zkn)/voegZaakdocumentToe_Lk01", "T", "voegZaakdocumentToe"),
            ("zakLk01", "\(zkn)/creeerZaak_Lk01", "W", "contradicts creeerZaak_Lk01"),
            ("edcLk01", "\(zkn)/creeerZaak_Lk01", "T", "contradicts creeerZaak_Lk01"),
            ("zakLk01", "urn:iets", "T", "unknown action"),
            ("edcLk01", "\(zkn)/maakZaakdocument_Lk01", "T", "maakZaakdocument"),
            ("npsLk01", nil, "T", "unknown root"),
        ] as [(String, String?, String?, String)])
    func action(_ root: String, _ action: String?, _ mutatiesoort: String?, _ expected: String) {
        let signature = Signature(namespace: zkn, root: root, soapAction: action, mutatiesoort: mutatiesoort)
        #expect(shipped.library.routing(signature).text == expected)
    }

    @Test(
        "about a person is that of its root, which is the operation's name too", arguments: [nil, "", "root"])
    func person(_ action: String?) {
        let bg = "http://www.egem.nl/StUF/sector/bg/0310"
        for root in ["npsLk01", "npsLv01"] {
            let signature = Signature(
                namespace: bg, root: root, soapAction: action == "root" ? "\(bg)/\(root)" : action)
            #expect(shipped.library.routing(signature).text == root)
        }
    }

    @Test(
        "is told by its content where there is no SOAPAction, or one that only repeats the root",
        arguments: [
            (nil, "zakLk01", "T", ["identificatie", "startdatum"], "creeerZaak"),
            ("", "zakLk01", "T", [], "creeerZaak"),
            ("\"\"", "zakLk01", "W", ["identificatie", "toelichting"], "updateZaak"),
            ("\(zkn)/zakLk01", "zakLk01", "W", ["identificatie", "heeft"], "actualiseerZaakstatus"),
            (nil, "zakLk01", "W", ["identificatie", "heeft", "toelichting"], "updateZaak"),
            (nil, "zakLk01", "V", ["identificatie"], "unclear"),
            (nil, "edcLk01", "T", ["identificatie", "inhoud"], "voegZaakdocumentToe"),
            (nil, "edcLk01", "T", ["identificatie"], "maakZaakdocument"),
            (nil, "zakLv01", nil, ["identificatie", "heeft"], "geefZaakstatus"),
            (nil, "zakLv01", nil, ["identificatie", "heeft", "omschrijving"], "geefZaakdetails"),
            (nil, "zakLv01", nil, ["heeftRelevant"], "no route for geefLijstZaakdocumenten_Lv01"),
            (nil, "zakLv01", nil, [], "geefZaakdetails"),
        ] as [(String?, String, String?, [String], String)])
    func content(
        _ action: String?, _ root: String, _ mutatiesoort: String?, _ said: [String], _ expected: String
    ) {
        let signature = Signature(
            namespace: zkn, root: root, soapAction: action, mutatiesoort: mutatiesoort, said: said)
        #expect(shipped.library.routing(signature).text == expected)
    }

    @Test("is none in another namespace, however the root is called")
    func namespace() {
        let signature = Signature(namespace: "urn:x", root: "zakLk01", soapAction: nil, mutatiesoort: "T")
        #expect(shipped.library.routing(signature).text == "unknown root")
    }
}

@Suite("The operations of ZDS 1.1") struct OperationTests {
    @Test("are the fourteen of its WSDLs, each with its own SOAPAction")
    func all() {
        #expect(Operations.zds11.count == 14)
        #expect(Set(Operations.zds11.map(\.soapAction)).count == 14)
        #expect(Operations.zds11.allSatisfy { $0.soapAction == "\(zkn)/\($0.name)" })
        #expect(
            Dictionary(grouping: Operations.zds11, by: \.portType).mapValues(\.count) == [
                "OntvangAsynchroon": 5, "BeantwoordVraag": 4, "VrijeBerichten": 5,
            ])
    }

    @Test(
        "have beside them those of a sectormodel about any other entity",
        arguments: [
            ("zkn0310", "zktLk01", "OntvangAsynchroon ZKT"), ("bg0310", "nnpLv01", "BeantwoordVraag NNP"),
            ("bg0310", "vesLk02", "VerwerkSynchroneKennisgeving VES"),
            ("bg0310", "npsLk01", "OntvangAsynchroon NPS"),
            // ZDS has its own of a zaak; a mnemonic has three small letters; and other berichtcodes are no matter of a
            // route.
            ("zkn0310", "zakLk01", nil), ("zkn0310", "ZKTLk01", nil), ("zkn0310", "zktSh01", nil),
            ("zkn0310", "zktx", nil), ("zkn0310", "", nil), ("zds11", "zktLk01", nil),
        ] as [(String, String, String?)])
    func sectormodel(_ row: (service: String, name: String, said: String?)) {
        let operation = Operations.operation(row.name, of: row.service)
        #expect(operation.map { "\($0.portType) \($0.entiteittype)" } == row.said)
        #expect(operation.map { $0.soapAction.hasSuffix("/\($0.root)") } != false)
    }

    @Test("are routed, also when no shipped mapping is about the entity") func others() {
        let text = "route a {\n on zkn0310 zktLk01\n map zaaktype\n to store\n}"
        let parsed = Parser.parse(file: "a.route", bytes: Array(text.utf8))
        var read = RouteLibrary.read([parsed.document], mappings: ["zaaktype": "ZKT"], apis: [])
        #expect((parsed.findings + read.findings).map(\.description) == [])
        let signature = Signature(namespace: zkn, root: "zktLk01", soapAction: nil, mutatiesoort: "T")
        #expect(read.library.routing(signature).text == "a")
        read = RouteLibrary.read([], mappings: [:], apis: [])
        #expect(read.library.routing(signature).text == "unknown root")
    }
}

@Suite("A route file") struct RouteFileTests {
    @Test("says what is taken, mapped, where it goes and when the sender hears of it")
    func route() throws {
        let (library, messages) = read(
            """
            route a {
                on    zds11 creeerZaak_Lk01
                map   zaak
                to    store
                reply Bv03 after effect within 12 s
                stage translate
            }
            route b { on zds11 geefZaakdetails_Lv01
                      map zaak
                      ask store }
            """)
        #expect(messages == [])
        let tells = try #require(library.route("a"))
        #expect(tells.operation.name == "creeerZaak_Lk01")
        #expect(tells.mapping == "zaak")
        #expect(tells.targets == [.store])
        #expect(tells.reply == .afterEffect(within: .seconds(12)))
        #expect(library.route("b")?.source == .store)
    }

    @Test("names an API by its model, whichever system serves it") func api() throws {
        let (library, messages) = read(
            """
            route a { on zds11 creeerZaak_Lk01
                      map zaak
                      to api zaken create }
            route b { on zds11 geefZaakdetails_Lv01
                      map zaak
                      ask api zaken }
            route c { on zds11 updateZaak_Lk01
                      map zaak
                      to api zaken
                      to store }
            """)
        #expect(messages == [])
        #expect(library.route("a")?.targets == [.api("zaken")])
        #expect(library.route("b")?.source == .api("zaken"))
        #expect(library.route("c")?.targets == [.api("zaken"), .store])
        #expect(library.apis == ["zaken"])
    }

    @Test("is shipped without findings") func clean() {
        #expect(shipped.findings.map(\.description) == [])
        #expect(shipped.library.routes.count == 23)
    }

    @Test(
        "with a mistake is refused, with its place and what was meant",
        arguments: [
            (
                "rout a { }",
                [
                    "a.route:1:1 M117 `rout` is not a statement of a route file: did you mean `route`?\n    write: route a {"
                ]
            ),
            ("route a", ["a.route:1:8 M115 a block `{ … }` is expected here, and the statement ends"]),
            (
                "route a { on zds11 creerZaak_Lk01\nmap zaak\nto store }",
                [
                    "a.route:1:20 M180 `creerZaak_Lk01` is not an operation of zds11: did you mean `creeerZaak_Lk01`?\n"
                        + "    write: on zds11 creeerZaak_Lk01"
                ]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaakk\nto store }",
                [
                    "a.route:2:5 M181 `zaakk` is not a mapping that can be used: did you mean `zaak`?\n    write: map zaak"
                ]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap document\nto store }",
                ["a.route:2:5 M182 `document` maps no ZAK, which creeerZaak_Lk01 is about"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nto store }\n"
                    + "route b { on zds11 creeerZaak_Lk01\nmap zaak\nto store }",
                ["a.route:4:7 M183 creeerZaak_Lk01 takes the route at a.route:1:7 already"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nmap zaak\nto store }",
                ["a.route:3:1 M183 `map` is said on line 2 already"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak }",
                ["a.route:1:7 M184 `a` does not say where it goes: `to store`"]
            ),
            (
                "route a { map zaak\nto store }",
                ["a.route:1:7 M184 `a` does not say which operation it takes: `on zds11 creeerZaak_Lk01`"]
            ),
            (
                "route a { on zds11 geefZaakdetails_Lv01\nmap zaak\nto store }",
                ["a.route:3:1 M185 geefZaakdetails_Lv01 asks: write `ask store`"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nask store }",
                ["a.route:3:1 M185 creeerZaak_Lk01 tells: write `to store`"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nto store\nreply Bv03 after effect within 600 s }",
                ["a.route:4:32 M186 `600` is no number of seconds from 1 to 60: senders wait no longer"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nto api zaak create }",
                ["a.route:3:8 M188 `zaak` is not an API of a model: use `documenten`, `zaken`"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nto api zaken update }",
                ["a.route:3:14 M185 creeerZaak_Lk01 never does `update`: its mutatiesoort is T"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nto store\nstage shadow }",
                ["a.route:4:7 M187 no route can be in stage `shadow` yet: write `translate`"]
            ),
            (
                "route a { on zds11 geefZaakdetails_Lv01\nmap zaak\nask store\npolicy older park }",
                ["a.route:4:1 M185 geefZaakdetails_Lv01 asks: it changes nothing"]
            ),
            (
                "route a { on zds11 creeerZaak_Lk01\nmap zaak\nto store\npolicy older prak }",
                [
                    """
                    a.route:4:14 M117 `prak` is not what becomes of an older bericht: did you mean `park`?
                        write: policy older park
                    """
                ]
            ),
            (
                "route a { on zds11 cancelCheckout_Di02\nmap document\nto store }",
                ["a.route:1:20 M187 no route can take a vrij bericht (cancelCheckout_Di02) yet"]
            ),
        ])
    func mistake(_ text: String, _ expected: [String]) {
        #expect(read(text).messages == expected)
    }

    @Test("reports every mistake of every route, and keeps the routes that have none")
    func all() {
        let (library, messages) = read(
            """
            route a { on zds11 creeerZaak_Lk01
                      map zaak
                      to store }
            route b { on zds13 x
                      map niets
                      to nergens
                      reply Bv04 }
            """)
        #expect(
            messages.map { $0.prefix { $0 != " " } } == [
                "a.route:4:14", "a.route:5:15", "a.route:6:14", "a.route:7:17",
            ])
        #expect(library.routes.map(\.name) == ["a"])
    }
}

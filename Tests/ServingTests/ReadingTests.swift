import Crypto
import HTTP
import Ledger
import Record
import Resources
import Serving
import Telemetry
import Testing
import Threads

@Suite("A served API") struct ReadingTests {
    private let zaken = "/zaken/api/v1/zaken"

    @Test("finds a zaak by its identificatie, and shows it as a page of one")
    func byIdentificatie() throws {
        let shop = try Shop()
        try shop.deliver(Shop.zaak("Z1"))
        let key = try shop.deliver(Shop.zaak("Z2"))
        let json = try shop.json("\(zaken)?identificatie=Z2")
        let url = try #require(shop.addresses.url("zaken:Zaak", key.uuid))
        #expect(
            json.hasPrefix(
                #"{"count":1,"next":null,"previous":null,"results":[{"url":"\#(url)","uuid":"\#(key.uuid)","#
                    + #""identificatie":"Z2","bronorganisatie":"001005650","#))
        #expect(
            try shop.json("\(zaken)?identificatie=Z3")
                == #"{"count":0,"next":null,"previous":null,"results":[]}"#)
        #expect(try shop.json("\(zaken)?identificatie=Z2&bronorganisatie=001005650") == json)
        #expect(try shop.json("\(zaken)?bronorganisatie=002564440").hasPrefix(#"{"count":0"#))
        let found = try #require(json.firstRange(of: #""results":["#))
        #expect(try shop.json(Shop.path(url)) == String(json[found.upperBound...].dropLast(2)))
    }

    @Test("gives only URLs that resolve, and answers each with the resource that has it")
    func everyURLResolves() throws {
        let shop = try Shop()
        try shop.deliver(
            Shop.zaak(
                "Z1",
                #""resultaat":{"resultaattype":{"omschrijving":"Verleend"}},"rollen":["#
                    + #"\#(Shop.rol("Initiator", bsn: "999990019")),\#(Shop.rol("Behandelaar", bsn: "999993653"))],"#
                    + #""statussen":[{"statustype":{"omschrijving":"Klaar","volgnummer":2},"#
                    + #""datumStatusGezet":"2020-03-10T07:00:00Z"}]"#))
        try shop.deliver(Shop.document("D1", zaken: "Z1"), as: "documenten:EnkelvoudigInformatieObject")
        var waiting = try shop.json(zaken).urls
        let zaak = try #require(waiting.first { $0.contains("/zaken/api/v1/zaken/") })
        waiting += try shop.json("/documenten/api/v1/enkelvoudiginformatieobjecten").urls
        waiting += try shop.json("/catalogi/api/v1/statustypen").urls
        waiting += try shop.json("/zaken/api/v1/zaakinformatieobjecten?zaak=\(zaak)").urls
        var seen: Set<String> = []
        while let url = waiting.popLast() {
            guard seen.insert(url).inserted, !url.hasSuffix("/download") else { continue }
            let json = try shop.json(Shop.path(url))
            #expect(json.hasPrefix(#"{"url":"\#(url)","#), "\(url)")
            waiting += json.urls
        }
        let collections = Set(seen.map { $0.split(separator: "/")[5] })
        #expect(
            collections == [
                "zaken", "rollen", "statussen", "resultaten", "zaaktypen", "roltypen", "statustypen",
                "resultaattypen", "enkelvoudiginformatieobjecten", "informatieobjecttypen",
                "zaakinformatieobjecten",
            ])
    }

    @Test("is read page by page, each zaak once")
    func paging() throws {
        let shop = try Shop()
        for number in 1...7 { try shop.deliver(Shop.zaak("Z\(number)")) }
        var found: [String] = []
        var next: String? = "\(Shop.base)\(zaken)?pageSize=3&startdatum__gte=2020-01-01"
        var pages = 0
        while let url = next {
            let json = try shop.json(Shop.path(url))
            #expect(json.hasPrefix(#"{"count":7,"#))
            found += json.values("identificatie")
            next = json.values("next").first
            pages += 1
        }
        #expect(pages == 3)
        #expect(found == (1...7).map { "Z\($0)" })
        let last = try shop.json("\(zaken)?pageSize=3&page=3")
        #expect(last.values("previous") == ["\(Shop.base)\(zaken)?pageSize=3&page=2"])
        #expect(last.values("identificatie") == ["Z7"])
        #expect(try shop.get("\(zaken)?pageSize=3&page=4").status == .notFound)
        #expect(try shop.get("\(zaken)?pageSize=3&page=99999").status == .notFound)
    }

    @Test("lets a page be asked by its number, and read on from where the last one ended")
    func places() throws {
        let shop = try Shop()
        for number in 1...7 where number != 3 { try shop.deliver(Shop.zaak("Z\(number)")) }
        let third = try shop.json("\(zaken)?page=3&pageSize=2")
        #expect(third.values("identificatie") == ["Z6", "Z7"])
        #expect(third.contains(#""next":null"#))
        let next = try #require(try shop.json("\(zaken)?pageSize=2").values("next").first)
        #expect(next == "\(Shop.base)\(zaken)?pageSize=2&page=2&after=001005650%7CZ2")
        // What comes between the pages that were read and those to come moves none of them.
        try shop.deliver(Shop.zaak("Z0"))
        try shop.deliver(Shop.zaak("Z3"))
        #expect(try shop.json(Shop.path(next)).values("identificatie") == ["Z3", "Z4"])
        #expect(try shop.json("\(zaken)?pageSize=2&page=2").values("identificatie") == ["Z2", "Z3"])
        let behind = try shop.json("\(zaken)?page=9&after=~")
        #expect(behind.hasPrefix(#"{"count":8,"next":null,"previous":"\#(Shop.base)\#(zaken)?page=8","#))
    }

    @Test("has children that are listed of one, or of all", arguments: ["rollen", "statussen", "resultaten"])
    func children(_ collection: String) throws {
        let shop = try Shop()
        for number in 1...3 {
            try shop.deliver(
                Shop.zaak(
                    "Z\(number)",
                    #""rollen":[\#(Shop.rol("Initiator", bsn: "999990019"))],"#
                        + #""resultaat":{"resultaattype":{"omschrijving":"Verleend"}},"#
                        + #""statussen":[{"statustype":{"omschrijving":"Klaar","volgnummer":2},"#
                        + #""datumStatusGezet":"2020-03-10T07:00:00Z"}]"#))
        }
        let all = try shop.json("/zaken/api/v1/\(collection)")
        #expect(all.hasPrefix(#"{"count":3,"#))
        let zaak = try #require(all.values("zaak").first)
        #expect(try shop.json("/zaken/api/v1/\(collection)?zaak=\(zaak)").hasPrefix(#"{"count":1,"#))
    }

    @Test(
        "can be put in order, what has no value behind the rest, or before it the other way around",
        arguments: [
            ("startdatum", ["Z2", "Z1", "Z3", "Z4"]), ("-startdatum", ["Z3", "Z4", "Z1", "Z2"]),
            ("-identificatie", ["Z4", "Z3", "Z2", "Z1"]), ("einddatum", ["Z3", "Z1", "Z2", "Z4"]),
            ("-einddatum", ["Z2", "Z4", "Z1", "Z3"]),
            ("-startdatum,-identificatie", ["Z4", "Z3", "Z1", "Z2"]),
        ])
    func ordering(_ ordering: String, _ found: [String]) throws {
        let shop = try Shop()
        try shop.deliver(Shop.zaak("Z1", #""einddatum":"2020-05-01""#, startdatum: "2020-02-01"))
        try shop.deliver(Shop.zaak("Z2", startdatum: "2020-01-01"))
        try shop.deliver(Shop.zaak("Z3", #""einddatum":"2020-04-01""#, startdatum: "2020-03-01"))
        try shop.deliver(Shop.zaak("Z4", startdatum: "2020-03-01"))
        #expect(try shop.json("\(zaken)?ordering=\(ordering)").values("identificatie") == found)
        let pages = try (1...2).flatMap { page in
            try shop.json("\(zaken)?ordering=\(ordering)&pageSize=2&page=\(page)").values("identificatie")
        }
        #expect(pages == found)
        let names = ordering.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        #expect(try shop.search(#"{"ordering":[\#(names)]}"#).text.values("identificatie") == found)
    }

    @Test(
        "filters on what is stored",
        arguments: [
            ("startdatum=2020-02-01", ["Z2"]), ("startdatum__gte=2020-02-01", ["Z2", "Z3"]),
            ("startdatum__gt=2020-02-01", ["Z3"]), ("startdatum__lt=2020-02-01", ["Z1"]),
            ("startdatum__lte=2020-02-01&startdatum__gte=2020-01-02", ["Z2"]),
            ("einddatum__isnull=true", ["Z2", "Z3"]), ("einddatum__isnull=false", ["Z1"]),
            ("archiefnominatie=vernietigen", ["Z1", "Z2"]),
            ("archiefnominatie__in=vernietigen,blijvend_bewaren", ["Z1", "Z2", "Z3"]),
            ("archiefnominatie__in=blijvend_bewaren", ["Z3"]),
            ("bronorganisatie__in=001005650,002564440", ["Z1", "Z2", "Z3"]),
            ("identificatie__in=Z3,Z1,Z9", ["Z1", "Z3"]),
            ("rol__betrokkeneIdentificatie__medewerker__identificatie=M1", ["Z2"]),
            ("rol__betrokkeneIdentificatie__organisatorischeEenheid__identificatie=M1", ["Z3"]),
            ("rol__betrokkeneIdentificatie__vestiging__vestigingsNummer=1", []),
        ])
    func filters(_ row: (query: String, found: [String])) throws {
        let shop = try Shop()
        try shop.deliver(
            Shop.zaak(
                "Z1", #""einddatum":"2020-04-01","archiefnominatie":"vernietigen""#, startdatum: "2020-01-01")
        )
        func rol(_ kind: String) -> String {
            #""rollen":[{"betrokkeneType":"\#(kind)","roltype":{"omschrijving":"B"},"#
                + #""betrokkeneIdentificatie":{"identificatie":"M1"}}]"#
        }
        try shop.deliver(
            Shop.zaak(
                "Z2", #""archiefnominatie":"vernietigen",\#(rol("medewerker"))"#, startdatum: "2020-02-01"))
        try shop.deliver(
            Shop.zaak(
                "Z3", #""archiefnominatie":"blijvend_bewaren",\#(rol("organisatorische_eenheid"))"#,
                startdatum: "2020-03-01"))
        let json = try shop.json("\(zaken)?\(row.query)")
        #expect(json.hasPrefix(#"{"count":\#(row.found.count),"#))
        #expect(json.values("identificatie").filter { $0 != "M1" } == row.found)
    }

    @Test("filters by the URLs of types")
    func typeFilters() throws {
        let shop = try Shop()
        func url(_ resource: String, _ values: String...) throws -> String {
            let key = ObjectKey(tenant: Shop.tenant, resource: resource, values: values)
            return PercentCoding.encode(try #require(shop.addresses.url(resource, key.uuid)))
        }
        let resultaat = #""resultaat":{"resultaattype":{"omschrijving":"Verleend"}}"#
        try shop.deliver(Shop.zaak("Z1", resultaat))
        try shop.deliver(Shop.zaak("Z2", resultaat, zaaktype: "B2"))
        try shop.deliver(Shop.zaak("Z3"))
        func found(_ query: String) throws -> [String] {
            try shop.json("\(zaken)?\(query)").values("identificatie")
        }
        #expect(try found("zaaktype=\(url("catalogi:ZaakType", "B1026"))") == ["Z1", "Z3"])
        #expect(try found("zaaktype=\(url("catalogi:ZaakType", "B3"))") == [])
        let type = try url("catalogi:ResultaatType", "B2", "Verleend")
        #expect(try found("resultaat__resultaattype=\(type)") == ["Z2"])
        let types = try ["B1026", "B2"].map {
            try #require(try url("catalogi:ZaakType", $0).removingPercents)
        }
        let searched = try shop.search(#"{"zaaktype__in":["\#(types[0])","\#(types[1])"]}"#)
        #expect(searched.text.values("identificatie") == ["Z1", "Z2", "Z3"])
    }

    @Test("can be searched by what does not belong in a URL")
    func search() throws {
        let shop = try Shop()
        let rol = #""rollen":[\#(Shop.rol("Initiator", bsn: "999990019"))]"#
        let key = try shop.deliver(Shop.zaak("Z1", rol))
        try shop.deliver(Shop.zaak("Z2", rol))
        try shop.deliver(Shop.zaak("Z3"))
        let bsn = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
        let first = try shop.search(#"{"\#(bsn)":"999990019"}"#, "?pageSize=1").text
        #expect(first.hasPrefix(#"{"count":2,"#))
        #expect(first.values("identificatie") == ["Z1"])
        #expect(first.values("next") == ["\(Shop.base)\(zaken)/_zoek?pageSize=1&page=2&after=001005650%7CZ1"])
        let second = try shop.search(#"{"\#(bsn)":"999990019"}"#, "?pageSize=1&page=2&after=001005650%7CZ1")
        #expect(second.text.values("identificatie") == ["Z2"])
        let both = try shop.search(
            #"{"uuid__in":["\#(key.uuid)"],"\#(bsn)":"999990019","expand":["rollen"]}"#)
        #expect(both.text.values("identificatie") == ["Z1"])
        #expect(both.text.values("inpBsn") == ["999990019"])
        #expect(try shop.search(#"{"uuid__in":["\#(UUID.random())"]}"#).text.hasPrefix(#"{"count":0,"#))
        #expect(try shop.search(#"{"\#(bsn)":"111111110"}"#).text.hasPrefix(#"{"count":0,"#))
        #expect(try shop.search(#"{"startdatum__gte":"2020-01-01"}"#).text.hasPrefix(#"{"count":3,"#))
    }

    @Test("shows in full what is asked for beside its URL")
    func expand() throws {
        let shop = try Shop()
        let key = try shop.deliver(
            Shop.zaak(
                "Z1",
                #""rollen":[\#(Shop.rol("Initiator", bsn: "999990019"))],"statussen":["#
                    + #"{"statustype":{"omschrijving":"Nieuw","volgnummer":1},"datumStatusGezet":"2020-03-09T07:00:00Z"},"#
                    + #"{"statustype":{"omschrijving":"Klaar","volgnummer":2},"datumStatusGezet":"2020-03-10T07:00:00Z"}]"#
            ))
        let url = try #require(shop.addresses.url("zaken:Zaak", key.uuid))
        let query = "expand=zaaktype,status.statustype,rollen.roltype.zaaktype,resultaat"
        let json = try shop.json("\(zaken)/\(key.uuid)?\(query)")
        let expanded = try #require(json.firstRange(of: #","_expand":{"#))
        let tail = String(json[expanded.upperBound...])
        // The document itself is as without, the rest stands in the order that was asked for.
        #expect(String(json[..<expanded.lowerBound]) + "}" == (try shop.json("\(zaken)/\(key.uuid)")))
        #expect(tail.hasPrefix(#""zaaktype":{"url":"\#(Shop.base)/catalogi/api/v1/zaaktypen/"#))
        #expect(tail.values("omschrijving") == ["Melding", "Klaar", "Initiator", "Melding"])
        #expect(tail.contains(#""rollen":[{"url":"#))
        #expect(tail.hasSuffix(#""resultaat":null}}"#))
        #expect(tail.values("inpBsn") == ["999990019"])
        #expect(tail.values("zaak") == [url, url])
        let listed = try shop.json("\(zaken)?\(query)")
        #expect(listed.hasSuffix("\(json)]}"))
        let rol = try shop.json("/zaken/api/v1/rollen?zaak=\(url)&expand=roltype")
        #expect(rol.contains(#""_expand":{"roltype":{"url":""#))
    }

    @Test("lists rollen, statussen and the like of one zaak")
    func children() throws {
        let shop = try Shop()
        let rollen =
            #""rollen":[\#(Shop.rol("Initiator", bsn: "999990019")),\#(Shop.rol("B", bsn: "999993653"))]"#
        let key = try shop.deliver(Shop.zaak("Z1", rollen))
        try shop.deliver(Shop.zaak("Z2", rollen))
        let zaak = try #require(shop.addresses.url("zaken:Zaak", key.uuid))
        let json = try shop.json("/zaken/api/v1/rollen?zaak=\(zaak)")
        #expect(json.hasPrefix(#"{"count":2,"#))
        #expect(json.values("zaak") == [zaak, zaak])
        #expect(json.values("inpBsn") == ["999990019", "999993653"])
        let second = try shop.json("/zaken/api/v1/rollen?zaak=\(zaak)&pageSize=1&page=2")
        #expect(second.values("inpBsn") == ["999993653"])
        let types = ["Initiator", "B", "X"].map { name in
            let type = ObjectKey(
                tenant: Shop.tenant, resource: "catalogi:RolType", values: ["B1026", name])
            return shop.addresses.url(type.resource, type.uuid) ?? ""
        }
        func found(_ query: String) throws -> [String] {
            try shop.json("/zaken/api/v1/rollen?\(query)").values("inpBsn")
        }
        #expect(try found("zaak=\(zaak)&roltype=\(types[1])") == ["999993653"])
        #expect(try found("zaak=\(zaak)&roltype=\(types[2])") == [])
        #expect(try found("zaak=\(zaak)&betrokkeneType=medewerker") == [])
        #expect(try found("zaak=\(zaak)&betrokkeneType=natuurlijk_persoon").count == 2)
        #expect(try shop.get("/zaken/api/v1/rollen?zaak=\(zaak)&pageSize=1&page=3").status == .notFound)
        let empty = #"{"count":0,"next":null,"previous":null,"results":[]}"#
        #expect(try shop.json("/zaken/api/v1/statussen?zaak=\(zaak)") == empty)
        let other = try #require(shop.addresses.url("zaken:Zaak", UUID.random()))
        #expect(try shop.json("/zaken/api/v1/rollen?zaak=\(other)") == empty)
    }

    @Test("finds the documents of a zaak and the zaken of a document, as plain lists")
    func associations() throws {
        let shop = try Shop()
        let zaken = try ["Z1", "Z2"].map { try shop.deliver(Shop.zaak($0)) }
        let first = try shop.deliver(
            Shop.document("D1", zaken: "Z1", "Z2"), as: "documenten:EnkelvoudigInformatieObject")
        try shop.deliver(Shop.document("D2", zaken: "Z2"), as: "documenten:EnkelvoudigInformatieObject")
        func list(_ query: String) throws -> String {
            try shop.json("/zaken/api/v1/zaakinformatieobjecten?\(query)")
        }
        let urls = zaken.compactMap { shop.addresses.url("zaken:Zaak", $0.uuid) }
        #expect(try list("zaak=\(urls[0])").values("titel") == ["bij Z1"])
        #expect(try list("zaak=\(urls[1])").values("titel") == ["bij Z2", "bij Z2"])
        let document = try #require(shop.addresses.url("documenten:EnkelvoudigInformatieObject", first.uuid))
        #expect(try list("informatieobject=\(document)").values("zaak") == urls)
        #expect(try list("informatieobject=\(document)&zaak=\(urls[1])").values("zaak") == [urls[1]])
        #expect(try list("zaak=\(urls[0])").hasPrefix("[{"))
    }

    @Test("gives the content of a document as it came, never to be shown by a browser itself")
    func download() throws {
        let shop = try Shop()
        let upload = try shop.ledger.openUpload(now: Shop.now)
        try shop.ledger.stage(upload, piece: 0, of: Array("AB".utf8), now: Shop.now)
        try shop.ledger.stage(upload, piece: 1, of: Array("C".utf8), now: Shop.now)
        let key = try shop.deliver(
            Shop.document("D1"), as: "documenten:EnkelvoudigInformatieObject",
            content: Record.Content(id: upload, byteCount: 3))
        let url = try #require(shop.addresses.url("documenten:EnkelvoudigInformatieObject", key.uuid))
        let json = try shop.json(Shop.path(url))
        #expect(json.values("inhoud") == ["\(url)/download"])
        #expect(json.contains(#""bestandsomvang":3"#))
        let response = try shop.get(Shop.path(url) + "/download")
        #expect(response.whole == Array("ABC".utf8))
        #expect(response.fields["Content-Type"] == "application/pdf")
        #expect(response.fields["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A9%C3%A9n.pdf")
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
    }

    @Test("says that it has not changed to whoever has it already")
    func etag() throws {
        let shop = try Shop()
        let key = try shop.deliver(Shop.zaak("Z1"))
        let path = "\(zaken)/\(key.uuid)"
        let tag = try #require(try shop.get(path).fields["ETag"])
        for given in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let response = try shop.get(path, fields: [HTTP.Field("If-None-Match", given)])
            #expect(response.status == .notModified)
            #expect(response.bytes.isEmpty)
            #expect(response.fields["ETag"] == tag)
        }
        #expect(try shop.get(path, fields: [HTTP.Field("If-None-Match", "\"x\"")]).status == .ok)
        #expect(try shop.get(path, .head).fields["ETag"] == tag)
    }

    @Test("carries version, moment and the fields that keep browsers careful, on every answer")
    func fields() throws {
        let shop = try Shop()
        let key = try shop.deliver(Shop.zaak("Z1"), from: "oud & nieuw")
        let found = try shop.get("\(zaken)/\(key.uuid)")
        #expect(found.fields["Sluis-Copy-Of"] == "oud%20%26%20nieuw")
        #expect(found.fields["Sluis-As-Of"] == "2020-03-09T07:01:04.000Z")
        #expect(found.fields["Content-Type"] == "application/json")
        for path in ["\(zaken)/\(key.uuid)", zaken, "\(zaken)?x=1", "/zaken/api/v1/x"] {
            let response = try shop.get(path)
            #expect(response.fields["API-Version"] == "1.5.1", "\(path)")
            #expect(response.fields["Cache-Control"] == "no-store")
            #expect(response.fields["X-Frame-Options"] == "DENY")
        }
        #expect(try shop.get("/catalogi/api/v1/zaaktypen").fields["API-Version"] == "1.3.1")
    }
}

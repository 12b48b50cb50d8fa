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
        waiting += try shop.json("/documenten/api/v1/enkelvoudiginformatieobjecten").urls
        waiting += try shop.json("/catalogi/api/v1/statustypen").urls
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

    @Test("filters by dates and by the URL of a type")
    func filters() throws {
        let shop = try Shop()
        for (number, date) in ["2020-01-01", "2020-02-01", "2020-03-01"].enumerated() {
            try shop.deliver(Shop.zaak("Z\(number)", startdatum: date))
        }
        func count(_ query: String) throws -> String {
            String(try shop.json("\(zaken)?\(query)").dropFirst(9).prefix { $0 != "," })
        }
        #expect(try count("startdatum=2020-02-01") == "1")
        #expect(try count("startdatum__gte=2020-02-01") == "2")
        #expect(try count("startdatum__lte=2020-02-01&startdatum__gte=2020-01-02") == "1")
        let zaaktype = ObjectKey(tenant: "1900", resource: "catalogi:ZaakType", value: "B1026").uuid
        let url = try #require(shop.addresses.url("catalogi:ZaakType", zaaktype))
        #expect(try count("zaaktype=\(PercentCoding.encode(url))") == "3")
        let other = try #require(shop.addresses.url("catalogi:ZaakType", UUID.random()))
        #expect(try count("zaaktype=\(other)") == "0")
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
        let key = try shop.deliver(Shop.zaak("Z1"))
        let found = try shop.get("\(zaken)/\(key.uuid)")
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

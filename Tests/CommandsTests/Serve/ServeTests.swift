private import Foundation
import HTTP
private import Postgres
import TestSupport
import Testing
import Threads

@Suite("A running sluis serve") struct ServeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("takes the same bericht twice for one, and no other content under its number")
    func repeats() throws {
        let bridge = try Bridge(in: folder)
        let bericht = try Bridge.fixture("creeer-zaak/1")
        let first = try bridge.post(bericht, action: "creeerZaak_Lk01")
        let second = try bridge.post(bericht, action: "creeerZaak_Lk01")
        #expect(first.isBevestiging, "\(first)")
        #expect(first.body == second.body)
        #expect(try bridge.zaken("1900000001") == 1)
        let other = try bridge.post(
            bericht.replacing("20250309", with: "20250310"), action: "creeerZaak_Lk01")
        #expect(other.status == 500, "\(other)")
        #expect(other.text("berichtcode") == "Fo03")
        #expect(other.text("code") == "StUF016")
        #expect(try bridge.zaken("1900000001") == 1)
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("answers a vraag with what its scope asks, and why there is no value")
    func vraag() throws {
        let bridge = try Bridge(in: folder)
        #expect(try bridge.post(try Bridge.fixture("vraag-with-scope/1")).isBevestiging)
        let answer = try bridge.post(
            try Bridge.fixture("vraag-with-scope/2"), to: "/stuf/BeantwoordVraag",
            action: "geefZaakdetails_Lv01")
        #expect(answer.status == 200, "\(answer)")
        #expect(answer.text("berichtcode") == "La01")
        #expect(answer.text("startdatum") == "20250309")
        #expect(answer.body.contains(#"einddatum xsi:nil="true" StUF:noValue="geenWaarde""#))
        let besluiten = #"leidtTot StUF:entiteittype="ZAKBSL" xsi:nil="true" StUF:noValue="geenWaarde""#
        #expect(answer.body.contains(besluiten))
        #expect(!answer.body.contains("uiterlijkeEinddatum"), "it was not asked for")
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("serves no URL that it does not answer")
    func addresses() throws {
        let bridge = try Bridge(in: folder)
        for path in ["creeer-zaak/1", "every-rol-and-betrokkene/1", "payment-and-resultaat/1"] {
            let answer = try bridge.post(try Bridge.fixture(path, as: "url-\(path.prefix(20))"))
            #expect(answer.isBevestiging, "\(path): \(answer)")
        }
        for number in 1...2 {
            let text = try Bridge.fixture("document-with-inhoud/\(number)", as: "url-document-\(number)")
            #expect(try bridge.post(text).isBevestiging)
        }
        var open = ["zaken/api/v1/zaken", "documenten/api/v1/enkelvoudiginformatieobjecten"]
            .map { "\(bridge.sluis.base)/\($0)" }
        var seen = Set(open)
        while let url = open.popLast() {
            let answer = try bridge.get(url)
            #expect(answer.status == 200, "\(url)")
            guard let json = try? JSONSerialization.jsonObject(with: Data(answer.body.utf8)) else { continue }
            open += urls(in: json).filter { $0.hasPrefix(bridge.sluis.base) && seen.insert($0).inserted }
        }
        let kinds = Set(seen.compactMap { URL(string: $0)?.pathComponents.dropFirst(4).first })
        for kind in ["zaken", "rollen", "statussen", "zaaktypen", "roltypen", "statustypen", "resultaten"] {
            #expect(kinds.contains(kind), "\(kinds.sorted())")
        }
        #expect(bridge.sluis.stop() == .status(0))
    }

    private func urls(in json: Any) -> [String] {
        switch json {
        case let object as [String: Any]: object.values.flatMap(urls)
        case let array as [Any]: array.flatMap(urls)
        case let text as String: text.hasPrefix("http") ? [text] : []
        default: []
        }
    }

    @Test("finishes the request that is open when it is told to end, and leaves nothing behind")
    func drain() throws {
        let bridge = try Bridge(in: folder)
        let address = try #require(Address(String(bridge.sluis.base.dropFirst("http://".count))))
        let socket = try Socket.connect(to: address)
        let bericht = try Bridge.fixture("creeer-zaak/1")
        let head = """
            POST /stuf HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nExpect: 100-continue\r
            Content-Length: \(bericht.utf8.count)\r\n\r\n
            """
        try socket.writeAll(Array(head.utf8))
        let goOn = try socket.readSome(until: .after(.seconds(30))) ?? []
        #expect(String(decoding: goOn, as: UTF8.self).hasPrefix("HTTP/1.1 100 "))
        bridge.sluis.process.signal(.terminate)
        #expect(bridge.sluis.line(containing: "drain.started") != nil)
        try socket.writeAll(Array(bericht.utf8))
        var answer = ""
        while let bytes = try socket.readSome(until: .after(.seconds(30))), !bytes.isEmpty {
            answer += String(decoding: bytes, as: UTF8.self)
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Bv03Bericht"), "\(answer)")
        #expect(bridge.sluis.stop() == .status(0), "\(bridge.sluis.said)")
        #expect(bridge.sluis.said.contains(#""event":"drain.ended","left":0"#), "\(bridge.sluis.said)")
        #expect(!bridge.sluis.said.contains("has not ended"))
    }

    @Test("keeps the mappings in force when the new ones have an error, and says where")
    func reload() throws {
        let mappings = "\(folder.path)/mappings"
        try FileManager.default.copyItem(atPath: "\(Sluis.root)/mappings", toPath: mappings)
        let bridge = try Bridge(["--mappings", mappings], in: folder)
        let file = URL(filePath: "\(mappings)/zds-zgw/zaak.map")
        let good = try String(contentsOf: file, encoding: .utf8)
        try Data(good.replacing(" startdatum ", with: " startdatm ").utf8).write(to: file)
        bridge.sluis.process.signal(.hangup)
        let found = bridge.sluis.line(containing: "startdatm") ?? ""
        #expect(found.hasPrefix("\(file.path):") && found.contains("did you mean `startdatum`?"), "\(found)")
        #expect(bridge.sluis.said.contains(#""event":"configuration.refused""#))
        #expect(try bridge.post(try Bridge.fixture("creeer-zaak/1")).isBevestiging)
        let served = try bridge.get("/zaken/api/v1/zaken?identificatie=1900000001")
        #expect(served.body.contains(#""startdatum":"2025-03-09""#), "\(served)")
        try Data(good.utf8).write(to: file)
        bridge.sluis.process.signal(.hangup)
        #expect(bridge.sluis.line(containing: "configuration.reloaded") != nil)
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("tries a delivery again that its store refuses three times; the sender's Bv03 stands")
    func retries() throws {
        let database = try ThrowawayPostgres.database()
        let file = "\(folder.path)/sluis.conf"
        try Data("database from environment \"DB\"\n".utf8).write(to: URL(filePath: file))
        let bridge = try Bridge(
            ["--config", file], environment: ["DB": database.connection.description], in: folder)
        // What a revoked right gives: nothing is wrong with the bericht, and nobody knows how long it lasts.
        try database.connect().run(
            script: """
                CREATE SEQUENCE sluis.refusals;
                CREATE FUNCTION sluis.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF nextval('sluis.refusals') <= 3 THEN
                        RAISE insufficient_privilege;
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON sluis.store
                    FOR EACH STATEMENT EXECUTE FUNCTION sluis.refuse();
                """)
        let answer = try bridge.post(try Bridge.fixture("creeer-zaak/1"))
        #expect(answer.isBevestiging, "\(answer)")
        #expect(try bridge.zaken("1900000001") == 1)
        #expect(bridge.sluis.line(containing: #""event":"delivery.done""#) != nil)
        let lines = bridge.sluis.said.split(separator: "\n")
        let retried = lines.filter { $0.contains(#""event":"delivery.retried""#) }
        #expect(retried.count == 3, "\(lines)")
        #expect(retried.allSatisfy { $0.contains(#""code":"L004 "#) })
        #expect(!bridge.sluis.said.contains("delivery.dead"))
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("keeps a bericht of an unknown kind as received, and says which one it refuses")
    func unknownKind() throws {
        let bridge = try Bridge(in: folder)
        let bericht = try Bridge.fixture("creeer-zaak/1", as: "nummer-99").replacing(">Lk01<", with: ">Lk99<")
        let answer = try bridge.post(bericht, action: "creeerZaak_Lk01")
        #expect(answer.status == 500, "\(answer)")
        #expect(answer.text("berichtcode") == "Fo03")
        #expect(answer.text("crossRefnummer") == "nummer-99")
        #expect(answer.text("code") == "StUF022")
        #expect(answer.text("details")?.hasPrefix("S013 ") == true)
        let kept = try bridge.ledger()
        #expect(kept.map { $0[4] } == ["nummer-99"])
        #expect(kept.map { $0[2] } == ["refused"])
        #expect(bridge.sluis.stop() == .status(0))
    }

    @Test("names the line of a mapping below the folder of mappings, and nothing of this machine")
    func places() throws {
        let bridge = try Bridge(["--mappings", "\(Sluis.root)/mappings"], in: folder)
        let answer = try bridge.post(try Bridge.fixture("missing-must/1"))
        #expect(answer.status == 500, "\(answer)")
        let details = answer.text("details") ?? ""
        #expect(details.hasPrefix("zds-zgw/zaak.map:"), "\(details)")
        #expect(!answer.body.contains(Sluis.root))
        #expect(try !bridge.ledger()[0][7].contains(Sluis.root))
        #expect(bridge.sluis.stop() == .status(0))
    }
}

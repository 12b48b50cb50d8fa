import Diagnostics
import Foundation
import HTTP
import Intake
import Ledger
import Mapping
import StUF
import Testing
import Threads

@Suite("A foutcode of the standard") struct FoutcodeFixtureTests {
    /// What no fixture can cause, and the tests that do.
    static let byTests: [Foutcode: String] = [
        .stuf046: "a ledger that has no room", .stuf049: "a source that cannot be asked now",
        .stuf052: "a zender that may not send the operation", .stuf127: "a gebruiker that is not listed",
    ]

    @Test(
        "that is ever sent has a fixture that causes it, or a test that says why it has none",
        arguments: Foutcode.all)
    func shown(_ foutcode: Foutcode) {
        let isShown = Self.replies.contains { $0.contains("<StUF:code>\(foutcode.code)</StUF:code>") }
        #expect(isShown != (Self.byTests[foutcode] != nil), "\(foutcode.code)")
    }

    static let replies: [String] = {
        let root = "\(Workshop.root)/fixtures"
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix("-reply.xml") }.map {
            String(decoding: FileManager.default.contents(atPath: "\(root)/\($0)") ?? Data(), as: UTF8.self)
        }
    }()
}

@Suite("A Fo03 that an intermediary brings") struct ReturnedFaultTests {
    @Test("is kept, confirmed and goes nowhere; again it is a repeat", arguments: LedgerKind.allCases)
    func kept(kind: LedgerKind) throws {
        let front = try Front(kind)
        let text = try Berichten.read("stuf/fo03-of-an-intermediary/1-request.xml")
        let first = try front.post(text)
        #expect(first.isBevestiging, "\(first)")
        #expect(try front.post(text).body == first.body)
        #expect(try front.berichten().count == 1)
        #expect(try front.zaken().isEmpty)
    }

    @Test("is confirmed by what a crash left of it")
    func crash() throws {
        let front = try Front(expands: false)
        #expect(
            try front.post(try Berichten.read("stuf/fo03-of-an-intermediary/1-request.xml")).isBevestiging)
        #expect(try front.recover() == 1)
        #expect(try front.berichten().map(\.state) == [.done])
    }
}

@Suite("A body in Latin-1") struct Latin1Tests {
    /// Raw bytes, which `Front.post` cannot send.
    private func post(_ bytes: [UInt8], to front: Front, type: String) throws -> Answered {
        Answered(
            try front.client.call(
                Request(
                    .post, "http://\(front.listener.address)/stuf", fields: [Field("Content-Type", type)],
                    body: bytes, time: .seconds(30))))
    }

    private func latin1(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?") }
    }

    @Test(
        "is read as its declaration says, else as its media type does",
        arguments: [
            (#"<?xml version="1.0" encoding="ISO-8859-1"?>"#, "text/xml; charset=utf-8", true, true),
            (#"<?xml version="1.0" encoding="ISO-8859-1"?>"#, "text/xml", true, true),
            (#"<?xml version="1.0"?>"#, "text/xml; charset=ISO-8859-1", true, true),
            ("", "text/xml; charset=\"iso-8859-1\"", true, true),
            ("", "text/xml; charset=utf-8", false, true),
            (#"<?xml version="1.0" encoding="UTF-8"?>"#, "text/xml; charset=iso-8859-1", false, true),
            ("", "text/xml; charset=utf-8", true, false), ("", "text/xml", true, false),
        ], [false, true])
    func read(_ row: (declaration: String, type: String, isLatin1: Bool, isWell: Bool), isLarge: Bool) throws
    {
        let front = try Front()
        var text = try Berichten.zaak().replacing("Aanvraag voorziening", with: "Financiële steun")
        if let end = text.firstRange(of: "?>") { text = String(text[end.upperBound...]) }
        if isLarge {
            let more = "<ZKN:meer>\(String(repeating: "é", count: 500))</ZKN:meer>"
            text = text.replacing(
                "</ZKN:object>", with: "\(String(repeating: more, count: 200))</ZKN:object>")
        }
        text = row.declaration + text
        let answer = try post(row.isLatin1 ? latin1(text) : Array(text.utf8), to: front, type: row.type)
        #expect(answer.isBevestiging == row.isWell, "\(answer)")
        guard row.isWell else { return #expect(answer.details.hasPrefix("X005")) }
        let back = try front.post(try Berichten.vraag(), action: "geefZaakdetails_Lv01")
        #expect(back.text("omschrijving") == "Financiële steun")
    }

    @Test("is kept so that it can be read again after a crash")
    func crash() throws {
        let front = try Front(expands: false)
        let text = try Berichten.zaak().replacing("Aanvraag voorziening", with: "Financiële steun")
            .replacing(#"<?xml version="1.0" encoding="UTF-8"?>"#, with: "")
        #expect(throws: HTTPFailure.self) {
            try front.client.call(
                Request(
                    .post, "http://\(front.listener.address)/stuf",
                    fields: [Field("Content-Type", "text/xml; charset=iso-8859-1")], body: latin1(text),
                    time: .milliseconds(300)))
        }
        #expect(try front.recover() == 1)
    }
}

@Suite("The WSDL") struct WSDLTests {
    private func wsdl(_ front: Front, _ path: String, method: HTTP.Method = .get) throws -> Answered {
        try front.post("", to: path, method: method)
    }

    @Test("describes every operation that a route takes, at the configured address")
    func whole() throws {
        var settings = Endpoint.Settings()
        settings.publicBase = "https://sluis.example"
        let front = try Front(settings: settings)
        let answer = try wsdl(front, "/stuf?wsdl")
        #expect(answer.status == 200 && answer.type == "text/xml; charset=utf-8")
        for route in front.judge.rulebook.routes.routes {
            #expect(answer.body.contains("soapAction=\"\(route.operation.soapAction)\""), "\(route.name)")
            #expect(
                answer.body.contains("location=\"https://sluis.example/stuf/\(route.operation.portType)\""))
        }
        #expect(!answer.body.contains("cancelCheckout"))
    }

    @Test("of one portType has its operations only")
    func portType() throws {
        let front = try Front()
        front.endpoint.listens(at: "127.0.0.1:8080")
        let answer = try wsdl(front, "/stuf/BeantwoordVraag?WSDL")
        #expect(answer.body.contains("http://127.0.0.1:8080/stuf/BeantwoordVraag"))
        #expect(answer.body.contains("geefZaakdetails_Lv01") && !answer.body.contains("creeerZaak_Lk01"))
        #expect(try wsdl(front, "/stuf/Onbekend?wsdl").status == 404)
        #expect(try wsdl(front, "/stuf").status == 405)
        #expect(try wsdl(front, "/stuf?wsdl", method: .delete).status == 405)
    }

    @Test("refers only to what it declares")
    func references() throws {
        let front = try Front()
        let text = try wsdl(front, "/stuf?wsdl").body
        var declared: Set<Substring> = []
        for found in text.matches(of: /<xs:(?:complexType|element|attribute|attributeGroup) name="([^"]+)"/) {
            declared.insert(found.1)
        }
        for found in text.matches(of: /(?:type|element|ref|base)="(?:ZKN|BG|StUF|KV):([^"]+)"/) {
            #expect(declared.contains(found.1), "\(found.1)")
        }
    }
}

@Suite("A vraag that the store cannot find or order by itself") struct SiftedVraagTests {
    private func filled(_ kind: LedgerKind = .memory, count: Int = 5) throws -> Front {
        let front = try Front(kind)
        for number in 1...count {
            let text = try Berichten.zaak(number).replacing("Aanvraag voorziening", with: "zaak \(number)")
                .replacing("20250309", with: "2025030\(number)")
            let answer = try front.post(text, action: "creeerZaak_Lk01")
            #expect(answer.isBevestiging, "\(answer)")
        }
        return front
    }

    private func ask(
        _ front: Front, _ criteria: String, parameters: String = "", start: String = "", more: Bool = false,
        sortering: Int = 0
    ) throws -> Answered {
        let text = try Berichten.vraag()
        let begin = try #require(text.firstRange(of: "<ZKN:gelijk").map(\.lowerBound))
        let end = try #require(text.firstRange(of: "</ZKN:gelijk>").map(\.upperBound))
        let asked = text[..<begin] + criteria + text[end...]
        return try front.post(
            String(asked).replacing(
                "Vervolgvraag>false</StUF:indicatorVervolgvraag>",
                with: "Vervolgvraag>\(more)</StUF:indicatorVervolgvraag>\(parameters)"
            )
            .replacing("sortering>0<", with: "sortering>\(sortering)<")
            .replacing("</ZKN:scope>", with: "</ZKN:scope>\(start)"), action: "geefZaakdetails_Lv01")
    }

    private func numbers(_ answer: Answered) -> [String] {
        answer.body.matches(of: /identificatie>(19\d+)</).map { String($0.1) }
    }

    private func gelijk(_ text: String) -> String {
        #"<ZKN:gelijk StUF:entiteittype="ZAK">\#(text)</ZKN:gelijk>"#
    }
    private func bounds(_ low: String, _ high: String) -> String {
        #"<ZKN:vanaf StUF:entiteittype="ZAK"><ZKN:startdatum>\#(low)</ZKN:startdatum></ZKN:vanaf>"#
            + #"<ZKN:totEnMet StUF:entiteittype="ZAK"><ZKN:startdatum>\#(high)</ZKN:startdatum></ZKN:totEnMet>"#
    }

    @Test("is answered with what lies between two bounds", arguments: LedgerKind.allCases)
    func range(_ kind: LedgerKind) throws {
        let front = try filled(kind)
        #expect(
            numbers(try ask(front, bounds("20250302", "20250304"))) == [
                "191000002", "191000003", "191000004",
            ])
        #expect(numbers(try ask(front, bounds("20260101", "20260104"))).isEmpty)
    }

    @Test(
        "is answered in pieces: the last object and its sleutel say where to go on",
        arguments: LedgerKind.allCases)
    func pages(_ kind: LedgerKind) throws {
        let front = try filled(kind)
        let criteria = bounds("20250301", "20250309")
        let most = "<StUF:maximumAantal>2</StUF:maximumAantal>"
        var found: [String] = []
        var answer = try ask(
            front, criteria, parameters: most + "<StUF:indicatorAantal>true</StUF:indicatorAantal>")
        #expect(answer.text("aantalVoorkomens") == "5")
        for _ in 0..<2 {
            found += numbers(answer)
            #expect(answer.text("indicatorVervolgvraag") == "true")
            let sleutel = try #require(answer.body.matches(of: /sleutelVerzendend="([^"]+)"/).last?.1)
            let start =
                #"<ZKN:start><ZKN:object StUF:entiteittype="ZAK" StUF:sleutelOntvangend="\#(sleutel)"/></ZKN:start>"#
            answer = try ask(front, criteria, parameters: most, start: start, more: true)
        }
        found += numbers(answer)
        #expect(answer.text("indicatorVervolgvraag") == "false")
        #expect(found == (1...5).map { "19100000\($0)" })
    }

    @Test(
        "goes on behind the object that it names in each order that the sectormodel has",
        arguments: [
            (0, [1, 2, 3, 4, 5]), (1, [1, 2, 3, 4, 5]), (4, [1, 2, 3, 4, 5]), (5, [5, 4, 3, 2, 1]),
        ])
    func orders(_ row: (sortering: Int, numbers: [Int])) throws {
        let front = try filled()
        var found: [String] = []
        var start = ""
        for _ in 0..<3 {
            // A criterion that the store has no index for is tested on what it finds.
            let criteria =
                gelijk("<ZKN:registratiedatum>\(try registratiedatum())</ZKN:registratiedatum>")
                + bounds("20250301", "20250309")
            let answer = try ask(
                front, criteria, parameters: "<StUF:maximumAantal>2</StUF:maximumAantal>", start: start,
                more: !start.isEmpty, sortering: row.sortering)
            found += numbers(answer)
            guard answer.text("indicatorVervolgvraag") == "true" else { break }
            let sleutel = try #require(answer.body.matches(of: /sleutelVerzendend="([^"]+)"/).last?.1)
            start =
                #"<ZKN:start><ZKN:object StUF:entiteittype="ZAK" StUF:sleutelOntvangend="\#(sleutel)"/></ZKN:start>"#
        }
        #expect(found == row.numbers.map { "19100000\($0)" })
    }

    private func registratiedatum() throws -> String {
        let text = try Berichten.zaak()
        return try #require(text.firstMatch(of: /registratiedatum>(\d{8})</).map { String($0.1) })
    }

    @Test("in an order of elements that are not mapped, or behind an object that is not there, is refused")
    func noOrder() throws {
        let front = try filled()
        let criteria = bounds("20250301", "20250309")
        #expect(try ask(front, criteria, sortering: 2).foutcode == "StUF133")
        #expect(try ask(front, criteria, sortering: 99).foutcode == "StUF133")
        let start =
            #"<ZKN:start><ZKN:object StUF:entiteittype="ZAK" StUF:sleutelOntvangend="00000000-0000-4000-8000-000000000000"/></ZKN:start>"#
        #expect(try ask(front, criteria, start: start, more: true).foutcode == "StUF106")
        #expect(try ask(front, criteria, start: start, more: true, sortering: 1).foutcode == "StUF106")
    }

    @Test("by a sleutel is answered with the one object that has it")
    func sleutel() throws {
        let front = try filled()
        let answer = try ask(
            front, bounds("20250303", "20250309"), parameters: "<StUF:maximumAantal>1</StUF:maximumAantal>")
        let sleutel = try #require(answer.body.firstMatch(of: /sleutelVerzendend="([^"]+)"/)?.1)
        let again = try ask(
            front, #"<ZKN:gelijk StUF:entiteittype="ZAK" StUF:sleutelOntvangend="\#(sleutel)"/>"#)
        #expect(numbers(again) == ["191000003"])
    }

    @Test("for a start that is not among the answers is refused")
    func lostStart() throws {
        let front = try filled(count: 2)
        let start =
            #"<ZKN:start><ZKN:object StUF:entiteittype="ZAK" StUF:sleutelOntvangend="weg"/></ZKN:start>"#
        let answer = try ask(front, bounds("20250301", "20250309"), start: start, more: true)
        #expect(answer.foutcode == "StUF106", "\(answer)")
    }

    @Test("for what has no value, or has a part of a text")
    func emptyAndPart() throws {
        let front = try filled(count: 3)
        let none = #"xsi:nil="true" StUF:noValue="geenWaarde""#
        #expect(numbers(try ask(front, gelijk("<ZKN:einddatum \(none)/>"))).count == 3)
        #expect(numbers(try ask(front, gelijk("<ZKN:startdatum \(none)/>"))).isEmpty)
        let part = gelijk(#"<ZKN:omschrijving StUF:exact="false">aak 2</ZKN:omschrijving>"#)
        #expect(numbers(try ask(front, part)) == ["191000002"])
    }

    @Test("says that it does not set an afnemerindicatie")
    func afnemer() throws {
        let front = try filled(count: 1)
        let answer = try ask(
            front, gelijk("<ZKN:identificatie>191000001</ZKN:identificatie>"),
            parameters: "<StUF:indicatorAfnemerIndicatie>true</StUF:indicatorAfnemerIndicatie>")
        #expect(answer.text("indicatorAfnemerIndicatie") == "false", "\(answer)")
    }

    @Test("of persons is answered in the order that is asked for")
    func ordered() throws {
        let front = try Front()
        let persoon = try Berichten.read("stufbg/change-name/1-request.xml")
        for (index, name) in ["Citroen", "Appel", "Banaan"].enumerated() {
            let text = persoon.replacing("999990019", with: ["999990019", "999993653", "123456782"][index])
                .replacing(">Testpersoon<", with: ">\(name)<").replacing(
                    /referentienummer>[^<]+</, with: "referentienummer>o-\(index)<")
            let answer = try front.post(text)
            #expect(answer.isBevestiging, "\(answer)")
        }
        let vraag = """
            <BG:npsLv01 xmlns:BG="http://www.egem.nl/StUF/sector/bg/0310" xmlns:StUF="http://www.egem.nl/StUF/StUF0301" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><BG:stuurgegevens><StUF:berichtcode>Lv01</StUF:berichtcode>\
            <StUF:entiteittype>NPS</StUF:entiteittype></BG:stuurgegevens><BG:parameters><StUF:sortering>1</StUF:sortering>\
            <StUF:indicatorVervolgvraag>false</StUF:indicatorVervolgvraag></BG:parameters>\
            <BG:gelijk StUF:entiteittype="NPS"><BG:voornamen>Anna Cornelia</BG:voornamen></BG:gelijk>\
            <BG:scope><BG:object StUF:entiteittype="NPS"><BG:geslachtsnaam xsi:nil="true"/></BG:object></BG:scope></BG:npsLv01>
            """
        let answer = try front.post(vraag)
        let names = answer.body.matches(of: /geslachtsnaam>(\w+)</).map { String($0.1) }
        #expect(names == ["Appel", "Banaan", "Citroen"], "\(answer)")
    }
}

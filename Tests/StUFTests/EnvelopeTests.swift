import Diagnostics
import Mapping
import Record
import StUF
import Testing

func soap(_ body: String, version: Int = 11, header: String = "") -> String {
    let namespace =
        version == 11
        ? "http://schemas.xmlsoap.org/soap/envelope/" : "http://www.w3.org/2003/05/soap-envelope"
    return #"<s:Envelope xmlns:s="\#(namespace)">\#(header)<s:Body>\#(body)</s:Body></s:Envelope>"#
}

private let bericht = lk01(zaak("<ZKN:identificatie>1</ZKN:identificatie>"))

@Suite("An envelope") struct EnvelopeTests {
    @Test("may be SOAP 1.1, SOAP 1.2 or left out; the bericht is the same, its hash too")
    func kinds() throws {
        let bare = try read(bericht)
        let soap11 = try read(soap(bericht, header: "<s:Header><a/></s:Header>"))
        let soap12 = try read(soap(bericht, version: 12))
        #expect([bare, soap11, soap12].map(\.header.envelope) == [.bare, .soap11, .soap12])
        for other in [soap11, soap12] {
            #expect(other.kennisgeving.map { said($0.change) } == bare.kennisgeving.map { said($0.change) })
            #expect(other.contentHash == bare.contentHash)
            #expect(other.header.root == "zakLk01")
        }
    }

    @Test("is read the same in chunks of any size", arguments: [1, 2, 3, 5, 17, 100, 4096])
    func chunks(_ size: Int) throws {
        let whole = try read(soap(bericht))
        let pieces = try read(soap(bericht), chunk: size)
        #expect(pieces.contentHash == whole.contentHash)
        #expect(pieces.kennisgeving.map { said($0.change) } == whole.kennisgeving.map { said($0.change) })
    }

    @Test(
        "names its operation in SOAPAction, quoted or not, and sometimes not at all",
        arguments: [
            ("\"http://www.egem.nl/StUF/sector/zkn/0310/creeerZaak_Lk01\"", "creeerZaak_Lk01"),
            ("http://www.egem.nl/StUF/sector/zkn/0310/creeerZaak_Lk01", "creeerZaak_Lk01"), ("\"\"", nil),
            ("", nil), (nil, nil),
        ] as [(String?, String?)])
    func soapAction(_ row: (header: String?, operation: String?)) throws {
        let read = try read(bericht, soapAction: row.header)
        #expect(read.header.operation.map(String.init) == row.operation)
        #expect(read.signature.root == "zakLk01" && read.signature.mutatiesoort == "T")
        #expect(read.signature.said == ["identificatie"])
    }
}

@Suite("The hash of a bericht's content") struct ContentHashTests {
    @Test("is the same for the same content in another way of writing and with other stuurgegevens")
    func same() throws {
        let other = """
            <zakLk01 xmlns="http://www.egem.nl/StUF/sector/zkn/0310" xmlns:S="http://www.egem.nl/StUF/StUF0301">
              <stuurgegevens><S:berichtcode>Lk01</S:berichtcode><S:zender><S:applicatie>X</S:applicatie></S:zender>
              <S:ontvanger><S:applicatie>Y</S:applicatie></S:ontvanger><S:referentienummer>R2</S:referentienummer>
              <S:tijdstipBericht>20240103</S:tijdstipBericht><S:entiteittype>ZAK</S:entiteittype></stuurgegevens>
              <parameters><S:mutatiesoort>T</S:mutatiesoort><S:indicatorOvername>V</S:indicatorOvername></parameters>
              <object S:verwerkingssoort="T" S:entiteittype="ZAK"><identificatie>1</identificatie></object>
            </zakLk01>
            """
        #expect(try read(other).contentHash == read(bericht).contentHash)
    }

    @Test("differs for other content, in an element that no model knows too")
    func different() throws {
        let hash = try read(bericht).contentHash
        #expect(hash.count == 32)
        for object in [
            "<ZKN:identificatie>2</ZKN:identificatie>",
            "<ZKN:identificatie>1</ZKN:identificatie><ZKN:nieuw>1</ZKN:nieuw>",
        ] {
            #expect(try read(lk01(zaak(object))).contentHash != hash)
        }
    }

    @Test("is there for a bericht that is refused")
    func refused() throws {
        var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: MemoryContents())
        try reader.feed(Array(lk01(zaak("<ZKN:startdatum>20261332</ZKN:startdatum>")).utf8)[...])
        #expect(throws: StUFFailure.self) { try reader.finish() }
        #expect(reader.contentHash.count == 32)
        #expect(reader.header.stuurgegevens?.referentienummer == "R1")
    }
}

@Suite("A document in a bericht") struct ContentTests {
    func edc(_ inhoud: String) -> String {
        lk01(
            #"<ZKN:object StUF:entiteittype="EDC" StUF:verwerkingssoort="T"><ZKN:identificatie>1</ZKN:identificatie>\#(inhoud)</ZKN:object>"#
        )
    }

    @Test("goes to the sink decoded, in pieces, with its name beside it", arguments: [1, 7, 4096, 1 << 20])
    func pieces(_ chunk: Int) throws {
        let contents = MemoryContents()
        let bericht = try read(
            edc("<ZKN:inhoud StUF:bestandsnaam=\"a.txt\">\n aGFs\r\n bG8= \n</ZKN:inhoud>"),
            contents: contents,
            chunk: chunk)
        let change = try #require(bericht.kennisgeving?.change)
        #expect(contents[1] == Array("hallo".utf8))
        #expect(
            said(change) == ["identificatie = 1", "inhoud = 5 bytes", "inhoud/@bestandsnaam = a.txt"])
    }

    @Test("that is empty, or has no value, says so")
    func empty() throws {
        for (inhoud, line) in [
            ("<ZKN:inhoud/>", "inhoud empty"), (#"<ZKN:inhoud xsi:nil="true"/>"#, "inhoud geenWaarde"),
        ] {
            #expect(said(try #require(try read(edc(inhoud)).kennisgeving?.change)).last == line)
        }
    }

    @Test("that is not base64 refuses the bericht")
    func invalid() {
        for text in ["a*b", "YQ=", "aGFs=bG8="] {
            #expect(refusal(edc("<ZKN:inhoud>\(text)</ZKN:inhoud>"))?.code == .stufContentInvalid)
        }
    }

    @Test("of 20 MB takes no more memory than its pieces")
    func large() throws {
        final class Counter: ContentSink {
            var byteCount = 0
            var largest = 0
            func begin() -> Int64 { 7 }
            func write(_ piece: [UInt8]) {
                byteCount += piece.count
                largest = max(largest, piece.count)
            }
            func end() {}
        }
        let counter = Counter()
        var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: counter)
        let text = edc("<ZKN:inhoud>@</ZKN:inhoud>").split(separator: "@").map { Array($0.utf8) }
        try reader.feed(text[0][...])
        let line = Array((String(repeating: "QUJD", count: 19) + "\r\n").utf8)
        let block = Array(repeatElement(line, count: 1024).joined())
        for _ in 0..<260 { try reader.feed(block[...]) }
        try reader.feed(text[1][...])
        let change = try #require(try reader.finish().kennisgeving?.change)
        #expect(counter.byteCount == 260 * 1024 * 57)
        #expect(counter.largest <= 32 * 1024)
        let node = try #require(change.layout.node("inhoud"))
        #expect(change.content(node) == Record.Content(id: 7, byteCount: Int64(counter.byteCount)))
    }

    @Test("that cannot be kept stops the bericht, and says whether it may come again")
    func notKept() throws {
        final class Full: ContentSink {
            func begin() throws(StUFFailure) -> Int64 {
                throw StUFFailure(.stufContentNotStored, isPassing: true)
            }
            func write(_ piece: [UInt8]) {}
            func end() {}
        }
        var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: Full())
        let failure = #expect(throws: StUFFailure.self) {
            try reader.feed(Array(edc("<ZKN:inhoud>aGFsbG8=</ZKN:inhoud>").utf8)[...])
        }
        #expect(failure?.isPassing == true)
        #expect(Fout(StUFFailure(.stufContentNotStored), as: .fo03).foutcode.code == "StUF046")
    }
}

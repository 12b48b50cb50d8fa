import Diagnostics
import Foundation
import StUF
import Testing

/// Bad input, by the name it has in the table of the documentation.
struct BadInput: Sendable, CustomTestStringConvertible {
    var name: String
    var bericht: String

    init(_ name: String, _ bericht: String) {
        self.name = name
        self.bericht = bericht
    }

    var testDescription: String { name }

    static let id = "<ZKN:identificatie>1</ZKN:identificatie>"
    static let good = lk01(zaak(id))

    static func element(_ element: String) -> String { soap(lk01(zaak(element))) }
    static func head(_ part: String, without removed: String) -> String {
        soap(lk01(zaak(id), stuurgegevens: StUFTests.head().replacing(removed, with: part)))
    }

    static let all: [BadInput] = [
        BadInput("XML that is not well-formed", soap("<a><b></a>")),
        BadInput("a DOCTYPE", "<!DOCTYPE a>" + soap(good)),
        BadInput(
            "an entity bomb",
            #"<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;"><!ENTITY d "&c;&c;">]>"# + soap("<a>&d;</a>")),
        BadInput(
            "200 000 attributes on one element",
            soap("<a " + (0..<200_000).map { "a\($0)='1' " }.joined() + "/>")),
        BadInput("elements 100 000 deep", soap(String(repeating: "<a>", count: 100_000))),
        BadInput(
            "an encoding declaration that is not true",
            #"<?xml version="1.0" encoding="UTF-16"?>"# + soap(good)),
        BadInput("a bericht that is cut off", String(soap(good).dropLast(60))),
        BadInput("100 000 different names", element((0..<100_000).map { "<ZKN:n\($0)/>" }.joined())),
        BadInput(
            "an envelope without body", #"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>"#),
        BadInput("an envelope with two berichten", soap(good + good)),
        BadInput(
            "an unknown entiteittype",
            soap(lk01(zaak(id)).replacing(#"entiteittype="ZAK""#, with: #"entiteittype="XYZ""#))),
        BadInput("no stuurgegevens", soap(lk01(zaak(id), stuurgegevens: ""))),
        BadInput("an unknown berichtcode", head("Xx01", without: "Lk01")),
        BadInput(
            "a kennisgeving without zender", head("", without: "<StUF:applicatie>OUD</StUF:applicatie>")),
        BadInput(
            "a kennisgeving without ontvanger", head("", without: "<StUF:applicatie>NIEUW</StUF:applicatie>")),
        BadInput(
            "a kennisgeving without referentienummer",
            head("", without: "<StUF:referentienummer>R1</StUF:referentienummer>")),
        BadInput(
            "a referentienummer of 41 characters",
            head(String(repeating: "R", count: 41) + "</StUF:ref", without: "R1</StUF:ref")),
        BadInput("three objects", soap(lk01(zaak(id) + zaak(id) + zaak(id), mutatiesoort: "W"))),
        BadInput("a noValue that does not exist", element(#"<ZKN:einddatum StUF:noValue="weg"/>"#)),
        BadInput(
            "a document that is not base64",
            soap(lk01(#"<ZKN:object StUF:entiteittype="EDC"><ZKN:inhoud>a*b</ZKN:inhoud></ZKN:object>"#))),
        BadInput(
            "more than 64 KB in one element",
            element("<ZKN:toelichting>" + String(repeating: "x", count: 65_537) + "</ZKN:toelichting>")),
        BadInput("more than 10 000 items", element(String(repeating: "<ZKN:kenmerk/>", count: 10_001))),
        BadInput("a date 20261332", element("<ZKN:startdatum>20261332</ZKN:startdatum>")),
        BadInput(
            "a moment that does not exist",
            element("<ZKN:heeft><ZKN:datumStatusGezet>20200309250000</ZKN:datumStatusGezet></ZKN:heeft>")),
        BadInput(
            "an indication other than J or N", element("<ZKN:deelzakenIndicatie>ja</ZKN:deelzakenIndicatie>")),
        BadInput(
            "a vraag with a date 20261332", soap(lv01("<ZKN:startdatum>20261332</ZKN:startdatum>", scope: ""))
        ),
        BadInput(
            "a vraag with scope twice",
            soap(
                lv01(
                    "",
                    scope:
                        #"<ZKN:scope><ZKN:object StUF:scope="alles"><ZKN:startdatum xsi:nil="true"/></ZKN:object></ZKN:scope>"#
                ))),
        BadInput(
            "a vraag of an unknown entiteittype",
            soap(
                lv01("", scope: "").replacing(
                    #"gelijk StUF:entiteittype="ZAK""#, with: #"gelijk StUF:entiteittype="XYZ""#))),
    ]
}

@Suite("Bad input") struct FaultTests {
    /// The table of the documentation: case, then HTTP status, Fo, foutcode, our code.
    static let table: [String: [String]] = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text =
            (try? String(contentsOfFile: "/\(root)/Sources/StUF/StUF.docc/Faults.md", encoding: .utf8)) ?? ""
        var table: [String: [String]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.count == 5 { table[cells[0]] = Array(cells.dropFirst()) }
        }
        return table
    }()

    @Test("gets the status, fault and codes of the table", arguments: BadInput.all)
    func refused(_ input: BadInput) throws {
        var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: MemoryContents())
        let failure = try #require(
            throws: StUFFailure.self,
            performing: {
                try reader.feed(Array(input.bericht.utf8)[...])
                _ = try reader.finish()
            })
        let code = reader.header.refusal
        let fout = Fout(failure, as: code)
        let reply = BerichtWriter(envelope: reader.header.envelope).fout(
            fout, as: code, to: reader.header, identity: identity)
        let row = try #require(Self.table[input.name])
        // A document type or encoding is refused before it is known that there is an envelope.
        #expect([String(reply.status), code.rawValue, fout.foutcode.code, failure.code.number] == row)
        #expect(fout.details.contains(failure.code.number))
    }

    @Test(
        "that others find has a row of its own too",
        arguments: [
            ("a body over the configured limit", Code.stufBodyTooLarge),
            ("an unknown root or SOAPAction", .stufOperationUnknown),
            ("other content under a known referentienummer", .stufReferentienummerReused),
            ("a document that cannot be put aside", .stufContentNotStored),
        ])
    func others(_ row: (name: String, code: Code)) throws {
        let cells = try #require(Self.table[row.name])
        #expect(Fout(StUFFailure(row.code), as: .fo03).foutcode.code == cells[2])
        #expect(row.code.number == cells[3])
    }

    @Test("of every room's codes has a fault", arguments: Catalogue.all)
    func every(_ code: Code) {
        struct Other: Failure {
            var code: Code
            var place: String? { "ergens" }
        }
        for kind in [Berichtcode.fo01, .fo02, .fo03] {
            let fout = Fout(Other(code: code), as: kind)
            #expect(fout.foutcode.code.utf8.count == 7 && fout.foutcode.omschrijving.count <= 200)
        }
    }
}

@Suite("A fault") struct FaultBerichtTests {
    let failure = StUFFailure(.stufDatumInvalid, at: "object/startdatum")

    func fault(_ envelope: Envelope, _ code: Berichtcode) throws -> (status: Int, type: String, text: String)
    {
        let bericht = try read(soap(BadInput.good))
        let reply = BerichtWriter(envelope: envelope).fout(
            Fout(failure, as: code), as: code, to: bericht.header, identity: identity)
        return (reply.status, reply.contentType, String(decoding: reply.body, as: UTF8.self))
    }

    @Test("in SOAP 1.1 has status 500 and unqualified faultcode, faultstring and detail")
    func soap11() throws {
        let (status, type, text) = try fault(.soap11, .fo03)
        #expect(status == 500 && type == "text/xml; charset=utf-8")
        #expect(
            text.contains(
                "<SOAP:Fault><faultcode>SOAP:Client</faultcode><faultstring>Berichtbody is niet conform schema in "
                    + "sectormodel</faultstring><detail><StUF:Fo03Bericht"))
        #expect(text.contains("<StUF:crossRefnummer>R1</StUF:crossRefnummer>"))
        #expect(text.contains("<StUF:zender><StUF:applicatie>NIEUW</StUF:applicatie></StUF:zender>"))
        #expect(text.contains("<StUF:details>S030 datumInvalid at object/startdatum</StUF:details>"))
    }

    @Test("in SOAP 1.2 has Code, Reason and Detail, and status 400 when the sender caused it")
    func soap12() throws {
        let (status, type, text) = try fault(.soap12, .fo02)
        #expect(status == 400 && type == "application/soap+xml; charset=utf-8")
        #expect(text.contains("<SOAP:Code><SOAP:Value>SOAP:Sender</SOAP:Value></SOAP:Code>"))
        #expect(
            text.contains(#"<SOAP:Text xml:lang="nl">"#) && text.contains("<SOAP:Detail><StUF:Fo02Bericht"))
    }

    @Test("to a bare bericht is bare, and a Fo01 is a bericht of its own with status 200")
    func bare() throws {
        #expect(try !fault(.bare, .fo03).text.contains("SOAP"))
        let (status, _, text) = try fault(.soap11, .fo01)
        #expect(status == 200 && !text.contains("Fault") && text.contains("<StUF:Fo01Bericht"))
    }

    @Test("cuts details that are longer than the schema allows")
    func long() throws {
        let bericht = try read(soap(BadInput.good))
        let reply = BerichtWriter(envelope: .bare).fout(
            Fout(.stuf058, details: String(repeating: "é", count: 5000)), as: .fo03, to: bericht.header,
            identity: identity)
        #expect(String(decoding: reply.body, as: UTF8.self).filter { $0 == "é" }.count == 1000)
    }

    @Test(
        "is Fo02 where the sender waits and Fo03 elsewhere, told by the root where nothing else does",
        arguments: [
            ("Lk01", Berichtcode.fo03), ("Lk02", .fo02), ("Lv01", .fo02), ("Lv02", .fo03), ("Di01", .fo03),
            ("Di02", .fo02), ("Sa03", .fo03), ("Sa04", .fo02), ("La01", .fo02), ("Fo03", .fo03),
        ])
    func kind(_ row: (code: String, fault: Berichtcode)) throws {
        #expect(Berichtcode(rawValue: row.code)?.refusal == row.fault)
        var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: MemoryContents())
        try reader.feed(Array("<geef_\(row.code)>".utf8)[...])
        #expect(reader.header.refusal == row.fault)
    }
}

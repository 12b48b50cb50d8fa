import Diagnostics
import Foundation
import HTTP
import Ledger
import StUF
import Testing
import Threads

@testable import Intake

/// What a body says in pieces of a size: each part's head and content.
private func parts(_ text: String, boundary: String = "b", chunk: Int = 1 << 20) throws(StUFFailure)
    -> [String]
{
    guard var multipart = Multipart(boundary: boundary) else { throw StUFFailure(.stufMultipart) }
    let bytes = Array(text.utf8)
    var found: [String] = []
    var start = 0
    while start < bytes.count {
        let end = min(start + chunk, bytes.count)
        try multipart.feed(bytes[start..<end]) { piece in
            switch piece {
            case .start(let fields):
                found.append(fields.map { "\($0)=\($1)" }.sorted().joined(separator: ",") + "|")
            case .data(let data): found[found.count - 1] += String(decoding: data, as: UTF8.self)
            case .end: found[found.count - 1] += "|"
            }
        }
        start = end
    }
    try multipart.finish()
    return found
}

@Suite("A body in parts") struct MultipartTests {
    @Test(
        "is taken apart, however it comes in",
        arguments: [
            ("--b\r\nA: 1\r\n\r\nx\r\n--b--\r\n", ["a=1|x|"]),
            ("--b\r\nA: 1\r\n\r\nx\r\n--b--", ["a=1|x|"]),
            ("voor\r\n--b\r\n\r\nx\r\n--b \t\r\nB:2\r\n\r\n\r\n--b--na", ["|x|", "b=2||"]),
            ("--b\r\nA: 1\r\n\r\n--b--", ["a=1||"]),
            ("--b\r\nA: 1;\r\n  q=2\r\n\r\nx\r\ny\r\n-b\r\n--b--", ["a=1;  q=2|x\r\ny\r\n-b|"]),
            ("--b\r\n\r\n\r\r\n\r\n--c\r\n--b--", ["|\r\r\n\r\n--c|"]),
        ], [1, 2, 3, 7, 1 << 20])
    func taken(_ row: (text: String, parts: [String]), chunk: Int) throws {
        #expect(try parts(row.text, chunk: chunk) == row.parts)
    }

    @Test(
        "that is none is refused",
        arguments: [
            "", "x", "--b", "--b\r\nA: 1\r\n\r\nx", "--b\r\nA: 1\r\n\r\nx\r\n--b", "--bc\r\n\r\nx\r\n--b--",
            "--b\r\nA 1\r\n\r\nx\r\n--b--", "--b\r\nA: 1\r\nA: 2\r\n\r\nx\r\n--b--",
            "--b\r\nA: \u{1}\r\n\r\nx\r\n--b--",
            "--b\n\nx\n--b--", "--b" + String(repeating: " ", count: 300),
            "--b\r\nA: " + String(repeating: "x", count: 10_000),
            String(repeating: "x", count: 70_000) + "\r\n--b--",
            String(repeating: "--b\r\n\r\nx\r\n", count: 101) + "--b--",
        ], [1, 1 << 20])
    func refused(_ text: String, chunk: Int) {
        #expect(throws: StUFFailure.self) { try parts(text, chunk: chunk) }
    }

    @Test(
        "has a boundary as the standard allows",
        arguments: ["", "a ", "a\"b", "a\nb", "é", String(repeating: "b", count: 71)])
    func boundary(_ boundary: String) {
        #expect(Multipart(boundary: boundary) == nil)
    }

    @Test("holds no more than a head in memory")
    func memory() throws {
        var multipart = try #require(Multipart(boundary: "b"))
        try multipart.feed(Array("--b\r\n\r\n".utf8)[...]) { _ in }
        var most = 0
        var count = 0
        let chunk = Array(repeating: UInt8(0x0D), count: 64 * 1024)
        for _ in 0..<64 {
            try multipart.feed(chunk[...]) { piece in
                guard case .data(let bytes) = piece else { return }
                most = max(most, bytes.count)
                count += bytes.count
            }
        }
        #expect(most <= chunk.count + 10 && count > 63 * chunk.count)
    }
}

@Suite("A media type") struct MediaTypeTests {
    @Test(
        "is read with its parameters",
        arguments: [
            ("text/xml", "text/xml", [:]), ("Text/XML; Charset=utf-8", "text/xml", ["charset": "utf-8"]),
            (
                #"multipart/related; type="application/xop+xml";boundary="a;b"; start="<x\"y>""#,
                "multipart/related", ["type": "application/xop+xml", "boundary": "a;b", "start": #"<x"y>"#]
            ),
            ("a/b;;x; =1; c = d ", "a/b", ["c": "d"]), ("", "", [:]), (#"a/b; c="d"#, "a/b", ["c": "d"]),
            ("a/b; c=1; c=2", "a/b", ["c": "1"]),
        ] as [(String, String, [String: String])])
    func read(_ row: (text: String, name: String, parameters: [String: String])) {
        let type = MediaType(row.text)
        #expect(type.name == row.name)
        #expect(type.parameters == row.parameters)
    }
}

@Suite("A bericht with its document in a part of its own") struct MTOMTests {
    private static let bytes = String(repeating: "inhoud van een document\r\n--geen-grens\r\n", count: 20_000)

    private static func bericht(_ href: String = "cid:doc%2B1@example", reference: String = "ref-document")
        throws -> String
    {
        try Berichten.document(
            #"<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="\#(href)"/>"#,
            reference: reference)
    }

    private static func body(
        _ root: String, id: String = "<doc+1@example>", rootFirst: Bool = true, encoding: String = "binary",
        content: String = bytes
    ) -> String {
        let root =
            "--grens\r\nContent-Type: application/xop+xml\r\nContent-ID: <root@example>\r\n\r\n\(root)\r\n"
        let part = """
            --grens\r\nContent-Transfer-Encoding: \(encoding)\r\nContent-ID: \(id)\r\n\r\n\(content)\r\n
            """.replacing("\n\n", with: "\n")
        return (rootFirst ? root + part : part + root) + "--grens--\r\n"
    }

    private static let type = """
        multipart/related; type="application/xop+xml"; boundary=grens; start="<root@example>"; start-info="text/xml"
        """

    @Test(
        "is taken, wherever its parts stand, and answered the same way", arguments: LedgerKind.allCases,
        [true, false])
    func taken(_ kind: LedgerKind, rootFirst: Bool) throws {
        let front = try Front(kind)
        #expect(
            try front.post(
                try Berichten.fixture("document-with-inhoud/1-request.xml"), action: "creeerZaak_Lk01"
            ).isBevestiging)
        let answer = try front.post(
            Self.body(try Self.bericht(), rootFirst: rootFirst), action: "voegZaakdocumentToe_Lk01",
            type: Self.type)
        #expect(answer.isBevestiging, "\(answer)")
        let vraag = try Self.vraag()
        let back = try front.post(
            "--grens\r\n\r\n\(vraag)\r\n--grens--", to: "/stuf/BeantwoordVraag",
            action: "geefZaakdocumentLezen_Lv01",
            type: #"multipart/related; type="application/xop+xml"; boundary=grens"#)
        #expect(back.status == 200 && back.type.hasPrefix("multipart/related"), "\(back.type)")
        #expect(
            back.body.contains("\r\n\r\n\(Self.bytes)\r\n--") && back.body.contains("cid:document-1@sluis"))
        let inline = try front.post(vraag, to: "/stuf/BeantwoordVraag", action: "geefZaakdocumentLezen_Lv01")
        #expect(inline.type.hasPrefix("text/xml") && !inline.body.contains("Include"))
        #expect(inline.body.contains(">\(Data(Self.bytes.utf8).base64EncodedString())</"))
    }

    /// For all of the document that ``Berichten/document(_:reference:)`` makes.
    private static func vraag() throws -> String {
        let made = try Berichten.fixture("document-with-inhoud/2-request.xml")
        let number = made.firstMatch(of: /identificatie>([^<]+)</).map { String($0.1) } ?? ""
        return try Berichten.fixture("document-full/3-request.xml")
            .replacing(/<ZKN:gelijk (?s:.*?)<\/ZKN:gelijk>/) { _ in
                #"<ZKN:gelijk StUF:entiteittype="EDC"><ZKN:identificatie>\#(number)</ZKN:identificatie></ZKN:gelijk>"#
            }
            .replacing(/<ZKN:scope>(?s:.*?)<\/ZKN:scope>/) { _ in
                #"<ZKN:scope><ZKN:object StUF:entiteittype="EDC" StUF:scope="alles"/></ZKN:scope>"#
            }
    }

    @Test("is known again when it is sent again under other names of its parts")
    func again() throws {
        let front = try Front()
        #expect(
            try front.post(
                try Berichten.fixture("document-with-inhoud/1-request.xml"), action: "creeerZaak_Lk01"
            ).isBevestiging)
        func post(_ href: String, _ id: String, _ content: String) throws -> Answered {
            try front.post(
                Self.body(try Self.bericht(href), id: id, content: content),
                action: "voegZaakdocumentToe_Lk01",
                type: Self.type)
        }
        let first = try post("cid:a@example", "<a@example>", "abc")
        #expect(first.isBevestiging)
        #expect(try post("cid:b@example", "<b@example>", "abc").body == first.body)
        #expect(try post("cid:a@example", "<a@example>", "abd").foutcode == "StUF016")
    }

    @Test("is read again after a crash")
    func crash() throws {
        let front = try Front(expands: false)
        let zaak = try Berichten.fixture("document-with-inhoud/1-request.xml")
        #expect(throws: HTTPFailure.self) {
            try front.post(zaak, action: "creeerZaak_Lk01", time: .milliseconds(300))
        }
        let answer = try front.post(
            Self.body(try Self.bericht()), action: "voegZaakdocumentToe_Lk01", type: Self.type)
        #expect(answer.isBevestiging, "\(answer)")
        #expect(try front.recover() == 2)
    }

    @Test(
        "is refused when its parts are not what it says",
        arguments: [
            ("an include of nothing", "S027"), ("no root", "S026"), ("a part in base64", "S026"),
            ("cut off", "S026"),
            ("an include twice", "S027"),
        ])
    func refused(_ row: (name: String, code: String)) throws {
        let front = try Front()
        var body = Self.body(try Self.bericht())
        var type = Self.type
        switch row.name {
        case "an include of nothing": body = Self.body(try Self.bericht("cid:ander@example"))
        case "no root": type = type.replacing("<root@", with: "<wortel@")
        case "a part in base64": body = Self.body(try Self.bericht(), encoding: "base64")
        case "cut off": body = String(body.dropLast(20))
        default:
            let inhoud = try Self.bericht()
            let start = try #require(inhoud.ranges(of: "<ZKN:inhoud").first?.lowerBound)
            let end = try #require(inhoud.ranges(of: "</ZKN:inhoud>").first?.upperBound)
            body = Self.body(inhoud[..<end] + String(inhoud[start..<end]) + inhoud[end...])
        }
        let answer = try front.post(body, action: "voegZaakdocumentToe_Lk01", type: type)
        #expect(answer.status == 500 && answer.foutcode == "StUF055", "\(answer.body.prefix(2000))")
        #expect(answer.details.hasPrefix(row.code), "\(answer.details)")
    }

    @Test("is no bericht when its parts are of another kind")
    func otherKinds() throws {
        let front = try Front()
        for type in ["multipart/form-data; boundary=b", "multipart/related; boundary=b", "multipart/mixed"] {
            #expect(try front.post("", type: type).status == 415)
        }
    }
}

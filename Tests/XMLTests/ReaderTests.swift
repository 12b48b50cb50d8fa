import Diagnostics
import Testing
import XML

/// What a document told, as one line a person can read.
func told(_ text: String, chunk: Int = 1_000_000) throws -> String {
    try told(Array(text.utf8), chunk: chunk)
}

func told(_ bytes: [UInt8], chunk: Int = 1_000_000, limits: Limits = Limits()) throws -> String {
    XML.initialise()
    var reader = try Reader(names: Names(), limits: limits)
    var line = ""
    func note(_ reader: borrowing Reader) {
        let events = reader.events
        for event in events.list {
            let name = String(decoding: reader.local(of: event.name), as: UTF8.self)
            switch event.kind {
            case .start:
                line += "<\(name)"
                for attribute in events.attributes(of: event) {
                    line += " \(String(decoding: reader.local(of: attribute.name), as: UTF8.self))="
                    line += "'\(String(decoding: events.value(attribute), as: UTF8.self))'"
                }
                line += ">"
            case .text: line += String(decoding: events.text(event), as: UTF8.self)
            case .end: line += "</\(name)>"
            }
        }
    }
    var start = 0
    while start < bytes.count {
        let end = min(start + chunk, bytes.count)
        try reader.feed(bytes[start..<end])
        note(reader)
        start = end
    }
    try reader.finish()
    note(reader)
    return line
}

func refusal(_ bytes: [UInt8], chunk: Int = 1_000_000) -> XMLFailure? {
    do {
        _ = try told(bytes, chunk: chunk)
        return nil
    } catch let failure as XMLFailure {
        return failure
    } catch {
        Issue.record("another error: \(error)")
        return nil
    }
}

@Suite("A reader of XML") struct ReaderTests {
    @Test("tells the same whatever the size of the chunks", arguments: [1, 2, 3, 7, 64, 4096, 1_000_000])
    func chunks(_ size: Int) throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?><!-- a --><a xmlns="u:1" xmlns:b="u:2" b:x="1 &amp; 2" y="é&#233;&lt;">\
            één &amp; <b:c/><![CDATA[<&>]]>twee<?p q?> drie</a>
            """
        #expect(
            try told(text, chunk: size)
                == "<a x='1 & 2' y='éé<'>één & <c></c><&>twee drie</a>")
    }

    @Test("gives equal names equal numbers, apart from their prefix")
    func names() throws {
        XML.initialise()
        var names = Names()
        let known = names.add(namespace: "u:1", local: "a")
        #expect(names.add(namespace: "u:1", local: "a") == known)
        let other = names.add(namespace: "u:2", local: "a")
        #expect(other != known)
        var reader = try Reader(names: names)
        let text = #"<p:a xmlns:p="u:1"><a xmlns="u:1"/><a xmlns="u:2"/><x/><x xmlns="u:1"/><x/></p:a>"#
        try reader.feed(Array(text.utf8)[...])
        let starts = reader.events.list.filter { $0.kind == .start }.map(\.name)
        #expect(starts[0] == known && starts[1] == known && starts[2] == other)
        #expect(starts[3] == starts[5] && starts[3] != starts[4])
        #expect(reader.namespace(of: starts[4]).elementsEqual("u:1".utf8))
    }

    @Test("names the line of what it tells")
    func lines() throws {
        XML.initialise()
        var reader = try Reader(names: Names())
        try reader.feed(Array("<a>\n<b>\n</b></a>".utf8)[...])
        #expect(reader.events.list.filter { $0.kind == .start }.map(\.line) == [1, 2])
    }

    @Test("reads what is declared as Latin-1, and skips a byte order mark")
    func encodings() throws {
        var latin = Array(#"<?xml version="1.0" encoding="ISO-8859-1"?><a>"#.utf8)
        latin += [0xE9] + Array("</a>".utf8)
        #expect(try told(latin) == "<a>é</a>")
        #expect(try told([0xEF, 0xBB, 0xBF] + Array("<a/>".utf8)) == "<a></a>")
    }

    @Test("passes 20 MB of text in one element on in pieces")
    func largeText() throws {
        XML.initialise()
        var reader = try Reader(names: Names())
        let piece = Array(repeating: UInt8(ascii: "A"), count: 65536)
        var count = 0
        var largest = 0
        try reader.feed(Array("<a>".utf8)[...])
        for _ in 0..<320 {
            try reader.feed(piece[...])
            let events = reader.events
            largest = max(largest, events.arena.count)
            for event in events.list { count += events.text(event).count }
        }
        try reader.feed(Array("</a>".utf8)[...])
        let events = reader.events
        for event in events.list { count += events.text(event).count }
        try reader.finish()
        #expect(count == 320 * 65536)
        #expect(largest <= 2 * 65536)
    }
}

/// A document that must be refused; prints as its name, for the text can be megabytes.
struct Bomb: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var code: Code

    init(_ name: String, _ text: String, _ code: Code) {
        self.name = name
        self.text = text
        self.code = code
    }

    var testDescription: String { name }
}

@Suite("A hostile document") struct HostileDocumentTests {
    static let bombs: [Bomb] = [
        Bomb("a tag that does not match", "<a></b>", .xmlMalformed),
        Bomb("two roots", "<a/><b/>", .xmlMalformed),
        Bomb("text that is no XML", "hallo", .xmlMalformed),
        Bomb("a line before the declaration", "\n<?xml version=\"1.0\"?><a/>", .xmlMalformed),
        Bomb("an attribute twice", #"<a b="1" b="2"/>"#, .xmlMalformed),
        Bomb("an entity nobody knows", "<a>&x;</a>", .xmlMalformed),
        Bomb("a character XML cannot hold", "<a>&#0;</a>", .xmlMalformed),
        Bomb("nothing", "", .xmlTruncated),
        Bomb("white space only", "  \n", .xmlTruncated),
        Bomb("half a document", "<a><b>tekst", .xmlTruncated),
        Bomb("half a tag", "<a><b", .xmlTruncated),
        Bomb("an undeclared prefix", "<p:a/>", .xmlNamespace),
        Bomb("a DOCTYPE", "<!DOCTYPE a><a/>", .xmlDoctype),
        Bomb(
            "a file as an entity",
            #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>"#, .xmlDoctype
        ),
        Bomb(
            "a billion laughs",
            "<!DOCTYPE a [<!ENTITY b \"ha\">"
                + (1..<10).map { "<!ENTITY b\($0) \"&b\($0 - 1);&b\($0 - 1);\">" }.joined() + "]><a>&b9;</a>",
            .xmlDoctype
        ),
        Bomb("an unknown encoding", #"<?xml version="1.0" encoding="x-geheim"?><a/>"#, .xmlEncoding),
        Bomb(
            "an encoding that is not true", #"<?xml version="1.0" encoding="UTF-16"?><a>tekst</a>"#,
            .xmlEncoding),
        Bomb(
            "200 000 attributes", "<a " + (0..<200_000).map { "a\($0)='1' " }.joined() + "/>", .xmlNoProgress),
        Bomb(
            "an attribute of a megabyte", "<a b='" + String(repeating: "x", count: 1_000_000) + "'/>",
            .xmlNoProgress),
        Bomb(
            "a comment of a megabyte", "<a><!--" + String(repeating: "x", count: 1_000_000) + "--></a>",
            .xmlNoProgress),
        Bomb("100 000 elements deep", String(repeating: "<a>", count: 100_000), .xmlTooDeep),
        Bomb(
            "100 000 different names", "<a>" + (0..<100_000).map { "<n\($0)/>" }.joined() + "</a>",
            .xmlTooManyNames),
        Bomb(
            "1000 attributes, often",
            "<a>" + String(repeating: "<b " + (0..<1000).map { "a\($0)='' " }.joined() + "/>", count: 100)
                + "</a>",
            .xmlTooManyAttributes),
        Bomb(
            "100 different namespaces", "<a>" + (0..<100).map { "<n xmlns='u:\($0)'/>" }.joined() + "</a>",
            .xmlTooManyNames
        ),
    ]

    @Test("is refused with its code, whole or in pieces", arguments: bombs)
    func refused(_ bomb: Bomb) {
        let bytes = Array(bomb.text.utf8)
        let whole = refusal(bytes)?.code
        #expect(whole == bomb.code)
        guard bytes.count < 100_000 else { return }
        let inPieces = refusal(bytes, chunk: 3)?.code
        #expect(inPieces == bomb.code)
    }

    @Test("with bytes that are not UTF-8 is refused")
    func invalidBytes() {
        let bytes = Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8)
        #expect(refusal(bytes)?.code == .xmlEncoding)
        #expect(refusal(Array("<a>".utf8) + [0xFF, 0xFE] + Array("</a>".utf8))?.code == .xmlEncoding)
    }

    @Test("cut off anywhere is refused without harm")
    func truncated() {
        let bytes = Array(
            #"<?xml version="1.0"?><a xmlns="u:1" b="&amp;é"><c><![CDATA[x]]></c><!-- d --></a>"#.utf8)
        for count in 0..<bytes.count {
            #expect(refusal(Array(bytes[..<count])) != nil, "the first \(count) bytes")
        }
        #expect(refusal(bytes) == nil)
    }

    @Test("with one byte changed anywhere never does harm")
    func changed() {
        let bytes = Array(
            #"<?xml version="1.0" encoding="UTF-8"?><a xmlns="u:1" b="&amp;é"><c>x&lt;</c></a>"#.utf8)
        for index in bytes.indices {
            for byte in [0, 0x26, 0x3C, 0x3E, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] = byte
                _ = refusal(changed, chunk: 5)
            }
        }
    }

    @Test("has told, when it is refused, what came before")
    func before() throws {
        XML.initialise()
        var reader = try Reader(names: Names())
        #expect(throws: XMLFailure.self) { try reader.feed(Array("<a><b>1</b></x>".utf8)[...]) }
        #expect(reader.events.list.count == 4)
    }
}

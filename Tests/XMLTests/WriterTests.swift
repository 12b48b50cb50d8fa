import Testing
import XML

@Suite("A writer of XML") struct WriterTests {
    @Test("escapes what would be read as something else, and reads back the same")
    func escapes() throws {
        var writer = Writer()
        let tag = Tag(prefix: "", local: "a")
        let nasty = "<&>\"'\t\n\rété \u{1F600}]]>"
        writer.start(tag)
        writer.attribute(Tag(prefix: "", local: "b"), nasty)
        writer.text(nasty)
        writer.end()
        #expect(try told(writer.take()) == "<a b='\(nasty)'>\(nasty)</a>")
    }

    @Test("indents elements and leaves text alone")
    func indents() {
        var writer = Writer(isIndented: true)
        writer.declaration()
        writer.start(Tag(prefix: "Z", local: "a"))
        writer.declare(prefix: "Z", namespace: "u:1")
        writer.element(Tag(prefix: "Z", local: "b"), "x")
        writer.start(Tag(prefix: "Z", local: "c"))
        writer.end()
        writer.end()
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Z:a xmlns:Z="u:1">
              <Z:b>x</Z:b>
              <Z:c/>
            </Z:a>

            """
        #expect(String(decoding: writer.take(), as: UTF8.self) == text)
    }

    @Test("writes base64 in pieces of any size", arguments: [1, 2, 3, 4, 5, 1000])
    func base64(_ size: Int) throws {
        let content = (0..<999).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var writer = Writer()
        writer.start(Tag(prefix: "", local: "a"))
        var start = 0
        var bytes: [UInt8] = []
        while start < content.count {
            writer.base64(content[start..<min(start + size, content.count)])
            bytes += writer.take()
            start += size
        }
        writer.end()
        bytes += writer.take()
        var decoder = Base64Decoder()
        var decoded: [UInt8] = []
        decoder.decode(bytes[3..<bytes.count - 4], into: &decoded)
        let isWhole = decoder.finish(into: &decoded)
        #expect(isWhole && decoded == content)
    }

    @Test("never writes a character that XML cannot hold")
    func controls() throws {
        var writer = Writer()
        writer.element(Tag(prefix: "", local: "a"), "a\u{0}b\u{1F}c")
        #expect(try told(writer.take()) == "<a>a?b?c</a>")
    }
}

@Suite("Base64 text") struct Base64Tests {
    @Test(
        "is decoded, white space skipped, and anything else refused",
        arguments: [
            ("aGFsbG8=", "hallo"), ("aGFs\r\n bG8=", "hallo"), ("", ""), ("YQ==", "a"), ("YQ", "a"),
            ("Y", nil), ("YQ=", nil), ("a=b=", nil), ("a*b=", nil), ("====", nil), ("aGFsbG8==", nil),
        ] as [(String, String?)])
    func decodes(_ row: (text: String, content: String?)) {
        var decoder = Base64Decoder()
        var bytes: [UInt8] = []
        decoder.decode(Array(row.text.utf8)[...], into: &bytes)
        let isWhole = decoder.finish(into: &bytes)
        #expect((isWhole ? String(decoding: bytes, as: UTF8.self) : nil) == row.content)
    }
}

@Suite("The canonical form") struct CanonicalTests {
    func canonical(_ text: String, chunk: Int) throws -> [UInt8] {
        XML.initialise()
        var reader = try Reader(names: Names())
        var canonical = Canonical()
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            try reader.feed(bytes[start..<min(start + chunk, bytes.count)])
            start += chunk
            let events = reader.events
            for index in events.list.indices { canonical.add(index, of: events, reader: reader) }
        }
        try reader.finish()
        return canonical.bytes
    }

    @Test("is equal for two ways of writing the same", arguments: [1, 5, 1000])
    func equal(_ chunk: Int) throws {
        let one = #"<p:a xmlns:p="u:1" x="1" y="2"><p:b>één &amp; twee</p:b><p:c></p:c></p:a>"#
        let other = """
            <a xmlns="u:1" y='2' x='1'>
              <b>één <![CDATA[&]]> tw<!-- x -->ee</b>
              <c/>
            </a>
            """
        #expect(try canonical(one, chunk: chunk) == canonical(other, chunk: 1000))
    }

    @Test(
        "differs when anything differs",
        arguments: [
            "<a><b>x</b></a>", "<a><b>x </b></a>", "<a><b/></a>", "<a><b>x</b><b/></a>",
            "<a c='1'><b>x</b></a>",
            "<a c='2'><b>x</b></a>", "<a xmlns='u:1'><b>x</b></a>", "<a><c>x</c></a>", "<a>x<b/></a>",
        ])
    func different(_ text: String) throws {
        let all = [
            "<a><b>x</b></a>", "<a><b>x </b></a>", "<a><b/></a>", "<a><b>x</b><b/></a>",
            "<a c='1'><b>x</b></a>",
            "<a c='2'><b>x</b></a>", "<a xmlns='u:1'><b>x</b></a>", "<a><c>x</c></a>", "<a>x<b/></a>",
        ]
        for other in all where other != text {
            #expect(try canonical(text, chunk: 1000) != canonical(other, chunk: 1000))
        }
    }
}

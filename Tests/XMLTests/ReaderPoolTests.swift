import Diagnostics
import Testing
import XML

/// What one document tells a reader: names with their numbers and namespaces, texts.
private func told(_ bytes: [UInt8], by pool: ReaderPool) throws -> [String] {
    var reader = try pool.reader()
    try reader.feed(bytes[...])
    var lines: [String] = []
    for event in reader.events.list {
        let name = String(decoding: reader.local(of: event.name), as: UTF8.self)
        let namespace = String(decoding: reader.namespace(of: event.name), as: UTF8.self)
        let text = String(decoding: reader.events.text(event), as: UTF8.self)
        lines.append("\(event.kind) {\(namespace)}\(name) \(text) line \(event.line)")
    }
    try reader.finish()
    return lines
}

private func told(_ text: String, by pool: ReaderPool) throws -> [String] {
    try told(Array(text.utf8), by: pool)
}

@Suite("Readers of one pool") struct ReaderPoolTests {
    private static let plain = #"<p:a xmlns:p="u:1"><b x="1">één</b></p:a>"#
    private let pool: ReaderPool

    init() {
        XML.initialise()
        var names = Names()
        _ = names.add(namespace: "u:1", local: "a")
        pool = ReaderPool(names: names)
    }

    @Test(
        "tell of a document what the first of them does, whatever was read before",
        arguments: [
            plain, #"<a xmlns="u:2">twee</a>"#, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n</a>",
            "<a>&amp;</a>", "<a><b/><c/><d/></a>\n<!-- -->\n",
        ])
    func reuse(_ text: String) throws {
        let first = try told(text, by: ReaderPool(names: Names()))
        _ = try told(Self.plain, by: pool)
        for _ in 0..<3 { #expect(try told(text, by: pool) == first) }
    }

    @Test("find out the encoding of each document anew")
    func encodings() throws {
        var latin = Array(#"<?xml version="1.0" encoding="ISO-8859-1"?><a>"#.utf8)
        latin += [0xE9] + Array("</a>".utf8)
        let wide = Array("<a>é</a>".utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        for _ in 0..<2 {
            #expect(try told(latin, by: pool)[1] == "text {}a é line 1")
            #expect(try told([0xFF, 0xFE] + wide, by: pool)[1] == "text {}a é line 1")
            #expect(try told("<a>é</a>", by: pool)[1] == "text {}a é line 1")
            #expect(throws: XMLFailure.self) {
                try told(Array("<a>".utf8) + [0xE9] + Array("</a>".utf8), by: pool)
            }
        }
    }

    @Test("are not harmed by a document that was refused or given up")
    func refused() throws {
        let first = try told(Self.plain, by: pool)
        for broken in ["<a><b></a>", "<a>", "<!DOCTYPE a><a/>", #"<x:a/>"#, "<a xmlns:q='u:9'><q:b>"] {
            _ = try? told(broken, by: pool)
            #expect(try told(Self.plain, by: pool) == first)
        }
        #expect(throws: XMLFailure.self) { try told(#"<q:a/>"#, by: pool) }
    }

    @Test("allow each document its own number of unknown names, and forget those of a document that had many")
    func bounds() throws {
        var limits = Limits()
        limits.unknownNames = 300
        let pool = ReaderPool(names: Names(), limits: limits)
        for round in 0..<50 {
            let text = "<a>" + (0..<290).map { "<n\(round)-\($0)/>" }.joined() + "</a>"
            #expect(try told(text, by: pool).count == 582)
        }
        let text = "<a>" + (0..<300).map { "<n\($0)/>" }.joined() + "</a>"
        #expect(throws: XMLFailure.self) { try told(text, by: pool) }
    }
}

import Diagnostics
import Foundation
import StUF
import TestSupport
import Testing

/// The official trees under the names of their services.
private let library: SchemaLibrary? = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("schemas-\(UUID().uuidString)")
    let trees = ["zds11": "zds-1.1.02", "zds12": "zds-1.2", "bg0310": "zkn0310-patch28"]
    defer { try? FileManager.default.removeItem(at: folder) }
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (service, tree) in trees {
        try? FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent(service).path,
            withDestinationPath: SharedData.path("data/stuf/\(tree)"))
    }
    return try? SchemaLibrary(folder: folder.path)
}()

private func finding(_ text: String, _ service: String, chunk: Int = 1 << 20) throws -> StUFFailure? {
    let library: SchemaLibrary = try #require(library)
    guard var check = try library.check(of: service) else { throw StUFFailure(.stufNoBericht) }
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
        check.feed(bytes[start..<min(start + chunk, bytes.count)])
        start += chunk
    }
    return check.finish()
}

private func fixture(_ path: String) throws -> String {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: "\(root)/fixtures/\(path)")), as: UTF8.self)
}

@Suite("A bericht that is checked against the official schemas", .needsSharedData) struct SchemaLibraryTests {
    @Test("of each service they are compiled, several imports of a namespace merged")
    func services() throws {
        #expect(try #require(library as SchemaLibrary?).services == ["bg0310", "zds11", "zds12"])
    }

    @Test("is well as the schema says, in an envelope or bare", arguments: [1, 97, 1 << 20])
    func well(_ chunk: Int) throws {
        let text = try fixture("zds11/creeer-zaak/1-request.xml")
        #expect(try finding(text, "zds11", chunk: chunk) == nil)
        let bare = text.replacing(/^(?s:.*)<SOAP:Body>/, with: "").replacing(
            /<\/SOAP:Body>(?s:.*)$/, with: "")
        #expect(try finding(bare, "zds11", chunk: chunk) == nil)
        #expect(
            try finding(try fixture("zds11/document-with-inhoud/2-request.xml"), "zds11", chunk: chunk) == nil
        )
        #expect(try finding(try fixture("stufbg/change-name/2-request.xml"), "bg0310", chunk: chunk) == nil)
    }

    @Test(
        "is named by element and line where it is not, and by no value",
        arguments: [
            (
                "<ZKN:startdatum>20250309</ZKN:startdatum>", "<ZKN:startdatum>9 maart</ZKN:startdatum>",
                "startdatum"
            ),
            ("<ZKN:startdatum>", "<ZKN:begin>x</ZKN:begin><ZKN:startdatum>", "begin"),
            (">999990019<", ">12345<", "inp.bsn"), ("ZKN:zakLk01", "ZKN:zakLk77", "zakLk77"),
        ])
    func broken(_ row: (old: String, new: String, element: String)) throws {
        let text = try fixture("zds11/creeer-zaak/1-request.xml").replacing(row.old, with: row.new)
        let found = try #require(try finding(text, "zds11"))
        #expect(found.code == .stufSchemaBroken && found.hint == row.element, "\(found)")
        #expect(found.place?.hasPrefix("line ") == true)
        #expect(!found.description.contains("12345") && !found.description.contains("maart"))
    }

    @Test("may hold a document of any size, in it or beside it")
    func documents() throws {
        let text = try fixture("zds11/document-with-inhoud/2-request.xml")
        let start = try #require(text.ranges(of: "\"text/plain\">").first?.upperBound)
        let end = try #require(text.ranges(of: "</ZKN:inhoud>").first?.lowerBound)
        func with(_ content: String) -> String { String(text[..<start]) + content + String(text[end...]) }
        #expect(try finding(with(String(repeating: "QUJD\r\n", count: 500_000)), "zds11") == nil)
        let include = #"<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:a"/>"#
        #expect(try finding(with(include), "zds11") == nil)
        #expect(try finding(with("geen base64!"), "zds11") != nil)
    }

    @Test("by several threads at once gives each its own answer")
    func threads() throws {
        let well = try fixture("zds11/creeer-zaak/1-request.xml")
        let broken = well.replacing(">20250309<", with: ">9 maart<")
        DispatchQueue.concurrentPerform(iterations: 200) { number in
            let found = try? finding(number % 2 == 0 ? well : broken, "zds11")
            #expect((found == nil) == (number % 2 == 0))
        }
    }
}

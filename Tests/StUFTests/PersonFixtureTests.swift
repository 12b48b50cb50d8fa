import Diagnostics
import Foundation
import Mapping
import Record
import StUF
import TestSupport
import Testing

private let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
private let shipped = MappingLibrary.load(["\(repository)/mappings"], models: forms.models)

@Suite("A person of the fixtures") struct PersonFixtureTests {
    static let files: [String] = {
        let files = try? FileManager.default.subpathsOfDirectory(atPath: "\(repository)/fixtures/stufbg")
        return (files ?? []).filter { $0.hasSuffix(".xml") }.sorted()
    }()
    /// Berichten that are refused on purpose.
    static let refused: Set<String> = [
        "birth-date-impossible", "bsn-too-long", "refused-without-bsn", "title-unknown",
    ]
    static let told = files.filter { file in
        file.hasSuffix("-request.xml") && !refused.contains(String(file.prefix { $0 != "/" }))
    }

    private func text(_ file: String) throws -> String {
        let url = URL(fileURLWithPath: "\(repository)/fixtures/stufbg/\(file)")
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    @Test(
        "is answered in a form that is valid", .needsSharedData, .needsXmllint,
        arguments: files.filter { $0.hasSuffix("-reply.xml") })
    func replies(_ file: String) throws {
        let text = try text(file)
        let start = try #require(text.range(of: "<SOAP:Body>")).upperBound
        let end = try #require(text.range(of: "</SOAP:Body>")).lowerBound
        let body = text[start..<end]
        guard body.contains("La01") || body.contains("Bv03") else { return }
        let complaints = try Schema.complaints(Array(body.utf8), "bg0310-patch28")
        #expect(complaints == "")
    }

    @Test("loses nothing in silence, and comes back valid", .needsSharedData, .needsXmllint, arguments: told)
    func roundTrip(_ file: String) throws {
        let bericht = try read(try text(file))
        guard let kennisgeving = bericht.kennisgeving else { return }
        let persoon = try #require(shipped.library.mapping("persoon"))
        let context = Context(
            zender: bericht.stuurgegevens.contextZender, ontvangen: "2026-01-05T10:00:00Z",
            isNew: kennisgeving.mutatiesoort == .toevoeging)
        let up = try persoon.lift(kennisgeving.change, context: context)
        let loss = persoon.loss(of: kennisgeving.change, .up, unmapped: [], omissions: up.omissions)
        // Its groepsnaam says it all: the J is tested, not carried.
        #expect(loss.lost.filter { $0 != "inOnderzoek" } == [])
        guard kennisgeving.mutatiesoort == .toevoeging else { return }
        let down = try persoon.lower(up.record, context: context).record
        let rebuilt = try BerichtWriter(envelope: .bare).kennisgeving(
            down, form: kennisgeving.form, stuurgegevens: bericht.stuurgegevens,
            mutatiesoort: kennisgeving.mutatiesoort
        ) { _ in [] }
        let complaints = try Schema.complaints(rebuilt, "bg0310-patch28")
        #expect(complaints == "")
        let again = try persoon.lift(down, context: context)
        // The name to write to is composed downward, and what stands with the person downward is no relation.
        func kept(_ record: Record) -> [String] {
            said(record).filter { !$0.hasPrefix("adressering.aanschrijfwijze") }
                .map { $0.replacingOccurrences(of: "(toevoegen)", with: "") }
        }
        #expect(kept(again.record) == kept(up.record))
    }
}

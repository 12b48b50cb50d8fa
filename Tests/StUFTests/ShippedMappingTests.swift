import Diagnostics
import Foundation
import Mapping
import Model
import Record
import StUF
import TestSupport
import Testing

private let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
private let shipped = MappingLibrary.load(["\(repository)/mappings"], models: forms.models)

/// One bericht, lifted and lowered again by the shipped mapping of its entity.
private struct RoundTrip {
    var up: Converted
    var lost: [String]
    /// The bericht that the old application would have got.
    var rebuilt: [UInt8]

    /// Nil when the bericht tells of no object.
    init?(_ path: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let bericht = try read(text)
        guard let kennisgeving = bericht.kennisgeving else { return nil }
        let isZaak = kennisgeving.form.entity.name == "ZAK"
        let mapping = try #require(shipped.library.mapping(isZaak ? "zaak" : "document"))
        let context = Context(
            zender: bericht.stuurgegevens.contextZender, ontvangen: "2026-01-05T10:00:00Z",
            isNew: kennisgeving.mutatiesoort == .toevoeging)
        up = try mapping.lift(kennisgeving.change, context: context)
        lost = mapping.loss(of: kennisgeving.change, .up, unmapped: [], omissions: up.omissions).lost
        let down = try mapping.lower(up.record, context: context)
        rebuilt = try BerichtWriter(envelope: .bare).kennisgeving(
            down.record, form: kennisgeving.form, stuurgegevens: bericht.stuurgegevens,
            mutatiesoort: kennisgeving.mutatiesoort
        ) { _ in Array("inhoud".utf8) }
    }
}

@Suite("A bericht through the shipped mapping") struct ShippedMappingTests {
    /// The requests of the fixtures that say something about an object and can be mapped.
    static let fixtures: [String] = {
        let refused: Set<String> = [
            "besluit-without-datum", "blank-line-before-the-declaration", "boolean-that-is-none", "doctype",
            "document-taal-unknown", "document-that-is-no-base64", "document-vertrouwelijk-unknown",
            "document-without-auteur", "envelope-without-bericht", "gemeente-without-rsin",
            "geboortedatum-with-zeros", "identificatie-too-long", "impossible-date", "missing-must",
            "missing-stuurgegevens", "resultaat-without-omschrijving", "startdatum-known-in-part",
            "two-berichten-one-envelope", "unknown-code", "unknown-root",
            "update-clears-what-the-api-requires", "zaak-without-zaaktype", "zaaktype-code-too-long",
        ]
        let folder = "\(repository)/fixtures/zds11"
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return files.filter { file in
            file.hasSuffix("-request.xml") && !refused.contains(String(file.prefix { $0 != "/" }))
        }.sorted()
    }()

    @Test("is mapped by files without a finding") func clean() {
        #expect(shipped.findings.map(\.description) == [])
    }

    @Test(
        "becomes the zaak it tells of, and back again a bericht that is valid", .needsSharedData,
        .needsXmllint)
    func sample() throws {
        let trip = try #require(try RoundTrip(SharedData.path(SharedMessageTests.sample)))
        let lines = said(trip.up.record)
        for line in [
            "identificatie = 1900208938", "startdatum = 2020-03-09", "archiefnominatie = vernietigen",
            "kenmerken[1]/kenmerk = 273846", "kenmerken[1]/bron = GWS4all",
            "rollen[1](toevoegen)/betrokkeneIdentificatie.inpBsn = 111111110",
            "rollen[3](toevoegen)/betrokkeneIdentificatie.identificatie = 012345678901234567890123",
            "statussen[1](toevoegen)/datumStatusGezet = 2020-03-09T07:01:04Z",
        ] { #expect(lines.contains(line)) }
        #expect(trip.lost == [])
        let complaints = try Schema.complaints(trip.rebuilt)
        #expect(complaints == "")
    }

    @Test("loses nothing in silence", arguments: fixtures)
    func loss(_ file: String) throws {
        guard let trip = try RoundTrip("\(repository)/fixtures/zds11/\(file)") else { return }
        #expect(trip.lost == [])
    }

    @Test("comes back valid", .needsSharedData, .needsXmllint, arguments: fixtures)
    func valid(_ file: String) throws {
        // The schema has one handelsnaam only; leaving one out would be worse than what a strict reader says.
        guard !file.hasPrefix("vestiging-two-handelsnamen"),
            let trip = try RoundTrip("\(repository)/fixtures/zds11/\(file)")
        else { return }
        let complaints = try Schema.complaints(trip.rebuilt)
        #expect(complaints == "")
    }
}

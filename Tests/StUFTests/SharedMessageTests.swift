import Diagnostics
import Foundation
import Record
import StUF
import TestSupport
import Testing

@Suite("A recorded bericht") struct SharedMessageTests {
    static let folder = "data/messages"
    static let sample = "\(folder)/openzaakbrug/suites4sociaaldomein/02-request-zakLk01-Generen-Zaak.xml"

    @Test("of a creeerZaak is read into a record", .needsSharedData)
    func creeerZaak() throws {
        let bericht = try read(
            String(decoding: SharedData.bytes(Self.sample), as: UTF8.self),
            soapAction: "\"http://www.egem.nl/StUF/sector/zkn/0310/creeerZaak_Lk01\"")
        #expect(bericht.header.operation == "creeerZaak_Lk01")
        let kennisgeving = try #require(bericht.kennisgeving)
        #expect(kennisgeving.mutatiesoort == .toevoeging)
        let lines = said(kennisgeving.change)
        #expect(lines.contains("identificatie = 1900208938"))
        #expect(lines.contains("heeft[1](toevoegen)/datumStatusGezet = 2020-03-09T07:01:04Z"))
        #expect(
            lines.contains(
                "heeftAlsInitiator[1](toevoegen)/gerelateerde/natuurlijkPersoon/voorvoegselGeslachtsnaam geenWaarde"
            ))
        #expect(bericht.unmapped == Unmapped())
    }
}

@Suite("Every recorded bericht", .needsSharedData) struct EverySharedMessageTests {
    /// Those without placeholders: whole documents.
    static let complete: [String] = {
        let root = SharedData.path(SharedMessageTests.folder)
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return files.filter { file in
            guard file.hasSuffix(".xml"), let bytes = FileManager.default.contents(atPath: "\(root)/\(file)")
            else {
                return false
            }
            let text = String(decoding: bytes, as: UTF8.self)
            return !text.contains("{{") && !text.contains("{%")
        }.sorted()
    }()

    @Test("is read, or refused by what it lacks, and never does harm", arguments: complete)
    func reads(_ file: String) throws {
        let bytes = try SharedData.bytes("\(SharedMessageTests.folder)/\(file)")
        for chunk in [97, 1 << 20] {
            var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: MemoryContents())
            do throws(StUFFailure) {
                var start = 0
                while start < bytes.count {
                    try reader.feed(bytes[start..<min(start + chunk, bytes.count)])
                    start += chunk
                }
                _ = try reader.finish()
            } catch {
                // Other services and sector models than ours, answers without stuurgegevens, soap faults.
                let known = [
                    Code.stufEntiteittypeUnknown, .stufStuurgegevensMissing, .stufStuurgegevenMissing,
                    .stufAttributeUnknown, .stufNoBericht, .stufObjectsMiscounted, .stufIndicatieInvalid,
                ]
                #expect(known.contains(error.code), "\(error)")
            }
        }
    }
}

import Foundation
import Mapping
import Model
import Record
import StUF
import Testing

/// The shipped mappings, read once for all tests.
enum Shipped {
    static let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    static let loaded = MappingLibrary.load(["\(repository)/mappings"], models: forms.models)

    /// The mapping of an entity: each has one.
    static func mapping(of form: EntityForm) -> CompiledMapping? {
        loaded.library.mappings.first { $0.legacy.qualifiedName == form.entity.qualifiedName }
    }
}

/// The files of the fixtures, by source.
struct Fixtures: CustomTestStringConvertible {
    let source: String
    var testDescription: String { source }
    /// What the official schema of its berichten is.
    let driver: String
    /// `creeer-zaak/1-request.xml`, …, in order.
    let files: [String]

    static let all = [
        Fixtures("zds11", "zds-1.1.02"), Fixtures("zkn0310", "zkn0310-patch28"),
        Fixtures("stufbg", "bg0310-patch28"),
    ]

    init(_ source: String, _ driver: String) {
        self.source = source
        self.driver = driver
        let folder = "\(Shipped.repository)/fixtures/\(source)"
        files = ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    func text(_ file: String) throws -> String {
        let url = URL(fileURLWithPath: "\(Shipped.repository)/fixtures/\(source)/\(file)")
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
}

/// One kennisgeving up, down and up again through the shipped mapping of its entity.
struct RoundTrip {
    var up: Converted
    var again: Converted
    /// What did not travel, and nobody said so.
    var lost: [String]
    /// The bericht that the old application would have got.
    var rebuilt: [UInt8]

    init(_ kennisgeving: Kennisgeving, _ stuurgegevens: Stuurgegevens) throws {
        let mapping = try #require(Shipped.mapping(of: kennisgeving.form))
        let context = Context(
            zender: stuurgegevens.contextZender, ontvangen: "2026-01-05T10:00:00Z",
            isNew: kennisgeving.mutatiesoort == .toevoeging)
        let traced = try mapping.traced(kennisgeving.change, .up, context: context)
        up = traced.converted
        lost = traced.loss(unmapped: []).lost
        let down = try mapping.lower(up.record, context: context).record
        rebuilt = try BerichtWriter(envelope: .bare).kennisgeving(
            down, form: kennisgeving.form, stuurgegevens: stuurgegevens,
            mutatiesoort: kennisgeving.mutatiesoort
        ) { _ in Array("inhoud".utf8) }
        again = try mapping.lift(down, context: context)
    }
}

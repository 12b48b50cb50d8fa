import Diagnostics
import Foundation
import Mapping
import Model
import Record
import StUF
import TestSupport
import Testing

@Suite("Every message that others recorded", .needsSharedData) struct MessageOutcomeTests {
    private static let repository =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    private static let library = MappingLibrary.load(["\(repository)/mappings"], models: forms.models).library

    /// A kennisgeving goes up, down and up again; a vraag is translated; what else there is, is read.
    @Test("is mapped, or refused by what it lacks, as a person agreed")
    func outcomes() throws {
        var found: [String] = []
        for file in try Self.files() {
            found.append("\(file)  \(try Self.outcome(file))")
        }
        #expect(found.count == 205)
        let expected = MessageOutcomes.table.split(separator: "\n").map(String.init)
        for line in found where !expected.contains(line) { Issue.record("not in the table: \(line)") }
        for line in expected where !found.contains(line) { Issue.record("only in the table: \(line)") }
    }

    private static func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: Template.root).filter { $0.hasSuffix(".xml") }
            .sorted()
    }

    /// The mapping that took it, or the code that refused it.
    private static func outcome(_ file: String) throws -> String {
        if Template.isPiece(file) { return "piece" }
        let text = try Template.render(file)
        let bericht: Bericht
        do throws(StUFFailure) {
            bericht = try read(text)
        } catch {
            let isFilled = Template.isTemplate(try Template.text(file))
            return isFilled && error.code.number.hasPrefix("X") ? "not rendered" : refusal(error)
        }
        let context = Context(
            zender: bericht.stuurgegevens.contextZender, ontvangen: "2026-01-05T10:00:00Z",
            isNew: bericht.kennisgeving?.mutatiesoort == .toevoeging)
        do throws(MappingFailure) {
            if let kennisgeving = bericht.kennisgeving {
                guard let mapping = mapping(kennisgeving.form.entity) else { return "no mapping" }
                let up = try mapping.lift(kennisgeving.change, context: context).record
                _ = try mapping.lift(try mapping.lower(up, context: context).record, context: context)
                return mapping.name
            }
            if let vraag = bericht.vraag {
                guard let mapping = mapping(vraag.form.entity) else { return "no mapping" }
                _ = try mapping.translate(vraag.criteria, context: context)
                return "\(mapping.name) asked"
            }
        } catch {
            return refusal(error)
        }
        return bericht.stuurgegevens.berichtcode.rawValue
    }

    private static func refusal(_ failure: some Failure) -> String {
        "\(failure.code.number) at \(failure.place ?? "the whole")"
    }

    private static func mapping(_ entity: Entity) -> CompiledMapping? {
        library.mappings.first { $0.legacy.qualifiedName == entity.qualifiedName }
    }
}

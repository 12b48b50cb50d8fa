import Diagnostics
import Language
import Mapping
import Model
import Testing

/// The files that the project ships, and small ones that a test writes.
enum Shipped {
    /// The folder of the package.
    static let root = String(
        #filePath.prefix(while: { _ in true }).split(separator: "/").dropLast(4).joined(separator: "/"))

    static let models: Models = Models.load(["/\(root)/mappings/models"]).models

    /// Reads one mapping file from text. Tables of codes come from `tables`.
    static func read(
        _ text: String, models: Models = models, tables: [String: String] = [:]
    ) -> (mapping: CompiledMapping?, findings: [Finding]) {
        let (document, broken) = Parser.parse(file: "test.map", bytes: Array(text.utf8))
        let (library, findings) = MappingLibrary.read([document], models: models, broken: broken) { name in
            tables[name].map { Array($0.utf8) }
        }
        return (library.mappings.first, (broken + findings).sortedForReading())
    }

    static let library = MappingLibrary.load(
        ["/\(root)/mappings/zds-zgw", "/\(root)/mappings/bg-brp"], models: models)

    static func zaak() throws -> CompiledMapping {
        try #require(
            library.library.mapping("zaak"), "\(library.findings.map(\.description).joined(separator: "\n"))")
    }
}

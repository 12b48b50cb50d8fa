package import Diagnostics
package import Language
package import Model

/// Every mapping in force, by name.
package struct MappingLibrary: Sendable {
    /// In the order of their names.
    package let mappings: [CompiledMapping]

    init(_ mappings: [CompiledMapping]) {
        self.mappings = mappings.sorted { $0.name < $1.name }
    }

    /// Reads, checks and compiles every `.map` file at or below the paths, and reports every problem, sorted.
    ///
    /// A file with an error gives its findings and no mapping; the others are there all the same.
    package static func load(
        _ paths: [String], models: Models
    ) -> (library: MappingLibrary, findings: [Finding]) {
        let (documents, problems) = SourceFiles.documents(".map", in: paths)
        let (library, findings) = read(documents, models: models, broken: problems, table: SourceFiles.bytes)
        return (library, (problems + findings).sortedForReading())
    }

    /// Reads mappings that are parsed already.
    ///
    /// - Parameters:
    ///   - broken: what the parser found; a file with an error of it is checked and not compiled.
    ///   - table: the content of a file that `codes … from` names, beside the mapping's own.
    package static func read(
        _ documents: [Document], models: Models, broken: [Finding] = [], table: (String) -> [UInt8]?
    ) -> (library: MappingLibrary, findings: [Finding]) {
        var findings: [Finding] = []
        var mappings: [CompiledMapping] = []
        for document in documents {
            let (mapping, found) = CheckedMapping.read(document, models: models, table: table)
            findings += found
            let isBroken = (broken.filter { $0.location.file == document.file } + found)
                .contains { $0.severity == .error }
            guard let mapping, !isBroken else { continue }
            if let twin = mappings.first(where: { $0.name == mapping.name }) {
                let text = "mapping `\(mapping.name)` stands in \(twin.location.file) already"
                findings.append(Finding(.nameTaken, at: mapping.location, text))
                continue
            }
            mappings.append(CompiledMapping(mapping))
        }
        return (MappingLibrary(mappings), findings.sortedForReading())
    }

    /// The mapping with that name: `zaak`.
    package func mapping(_ name: String) -> CompiledMapping? {
        mappings.first { $0.name == name }
    }
}

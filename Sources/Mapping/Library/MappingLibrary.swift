package import Diagnostics
package import Model

/// Every mapping in force, by name.
package struct MappingLibrary: Sendable {
    /// In the order of their names.
    package let mappings: [CompiledMapping]

    init(_ mappings: [CompiledMapping]) {
        self.mappings = mappings.sorted { $0.name < $1.name }
    }

    /// Reads, checks and compiles `*.map` files, or every one below a folder.
    ///
    /// A file with mistakes gives its findings and no mapping; the others are there all the same.
    package static func load(
        _ paths: [String], models: Models
    ) -> (library: MappingLibrary, findings: [Finding]) {
        (MappingLibrary([]), [])
    }

    /// The mapping with that name: `zaak`.
    package func mapping(_ name: String) -> CompiledMapping? {
        mappings.first { $0.name == name }
    }
}

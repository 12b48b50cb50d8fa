package import Diagnostics
package import Language

extension Models {
    /// Reads and checks every `.model` file at or below the paths, and reports every problem, sorted.
    ///
    /// The models hold what could be read; use them for more checks, and to run only when no finding is an error.
    package static func load(_ paths: [String]) -> (models: Models, findings: [Finding]) {
        let (documents, problems) = SourceFiles.documents(".model", in: paths)
        let (models, findings) = read(documents)
        return (models, (problems + findings).sortedForReading())
    }

    /// Reads and checks models that are parsed already; they may name each other.
    package static func read(_ documents: [Document]) -> (models: Models, findings: [Finding]) {
        var reader = ModelReader()
        let sources = documents.compactMap { reader.read($0) }
        var builder = ModelBuilder(sources)
        let models = builder.build()
        return (Models(models), (reader.findings + builder.findings).sortedForReading())
    }
}

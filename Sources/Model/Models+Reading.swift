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

    /// Reads and checks models that are parsed already; they may name each other, and facts files belong to theirs.
    package static func read(_ documents: [Document]) -> (models: Models, findings: [Finding]) {
        var reader = ModelReader()
        // Facts last: they are read as their model's kind says.
        let sorted = documents.filter { !$0.isFacts } + documents.filter(\.isFacts)
        var facts = FactsMerging(sorted.compactMap { reader.read($0) })
        facts.merge()
        var builder = ModelBuilder(facts.models)
        let models = builder.build()
        return (Models(models), (reader.findings + facts.findings + builder.findings).sortedForReading())
    }
}

extension Document {
    /// Whether it says what people know beside a derived file: `facts zkn0310`.
    package var isFacts: Bool { statements.first?.tokens.first?.text == "facts" }
}

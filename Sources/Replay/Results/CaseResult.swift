/// What one case came to.
package struct CaseResult: Sendable, Equatable {
    /// A result file that is not as it was accepted.
    package struct Difference: Sendable, Equatable {
        /// `1-reply.xml`.
        package var file: String
        /// Unified.
        package var diff: String
    }

    /// `source/what-it-shows`.
    package var name: String
    package var folder: String
    /// All results as they are now, by file name.
    package var results: [String: String]
    package var differences: [Difference]

    package var isAsExpected: Bool { differences.isEmpty }

    /// `1-reply.xml and api.json differ`.
    package var summary: String {
        let files = differences.map(\.file)
        guard let last = files.last else { return "as expected" }
        guard files.count > 1 else { return "\(last) differs" }
        return files.dropLast().joined(separator: ", ") + " and \(last) differ"
    }

    /// Compares what came with what was accepted; a file that is on one side only differs too.
    package init(of fixture: FixtureCase, results: [String: String]) {
        name = fixture.name
        folder = fixture.folder
        self.results = results
        differences = Set(results.keys).union(fixture.expected.keys).sorted().compactMap { file in
            UnifiedDiff.between(fixture.expected[file], results[file], name: "\(fixture.folder)/\(file)")
                .map { Difference(file: file, diff: $0) }
        }
    }
}

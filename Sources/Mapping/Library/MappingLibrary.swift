package import Diagnostics
package import Language
package import Model
package import Record

/// Every mapping in force, by name.
package struct MappingLibrary: Sendable {
    /// In the order of their names.
    package let mappings: [CompiledMapping]
    /// Entries of their tables of codes that are test data, which production must not have; sorted.
    package let testEntries: [SourceLocation]
    /// Names of mappings that cannot be used for what is wrong with them.
    let broken: Set<String>

    init(
        _ mappings: [CompiledMapping], testEntries: Set<SourceLocation> = [], broken: Set<String> = []
    ) {
        self.broken = broken.subtracting(mappings.map(\.name))
        self.mappings = mappings.sorted { $0.name < $1.name }
        self.testEntries = testEntries.sorted()
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
        _ documents: [Document], models: Models, broken problems: [Finding] = [],
        table: @escaping (String) -> [UInt8]?
    ) -> (library: MappingLibrary, findings: [Finding]) {
        var findings: [Finding] = []
        var files: [MappingFile] = []
        for document in documents {
            let (file, found) = MappingReader.read(document)
            files.append(file)
            findings += found
        }
        let overlays = overlays(of: files)
        var mappings: [CompiledMapping] = []
        var broken: Set<String> = []
        var testEntries: Set<SourceLocation> = []
        for file in files {
            guard let name = file.mapping?.name else { continue }
            let own = overlays.filter { $0.base.text == name }
            var checker = MappingChecker(models: models, table: table)
            let mapping = checker.check(file, own)
            findings += checker.findings
            let parts = Set([file.file] + own.map(\.statement.location.file))
            let isBroken =
                checker.findings.contains { $0.severity == .error }
                || (problems + findings).contains {
                    $0.severity == .error && parts.contains($0.location.file)
                }
            guard let mapping, !isBroken else {
                broken.insert(name)
                continue
            }
            if let twin = mappings.first(where: { $0.name == name }) {
                let text = "mapping `\(name)` stands in \(twin.location.file) already"
                findings.append(Finding(.nameTaken, at: mapping.base.location, text))
                continue
            }
            testEntries.formUnion(mapping.testEntries)
            mappings.append(CompiledMapping(mapping))
        }
        findings += strays(overlays, files.compactMap { $0.mapping?.name })
        let library = MappingLibrary(mappings, testEntries: testEntries, broken: broken)
        return (library, findings.sortedForReading())
    }

    /// Every overlay, with what its file has besides it; in the order of their names.
    private static func overlays(of files: [MappingFile]) -> [OverlaySyntax] {
        files.flatMap { file in
            file.overlays.map { overlay in
                var overlay = overlay
                // In the file of a mapping, tables and fragments are the mapping's.
                guard file.mapping == nil else { return overlay }
                overlay.codes = file.codes
                overlay.fragments = file.fragments
                return overlay
            }
        }
        .sorted { $0.name.text < $1.name.text }
    }

    /// Overlays of nothing, and two of one name.
    private static func strays(_ overlays: [OverlaySyntax], _ mappings: [String]) -> [Finding] {
        var findings: [Finding] = []
        for (index, overlay) in overlays.enumerated() {
            if !mappings.contains(overlay.base.text) {
                findings.append(
                    overlay.statement.unknown(
                        overlay.base, "a mapping", among: mappings.sorted(), code: .overlayBaseUnknown))
            }
            let twin = overlays[..<index].last {
                $0.name.text == overlay.name.text && $0.base.text == overlay.base.text
            }
            guard let twin else { continue }
            findings.append(
                Finding(
                    .nameTaken, at: overlay.name.location,
                    "overlay `\(overlay.name.text)` stands in \(twin.name.location.file) already"))
        }
        return findings
    }

    /// A change of a resource as it is over what is stored; see ``CompiledMapping/settled(_:over:)``.
    package func settled(_ after: Record, of change: Change, over stored: Record) -> Record {
        guard let resource = change.objects.first?.resource,
            // Changes come in by berichten; a mapping of tables says nothing of what one held.
            let mapping = mappings.first(where: { mapping in
                mapping.api.qualifiedName == resource
                    && mapping.legacy.elements.allSatisfy { $0.table == nil }
            })
        else { return after }
        let identity =
            change.telling?.zender.split(separator: "\u{1F}", omittingEmptySubsequences: false) ?? []
        func part(_ index: Int) -> String? {
            identity.indices.contains(index) && !identity[index].isEmpty ? String(identity[index]) : nil
        }
        let zender = Context.Zender(
            organisatie: part(0), applicatie: change.source, administratie: part(2))
        return mapping.settled(after, over: stored, zender: zender)
    }

    /// The mapping with that name: `zaak`.
    package func mapping(_ name: String) -> CompiledMapping? {
        mappings.first { $0.name == name }
    }
}

import Diagnostics
import Language
import Model

/// A mapping that can be compiled, and what its overlays make of it.
struct CheckedMapping: Sendable {
    /// Without any overlay that has a condition.
    var base: ResolvedMapping
    var overlays: [OverlayCondition] = []
    /// For each set of overlays that can hold together, as places in ``overlays``.
    var variants: [(overlays: [Int], mapping: ResolvedMapping)] = []

    /// Entries of its tables of codes that are test data.
    var testEntries: Set<SourceLocation> {
        variants.reduce(into: base.testEntries) { $0.formUnion($1.mapping.testEntries) }
    }
}

/// Reads one file, and the overlays on it, up to what can be compiled.
struct MappingChecker {
    let models: Models
    let table: (String) -> [UInt8]?
    private(set) var findings: [Finding] = []
    /// Tables and fragments by where their names stand: those that were read, and those that some rule uses.
    private var known: [SourceLocation: String] = [:]
    private var used: Set<SourceLocation> = []

    init(models: Models, table: @escaping (String) -> [UInt8]?) {
        self.models = models
        self.table = table
    }

    /// Nil when a side of the mapping is unknown.
    mutating func check(_ file: MappingFile, _ overlays: [OverlaySyntax]) -> CheckedMapping? {
        guard let syntax = file.mapping else { return nil }
        let names = names(file.codes, file.fragments, file: file.file)
        defer { reportUnused() }
        guard let plain = resolve(syntax, names, at: nil) else { return nil }
        guard !overlays.isEmpty else { return CheckedMapping(base: plain) }
        var reader = OverlayConditionReader(plain)
        let conditions = overlays.map { reader.read($0) }
        var combinations = Combinations(overlays, conditions)
        let sets = combinations.all()
        findings += reader.findings + combinations.findings
        for overlay in overlays
        where overlay.body.isEmpty && overlay.codes.isEmpty && overlay.fragments.isEmpty {
            findings.append(
                Finding(
                    .overlayUntouched, at: overlay.name.location,
                    "overlay `\(overlay.name.text)` changes nothing"))
        }
        let own = overlays.map { self.names($0.codes, $0.fragments, file: $0.statement.location.file) }
        var checked = CheckedMapping(base: plain, overlays: conditions)
        for set in sets {
            var changed = syntax
            var all = names
            for index in set {
                var overlaying = Overlaying()
                changed.body = overlaying.apply(overlays[index].body, to: changed.body)
                findings += overlaying.findings
                all.codes.merge(own[index].codes) { $1 }
                all.fragments.merge(own[index].fragments) { $1 }
            }
            guard let mapping = set.isEmpty ? plain : resolve(changed, all, at: set.last.map { overlays[$0] })
            else { continue }
            if set.allSatisfy({ conditions[$0].tests.isEmpty }) { checked.base = mapping }
            checked.variants.append((set, mapping))
        }
        return checked
    }

    private typealias Names = (codes: [String: CodeTable], fragments: [String: FragmentSyntax])

    private mutating func resolve(
        _ syntax: MappingSyntax, _ names: Names, at overlay: OverlaySyntax?
    ) -> ResolvedMapping? {
        var resolver = Resolver(models: models, codes: names.codes, fragments: names.fragments)
        var mapping = resolver.resolve(syntax)
        let tables = names.codes.values.filter { resolver.used.contains($0.location) }
        mapping?.testEntries = Set(tables.flatMap { $0.rows.filter(\.isTest).map(\.location) })
        var found = resolver.findings
        used.formUnion(resolver.used)
        let isWhole = !(findings + found).contains { $0.severity == .error }
        if let mapping { found += Checker.check(mapping, isWhole: isWhole) }
        if let overlay {
            let known = Set(findings)
            found = found.filter { !known.contains($0) }.map { $0.seen(from: overlay) }
        }
        findings += found
        return mapping
    }

    // MARK: Names

    private mutating func names(
        _ codes: [CodesSyntax], _ fragments: [FragmentSyntax], file: String
    ) -> Names {
        var names: Names = (tables(codes, file), [:])
        for fragment in fragments {
            guard names.fragments[fragment.name.text] == nil else {
                findings.append(Self.taken(fragment.name, "fragment"))
                continue
            }
            known[fragment.name.location] = "fragment `\(fragment.name.text)` is used by no rule"
            names.fragments[fragment.name.text] = fragment
        }
        return names
    }

    private mutating func reportUnused() {
        for (location, text) in known where !used.contains(location) {
            findings.append(Finding(.unused, at: location, text, severity: .warning))
        }
    }

    private static func taken(_ name: Token, _ what: String) -> Finding {
        Finding(.nameTaken, at: name.location, "the file has a \(what) `\(name.text)` already")
    }

    private mutating func tables(_ all: [CodesSyntax], _ file: String) -> [String: CodeTable] {
        var tables: [String: CodeTable] = [:]
        for codes in all {
            let table = CodeTable(
                name: codes.name.text, isAnyCase: codes.isAnyCase, rows: rows(codes, file: file),
                location: codes.name.location)
            findings += table.duplicates()
            known[table.location] = "codes `\(table.name)` are used by no rule"
            if tables.updateValue(table, forKey: table.name) != nil {
                findings.append(Self.taken(codes.name, "table of codes"))
            }
        }
        return tables
    }

    private mutating func rows(_ codes: CodesSyntax, file: String) -> [CodeTable.Row] {
        guard let source = codes.source else {
            return codes.pairs.map { pair in
                CodeTable.Row(
                    left: Self.value(pair.left), right: Self.value(pair.right),
                    directions: Directions(pair.arrow), location: pair.left.location)
            }
        }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let path = source.text.hasPrefix("/") ? source.text : folder + source.text
        guard let bytes = table(path) else {
            findings.append(Finding(.codesFile, at: source.location, "`\(source.text)` cannot be read"))
            return []
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            findings.append(Finding(.codesFile, at: source.location, "`\(source.text)` is not UTF-8"))
            return []
        }
        let (rows, problems) = CodeFile.rows(text, file: path)
        findings += problems
        return rows
    }

    private static func value(_ token: Token) -> CodeTable.Value {
        CodeTable.Value(text: token.text, isWord: token.kind == .word)
    }
}

extension Finding {
    /// What is wrong with a rule of the mapping itself only because of an overlay is the overlay's.
    fileprivate func seen(from overlay: OverlaySyntax) -> Finding {
        let start = overlay.statement.location
        let end = overlay.statement.block?.end.line ?? start.line
        let lines = start.line...max(start.line, end)
        let isInside = location.file == start.file && lines.contains(location.line)
        let isOfItsFile =
            overlay.fragments.contains { $0.name.location.file == location.file }
            || overlay.codes.contains { $0.name.location.file == location.file }
        let isOwn = isInside || isOfItsFile
        guard !isOwn else { return self }
        var finding = self
        finding.text = "with overlay `\(overlay.name.text)`: \(text)"
        finding.location = overlay.name.location
        finding.correction = nil
        return finding
    }
}
